import type { EntityManager } from 'typeorm';
import type { KeyRange, StatePage } from '../state.js';

/** A table whose rows have the transaction that changed them last in `changed_in` (xid8). */
export interface ChangedTable {
  table: string;
  /** The primary key: a text or uuid column. */
  key: string;
  keyType: 'text' | 'uuid';
  /** The columns of an item, as a select list. */
  columns: string;
  /** Lists only the rows with this value in this uuid column. */
  within?: { column: string; value: string };
}

/** A position in a listing of all rows by key, or in a listing of changes by transaction and key. */
type Position =
  | { kind: 'all'; after: string | null }
  | { kind: 'changes'; from: string; after: { changedIn: string; key: string } | null };

interface Cursor {
  epoch: string;
  /** All transactions before this one were over when the listing began: the next one begins here. */
  oldest: string;
  position: Position;
}

type Found<Row> = Row & { changedIn: string; changedKey: string };

/** Which transactions are over. */
export interface SnapshotStart {
  /**
   * The history of the database; transaction ids of another one mean nothing. Every rewind of a database takes a start
   * of its server, so a start begins a history too.
   */
  epoch: string;
  /** All transactions before this one (xid8) are over. */
  oldest: string;
}

/** Reads which transactions are over. Later statements see what these wrote. */
export async function readSnapshotStart(manager: EntityManager): Promise<SnapshotStart> {
  const [head]: SnapshotStart[] = await manager.query(
    `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest,
       concat_ws('.', (SELECT system_identifier FROM pg_control_system()),
         (SELECT timeline_id FROM pg_control_checkpoint()),
         (SELECT oid FROM pg_database WHERE datname = current_database()),
         extract(epoch FROM pg_postmaster_start_time())) AS epoch`,
  );
  if (!head) throw new Error('The database returned no snapshot.');
  return head;
}

/**
 * Lists all rows by key, and after that the rows that changed, by the transaction that changed them. The cursor is the
 * oldest transaction that was running when the listing began, so that a late commit is not skipped and no writer takes a
 * lock. Rows are never deleted: a state says that a key has ended. For a cursor of another history of the database (a
 * restored backup, a replica that took over) all rows are listed anew.
 */
export async function readChangedRows<Row>(
  manager: EntityManager,
  table: ChangedTable,
  since: string | null,
  pageSize = 1_000,
): Promise<StatePage<Row>> {
  const head = await readSnapshotStart(manager);
  const given = decode(since);
  const isContinued = given?.epoch === head.epoch && BigInt(given.oldest) <= BigInt(head.oldest);
  const cursor: Cursor = isContinued ? given : { ...head, position: { kind: 'all', after: null } };
  const { position } = cursor;
  const rows = await (position.kind === 'all'
    ? listAll<Row>(manager, table, position, pageSize)
    : listChanges<Row>(manager, table, position, pageSize));
  const last = rows.at(-1);
  const next = last !== undefined && rows.length === pageSize ? last : null;
  const items = rows.map(({ changedIn: _changedIn, changedKey: _changedKey, ...row }) => row as Row);
  const more = next !== null;
  if (position.kind === 'all') {
    const until = next?.changedKey ?? null;
    const covers: KeyRange = { after: position.after, until };
    const following: Position =
      until === null ? { kind: 'changes', from: cursor.oldest, after: null } : { kind: 'all', after: until };
    return { items, next: encode({ ...cursor, position: following }), more, covers };
  }
  const oldest = position.after === null ? head.oldest : cursor.oldest;
  const after = next && { changedIn: next.changedIn, key: next.changedKey };
  const following: Position = { kind: 'changes', from: more ? position.from : oldest, after };
  return { items, next: encode({ epoch: head.epoch, oldest, position: following }), more };
}

/** By key, which does not change, so that no row is missed or repeated while others are written. */
function listAll<Row>(
  manager: EntityManager,
  { table, key, keyType, columns, within }: ChangedTable,
  { after }: Extract<Position, { kind: 'all' }>,
  limit: number,
): Promise<Found<Row>[]> {
  // An order that databases and processes share, whatever their locale.
  const ordered = keyType === 'text' ? `${key} COLLATE "C"` : key;
  return manager.query(
    `SELECT ${columns}, changed_in::text AS "changedIn", ${key}::text AS "changedKey" FROM ${table}
     WHERE ($1::${keyType} IS NULL OR ${ordered} > $1::${keyType}) ${within ? `AND ${within.column} = $3::uuid` : ''}
     ORDER BY ${ordered} LIMIT $2`,
    [after, limit, ...(within ? [within.value] : [])],
  );
}

/**
 * Rows of a logical backup have the numbers of the server that they come from. Those that this one has not reached yet
 * are no changes.
 */
function listChanges<Row>(
  manager: EntityManager,
  { table, key, keyType, columns, within }: ChangedTable,
  { from, after }: Extract<Position, { kind: 'changes' }>,
  limit: number,
): Promise<Found<Row>[]> {
  return manager.query(
    `SELECT ${columns}, changed_in::text AS "changedIn", ${key}::text AS "changedKey" FROM ${table}
     WHERE changed_in >= $1::xid8 AND changed_in < pg_snapshot_xmax(pg_current_snapshot())
       AND ($2::xid8 IS NULL OR (changed_in, ${key}) > ($2::xid8, $3::${keyType}))
       ${within ? `AND ${within.column} = $5::uuid` : ''}
     ORDER BY changed_in, ${key} LIMIT $4`,
    [from, after?.changedIn ?? null, after?.key ?? null, limit, ...(within ? [within.value] : [])],
  );
}

/** Marks the position in a listing of all rows. */
const all = '*';

function encode({ epoch, oldest, position }: Cursor): string {
  return [epoch, oldest, ...encodePosition(position)].join('~');
}

function encodePosition(position: Position): string[] {
  if (position.kind === 'all') return [all, position.after ?? ''];
  const { from, after } = position;
  return after ? [from, after.changedIn, after.key] : [from];
}

/** Null for a text that is no cursor. */
function decode(text: string | null): Cursor | null {
  const [epoch = '', oldest = '', from = '', ...rest] = text?.split('~') ?? [];
  if (epoch === '' || !isNumber(oldest)) return null;
  if (from === all) return { epoch, oldest, position: { kind: 'all', after: rest.join('~') } };
  const [changedIn, ...key] = rest;
  if (!isNumber(from) || (changedIn !== undefined && !isNumber(changedIn))) return null;
  const after = changedIn === undefined ? null : { changedIn, key: key.join('~') };
  return { epoch, oldest, position: { kind: 'changes', from, after } };
}

function isNumber(text: string): boolean {
  return /^\d{1,19}$/.test(text);
}
