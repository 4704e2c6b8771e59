import type { EntityManager } from 'typeorm';
import type { StatePage } from '../state.js';

/** A table whose rows have the transaction that changed them last in `changed_in` (xid8). */
export interface ChangedTable {
  table: string;
  /** The primary key: a text or uuid column. */
  key: string;
  keyType: 'text' | 'uuid';
  /** The columns of an item, as a select list. */
  columns: string;
}

/** Since which transaction rows are listed, and where the listing is within its pages. */
interface Cursor {
  epoch: string;
  /** All transactions before this one were over when the listing began: the next one begins here. */
  oldest: string;
  /** The last row of the page before; null on the first page. */
  after: { changedIn: string; key: string } | null;
  /** The first transaction of this listing. */
  from: string;
}

/** Which transactions are over. */
export interface SnapshotStart {
  /** The history of the database; transaction ids of another one mean nothing. */
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
         (SELECT oid FROM pg_database WHERE datname = current_database())) AS epoch`,
  );
  if (!head) throw new Error('The database returned no snapshot.');
  return head;
}

/**
 * Lists rows that changed since a cursor, ordered by the transaction that changed them. The cursor is the oldest
 * transaction that was running when the listing began, so that a late commit is not skipped and no writer takes a lock.
 * Rows are never deleted: a state says that a key has ended. Another history of the database (a restored backup, a
 * replica that took over) lists all rows anew.
 */
export async function readChangedRows<Row>(
  manager: EntityManager,
  { table, key, keyType, columns }: ChangedTable,
  since: string | null,
  pageSize = 1_000,
): Promise<StatePage<Row>> {
  const head = await readSnapshotStart(manager);
  const given = decode(since);
  const isContinued = given?.epoch === head.epoch && BigInt(given.oldest) <= BigInt(head.oldest);
  const cursor: Cursor = isContinued ? given : { ...head, from: '0', after: null };
  const oldest = cursor.after === null ? head.oldest : cursor.oldest;
  const rows: (Row & { changedIn: string; changedKey: string })[] = await manager.query(
    `SELECT ${columns}, changed_in::text AS "changedIn", ${key}::text AS "changedKey" FROM ${table}
     WHERE changed_in >= $1::xid8
       AND ($2::xid8 IS NULL OR (changed_in, ${key}) > ($2::xid8, $3::${keyType}))
     ORDER BY changed_in, ${key} LIMIT $4`,
    [cursor.from, cursor.after?.changedIn ?? null, cursor.after?.key ?? null, pageSize],
  );
  const last = rows.at(-1);
  const more = last !== undefined && rows.length === pageSize;
  const after = more ? { changedIn: last.changedIn, key: last.changedKey } : null;
  return {
    items: rows.map(({ changedIn: _changedIn, changedKey: _changedKey, ...row }) => row as Row),
    next: encode({ epoch: head.epoch, oldest, from: more ? cursor.from : oldest, after }),
    more,
  };
}

function encode(cursor: Cursor): string {
  const { epoch, oldest, from, after } = cursor;
  return [epoch, oldest, from, ...(after ? [after.changedIn, after.key] : [])].join('~');
}

/** Null for a text that is no cursor. */
function decode(text: string | null): Cursor | null {
  const [epoch = '', oldest = '', from = '', changedIn, ...key] = text?.split('~') ?? [];
  const numbers = [oldest, from, changedIn ?? '0'];
  if (epoch === '' || numbers.some((number) => !/^\d{1,19}$/.test(number))) return null;
  return { epoch, oldest, from, after: changedIn === undefined ? null : { changedIn, key: key.join('~') } };
}
