import { newId } from '@souk/shared/ids';
import type { TokenStatus } from '../../entities/token.js';
import { refusalOfScan } from './scan-refusal.js';

const listingId = newId();
const at = new Date('2026-05-01T20:00:00Z');
const before = new Date('2026-05-01T19:59:59Z');
const after = new Date('2026-05-01T20:00:01Z');
const token = {
  status: 'ACTIVE' as TokenStatus,
  listingId,
  validFrom: null as Date | null,
  validUntil: null as Date | null,
  redeemedAt: null as Date | null,
};

test.each([
  ['a valid token', {}, { listingId }, null],
  ['any listing', {}, { listingId: undefined }, null],
  ['the first moment', { validFrom: at }, { listingId }, null],
  ['the last moment', { validUntil: at }, { listingId }, null],
  ['a token of another listing', {}, { listingId: newId() }, 'WRONG_LISTING'],
  ['an unknown listing', {}, { listingId: null }, 'WRONG_LISTING'],
  [
    'a redeemed token',
    { status: 'REDEEMED' as const, redeemedAt: before },
    { listingId: newId() },
    'TOKEN_ALREADY_REDEEMED',
  ],
  ['a revoked token', { status: 'REVOKED' as const, validFrom: after }, { listingId }, 'TOKEN_REVOKED'],
  ['an offered token', { status: 'TRANSFER_PENDING' as const }, { listingId }, 'CONFLICT'],
  ['a token before its period', { validFrom: after }, { listingId }, 'TOKEN_NOT_YET_VALID'],
  ['a token after its period', { validUntil: before }, { listingId }, 'TOKEN_EXPIRED'],
])('%s', (_case, differing, scan, code) => {
  expect(refusalOfScan({ ...token, ...differing }, { ...scan, at })?.code ?? null).toBe(code);
});

test('a refusal says when the token was redeemed, or is valid', () => {
  const redeemed = { ...token, status: 'REDEEMED' as const, redeemedAt: before };
  expect(refusalOfScan(redeemed, { listingId, at })).toMatchObject({
    typename: 'TokenAlreadyRedeemedError',
    details: { redeemedAt: before.toISOString() },
  });
  expect(refusalOfScan({ ...token, validFrom: after }, { listingId, at })).toMatchObject({
    typename: 'TokenPeriodError',
    details: { validFrom: after.toISOString(), validUntil: null },
  });
});
