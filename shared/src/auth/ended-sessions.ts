import type { Log } from '../log.js';
import type { ReadState, StateItem } from '../state.js';
import { accountStates } from '../contracts/account.js';
import { remoteState } from '../replication/remote-state.js';
import { memoryStore, StateReplica } from '../replication/state-replica.js';
import { gatewaySecretHeader } from './gateway-secret.js';
import type { Identity } from './identity.js';

/** How long an access token is valid. */
export const accessTokenLifetimeMs = 15 * 60_000;

/** How far back a change has to be known: older tokens have expired. A minute more, for clocks and late commits. */
export const endedSessionsWindowMs = accessTokenLifetimeMs + 60_000;

/** A session that has ended, or a user who may or may not act, in their present state. */
export type EndedSession = StateItem<typeof accountStates.endedSessions>;

/** Knows the access tokens that were revoked before they expire. */
export interface Revocations {
  /**
   * Whether the caller's session has ended, or the caller may no longer act; at most 5 s late.
   * @throws when no list was received since the start
   */
  isEnded(caller: Pick<Identity, 'sessionId' | 'userId'>): Promise<boolean>;
  /** Calls `listener` whenever sessions or users are revoked. @returns stops it */
  onEnded(listener: () => void): () => void;
  close(): Promise<void>;
}

/**
 * Revocations from account in another process. `account` is any URL of it; `gatewaySecret` authenticates the request.
 * @param consumer the process that has them, for metrics
 */
export function remoteRevocations(
  consumer: string,
  account: string,
  gatewaySecret: string,
  log: Log,
): Revocations {
  const headers = { [gatewaySecretHeader]: gatewaySecret };
  return revocationsOf(consumer, remoteState(accountStates.endedSessions, account, headers), log);
}

/**
 * Revocations read from `read`, a function of account where account is in this process. Reads with the first token that
 * is checked and polls from then on: before that no revocation is needed, and account may be down. While account is
 * away the last known state is used.
 * @param consumer the process that has them, for metrics
 */
export function revocationsOf(consumer: string, read: ReadState<EndedSession>, log: Log): Revocations {
  const sessions = new Expiring();
  const users = new Expiring();
  const listeners = new Set<() => void>();
  const store = memoryStore<EndedSession>(({ items }) => {
    for (const { kind, id, isEnded } of items) {
      const known = kind === 'session' ? sessions : users;
      if (isEnded) known.add(id);
      else known.delete(id);
    }
    sessions.forgetOld();
    users.forgetOld();
    if (items.some(({ isEnded }) => isEnded)) for (const listener of listeners) listener();
  });
  const replica = new StateReplica(
    { state: accountStates.endedSessions.name, consumer },
    { read },
    store,
    log,
  );

  return {
    isEnded: async ({ sessionId, userId }) => {
      // Fails closed: a token is not accepted before the first list.
      if (!replica.isKnown) await replica.ready();
      return sessions.has(sessionId) || users.has(userId);
    },
    onEnded: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => replica.close(),
  };
}

/** Ids that are removed once their tokens have expired. */
class Expiring {
  // Ordered by last change, so that the oldest are found without a search.
  readonly #heardAt = new Map<string, number>();

  add(id: string): void {
    this.#heardAt.delete(id);
    this.#heardAt.set(id, Date.now());
  }

  delete(id: string): void {
    this.#heardAt.delete(id);
  }

  has(id: string): boolean {
    return this.#heardAt.has(id);
  }

  forgetOld(): void {
    const horizon = Date.now() - endedSessionsWindowMs;
    for (const [id, heardAt] of this.#heardAt) {
      if (heardAt > horizon) return;
      this.#heardAt.delete(id);
    }
  }
}
