import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { Outbox } from '@souk/shared/db/outbox';
import { messageOf } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { Seller } from '../permissions.js';
import type { BatchResult } from './import-batch.js';
import { importBatch } from './import-batch.js';
import type { ImportRecord, ImportRow, RefusedRow, RowEffect, SellerRow } from './import-record.js';
import type { RecordReader } from './record-reader.js';
import type { WantedStatus } from './status-import.js';

/** Rows of one transaction: their locks are held until its end. */
const maxBatch = 200;
/** Listings that may wait for their offers; those that wait longest are reported. */
const maxPending = 100_000;

/** The number of rows by what became of them. A row whose status was refused counts twice: the rest was imported. */
export type ImportTotals = Record<RowEffect | 'refused', number>;

/** Dependencies of an import. */
export interface ImportOptions {
  database: Database;
  /** The seller of rows that name no partner. */
  seller: Seller;
  /** Finds the seller of rows that name one; null if there is no such partner. */
  sellerOf: (partner: string | null) => Promise<Seller | null>;
  clock: Clock;
  reader: RecordReader;
  /** Receives refused rows, by line within a batch. */
  report: (row: RefusedRow) => void;
  /** Receives the number of rows after each batch. */
  progress: (rows: number) => void;
}

/** A batch of rows, with those that could not be read. */
interface Batch {
  rows: ImportRow[];
  refused: RefusedRow[];
  refusedRows: number;
}

/** An import of listings and offers. Memory does not grow with the number of rows. */
export class CatalogImport {
  readonly #options: ImportOptions;
  readonly #pending = new Map<string, WantedStatus>();
  readonly #totals: ImportTotals = { created: 0, updated: 0, unchanged: 0, refused: 0 };

  constructor(options: ImportOptions) {
    this.#options = options;
  }

  /** Imports records; what is refused is reported and changes nothing. A fault ends the import after the last batch. */
  async run(records: AsyncIterable<ImportRecord>): Promise<ImportTotals> {
    return this.#all(records, (rows) => this.#commit(rows));
  }

  /**
   * Reports what `run` would, and changes nothing. Later rows depend on earlier ones, so that all are in one transaction,
   * which is rolled back: it locks the listings and offers of the file until then.
   */
  async dryRun(records: AsyncIterable<ImportRecord>): Promise<ImportTotals> {
    const runner = this.#options.database.source.createQueryRunner();
    try {
      await runner.startTransaction();
      return await this.#all(records, async (rows) => {
        this.#count(await this.#batch(runner.manager, new Outbox(), rows));
      });
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      await runner.release();
    }
  }

  async #all(
    records: AsyncIterable<ImportRecord>,
    work: (rows: readonly SellerRow[]) => Promise<void>,
  ): Promise<ImportTotals> {
    for await (const { rows, refused, refusedRows } of this.#batches(records)) {
      this.#totals.refused += refusedRows;
      for (const row of refused) this.#options.report(row);
      const sold = await this.#withSellers(rows);
      if (sold.length > 0) await work(sold);
      this.#dropPending(maxPending);
      this.#options.progress(rows.length + refusedRows);
    }
    this.#dropPending(0);
    return this.#totals;
  }

  async *#batches(records: AsyncIterable<ImportRecord>): AsyncIterable<Batch> {
    let batch: Batch = { rows: [], refused: [], refusedRows: 0 };
    for await (const record of records) {
      const read = this.#options.reader.read(record);
      if ('type' in read) batch.rows.push(read);
      else {
        batch.refused.push(...read);
        batch.refusedRows += 1;
      }
      if (batch.rows.length + batch.refusedRows < maxBatch) continue;
      yield batch;
      batch = { rows: [], refused: [], refusedRows: 0 };
    }
    if (batch.rows.length + batch.refusedRows > 0) yield batch;
  }

  /** Leaves out, and reports, rows of partners that do not exist, or that this import is not for. */
  async #withSellers(rows: readonly ImportRow[]): Promise<SellerRow[]> {
    const { seller, sellerOf, report } = this.#options;
    const found: SellerRow[] = [];
    for (const row of rows) {
      const named = row.partner === undefined ? seller : await sellerOf(row.partner);
      const isForeign = seller.partnerId !== null && named !== null && named.partnerId !== seller.partnerId;
      if (named && !isForeign) {
        found.push({ row, seller: named });
        continue;
      }
      this.#totals.refused += 1;
      report({
        line: row.line,
        field: 'partner',
        code: named ? 'NOT_OWNER' : 'NOT_FOUND',
        message: named ? "This import is for another partner's listings." : 'There is no such partner.',
      });
    }
    return found;
  }

  /** After a fault, a deadlock with sales for example, the rows are imported one by one: a faulty one fails alone. */
  async #commit(rows: readonly SellerRow[]): Promise<void> {
    const [first] = rows;
    try {
      this.#count(
        await this.#options.database.transact((manager, outbox) => this.#batch(manager, outbox, rows)),
      );
    } catch (error) {
      if (rows.length > 1) {
        for (const row of rows) await this.#commit([row]);
        return;
      }
      throw new Error(`Line ${first?.row.line ?? 0} could not be imported: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  #batch(manager: EntityManager, outbox: Outbox, rows: readonly SellerRow[]): Promise<BatchResult> {
    return importBatch({ manager, outbox, now: this.#options.clock.now() }, rows, this.#pending);
  }

  #count({ effects, refused, refusedRows, updatedLater, statuses }: BatchResult): void {
    for (const effect of ['created', 'updated', 'unchanged'] as const)
      this.#totals[effect] += effects[effect];
    this.#totals.unchanged -= updatedLater;
    this.#totals.updated += updatedLater;
    this.#totals.refused += refusedRows;
    for (const row of refused) this.#options.report(row);
    for (const [id, wanted] of statuses) {
      if (wanted) this.#pending.set(id, wanted);
      else this.#pending.delete(id);
    }
  }

  /** Reports statuses that waited longest, until at most `max` are left. */
  #dropPending(max: number): void {
    for (const [id, { refused }] of this.#pending) {
      if (this.#pending.size <= max) return;
      this.#pending.delete(id);
      this.#totals.refused += 1;
      for (const row of refused) this.#options.report(row);
    }
  }
}
