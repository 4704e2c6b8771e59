import { invalidRequest } from '../stripe-error.js';
import type { Metadata } from '../stripe-objects.js';

const MAX_KEYS = 50;

/** Applies a change to an object's metadata: an empty value removes its key, null removes all keys. */
export function mergeMetadata(held: Metadata, change: Metadata | null | undefined): Metadata {
  if (change === undefined) return held;
  if (change === null) return {};
  const merged = Object.fromEntries(
    Object.entries({ ...held, ...change }).filter(([, value]) => value !== ''),
  );
  if (Object.keys(merged).length > MAX_KEYS) {
    throw invalidRequest(`You can have at most ${MAX_KEYS} metadata keys.`, { param: 'metadata' });
  }
  return merged;
}
