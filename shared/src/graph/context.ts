import Negotiator from 'negotiator';
import type { Identity } from '../auth/identity.js';
import { readAddress } from '../client-network.js';
import type { Cause } from '../event.js';
import { canonicalLocale } from '../locale.js';
import { activeTraceparent } from '../tracing.js';
import { unauthenticated } from './errors.js';
import type { CacheDependencies } from './cache-dependencies.js';
import type { RefreshCookie } from './refresh-cookie.js';
import type { RequestWork } from './request-work.js';

/** The context that every resolver of every subgraph receives. */
export interface RequestContext {
  identity: Identity | null;
  /** The header of the identity, for calls to another subgraph as the same caller. Never logged. */
  authorization: string | null;
  requestId: string;
  /** The language that Accept-Language prefers, a BCP 47 tag; "en" without one. */
  locale: string;
  clientAddress: string | null;
  userAgent: string | null;
  /** Where resolvers note what they read; null if the gateway does not use them. */
  cacheDependencies: CacheDependencies | null;
  /** The cookie with the refresh token, if the gateway passes it on: to account, for browsers. */
  refreshCookie: RefreshCookie | null;
  /** The limits of the request; resolvers (`boundResolvers`) and `Database.within` respect them. */
  work: RequestWork;
}

/** The cause of what a request changes. */
export function causeOf({
  identity,
  requestId,
  clientAddress,
}: Pick<RequestContext, 'identity' | 'requestId' | 'clientAddress'>): Cause {
  return {
    actorId: identity?.userId ?? null,
    requestId,
    // One spelling, at most 45 characters, whatever the header has.
    clientAddress: clientAddress === null ? null : readAddress(clientAddress),
    traceparent: activeTraceparent(),
  };
}

/** The caller. @throws UNAUTHENTICATED; fields that need one say so in the schema, and this makes sure. */
export function callerOf(context: RequestContext): Identity {
  if (!context.identity) throw unauthenticated();
  return context.identity;
}

/** Languages of one header that are considered, most preferred first. */
const maxLanguages = 20;

/** The valid language that Accept-Language (RFC 9110) prefers by its weights, or "en". */
export function localeOf(acceptLanguage: string | undefined): string {
  const headers = { 'accept-language': acceptLanguage };
  const preferred = new Negotiator({ headers }).languages().slice(0, maxLanguages);
  return preferred.map(canonicalLocale).find((tag) => tag !== null) ?? 'en';
}
