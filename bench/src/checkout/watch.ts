import { fromApiId } from '@souk/shared/ids';
import { Pool } from 'pg';

const lookEveryMs = 5;
const patienceMs = 60_000;

/** How a checkout ended, and when: milliseconds since 1970, by the database's clock, which is this machine's. */
export interface Ended {
  status: string;
  at: number;
}

/**
 * Sees checkouts end in order's own table, so that asking for them does not weigh on the gateway that is measured.
 */
export class Watch {
  readonly #pool: Pool;
  readonly #waiting = new Map<string, (ended: Ended) => void>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  /** @param url of order's database */
  constructor(url: string) {
    this.#pool = new Pool({ connectionString: url, max: 1 });
    this.#look();
  }

  /** Resolves when the checkout of this API id has ended. */
  ended(checkoutId: string): Promise<Ended> {
    const id = fromApiId('checkout', checkoutId);
    if (id === null) throw new Error(`${checkoutId} is no checkout's id.`);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${checkoutId} did not end within ${patienceMs / 1000} s.`));
      }, patienceMs);
      this.#waiting.set(id, (ended) => {
        clearTimeout(late);
        resolve(ended);
      });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#pool.end();
  }

  #look(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#notify()
        .catch(() => undefined)
        .finally(() => this.#look());
    }, lookEveryMs);
  }

  async #notify(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const { rows } = await this.#pool.query<{ id: string; status: string; at: string }>({
      name: 'ended',
      text: `SELECT id, status, extract(epoch FROM completed_at) * 1000 AS at FROM saga
             WHERE id = ANY($1::uuid[]) AND completed_at IS NOT NULL`,
      values: [[...this.#waiting.keys()]],
    });
    for (const { id, status, at } of rows) {
      this.#waiting.get(id)?.({ status, at: Number(at) });
      this.#waiting.delete(id);
    }
  }
}
