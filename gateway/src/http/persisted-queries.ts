import { LRUCache } from 'lru-cache';

// Apollo Server's prefix of a hash.
const prefix = 'apq:';
/** Of an entry besides its text. */
const entryBytes = 200;

/**
 * The texts of automatic persisted queries, up to so many bytes; those used last stay. Apollo Server registers them,
 * and has checked by then that text and hash belong together.
 */
export class PersistedQueries {
  readonly #texts: LRUCache<string, string>;

  constructor(maxBytes: number) {
    this.#texts = new LRUCache({ maxSize: maxBytes });
  }

  /** For Apollo Server. */
  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.#texts.get(key));
  }

  /** For Apollo Server. */
  set(key: string, text: string): Promise<void> {
    this.#texts.set(key, text, { size: entryBytes + 2 * text.length });
    return Promise.resolve();
  }

  /** For Apollo Server. */
  delete(key: string): Promise<boolean> {
    this.#texts.delete(key);
    return Promise.resolve(true);
  }

  /**
   * The text that a request means by `extensions.persistedQuery`; null where it is not known, or where something about
   * it is wrong: Apollo Server says what.
   * @param sent the text that the request has beside it
   */
  textOf(persistedQuery: unknown, sent: unknown): string | null {
    if (typeof persistedQuery !== 'object' || persistedQuery === null) return null;
    const { version, sha256Hash } = persistedQuery as Record<string, unknown>;
    if (version !== 1 || typeof sha256Hash !== 'string') return null;
    const known = this.#texts.get(prefix + sha256Hash) ?? null;
    return sent === undefined || sent === known ? known : null;
  }
}
