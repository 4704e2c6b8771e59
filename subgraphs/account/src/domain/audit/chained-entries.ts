import type { Queryable } from '@souk/shared/postgres';
import type { ChainedContent } from './audit-chain.js';

/** An entry of the log with all that its check needs. Binary values are in hexadecimal. */
export interface ChainedEntry extends ChainedContent {
  previousHash: string;
  hash: string;
  /** JSON text; null if it was erased. */
  change: string | null;
  changeSalt: string | null;
  /** Null if it was erased, or is unknown. */
  clientAddress: string | null;
  addressSalt: string | null;
}

/** Reads entries after a place in the chain and up to another one, in their order. */
export async function readChainedEntries(
  database: Queryable,
  { after, until, limit }: { after: number; until: number; limit: number },
): Promise<ChainedEntry[]> {
  const rows: (Omit<ChainedEntry, 'seq'> & { seq: string })[] = await database.query(
    `SELECT e.seq, e.id, e.actor_id AS "actorId", e.action, e.target_type AS "targetType",
       e.target_id AS "targetId", e.request_id AS "requestId", encode(e.change_digest, 'hex') AS "changeDigest",
       encode(e.address_digest, 'hex') AS "addressDigest", encode(e.previous_hash, 'hex') AS "previousHash",
       encode(e.hash, 'hex') AS hash, d.change::text AS change, encode(d.change_salt, 'hex') AS "changeSalt",
       d.client_address AS "clientAddress", encode(d.address_salt, 'hex') AS "addressSalt"
     FROM (
       SELECT * FROM audit_entry WHERE ($1 = 0 OR seq > $1) AND seq <= $2 ORDER BY seq LIMIT $3
     ) e
     -- Without the bounds a merge join would read all details before the page.
     LEFT JOIN audit_detail d ON d.seq = e.seq AND ($1 = 0 OR d.seq > $1) AND d.seq <= $2
     ORDER BY e.seq`,
    [after, until, limit],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** Reads the end of the chain. @throws if the database has none */
export async function readHead(database: Queryable): Promise<{ seq: number; hash: string }> {
  const [row]: { seq: string; hash: string }[] = await database.query(
    `SELECT seq, encode(hash, 'hex') AS hash FROM audit_head`,
  );
  if (!row) throw new Error('The audit log has no head.');
  return { seq: Number(row.seq), hash: row.hash };
}

/** Of the users to whom entries refer, those whose deletion is in the log. */
export async function findErasedUsers(
  database: Queryable,
  entries: readonly Pick<ChainedEntry, 'actorId' | 'targetId'>[],
): Promise<ReadonlySet<string>> {
  if (entries.length === 0) return new Set();
  const ids = new Set(entries.flatMap(({ actorId, targetId }) => [actorId ?? targetId, targetId]));
  const rows: { targetId: string }[] = await database.query(
    `SELECT target_id AS "targetId" FROM audit_entry
     WHERE action IN ('DELETE_USER', 'DELETE_ACCOUNT') AND target_id = ANY($1)`,
    [[...ids]],
  );
  return new Set(rows.map(({ targetId }) => targetId));
}
