import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Outbox } from '@souk/shared/db/outbox';
import { InputCheck } from '@souk/shared/input-check';
import { TokenEntity } from '../../entities/token.js';
import { lockOrders, lockTokens } from '../locks.js';
import { admit } from './redemption.js';
import type { Scan } from './scan-log.js';
import { admitted, findOutcome, recordScan } from './scan-log.js';

/**
 * Outcome of an admission without a network. DOUBLE_ADMISSION: another scan had redeemed the token. REVOKED:
 * it was not valid. REPLACED: the code was that of a former holder. UNKNOWN: no token of the listing has the code.
 */
export type OfflineOutcome = 'ADMITTED' | 'DOUBLE_ADMISSION' | 'REVOKED' | 'REPLACED' | 'UNKNOWN';

/** An admission that an entrance made without a network. */
export interface OfflineScan {
  code: string;
  nonce: string;
  admittedAt: Date;
}

/** The result of one uploaded admission. */
export interface OfflineResult {
  scan: OfflineScan;
  outcome: OfflineOutcome;
  /** Whether the nonce was uploaded before. */
  replayed: boolean;
  /** Null for an unknown or replaced code. */
  token: TokenEntity | null;
}

const maxScans = 100;
/** Clocks of scanners may be ahead of ours. */
const clockToleranceMs = 5 * 60_000;
const maxAgeMs = 30 * 86_400_000;

/** @throws Rejection or Rejections INVALID: not 1 to 100 scans, an empty nonce, a time ahead of ours or too long ago */
export function validateScans(scans: readonly OfflineScan[], now: Date): void {
  const check = new InputCheck(['scans']);
  if (scans.length === 0 || scans.length > maxScans)
    check.refuse([], `Between 1 and ${maxScans} are allowed; there are ${scans.length}.`);
  scans.slice(0, maxScans).forEach(({ nonce, admittedAt }, index) => {
    if (nonce.trim() === '') check.refuse([`${index}`, 'nonce'], 'Must not be empty.');
    const age = now.getTime() - admittedAt.getTime();
    if (age < -clockToleranceMs) check.refuse([`${index}`, 'admittedAt'], 'Must not be in the future.');
    if (age > maxAgeMs) check.refuse([`${index}`, 'admittedAt'], 'Must be within the last 30 days.');
  });
  check.throwIfAny();
}

/**
 * Stores admissions that were made without a network, in their order. A person was admitted whatever the token's state:
 * an active or offered token becomes redeemed, and the outcome distinguishes the others. A repeated nonce returns the
 * first outcome.
 */
export async function storeOfflineScans(
  manager: EntityManager,
  outbox: Outbox,
  scans: readonly OfflineScan[],
  { listingId, scannerId }: { listingId: string; scannerId: string },
): Promise<OfflineResult[]> {
  const tokens = await lockScanned(manager, scans, listingId);
  const replaced = await findReplaced(
    manager,
    listingId,
    scans.map(({ code }) => code).filter((code) => !tokens.has(code)),
  );
  const results: OfflineResult[] = [];
  for (const scan of scans) {
    const token = tokens.get(scan.code);
    if (!token) {
      const outcome = replaced.has(scan.code) ? 'REPLACED' : 'UNKNOWN';
      results.push({ scan, outcome, replayed: false, token: null });
      continue;
    }
    const { nonce, admittedAt: at } = scan;
    results.push({
      scan,
      token,
      ...(await storeScan(manager, outbox, token, {
        tokenId: token.id,
        nonce,
        scannerId,
        at,
        offline: true,
      })),
    });
  }
  return results;
}

async function storeScan(
  manager: EntityManager,
  outbox: Outbox,
  token: TokenEntity,
  scan: Scan,
): Promise<Pick<OfflineResult, 'outcome' | 'replayed'>> {
  const first = await findOutcome(manager, scan);
  if (first !== null) return { outcome: outcomeOf(first), replayed: true };
  if (token.status === 'REVOKED' || token.status === 'REDEEMED') {
    const outcome = token.status === 'REVOKED' ? 'REVOKED' : 'DOUBLE_ADMISSION';
    await recordScan(manager, scan, outcome);
    return { outcome, replayed: false };
  }
  await admit(manager, outbox, token, scan);
  // A later scan of this upload meets the redeemed token.
  token.status = 'REDEEMED';
  token.redeemedAt = scan.at;
  return { outcome: 'ADMITTED', replayed: false };
}

/** A nonce may have been used online before, with the code of a refusal as its outcome. */
function outcomeOf(stored: string): OfflineOutcome {
  if (stored === admitted) return 'ADMITTED';
  return stored === 'REVOKED' || stored === 'TOKEN_REVOKED' ? 'REVOKED' : 'DOUBLE_ADMISSION';
}

async function lockScanned(
  manager: EntityManager,
  scans: readonly OfflineScan[],
  listingId: string,
): Promise<ReadonlyMap<string, TokenEntity>> {
  const found = await manager.find(TokenEntity, {
    where: { code: In(scans.map(({ code }) => code)), listingId },
    take: maxScans,
  });
  await lockOrders(manager, [...new Set(found.map(({ orderId }) => orderId))]);
  const locked = await lockTokens(
    manager,
    found.map(({ id }) => id),
  );
  return new Map(locked.map((token) => [token.code, token]));
}

async function findReplaced(
  manager: EntityManager,
  listingId: string,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (codes.length === 0) return new Set();
  const rows: { code: string }[] = await manager.query(
    `SELECT code FROM gate_code WHERE listing_id = $1 AND code = ANY($2) AND status = 'REPLACED'`,
    [listingId, codes],
  );
  return new Set(rows.map(({ code }) => code));
}
