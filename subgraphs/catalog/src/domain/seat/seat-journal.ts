import { randomBytes } from 'node:crypto';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { readSnapshotStart } from '@souk/shared/db/changed-rows';
import type { Database } from '@souk/shared/db/database';
import type { EntityManager } from 'typeorm';
import { lockSeatJournal } from '../locks.js';
import { readSeatCode, seatCodeSql, stateOf, withSeatCodes } from './seat-states.js';

// The journal gives an event's seat states a sequence of revisions. Readers write it: a reader that finds changed seats
// appends them as the next revision, under a lock of the journal. A hold takes no lock of the journal and never waits for
// it, and an event that nobody looks at has no journal.

/** The states of an event's seats at one revision. */
export interface SeatJournal {
  listingId: string;
  /** Revisions of different histories cannot be compared. A new seat map begins a new history. */
  history: string;
  /** Consecutive in one history. */
  number: number;
  /** Revision of the seat map whose indexes the states have. */
  mapRevision: number;
  /** Packed, see `seat-states.ts`. */
  states: Buffer;
}

/** A journal, and what the next reader needs. */
interface StoredJournal extends SeatJournal {
  /** History of the database: transaction ids of another one mean nothing. */
  epoch: string;
  /** Seats that transactions before this one changed are in the states. */
  seenFrom: string;
}

/** Seats that changed since a journal was written. */
interface FoundChanges {
  mapRevision: number;
  codes: number[];
}

/** Number of revisions whose changes are stored. */
const maxRevisions = 1_000;
const historyBytes = 6;
const dayMs = 86_400_000;

/** SQL that reads the codes of seats that changed since a transaction, exported for the query plan test. */
export const changedSeatsSql = `
  SELECT l.seat_map_revision AS "mapRevision", (
    SELECT COALESCE(array_agg(${seatCodeSql} ORDER BY s.map_index), '{}')
    FROM event_seat s WHERE s.listing_id = l.id AND s.changed_in >= $2::xid8) AS codes
  FROM listing l WHERE l.id = $1`;

/** Returns the journal with all changes that were committed before the call. */
export async function readSeatJournal(database: Database, listingId: string): Promise<SeatJournal> {
  const known = await findJournal(database.reader, listingId);
  if (known) {
    const { epoch } = await readSnapshotStart(database.reader);
    const found = await readChanges(database.reader, known);
    if (epoch === known.epoch && found.mapRevision === known.mapRevision && found.codes.length === 0)
      return known;
  }
  return database.transact((manager) => advance(manager, listingId));
}

/**
 * Returns the codes of the seats that changed after a revision of this history; null if they are not stored any more.
 * A seat that changed twice is there twice.
 */
export async function readStoredChanges(
  manager: EntityManager,
  { listingId, number }: SeatJournal,
  after: number,
): Promise<number[] | null> {
  if (after > number || number - after > maxRevisions) return null;
  const rows: { codes: number[] }[] = await manager.query(
    `SELECT codes FROM seat_change WHERE listing_id = $1 AND revision > $2 AND revision <= $3 ORDER BY revision`,
    [listingId, after, number],
  );
  return rows.length === number - after ? rows.flatMap(({ codes }) => codes) : null;
}

/** Deletes journals without a change for a day; a reader begins a new history. Returns their number. */
export async function removeIdleJournals(manager: EntityManager, now: Date): Promise<number> {
  return deleteInBatches(
    manager,
    `DELETE FROM seat_journal WHERE listing_id IN (
       SELECT listing_id FROM seat_journal WHERE updated_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now.getTime() - dayMs)],
  );
}

/** Appends the changes since the last revision, if there are any. */
async function advance(manager: EntityManager, listingId: string): Promise<SeatJournal> {
  // Before the seats are read: a transaction that ends in between is read now and again next time.
  const start = await readSnapshotStart(manager);
  const known = await openJournal(manager, listingId, start.epoch);
  const found = await readChanges(manager, known);
  if (found.mapRevision !== known.mapRevision || known.epoch !== start.epoch)
    return beginHistory(manager, { ...known, epoch: start.epoch, seenFrom: start.oldest });
  if (found.codes.length === 0) return known;
  const next = {
    ...known,
    number: known.number + 1,
    states: withSeatCodes(known.states, found.codes),
    seenFrom: start.oldest,
  };
  await storeJournal(manager, next);
  await manager.query('INSERT INTO seat_change (listing_id, revision, codes) VALUES ($1, $2, $3)', [
    listingId,
    next.number,
    found.codes,
  ]);
  await manager.query('DELETE FROM seat_change WHERE listing_id = $1 AND revision <= $2', [
    listingId,
    next.number - maxRevisions,
  ]);
  return next;
}

/** Reads all seats, as the first revision of a new history. */
async function beginHistory(manager: EntityManager, known: StoredJournal): Promise<SeatJournal> {
  const { mapRevision, codes } = await readChanges(manager, {
    ...known,
    seenFrom: '0',
    states: Buffer.alloc(0),
  });
  const journal = {
    ...known,
    history: randomBytes(historyBytes).toString('hex'),
    number: 1,
    mapRevision,
    states: withSeatCodes(Buffer.alloc(0), codes),
  };
  await manager.query('DELETE FROM seat_change WHERE listing_id = $1', [known.listingId]);
  await storeJournal(manager, journal);
  return journal;
}

/** Locks the journal; creates one that no seat map has. */
async function openJournal(manager: EntityManager, listingId: string, epoch: string): Promise<StoredJournal> {
  await manager.query(
    `INSERT INTO seat_journal (listing_id, history, revision, map_revision, states, epoch, seen_from)
     VALUES ($1, '', 0, -1, '', $2, '0') ON CONFLICT DO NOTHING`,
    [listingId, epoch],
  );
  await lockSeatJournal(manager, listingId);
  const known = await findJournal(manager, listingId);
  if (!known) throw new Error('A locked seat journal does not exist.');
  return known;
}

async function findJournal(manager: EntityManager, listingId: string): Promise<StoredJournal | null> {
  const [row]: StoredJournal[] = await manager.query(
    `SELECT listing_id AS "listingId", history, revision AS number, map_revision AS "mapRevision", states, epoch,
       seen_from::text AS "seenFrom"
     FROM seat_journal WHERE listing_id = $1`,
    [listingId],
  );
  return row ?? null;
}

async function storeJournal(manager: EntityManager, journal: StoredJournal): Promise<void> {
  const { listingId, history, number, mapRevision, states, epoch, seenFrom } = journal;
  await manager.query(
    `UPDATE seat_journal SET history = $2, revision = $3, map_revision = $4, states = $5, epoch = $6,
       seen_from = $7::xid8, updated_at = now()
     WHERE listing_id = $1`,
    [listingId, history, number, mapRevision, states, epoch, seenFrom],
  );
}

/** Reads the codes of the seats whose states are not those of the journal. */
async function readChanges(
  manager: EntityManager,
  { listingId, seenFrom, states }: StoredJournal,
): Promise<FoundChanges> {
  const [found]: FoundChanges[] = await manager.query(changedSeatsSql, [listingId, seenFrom]);
  if (!found) throw new Error('The event of a seat journal does not exist.');
  const codes = found.codes.filter((code) => {
    const [index, state] = readSeatCode(code);
    return index >> 2 >= states.length || stateOf(states, index) !== state;
  });
  return { ...found, codes };
}
