import type { EntityManager } from 'typeorm';
import type { Json } from '../errors.js';
import type { Message, SubgraphName } from '../message.js';

/** Messages that leave when, and only when, the transaction that they belong to has committed. */
export class Outbox {
  /** Written with the transaction. */
  readonly messages: Message[] = [];
  /** Not written: see `addWakeUp`. */
  readonly wakeUps: Message[] = [];

  /** Notes a message; it is written with the transaction's last statement, and what a crash keeps is sent by a sweep. */
  add(...messages: Message[]): void {
    this.messages.push(...messages);
  }

  /**
   * Adds a message that is sent after the commit but not stored. Only for messages that repeat what this transaction
   * stores elsewhere, and that are sent again if lost: a saga's command follows from its row, a reply from the inbox.
   */
  addWakeUp(...messages: Message[]): void {
    this.wakeUps.push(...messages);
  }
}

/** A row of the outbox. */
export interface OutboxRow {
  id: string;
  message: Message;
}

/** Writes the messages; returns their rows. */
export async function writeOutbox(
  manager: EntityManager,
  messages: readonly Message[],
): Promise<OutboxRow[]> {
  if (messages.length === 0) return [];
  const rows: { id: string }[] = await manager.query(
    `INSERT INTO outbox (queue, name, body, attempts)
     SELECT m->>'queue', m->>'name', m->'body', (m->>'attempts')::int FROM json_array_elements($1::json) WITH ORDINALITY AS t (m, n) ORDER BY n
     RETURNING id`,
    [JSON.stringify(messages)],
  );
  return rows.flatMap((row, index) => {
    const message = messages[index];
    return message ? [{ id: row.id, message }] : [];
  });
}

/** Forgets rows that have left. */
export async function deleteOutbox(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager.query('DELETE FROM outbox WHERE id = ANY($1::bigint[])', [ids]);
}

/**
 * Takes rows that a crash left behind: older than `olderThanMs`, at most `limit`, none that another process holds.
 * They are locked until the transaction ends.
 */
export async function claimStaleMessages(
  manager: EntityManager,
  olderThanMs: number,
  limit: number,
): Promise<OutboxRow[]> {
  const rows: { id: string; queue: SubgraphName; name: string; body: Json; attempts: number | null }[] =
    await manager.query(
      `SELECT id, queue, name, body, attempts FROM outbox
     WHERE created_at < clock_timestamp() - $1 * interval '1 millisecond'
     ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [olderThanMs, limit],
    );
  return rows.map(({ id, attempts, ...message }) => ({
    id,
    message: attempts === null ? message : { ...message, attempts },
  }));
}
