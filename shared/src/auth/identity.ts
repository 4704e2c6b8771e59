import type { Role, Scope } from './scopes.js';

/** The caller, read from a verified access token. */
export interface Identity {
  /** UUID. */
  userId: string;
  /** UUID of the session that the token belongs to. */
  sessionId: string;
  roles: readonly Role[];
  scopes: ReadonlySet<string>;
  /** The policies (@policy) that the token grants; absent where no policy claim is configured. */
  policies?: ReadonlySet<string>;
  /** When a second factor was last given (UTC), or null. */
  mfaAt: Date | null;
  /** When the token ends (UTC). */
  expiresAt: Date;
  /** The access token of account in place of an external issuer's: the one that subgraphs receive. */
  exchangedToken?: string;
}

/** Whether the caller holds a scope. */
export function holds(identity: Identity | null, scope: Scope): boolean {
  return identity?.scopes.has(scope) ?? false;
}
