import type { VerifyToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import type { GraphQLError } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { authenticate, Unverified } from './authentication.js';
import { sendError } from './errors.js';
import type { RateLimit } from '../limits/rate-limit.js';
import type { Charge } from '../types/charge.js';
import { headerOf, scopeOf } from '../types/request.js';

/** How callers are identified and counted. */
export interface RequestAdmission {
  /** Null counts nothing. */
  rateLimit: RateLimit | null;
  /** Null reads no tokens. */
  verifyToken: VerifyToken | null;
}

/** A request whose caller is known, and may have points left. */
export interface AdmittedRequest {
  identity: Identity | null;
  /** Null where requests are not counted. */
  charge: Charge | null;
}

/**
 * Identifies the caller, and refuses those who have no points left: by what this process remembers, so that it is
 * cheap.
 * @returns null where the request is refused; it is answered then
 */
export async function admitRequest(
  { rateLimit, verifyToken }: RequestAdmission,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<AdmittedRequest | null> {
  const { address } = scopeOf(response);
  // To verify a token is work as well.
  const unverified = headerOf(request, 'authorization') === undefined ? null : rateLimit?.refusalOf(address);
  if (unverified) return refused(unverified, response);
  const found = verifyToken ? authenticate(verifyToken, request) : null;
  const identity = found instanceof Promise ? await found : found;
  const isVerified = !(identity instanceof Unverified);
  // A caller with a forged token is counted as an anonymous one.
  const charge = rateLimit?.charge(isVerified ? identity : null, address, response) ?? null;
  const unpaid = charge?.refusal();
  if (unpaid) return refused(unpaid, response);
  if (isVerified) return { identity, charge };
  if (!(await refuseUnpaid(charge, response))) identity.refuse(response);
  return null;
}

/** Has a request paid for that is about to be refused. @returns whether it was refused for want of points */
export async function refuseUnpaid(charge: Charge | null, response: ServerResponse): Promise<boolean> {
  const unpaid = await charge?.settle();
  if (!unpaid) return false;
  sendRateLimited(unpaid, response);
  return true;
}

/** Answers a request over a rate limit. */
export function sendRateLimited({ message, extensions }: GraphQLError, response: ServerResponse): void {
  const retryAfter = Number(extensions['retryAfter']);
  response.setHeader('retry-after', retryAfter);
  sendError(response, 429, 'RATE_LIMITED', message, { retryAfter });
}

function refused(error: GraphQLError, response: ServerResponse): null {
  sendRateLimited(error, response);
  return null;
}
