import { randomBytes } from 'node:crypto';
import type { Database } from '@souk/shared/db/database';
import type { Log } from '@souk/shared/log';
import type { EntityManager } from 'typeorm';
import { digestDetail, hashEntry } from './audit-chain.js';
import { startErasures } from './audit-erasure.js';

/** Entries of one transaction. */
const batchSize = 500;
const saltBytes = 16;

interface PendingRow {
  id: string;
  actorId: string | null;
  action: string;
  targetType: string;
  targetId: string;
  requestId: string | null;
  clientAddress: string | null;
  /** JSON text. */
  change: string;
  /** Whether the entry is in the log already. */
  isRepeat: boolean;
  /** Whether the account of the actor was deleted. */
  isActorErased: boolean;
  /** Whether the values are about a user, or of one, whose account was deleted. */
  isChangeErased: boolean;
}

/** The end of the chain. */
interface Head {
  seq: number;
  /** Hexadecimal. */
  hash: string;
}

/** A row of audit_entry and its row of audit_detail. Binary values are in hexadecimal. */
type NewEntry = Omit<PendingRow, 'change' | 'isRepeat' | 'isActorErased' | 'isChangeErased'> & {
  seq: number;
  change: string | null;
  changeSalt: string | null;
  changeDigest: string | null;
  addressSalt: string | null;
  addressDigest: string | null;
  previousHash: string;
  hash: string;
};

/**
 * Appends all pending actions to the log, in batches. One process appends at a time: the one that has locked the head;
 * others return at once. Mutations take no lock of it.
 */
export async function appendPendingActions(database: Database, log: Log): Promise<void> {
  let appended = batchSize;
  while (appended === batchSize)
    appended = await database.transact(async (manager) => {
      const head = await lockHead(manager);
      return head === null ? 0 : appendBatch(manager, head);
    });
  await logHead(database.reader, log);
}

/** Locks the head until the transaction ends; null while another process has it, and where nothing is pending. */
async function lockHead(manager: EntityManager): Promise<Head | null> {
  const [row]: { seq: string; hash: string }[] = await manager.query(
    `SELECT seq, encode(hash, 'hex') AS hash FROM audit_head
     WHERE EXISTS (SELECT FROM audit_pending) FOR UPDATE SKIP LOCKED`,
  );
  return row ? { seq: Number(row.seq), hash: row.hash } : null;
}

/** Appends the oldest pending actions. Returns how many were pending, at most `batchSize`. */
async function appendBatch(manager: EntityManager, head: Head): Promise<number> {
  const pending: PendingRow[] = await manager.query(
    `SELECT p.id, p.actor_id AS "actorId", p.action, p.target_type AS "targetType", p.target_id AS "targetId",
       p.request_id AS "requestId", p.client_address AS "clientAddress", p.change::text AS change,
       EXISTS (SELECT FROM audit_entry e WHERE e.id = p.id) AS "isRepeat",
       EXISTS (SELECT FROM audit_erasure d WHERE d.user_id = p.actor_id) AS "isActorErased",
       EXISTS (SELECT FROM audit_erasure d WHERE p.target_type = 'USER' AND d.user_id::text = p.target_id
         OR d.user_id = p.actor_id AND NOT d.keeps_values) AS "isChangeErased"
     FROM audit_pending p ORDER BY p.position LIMIT $1`,
    [batchSize],
  );
  const entries: NewEntry[] = [];
  let end = head;
  for (const row of pending) {
    if (row.isRepeat) continue;
    const entry = chain(row, end);
    entries.push(entry);
    end = entry;
  }
  await insertEntries(manager, entries);
  await manager.query(`UPDATE audit_head SET seq = $1, hash = decode($2, 'hex')`, [end.seq, end.hash]);
  await manager.query('DELETE FROM audit_pending WHERE id = ANY($1)', [pending.map(({ id }) => id)]);
  await startErasures(manager, entries);
  return pending.length;
}

function chain(row: PendingRow, { seq: last, hash: previousHash }: Head): NewEntry {
  const { isRepeat: _isRepeat, isActorErased, isChangeErased, ...action } = row;
  const change = isChangeErased ? null : action.change;
  const clientAddress = isActorErased ? null : action.clientAddress;
  const [changeSalt, addressSalt] = [saltFor(change), saltFor(clientAddress)];
  const content = {
    ...action,
    seq: last + 1,
    changeDigest: changeSalt === null || change === null ? null : digestDetail(changeSalt, change),
    addressDigest:
      addressSalt === null || clientAddress === null ? null : digestDetail(addressSalt, clientAddress),
  };
  const hash = hashEntry(content, previousHash);
  return { ...content, change, clientAddress, changeSalt, addressSalt, previousHash, hash };
}

function saltFor(text: string | null): string | null {
  return text === null ? null : randomBytes(saltBytes).toString('hex');
}

async function insertEntries(manager: EntityManager, entries: readonly NewEntry[]): Promise<void> {
  await manager.query(
    `WITH new AS MATERIALIZED (
       SELECT * FROM json_to_recordset($1) AS (
         seq bigint, id uuid, "actorId" uuid, action text, "targetType" text, "targetId" text, "requestId" text,
         "changeDigest" text, "addressDigest" text, "previousHash" text, hash text, change text, "changeSalt" text,
         "clientAddress" text, "addressSalt" text)
     ), entry AS (
       INSERT INTO audit_entry (seq, id, actor_id, action, target_type, target_id, request_id, change_digest,
         address_digest, previous_hash, hash)
       SELECT seq, id, "actorId", action, "targetType", "targetId", "requestId", decode("changeDigest", 'hex'),
         decode("addressDigest", 'hex'), decode("previousHash", 'hex'), decode(hash, 'hex')
       FROM new ORDER BY seq
     )
     INSERT INTO audit_detail (seq, change, change_salt, client_address, address_salt)
     SELECT seq, change::json, decode("changeSalt", 'hex'), "clientAddress", decode("addressSalt", 'hex')
     FROM new ORDER BY seq`,
    [JSON.stringify(entries)],
  );
}

/** The head is written to the log of the process at most once in this time. */
const logEverySeconds = 60;

/**
 * Writes the head to the log of the process, at most once a minute in all processes, and where it has changed. Logs that
 * leave the machine are an anchor outside of the database.
 */
async function logHead(manager: EntityManager, log: Log): Promise<void> {
  const [[head]]: [{ seq: string; hash: string }[], number] = await manager.query(
    `UPDATE audit_head SET logged_at = clock_timestamp(), logged_seq = seq
     WHERE logged_seq < seq AND (logged_at IS NULL OR logged_at < clock_timestamp() - $1 * interval '1 second')
     RETURNING seq, encode(hash, 'hex') AS hash`,
    [logEverySeconds],
  );
  if (head) log.info({ entries: Number(head.seq), hash: head.hash }, 'head of the audit log');
}
