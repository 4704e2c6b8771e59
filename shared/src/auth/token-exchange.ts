import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Unavailable } from '../errors.js';
import type { VerifyToken } from './access-token.js';
import { InvalidToken, tokenIssuer } from './access-token.js';
import { gatewaySecretHeader } from './gateway-secret.js';

// Why external tokens are exchanged: docs/decisions/0057-external-issuers.md.

/** The internal endpoint of account that exchanges tokens. */
export const tokenExchangePath = '/internal/token-exchange';

/** An access token of account. */
export interface ExchangedToken {
  token: string;
  expiresAt: Date;
}

/**
 * Exchanges the access token of an external issuer for one of account, of the same person.
 * @throws InvalidToken; Unavailable while the issuer does not answer
 */
export type ExchangeToken = (token: string) => Promise<ExchangedToken>;

/** Longest external token, in characters. */
export const maxExternalTokenLength = 8_192;
/** Tokens that a verifier remembers. */
const cacheSize = 5_000;
/** How long a refusal is remembered: a client that repeats a bad token does not reach account each time. */
const refusalMs = 5_000;
/** Account asks the issuer for keys and a profile; both have timeouts of their own. */
const exchangeTimeoutMs = 10_000;
const retryAfterSeconds = 5;

/**
 * Wraps a verifier: tokens of other issuers are exchanged first. An exchanged token is used until it ends, and checked
 * by `verify` at each call, so that it stops with its session. Concurrent calls with one token share its exchange.
 */
export function exchangingVerifier(verify: VerifyToken, exchange: ExchangeToken): VerifyToken {
  const exchanged = new LRUCache<string, ExchangedToken>({ max: cacheSize });
  const refused = new LRUCache<string, { error: InvalidToken; until: number }>({ max: cacheSize });
  const running = new Map<string, Promise<ExchangedToken>>();

  const run = async (digest: string, token: string): Promise<ExchangedToken> => {
    try {
      const own = await exchange(token);
      exchanged.set(digest, own);
      return own;
    } catch (error) {
      if (error instanceof InvalidToken) refused.set(digest, { error, until: Date.now() + refusalMs });
      throw error;
    } finally {
      running.delete(digest);
    }
  };

  return async (token) => {
    if (!isExternal(token)) return verify(token);
    if (token.length > maxExternalTokenLength) throw new InvalidToken('The access token is too long.');
    const digest = createHash('sha256').update(token).digest('base64');
    const refusal = refused.get(digest);
    if (refusal && refusal.until > Date.now()) throw refusal.error;
    let own = exchanged.get(digest);
    if (!own || own.expiresAt.getTime() <= Date.now()) {
      let under = running.get(digest);
      if (!under) running.set(digest, (under = run(digest, token)));
      own = await under;
    }
    return { ...(await verify(own.token)), exchangedToken: own.token };
  };
}

/** Whether a token names another issuer than account. It is not verified here. */
function isExternal(token: string): boolean {
  try {
    const [, payload = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss?: unknown } | null;
    return typeof claims?.iss === 'string' && claims.iss !== tokenIssuer;
  } catch {
    return false;
  }
}

const success = z.object({ token: z.string(), expiresAt: z.coerce.date() });
const refusal = z.object({ message: z.string(), reason: z.enum(['EXPIRED', 'INVALID']) });
const outage = z.object({ message: z.string(), retryAfter: z.number().nullable() });

/** Exchanges tokens at account in another process. `account` is any URL of it. */
export function remoteExchange(account: string, gatewaySecret: string): ExchangeToken {
  const url = new URL(tokenExchangePath, account);
  return async (token) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [gatewaySecretHeader]: gatewaySecret },
      body: JSON.stringify({ token }),
      redirect: 'error',
      signal: AbortSignal.timeout(exchangeTimeoutMs),
    }).catch(() => null);
    if (response?.status === 401) {
      const { message, reason } = refusal.parse(await response.json());
      throw new InvalidToken(message, reason);
    }
    if (response?.ok) return success.parse(await response.json());
    const known = response?.status === 503 ? outage.safeParse(await response.json()).data : undefined;
    throw new Unavailable(
      known?.message ?? 'Access tokens cannot be verified at the moment.',
      known ? known.retryAfter : retryAfterSeconds,
    );
  };
}
