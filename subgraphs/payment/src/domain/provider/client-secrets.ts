import { LRUCache } from 'lru-cache';
import type { CardProvider } from './card-provider.js';

/** Maximum number of cached secrets. */
const maxHeld = 10_000;

/**
 * Caches the client secrets of intents. An intent's secret never changes, so each process retrieves it once per intent.
 * Secrets are held in memory only.
 */
export class ClientSecrets {
  readonly #cards: Pick<CardProvider, 'retrieve'>;
  readonly #held = new LRUCache<string, Promise<string | null>>({ max: maxHeld });

  constructor(cards: Pick<CardProvider, 'retrieve'>) {
    this.#cards = cards;
  }

  /** Returns the secret of an intent. @throws Unavailable */
  read(intentId: string): Promise<string | null> {
    const held = this.#held.get(intentId);
    if (held) return held;
    const secret = this.#retrieve(intentId);
    this.#held.set(intentId, secret);
    return secret;
  }

  async #retrieve(intentId: string): Promise<string | null> {
    try {
      return (await this.#cards.retrieve(intentId)).clientSecret;
    } catch (error) {
      this.#held.delete(intentId);
      throw error;
    }
  }
}
