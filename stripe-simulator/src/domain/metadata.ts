import { invalidRequest } from '../stripe-error.js';
import type { Metadata } from '../stripe-objects.js';

const MAX_KEYS = 50;

/** What an object holds after a change: an empty value takes its key away, null takes all of them. */
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
