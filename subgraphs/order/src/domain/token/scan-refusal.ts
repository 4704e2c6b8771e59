import { Rejection } from '@souk/shared/errors';
import type { TokenEntity } from '../../entities/token.js';

/** The fields of a token that decide about its admission. */
export type ScannedToken = Pick<
  TokenEntity,
  'status' | 'listingId' | 'validFrom' | 'validUntil' | 'redeemedAt'
>;

const codeField = ['code'];

/**
 * Why a scan does not admit; null if it does. One reason: a final status first, then the listing, then what may change.
 * @param scan `listingId` is the scanner's listing; undefined accepts any, null is an unknown one
 */
export function refusalOfScan(
  token: ScannedToken,
  { listingId, at }: { listingId: string | null | undefined; at: Date },
): Rejection | null {
  if (token.status === 'REDEEMED') return alreadyRedeemed(token);
  if (token.status === 'REVOKED') return revoked();
  if (listingId !== undefined && listingId !== token.listingId) {
    return new Rejection('WRONG_LISTING', 'The token is for another listing.', { field: ['listingId'] });
  }
  if (token.status === 'TRANSFER_PENDING') {
    const message = 'The token is offered to another user. Its holder can withdraw the offer.';
    return new Rejection('CONFLICT', message, { field: codeField });
  }
  const { validFrom } = token;
  if (validFrom !== null && at < validFrom) {
    return outsidePeriod('TOKEN_NOT_YET_VALID', `The token is valid from ${validFrom.toISOString()}.`, token);
  }
  return refusalOfExpired(token, at);
}

/** The rejection of a code that no token has, or none that the caller may use. */
export function unknownToken(): Rejection {
  return new Rejection('TOKEN_UNKNOWN', 'There is no token with this code.', { field: codeField });
}

/** The rejection TOKEN_EXPIRED for a token whose period is over, otherwise null. */
export function refusalOfExpired(
  token: Pick<ScannedToken, 'validFrom' | 'validUntil'>,
  at: Date,
  field: readonly string[] = codeField,
): Rejection | null {
  const { validUntil } = token;
  if (validUntil === null || at <= validUntil) return null;
  const message = `The token was valid until ${validUntil.toISOString()}.`;
  return outsidePeriod('TOKEN_EXPIRED', message, token, field);
}

/** The rejection of a final status, otherwise null. */
export function refusalOfFinal(token: Pick<ScannedToken, 'status' | 'redeemedAt'>): Rejection | null {
  if (token.status === 'REDEEMED') return alreadyRedeemed(token);
  return token.status === 'REVOKED' ? revoked() : null;
}

function alreadyRedeemed({ redeemedAt }: Pick<ScannedToken, 'redeemedAt'>): Rejection {
  const at = redeemedAt?.toISOString() ?? null;
  return new Rejection('TOKEN_ALREADY_REDEEMED', `The token was redeemed${at === null ? '' : ` at ${at}`}.`, {
    field: codeField,
    typename: 'TokenAlreadyRedeemedError',
    details: { redeemedAt: at },
  });
}

function revoked(): Rejection {
  return new Rejection('TOKEN_REVOKED', 'The token was revoked.', { field: codeField });
}

function outsidePeriod(
  code: 'TOKEN_NOT_YET_VALID' | 'TOKEN_EXPIRED',
  message: string,
  { validFrom, validUntil }: Pick<ScannedToken, 'validFrom' | 'validUntil'>,
  field: readonly string[] = codeField,
): Rejection {
  return new Rejection(code, message, {
    field,
    typename: 'TokenPeriodError',
    details: {
      validFrom: validFrom?.toISOString() ?? null,
      validUntil: validUntil?.toISOString() ?? null,
    },
  });
}
