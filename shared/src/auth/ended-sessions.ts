import { z } from 'zod';
import type { Log } from '../log.js';
import { IntervalJob } from '../async/interval-job.js';
import { gatewaySecretHeader } from './gateway-secret.js';
import type { Identity } from './identity.js';

/** How long an access token is valid. */
export const accessTokenLifetimeMs = 15 * 60_000;

/** How far back a change has to be known: older tokens have expired. A minute more, for clocks and late commits. */
export const endedSessionsWindowMs = accessTokenLifetimeMs + 60_000;

/** The path at which account lists ended sessions for other processes. */
export const endedSessionsPath = '/internal/ended-sessions';

const endedSessions = z.object({
  /** Sessions (UUIDs) that have ended: for good. */
  sessions: z.array(z.uuid()),
  /** Users (UUIDs) who may not act any more: suspended or deleted. */
  users: z.array(z.uuid()),
  /** Users (UUIDs) who may act again. */
  reinstated: z.array(z.uuid()),
  /** The cursor for the next call. */
  next: z.string(),
  /** Whether there is more already. */
  more: z.boolean(),
});

/** Changes of sessions and users, in the order in which they happened; each user in their current state. */
export type EndedSessions = z.infer<typeof endedSessions>;

/** Lists the changes since `next` of an earlier answer; null lists the whole window. May repeat changes. */
export type ListEndedSessions = (since: string | null) => Promise<EndedSessions>;

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

// Interval and timeout together keep the promise of 5 s: an answer that misses a change by a hair and takes all its
// time, the interval, and one more such answer.
const intervalMs = 2_000;
/** Timeout of the request to account, in milliseconds. */
export const answerTimeoutMs = 1_500;

/**
 * Revocations from account in another process. `account` is any URL of it; `gatewaySecret` authenticates the request.
 */
export function remoteRevocations(account: string, gatewaySecret: string, log: Log): Revocations {
  return revocationsOf(async (since) => {
    const url = new URL(endedSessionsPath, account);
    if (since !== null) url.searchParams.set('since', since);
    const response = await fetch(url, {
      headers: { [gatewaySecretHeader]: gatewaySecret },
      // The secret is sent to account only.
      redirect: 'error',
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    if (!response.ok)
      throw new Error(`Account answered ${response.status} to the request for ended sessions.`);
    return endedSessions.parse(await response.json());
  }, log);
}

/**
 * Revocations read from `list`, a function where account is in this process. Polls every two seconds, beginning with
 * the first token that is checked: before that no revocation is needed, and account may be down. While account is away
 * the last known state is used.
 */
export function revocationsOf(list: ListEndedSessions, log: Log): Revocations {
  const sessions = new Expiring();
  const users = new Expiring();
  let since: string | null = null;
  let isKnown = false;
  let learning: Promise<void> | null = null;
  const listeners = new Set<() => void>();

  const learn = async (): Promise<void> => {
    let more = true;
    let hasEnded = false;
    while (more) {
      const page = await list(since);
      for (const id of page.sessions) sessions.add(id);
      for (const id of page.users) users.add(id);
      for (const id of page.reinstated) users.delete(id);
      hasEnded ||= page.sessions.length > 0 || page.users.length > 0;
      since = page.next;
      more = page.more;
    }
    sessions.forgetOld();
    users.forgetOld();
    if (hasEnded) for (const listener of listeners) listener();
  };
  const polling = new IntervalJob('ended sessions', intervalMs, learn, log);
  let isClosed = false;
  let isFailing = false;
  const learnFirst = async (): Promise<void> => {
    try {
      await learn();
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, 'ended sessions could not be read from account');
      isFailing = true;
      throw error;
    }
    isKnown = true;
    if (!isClosed) polling.start();
  };

  return {
    isEnded: async ({ sessionId, userId }) => {
      if (!isKnown) {
        learning ??= learnFirst().finally(() => {
          learning = null;
        });
        await learning;
      }
      return sessions.has(sessionId) || users.has(userId);
    },
    onEnded: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      await polling.stop();
    },
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
