import type { JsonWebKey, KeyObject } from 'node:crypto';
import { createPublicKey } from 'node:crypto';

/** A set of public keys, as /.well-known/jwks.json has it. */
export interface JsonWebKeySet {
  keys: (JsonWebKey & { kid?: string })[];
}

/** A source of keys that verify access tokens. */
export interface KeySource {
  /** The key of that id, or null if there is none. @throws if the keys cannot be fetched */
  find(kid: string): Promise<KeyObject | null>;
}

/** Keys that are known locally. */
export function localKeys(set: JsonWebKeySet): KeySource {
  const keys = importKeys(set);
  return { find: (kid) => Promise.resolve(keys.get(kid) ?? null) };
}

const fetchTimeoutMs = 3_000;
const freshMs = 300_000;
// An unknown kid may be a new key or made up by the caller, so keys are fetched at most this often.
const refetchAfterMs = 5_000;

/** Keys of a JWKS address, cached for five minutes; while the address is unavailable the last ones are used. */
export function remoteKeys(url: string): KeySource {
  return cachedKeys(async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs) });
    if (!response.ok) throw new Error(`The key set answered ${response.status}.`);
    return (await response.json()) as JsonWebKeySet;
  });
}

/**
 * Keys that `load` reads, cached for five minutes. Each reading replaces all; while it fails the last ones are used. An
 * unknown key id has them read again, at most every five seconds.
 */
export function cachedKeys(load: () => Promise<JsonWebKeySet>): KeySource {
  let keys = new Map<string, KeyObject>();
  let fetchedAt = 0;
  let fetching: Promise<void> | null = null;

  const refresh = async (): Promise<void> => {
    keys = importKeys(await load());
  };
  const refreshOnce = (): Promise<void> => {
    fetchedAt = Date.now();
    fetching ??= refresh().finally(() => {
      fetching = null;
    });
    return fetching;
  };

  return {
    find: async (kid) => {
      const known = keys.get(kid);
      const age = Date.now() - fetchedAt;
      if (known && age < freshMs) return known;
      if (fetching ?? known ?? age >= refetchAfterMs) {
        try {
          await (fetching ?? refreshOnce());
        } catch (error) {
          // Without any key no token can be verified: the next call may fetch at once.
          if (keys.size === 0) fetchedAt = 0;
          if (!known) throw error;
        }
      }
      return keys.get(kid) ?? null;
    },
  };
}

function importKeys(set: JsonWebKeySet): Map<string, KeyObject> {
  return new Map(
    set.keys.flatMap((key) => {
      const imported = key.kid && key['use'] !== 'enc' ? importKey(key) : null;
      return key.kid && imported ? [[key.kid, imported] as const] : [];
    }),
  );
}

/** Null for a key of a kind that is not known here, which must not hide the others, and for a symmetric one. */
function importKey(key: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return null;
  }
}
