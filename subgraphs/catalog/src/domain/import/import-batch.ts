import { Outbox } from '@souk/shared/db/outbox';
import type { Rejection } from '@souk/shared/errors';
import { rejectionsOf } from '@souk/shared/errors';
import type { EntityManager } from 'typeorm';
import type { Seller } from '../permissions.js';
import { deferRefresh, refreshListings } from '../search/search-upkeep.js';
import type { SellerTransaction } from '../seller-transaction.js';
import type { ImportRow, RefusedRow, RowEffect, SellerRow } from './import-record.js';
import { refusedRow } from './import-record.js';
import { importListing, listingAliases } from './listing-import.js';
import { importOffer, offerAliases } from './offer-import.js';
import type { WantedStatus } from './status-import.js';
import { importStatus, statusAliases } from './status-import.js';

/** The transaction of a batch. */
export interface BatchTransaction {
  manager: EntityManager;
  outbox: Outbox;
  now: Date;
}

/** The result of a batch; counts once its transaction has committed. */
export interface BatchResult {
  effects: Record<RowEffect, number>;
  refused: RefusedRow[];
  /** Rows that were refused: each may have several violations. */
  refusedRows: number;
  /** Rows of earlier batches that were counted as unchanged, and whose status has changed. */
  updatedLater: number;
  /** By listing; null where nothing is to be done any more. */
  statuses: Map<string, WantedStatus | null>;
}

type Attempt<Result> = { result: Result; changed: boolean } | { refused: readonly Rejection[] };

/** Imports rows in their order, each in a savepoint of its own. `pending`: statuses that earlier batches left over. */
export async function importBatch(
  transaction: BatchTransaction,
  rows: readonly SellerRow[],
  pending: ReadonlyMap<string, WantedStatus>,
): Promise<BatchResult> {
  const result: BatchResult = {
    effects: { created: 0, updated: 0, unchanged: 0 },
    refused: [],
    refusedRows: 0,
    updatedLater: 0,
    statuses: new Map(),
  };
  const touched = new Set<string>();
  const changed = new Set<string>();
  await deferRefresh(transaction.manager);
  for (const { row, seller } of rows) {
    const done = await attempt(transaction, seller, (own) => importRow(own, row, transaction.now));
    if ('refused' in done) {
      const aliases = row.type === 'listing' ? listingAliases : offerAliases;
      result.refused.push(...done.refused.map((rejection) => refusedRow(row.line, rejection, aliases)));
      result.refusedRows += 1;
      continue;
    }
    const { listingId, created } = done.result;
    const effect = created ? 'created' : done.changed ? 'updated' : 'unchanged';
    result.effects[effect] += 1;
    touched.add(listingId);
    if (done.changed) changed.add(listingId);
    if (row.type === 'listing' && row.status !== null)
      result.statuses.set(listingId, { line: row.line, seller, status: row.status, effect, refused: [] });
  }
  for (const listingId of touched) {
    const wanted = result.statuses.get(listingId) ?? pending.get(listingId);
    if (wanted && (await attemptStatus(transaction, listingId, wanted, result))) changed.add(listingId);
  }
  await refreshListings(transaction.manager, [...changed]);
  return result;
}

/** Returns whether the status changed. */
async function attemptStatus(
  transaction: BatchTransaction,
  listingId: string,
  wanted: WantedStatus,
  result: BatchResult,
): Promise<boolean> {
  const { line, seller, status, effect } = wanted;
  const done = await attempt(transaction, seller, (own) =>
    importStatus(own, listingId, status, transaction.now),
  );
  if ('refused' in done) {
    const refused = done.refused.map((rejection) => refusedRow(line, rejection, statusAliases));
    result.statuses.set(listingId, { ...wanted, refused });
    return false;
  }
  if (done.changed && effect === 'unchanged') result.updatedLater += 1;
  result.statuses.set(listingId, null);
  return done.changed;
}

async function importRow(
  transaction: SellerTransaction,
  row: ImportRow,
  now: Date,
): Promise<{ listingId: string; created: boolean }> {
  if (row.type === 'offer') return importOffer(transaction, row, now);
  const { id, created } = await importListing(transaction, row, now);
  return { listingId: id, created };
}

/** Runs work in a savepoint: what is refused leaves neither rows nor events. */
async function attempt<Result>(
  { manager, outbox }: BatchTransaction,
  seller: Seller,
  work: (transaction: SellerTransaction) => Promise<Result>,
): Promise<Attempt<Result>> {
  const own = new Outbox();
  try {
    const result = await manager.transaction((savepoint) =>
      work({ manager: savepoint, outbox: own, seller }),
    );
    outbox.add(...own.messages);
    outbox.events.push(...own.events);
    // Every change publishes an event.
    return { result, changed: own.events.length > 0 };
  } catch (error) {
    const refused = rejectionsOf(error);
    if (!refused) throw error;
    return { refused };
  }
}
