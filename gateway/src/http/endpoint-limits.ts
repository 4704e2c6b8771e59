import { LRUCache } from 'lru-cache';
import { networkOf } from '@souk/shared/client-network';
import { countLimit } from '@souk/shared/telemetry';
import type { RequestHandler } from 'express';
import { graphError } from '@souk/shared/graph/errors';
import { sendRateLimited } from './request-admission.js';
import { scopeOf } from '../types/request.js';

/** Rate limited endpoints besides GraphQL. */
export type Endpoint =
  | 'metrics'
  | 'health'
  | 'keys'
  | 'queues'
  | 'webhooks'
  | 'uploads'
  | 'media'
  | 'tickets'
  | 'simulator'
  | 'websockets'
  | 'other';

/** Requests a minute from one address, to each gateway. */
export const endpointsPerMinute: Readonly<Record<Endpoint, number>> = {
  metrics: 60,
  health: 600,
  keys: 300,
  queues: 300,
  // A provider sends from few addresses, and more of them after an outage.
  webhooks: 6_000,
  uploads: 120,
  // A page shows dozens of pictures, and many people may share an address.
  media: 12_000,
  // A file is made for each request.
  tickets: 120,
  simulator: 600,
  websockets: 300,
  other: 1_200,
};

const prefixes: readonly [string, Endpoint][] = [
  ['/metrics', 'metrics'],
  ['/health', 'health'],
  ['/.well-known', 'keys'],
  ['/admin/queues', 'queues'],
  ['/webhooks', 'webhooks'],
  ['/uploads', 'uploads'],
  ['/media', 'media'],
  ['/tickets', 'tickets'],
  ['/_simulator', 'simulator'],
];

const windowMs = 60_000;
/** Maximum number of windows; beyond, the least recently used is forgotten. */
const maxWindows = 50_000;

interface Window {
  count: number;
  endsAt: number;
}

/** Counts requests by endpoint and address, in this process: counting must be cheaper than what it protects. */
export class EndpointLimits {
  readonly #windows = new LRUCache<string, Window>({ max: maxWindows });

  /** Counts a request. @returns the milliseconds until the address may send another one; 0 if it is allowed now */
  take(endpoint: Endpoint, address: string): number {
    const now = performance.now();
    const key = `${endpoint} ${networkOf(address)}`;
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      this.#windows.delete(key);
      window = { count: 0, endsAt: now + windowMs };
      this.#windows.set(key, window);
    }
    window.count += 1;
    if (window.count <= endpointsPerMinute[endpoint]) return 0;
    countLimit('endpoints');
    return window.endsAt - now;
  }

  /** Refuses requests over the limits with 429. */
  readonly handler: RequestHandler = (request, response, next) => {
    const ms = this.take(endpointOf(request.path), scopeOf(response).address);
    if (ms === 0) {
      next();
      return;
    }
    const retryAfter = Math.ceil(ms / 1_000);
    sendRateLimited(graphError('RATE_LIMITED', 'Too many requests.', { retryAfter }), response);
  };
}

function endpointOf(path: string): Endpoint {
  const lower = path.toLowerCase();
  const found = prefixes.find(([prefix]) => lower === prefix || lower.startsWith(`${prefix}/`));
  return found?.[1] ?? 'other';
}
