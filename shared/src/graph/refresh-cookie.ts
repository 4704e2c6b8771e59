import type { FormattedExecutionResult } from 'graphql';

/**
 * The gateway sends this header to account where a browser keeps its refresh token in a cookie: the token of the
 * request's cookie, or an empty text. Only account receives it.
 */
export const refreshCookieHeader = 'x-souk-refresh-cookie';

/** A change of the cookie: its new token, or null to delete it. */
export interface RefreshCookieChange {
  token: string | null;
  /** UTC. When the token ends. */
  expiresAt: Date | null;
}

/** The cookie of one request, in which a browser keeps a refresh token that scripts cannot read. */
export class RefreshCookie {
  /** The token that came with the request; null if the browser has none. */
  readonly token: string | null;
  #change: RefreshCookieChange | null = null;

  constructor(header: string) {
    this.token = header === '' ? null : header;
  }

  /** The last change of the request. */
  get change(): RefreshCookieChange | null {
    return this.#change;
  }

  set(token: string, expiresAt: Date): void {
    this.#change = { token, expiresAt };
  }

  clear(): void {
    this.#change = { token: null, expiresAt: null };
  }
}

/** Adds a change of the cookie to a result, for the gateway alone: clients never receive a subgraph's extensions. */
export function withRefreshCookie(
  result: FormattedExecutionResult,
  cookie: RefreshCookie | null,
): FormattedExecutionResult {
  const change = cookie?.change;
  if (!change) return result;
  const refreshCookie = { token: change.token, expiresAt: change.expiresAt?.toISOString() ?? null };
  return { ...result, extensions: { ...result.extensions, refreshCookie } };
}

/** Reads the change of the cookie from a result; null where it has none. */
export function refreshCookieChangeOf({ extensions }: FormattedExecutionResult): RefreshCookieChange | null {
  const change = extensions?.['refreshCookie'] as { token?: unknown; expiresAt?: unknown } | undefined;
  if (change?.token === null) return { token: null, expiresAt: null };
  if (typeof change?.token !== 'string' || typeof change.expiresAt !== 'string') return null;
  return { token: change.token, expiresAt: new Date(change.expiresAt) };
}
