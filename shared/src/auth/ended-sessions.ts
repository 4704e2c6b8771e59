import { z } from 'zod';
import type { Log } from '../log.js';
import { IntervalJob } from '../async/interval-job.js';
import { gatewaySecretHeader } from './gateway-secret.js';
import type { Identity } from './identity.js';

/** How long an access token is valid. */
export const accessTokenLifetimeMs = 15 * 60_000;

/** How far back a change has to be known: older tokens have expired. A minute more, for clocks and late commits. */
export const endedSessionsWindowMs = accessTokenLifetimeMs + 60_000;

/** Where account tells the house which sessions have ended. */
export const endedSessionsPath = '/internal/ended-sessions';

const endedSessions = z.object({
  /** Sessions (UUIDs) that have ended: for good. */
  sessions: z.array(z.uuid()),
  /** Users (UUIDs) who may not act any more: suspended or deleted. */
  users: z.array(z.uuid()),
  /** Users (UUIDs) who may act again. */
  reinstated: z.array(z.uuid()),
  /** What to ask with the next time. */
  next: z.string(),
  /** Whether there is more already. */
  more: z.boolean(),
});

/** What has changed of sessions and users, in the order in which it did; each user as he is now. */
export type EndedSessions = z.infer<typeof endedSessions>;

/** Tells what has changed since `next` of an earlier answer; null: in the whole window. May repeat what it told. */
export type ListEndedSessions = (since: string | null) => Promise<EndedSessions>;

/** Knows which access tokens are void before their time. */
export interface Revocations {
  /**
   * Whether the caller's session has ended, or he may not act any more: true within 5 s of it.
   * @throws when it could never be found out since the start.
   */
  isEnded(caller: Pick<Identity, 'sessionId' | 'userId'>): Promise<boolean>;
  /** Calls `listener` whenever sessions or users have become void. @returns stops it */
  onEnded(listener: () => void): () => void;
  close(): Promise<void>;
}

// Interval and timeout together keep the promise of 5 s: an answer that misses a change by a hair and takes all its
// time, the interval, and one more such answer.
const intervalMs = 2_000;
/** How long account may take to tell what has changed. */
export const answerTimeoutMs = 1_500;

/** Revocations of account in another process; `account` is any address of it, and `gatewaySecret` opens the door. */
export function remoteRevocations(account: string, gatewaySecret: string, log: Log): Revocations {
  return revocationsOf(async (since) => {
    const url = new URL(endedSessionsPath, account);
    if (since !== null) url.searchParams.set('since', since);
    const response = await fetch(url, {
      headers: { [gatewaySecretHeader]: gatewaySecret },
      // The secret is for account alone.
      redirect: 'error',
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    if (!response.ok) throw new Error(`Account answered ${response.status} to who asks for ended sessions.`);
    return endedSessions.parse(await response.json());
  }, log);
}

/**
 * Revocations that `list` tells: a function where account is in this process. It is asked every two seconds, beginning
 * with the first token that is to be judged: until then nothing is missed, and account need not be there. While
 * account is away the last knowledge serves on.
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
      if (!isFailing) log.warn({ err: error }, 'account does not tell which sessions have ended');
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

/** Ids that are forgotten once the tokens that they stand for have expired. */
class Expiring {
  // In the order in which they were last heard, so the oldest are found without a search.
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
