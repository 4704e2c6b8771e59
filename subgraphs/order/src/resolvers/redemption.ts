import { holds } from '@souk/shared/auth/identity';
import { Rejection } from '@souk/shared/errors';
import { callerOf } from '@souk/shared/graph/context';
import { graphError } from '@souk/shared/graph/errors';
import { toUserError, withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { InputCheck } from '@souk/shared/input-check';
import type { Context } from '../context.js';
import { readText } from '../domain/text-input.js';
import { countTokens, hasTokens, readGateCodes, sellsTokensOf } from '../domain/token/gate-manifest.js';
import { storeOfflineScans, validateScans } from '../domain/token/offline-scans.js';
import { redeem } from '../domain/token/redemption.js';
import { unknownToken } from '../domain/token/scan-refusal.js';
import { revokeToken } from '../domain/token/token-revocation.js';
import type { TokenEntity } from '../entities/token.js';
import type { Resolvers } from '../generated/resolvers.js';
import type { GateManifest } from '../models.js';
import { readTokenAgain } from './token.js';

const notAdmitted = { token: null, admitted: false, replayed: false };

/** Resolvers of the entrance: redeeming and revoking tokens, and what scanners need without a network. */
export const redemptionResolvers: Resolvers = {
  Query: {
    gateManifest: async (_root, { listingId, after }, context): Promise<GateManifest | null> => {
      const listing = fromApiId('listing', listingId);
      if (listing === null || !(await canScanAt(listing, context))) return null;
      const cursor = typeof after === 'string' ? readCursor(after) : null;
      return { listingId: listing, ...(await readGateCodes(context.database.reader, listing, cursor)) };
    },
  },
  Mutation: {
    redeemToken: (_root, { code, nonce, listingId }, context) =>
      withUserErrors(notAdmitted, async () => {
        requireNonce(nonce);
        const token = await tokenToScan(code, context);
        const { userId: scannerId } = callerOf(context);
        const { refusal, ...redemption } = await context.database.transact((manager, outbox) =>
          redeem(manager, outbox, token, {
            tokenId: token.id,
            nonce,
            scannerId,
            at: context.clock.now(),
            offline: false,
            listingId: typeof listingId === 'string' ? fromApiId('listing', listingId) : undefined,
          }),
        );
        return { ...redemption, token: await readTokenAgain(token, context), refusal };
      }).then(({ userErrors, ...payload }) => {
        const refusal = 'refusal' in payload ? payload.refusal : null;
        // A refused scan still shows its token.
        return { ...payload, userErrors: refusal ? [toUserError(refusal)] : userErrors };
      }),
    revokeToken: (_root, { code, reason }, context) =>
      withUserErrors({ token: null }, async () => {
        const read = readText(reason, 'reason');
        const token = await context.loaders.tokenByCode.load(code);
        if (!token) throw unknownToken();
        const change = { reason: read, actorId: callerOf(context).userId };
        await context.database.transact((manager, outbox) => revokeToken(manager, outbox, token, change));
        return { token: await readTokenAgain(token, context) };
      }),
    uploadScans: (_root, { listingId, scans }, context) =>
      withUserErrors({ results: [] }, async () => {
        validateScans(scans, context.clock.now());
        const listing = fromApiId('listing', listingId);
        if (listing === null || !(await canScanAt(listing, context)))
          throw new Rejection('NOT_FOUND', 'There is no listing whose tokens you may scan.', {
            field: ['listingId'],
          });
        const at = { listingId: listing, scannerId: callerOf(context).userId };
        return {
          results: await context.database.transact((manager, outbox) =>
            storeOfflineScans(manager, outbox, scans, at),
          ),
        };
      }),
  },
  GateManifest: {
    listing: ({ listingId }) => ({ id: toApiId('listing', listingId) }),
    verificationKeys: (_manifest, _arguments, { tokenSigner }) => tokenSigner.keySet,
    issued: async (manifest, _arguments, context) => (await countsOf(manifest, context)).issued,
    redeemed: async (manifest, _arguments, context) => (await countsOf(manifest, context)).redeemed,
    revoked: async (manifest, _arguments, context) => (await countsOf(manifest, context)).revoked,
    cursor: ({ cursor }) => Buffer.from(cursor).toString('base64url'),
  },
  OfflineScanResult: {
    nonce: ({ scan }) => scan.nonce,
    code: ({ scan }) => scan.code,
  },
};

function requireNonce(nonce: string): void {
  const check = new InputCheck();
  if (nonce.trim() === '') check.refuse('nonce', 'Must not be empty.');
  check.throwIfAny();
}

/**
 * Returns the token of a code that the caller may scan.
 * @throws Rejection TOKEN_UNKNOWN, also for those who may not scan it; NOT_OWNER for its holder
 */
async function tokenToScan(code: string, { identity, loaders }: Context): Promise<TokenEntity> {
  const token = await loaders.tokenByCode.load(code);
  if (!token) throw unknownToken();
  if (holds(identity, 'tickets:validate') || (await loaders.isSoldByCaller.load(token.lineId))) return token;
  if (identity?.userId === token.holderId)
    throw new Rejection('NOT_OWNER', 'A token is redeemed by the seller, not by its holder.', {
      field: ['code'],
    });
  throw unknownToken();
}

/** Whether the caller may scan the tokens of a listing, and it has any. */
async function canScanAt(listingId: string, context: Context): Promise<boolean> {
  const { database, identity } = context;
  if (holds(identity, 'tickets:validate')) return hasTokens(database.reader, listingId);
  if (!identity || !holds(identity, 'partner')) return false;
  return sellsTokensOf(database.reader, identity.userId, listingId);
}

function countsOf({ listingId }: GateManifest, { database }: Context): ReturnType<typeof countTokens> {
  return countTokens(database.reader, listingId);
}

/** @throws BAD_USER_INPUT for a text that is no cursor */
function readCursor(after: string): string {
  const cursor = Buffer.from(after, 'base64url').toString();
  if (/^[\w.*~:+-]+$/.test(cursor)) return cursor;
  throw graphError('BAD_USER_INPUT', 'after is not a cursor of this list.', { argument: 'after' });
}
