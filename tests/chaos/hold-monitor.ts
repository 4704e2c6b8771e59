import { setTimeout as sleep } from 'node:timers/promises';
import { connect, databaseUrl } from '@souk/shared/postgres';
import type { Overheld } from './checks/stock.js';
import { overheldSql, overheldText } from './checks/stock.js';
import type { ChaosFixture } from './fixture.js';

const pollMs = 500;

/** Polls during a storm for buyers over their unpaid limit; afterwards nothing is held any more. */
export class HoldMonitor {
  readonly #fixture: ChaosFixture;
  readonly #found = new Set<string>();
  readonly #ended: Promise<void>;
  #isOver = false;
  #polls = 0;

  constructor(fixture: ChaosFixture) {
    this.#fixture = fixture;
    this.#ended = this.#watch();
  }

  /** Stops polling. Returns a sentence per finding and the number of successful polls. */
  async end(): Promise<{ overheld: string[]; polls: number }> {
    this.#isOver = true;
    await this.#ended;
    return { overheld: [...this.#found], polls: this.#polls };
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#poll();
      } catch {
        // The storm shuts the database down too.
      }
      await sleep(pollMs);
    }
  }

  async #poll(): Promise<void> {
    const connection = await connect(databaseUrl(this.#fixture.postgres.url, 'souk_catalog'));
    connection.on('error', () => undefined);
    try {
      const { rows } = await connection.query<Overheld & Record<string, unknown>>(overheldSql);
      for (const row of rows) this.#found.add(overheldText(row));
      this.#polls += 1;
    } finally {
      await connection.end();
    }
  }
}
