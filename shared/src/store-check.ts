import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigurationError } from './env.js';
import { messageOf } from './errors.js';

/** A reason why a store cannot be used. The text has no secret of the URL. */
export interface StoreProblem {
  /** One line, without the variable: `no Redis responds at 127.0.0.1:6379 (connection refused)`. */
  reason: string;
  /** Whether the store may become usable without a change of the configuration. */
  isTemporary: boolean;
}

/** Checks the store that a variable names. */
export interface StoreCheck {
  variable: string;
  /** Resolves within a few seconds, with null if the store can be used. */
  find: () => Promise<StoreProblem | null>;
}

/** Timeout of one attempt to use a store. */
export const checkTimeoutMs = 5_000;
const retryMs = 500;

/**
 * Checks stores before they are opened. Retries temporary problems for `patienceMs`.
 * @throws ConfigurationError with the problems of all stores
 */
export async function requireStores(checks: readonly StoreCheck[], patienceMs = 0): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const lines = await Promise.all(
    checks.map(async ({ variable, find }) => {
      for (;;) {
        const problem = await find();
        if (problem === null) return [];
        if (!problem.isTemporary || performance.now() > deadline) return [`${variable}: ${problem.reason}`];
        await sleep(retryMs);
      }
    }),
  );
  const problems = [...new Set(lines.flat())];
  if (problems.length > 0) throw new ConfigurationError(problems, 'The stores cannot be used:');
}

/** Host and port of a URL, or the directory of a socket. */
export function hostOf(url: string, defaultPort: number): string {
  const { hostname, port } = new URL(url);
  const host = decodeURIComponent(hostname);
  return host.startsWith('/') ? host : `${hostname || 'localhost'}:${port || defaultPort}`;
}

const networkReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOENT: 'there is no such socket',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name cannot be resolved at the moment',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'the network is unreachable',
  ETIMEDOUT: `no response within ${checkTimeoutMs / 1000} s`,
};

/** The problem of a store that no connection reached; null for an error of another kind. */
export function unreachable(store: string, address: string, error: unknown): StoreProblem | null {
  const code = (error as { code?: unknown } | null)?.code;
  const known = typeof code === 'string' ? networkReasons[code] : undefined;
  const text = messageOf(error);
  const reason =
    known ??
    (/timed? ?out|timeout/i.test(text) ? networkReasons['ETIMEDOUT'] : undefined) ??
    (/terminated unexpectedly|connection is closed/i.test(text) ? networkReasons['ECONNRESET'] : undefined);
  if (reason === undefined) return null;
  return { reason: `no ${store} responds at ${address} (${reason})`, isTemporary: true };
}
