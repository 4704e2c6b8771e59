import { setMaxListeners } from 'node:events';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './until';

/** Delivery times of the copies of one event, in milliseconds from now. */
export type Route = readonly number[];

/** Counts of events so far. */
export interface RelayTally {
  received: number;
  /** Copies accepted with 2xx. */
  delivered: number;
  doubled: number;
  delayed: number;
  /** Events delivered out of order. */
  overtaken: number;
  /** Copies that were retried because the endpoint did not accept them. */
  refused: number;
}

/** A relay between a sender of webhooks and their endpoint. */
export interface WebhookRelay {
  url: string;
  tally: RelayTally;
  /** Target URL. Events wait until it is set. */
  target: string | null;
  /** Chooses an event's delivery times; null delivers it once, at once. */
  route: (() => Route) | null;
  /** Copies not delivered yet. */
  underway(): number;
  close(): Promise<void>;
}

const answerTimeoutMs = 10_000;
const firstPauseMs = 200;
const longestPauseMs = 2_000;

interface Letter {
  number: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * Starts a relay on a free port. It accepts every event at once and delivers unchanged copies until each is accepted.
 */
export async function startRelay(): Promise<WebhookRelay> {
  const tally: RelayTally = { received: 0, delivered: 0, doubled: 0, delayed: 0, overtaken: 0, refused: 0 };
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let underway = 0;
  let latest = 0;

  const bring = async ({ number, headers, body }: Letter, afterMs: number): Promise<void> => {
    await sleep(afterMs, undefined, { signal: closing.signal });
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      if (await isTaken(relay.target, headers, body)) break;
      tally.refused += 1;
      await sleep(pauseMs, undefined, { signal: closing.signal });
    }
    tally.delivered += 1;
    if (number < latest) tally.overtaken += 1;
    latest = Math.max(latest, number);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      tally.received += 1;
      const letter = { number: tally.received, headers: request.headers, body: Buffer.concat(chunks) };
      const copies = relay.route?.() ?? [0];
      if (copies.length > 1) tally.doubled += 1;
      if (copies.every((afterMs) => afterMs > 0)) tally.delayed += 1;
      for (const afterMs of copies) {
        underway += 1;
        void bring(letter, afterMs)
          .catch(() => undefined)
          .finally(() => {
            underway -= 1;
          });
      }
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay: WebhookRelay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    tally,
    target: null,
    route: null,
    underway: () => underway,
    close: async () => {
      closing.abort();
      await closed(server);
      await until('the relay is empty', () => underway === 0);
    },
  };
  return relay;
}

async function isTaken(target: string | null, headers: IncomingHttpHeaders, body: Buffer): Promise<boolean> {
  if (target === null) return false;
  try {
    const response = await fetch(target, {
      method: 'POST',
      headers: {
        'content-type': headers['content-type'] ?? 'application/json',
        'stripe-signature': String(headers['stripe-signature']),
      },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function closed(server: Server): Promise<void> {
  const end = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await end;
}
