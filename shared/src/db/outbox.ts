import type { EntityManager } from 'typeorm';
import type { Json } from '../errors.js';
import type { Cause, EventDefinition, EventPayload } from '../event.js';
import { noCause } from '../event.js';
import type { Message, SubgraphName } from '../message.js';
import type { PublishedEvent } from './event-outbox.js';
import { publishedEvent } from './event-outbox.js';

/** Messages that leave when, and only when, the transaction that they belong to has committed. */
export class Outbox {
  /** Written with the transaction. */
  readonly messages: Message[] = [];
  /** Not written: see `addWakeUp`. */
  readonly wakeUps: Message[] = [];
  /** Written with the transaction, for each subscriber. */
  readonly events: PublishedEvent[] = [];
  #cause: Cause;
  readonly #sagaCauses = new Map<string, Cause>();

  /** @param cause what led to the transaction; its events carry it */
  constructor(cause: Cause = noCause) {
    this.#cause = cause;
  }

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

  /**
   * Names the user who acts in this transaction, where the request carries no access token: a login, a refresh. Events
   * that are published later carry the user.
   */
  actAs(userId: string): void {
    this.#cause = { ...this.#cause, actorId: userId };
  }

  /** Notes the cause of a saga whose command this transaction handles, perhaps among those of other sagas. */
  addSagaCause(sagaId: string, cause: Cause): void {
    this.#sagaCauses.set(sagaId, cause);
  }

  /** The cause of a saga whose command this transaction handles; null for other sagas. */
  causeOfSaga(sagaId: string): Cause | null {
    return this.#sagaCauses.get(sagaId) ?? null;
  }

  /**
   * Publishes an event to its subscribers. Events of one aggregate are handled in the order in which their transactions
   * commit.
   * @param aggregate what the event is about, for example a user's id
   * @throws ZodError when the payload does not match
   */
  publish<Event extends EventDefinition>(
    event: Event,
    aggregate: string,
    payload: EventPayload<Event>,
    cause: Cause = this.#cause,
  ): void {
    this.events.push(publishedEvent(event, aggregate, payload, cause));
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
 * Takes rows that a crash left behind: older than `olderThanMs`, at most `limit`, none that another process holds, that is
 * set aside or whose next attempt is later. They are locked until the transaction ends.
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
       AND set_aside_at IS NULL AND (retry_at IS NULL OR retry_at <= clock_timestamp())
     ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [olderThanMs, limit],
    );
  return rows.map(({ id, attempts, ...message }) => ({
    id,
    message: attempts === null ? message : { ...message, attempts },
  }));
}

/** A failed attempt to send a row's message, or a message without a row: a wake-up. */
export interface FailedSend {
  id: string | null;
  message: Message;
  error: string;
}

/**
 * Sets messages aside that their queues refuse: the rows stay, with the error, and no sweep takes them. A wake-up gets a
 * row, unless an equal one is set aside already. An operator sends a row again by setting `set_aside_at` and
 * `retry_at` to null and `failures` to 0.
 */
export async function setAsideMessages(
  manager: EntityManager,
  refused: readonly FailedSend[],
): Promise<void> {
  for (const { id, message, error } of refused) {
    if (id !== null) {
      await manager.query('UPDATE outbox SET set_aside_at = clock_timestamp(), error = $2 WHERE id = $1', [
        id,
        error,
      ]);
      continue;
    }
    const { queue, name, body, attempts = null } = message;
    await manager.query(
      `INSERT INTO outbox (queue, name, body, attempts, set_aside_at, error)
       SELECT $1::text, $2::text, $3::json, $4::int, clock_timestamp(), $5::text
       WHERE NOT EXISTS (
         SELECT FROM outbox
         WHERE set_aside_at IS NOT NULL AND queue = $1 AND name = $2 AND body::text = $3::json::text)`,
      [queue, name, JSON.stringify(body), attempts, error],
    );
  }
}

/**
 * Counts failed attempts of rows and delays the next one: 2, 4, 8 seconds, at most a minute. Returns the ids of those with
 * `maxFailures`.
 */
export async function countFailures(
  manager: EntityManager,
  failed: readonly FailedSend[],
  maxFailures: number,
): Promise<string[]> {
  const rows = failed.filter(({ id }) => id !== null);
  if (rows.length === 0) return [];
  const exhausted: { id: string }[] = await manager.query(
    `WITH counted AS (
       UPDATE outbox o SET failures = o.failures + 1, error = f.error,
         retry_at = clock_timestamp() + least(60, 2 ^ least(o.failures + 1, 10)) * interval '1 second'
       FROM unnest($1::bigint[], $2::text[]) AS f (id, error) WHERE o.id = f.id
       RETURNING o.id, o.failures
     )
     SELECT id FROM counted WHERE failures >= $3`,
    [rows.map(({ id }) => id), rows.map(({ error }) => error), maxFailures],
  );
  return exhausted.map(({ id }) => id);
}

/** Counts the messages that are set aside. */
export async function countSetAside(manager: EntityManager): Promise<number> {
  const rows: { count: number }[] = await manager.query(
    'SELECT count(*)::int AS count FROM outbox WHERE set_aside_at IS NOT NULL',
  );
  return rows[0]?.count ?? 0;
}
