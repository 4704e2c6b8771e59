import { setTimeout as sleep } from 'node:timers/promises';
import { connect, databaseUrl } from '@souk/shared/postgres';
import type { Overheld } from './checks/stock.js';
import { overheldSql, overheldText } from './checks/stock.js';
import type { ChaosFixture } from './fixture.js';

const pollMs = 500;

/** Looks again and again during a storm for buyers who hold more unpaid than they may: at its end nothing is held. */
export class HoldMonitor {
  readonly #fixture: ChaosFixture;
  readonly #found = new Set<string>();
  readonly #ended: Promise<void>;
  #isOver = false;
  #looks = 0;

  constructor(fixture: ChaosFixture) {
    this.#fixture = fixture;
    this.#ended = this.#watch();
  }

  /** Ends it: what was found, a sentence for each, and how often it could look. */
  async end(): Promise<{ overheld: string[]; looks: number }> {
    this.#isOver = true;
    await this.#ended;
    return { overheld: [...this.#found], looks: this.#looks };
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#look();
      } catch {
        // The storm shuts the database down too.
      }
      await sleep(pollMs);
    }
  }

  async #look(): Promise<void> {
    const connection = await connect(databaseUrl(this.#fixture.postgres.url, 'souk_catalog'));
    connection.on('error', () => undefined);
    try {
      const { rows } = await connection.query<Overheld & Record<string, unknown>>(overheldSql);
      for (const row of rows) this.#found.add(overheldText(row));
      this.#looks += 1;
    } finally {
      await connection.end();
    }
  }
}
