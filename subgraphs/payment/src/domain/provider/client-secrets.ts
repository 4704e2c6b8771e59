import { BoundedMap } from '@souk/shared/bounded-map';
import type { CardProvider } from './card-provider.js';

/** Intents whose secrets are held at once; each is a short text. */
const maxHeld = 10_000;

/**
 * The client secrets of intents, for their buyers. An intent's secret never changes, so the provider is asked once per
 * intent and process, however often the buyer reads it. Held in memory only, stored nowhere.
 */
export class ClientSecrets {
  readonly #cards: Pick<CardProvider, 'retrieve'>;
  readonly #held = new BoundedMap<string, Promise<string | null>>(maxHeld);

  constructor(cards: Pick<CardProvider, 'retrieve'>) {
    this.#cards = cards;
  }

  /** The secret of an intent. @throws Unavailable */
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
