import { createHash } from 'node:crypto';
import type { KeyRecord } from '../state/records.js';
import type { Store } from '../state/store.js';
import { invalidRequest, StripeError } from '../stripe-error.js';
import type { RawParameters } from './parameters.js';

const MAX_KEY_LENGTH = 255;

/** One call's use of its Idempotency-Key. */
export interface KeyUse {
  readonly key: string;
  readonly fingerprint: string;
}

/** Sees to it that a key stands for one execution: later calls are given its answer. */
export class Idempotency {
  readonly #store: Store;
  readonly #running = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Begins a call with a key and answers what is stored under it; undefined means that the call is to be
   * executed, and `end` to be called after it.
   * @throws StripeError where the key was used for another call (400) or another call with it runs (409)
   */
  begin({ key, fingerprint }: KeyUse): KeyRecord | undefined {
    if (key.length > MAX_KEY_LENGTH) {
      throw invalidRequest(`Idempotency keys can have up to ${MAX_KEY_LENGTH} characters.`);
    }
    const stored = this.#store.liveKey(key);
    if (stored !== undefined && stored.fingerprint !== fingerprint) {
      throw new StripeError(400, {
        type: 'idempotency_error',
        message:
          'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
          `Try using a key other than '${key}' if you meant to execute a different request.`,
      });
    }
    if (stored !== undefined) return stored;
    if (this.#running.has(key)) {
      throw new StripeError(409, {
        type: 'invalid_request_error',
        code: 'idempotency_key_in_use',
        message:
          'There is currently another in-progress request using this Idempotent Key (that probably means you ' +
          `submitted twice, and the other request is still going through): ${key}. Please try again later.`,
      });
    }
    this.#running.add(key);
    return undefined;
  }

  end({ key }: KeyUse): void {
    this.#running.delete(key);
  }
}

/** A digest that two calls share when method, path and parameters are the same, in whatever order. */
export function fingerprintOf(method: string, path: string, parameters: RawParameters): string {
  return createHash('sha256')
    .update(`${method} ${path} ${JSON.stringify(sorted(parameters))}`)
    .digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return entries.sort(([one], [other]) => (one < other ? -1 : 1));
}
