import type { EntityManager } from 'typeorm';
import { subscribers } from '../contracts/subscribers.js';
import type { Json } from '../errors.js';
import type { Cause, EventDefinition, EventEnvelope, EventPayload } from '../event.js';
import { eventMessageName } from '../event.js';
import type { Message, SubgraphName } from '../message.js';
import { lockNames } from './advisory-locks.js';

/** Namespace of the advisory locks on aggregates that publish. */
const publishLocks = 7_682_115;

/** Seconds after which an unconfirmed event is sent again; doubled with each delivery up to the maximum. */
const firstRepeatSeconds = 15;
const longestRepeatSeconds = 600;

/** Delivery attempts of the queue before the subscriber sets an event aside. */
const deliveryAttempts = 12;

/** An event that a transaction publishes. */
export interface PublishedEvent {
  event: EventDefinition;
  aggregate: string;
  payload: Json;
  cause: Cause;
}

/** Checks the payload. @throws ZodError when it does not match the event */
export function publishedEvent<Event extends EventDefinition>(
  event: Event,
  aggregate: string,
  payload: EventPayload<Event>,
  cause: Cause,
): PublishedEvent {
  return { event, aggregate, payload: event.payload.parse(payload) as Json, cause };
}

/**
 * Writes events for their subscribers, in order, as the last statements of the transaction. Returns the messages, to be
 * sent after the commit; a sweep sends those again that are not confirmed.
 */
export async function writeEvents(
  manager: EntityManager,
  events: readonly PublishedEvent[],
  at: Date,
): Promise<Message[]> {
  const deliveries = events.flatMap(({ event, aggregate, payload, cause }) =>
    (subscribers[event.name] ?? []).map((subscriber) => ({
      subscriber,
      aggregate,
      envelope: {
        owner: event.owner,
        name: event.name,
        version: event.version,
        aggregate,
        at: at.toISOString(),
        cause,
        payload,
      },
    })),
  );
  if (deliveries.length === 0) return [];
  // Transactions that publish about one aggregate are serialized, so that positions follow the order of the commits. The
  // next statement sees what the one before has committed.
  await lockNames(manager, publishLocks, [...new Set(deliveries.map(({ aggregate }) => aggregate))]);
  const rows: StoredEvent[] = await manager.query(
    `WITH delivery AS MATERIALIZED (
       SELECT subscriber, aggregate, envelope, nextval(pg_get_serial_sequence('event_outbox', 'position')) AS position
       FROM (
         SELECT * FROM ROWS FROM (json_to_recordset($1) AS (subscriber text, aggregate text, envelope json)) WITH ORDINALITY
         ORDER BY ordinality
       ) AS ordered
     )
     INSERT INTO event_outbox (position, subscriber, aggregate, previous, envelope, due_at)
     SELECT d.position, d.subscriber, d.aggregate, coalesce(
         lag(d.position) OVER (PARTITION BY d.subscriber, d.aggregate ORDER BY d.position),
         (SELECT max(o.position) FROM event_outbox o WHERE o.subscriber = d.subscriber AND o.aggregate = d.aggregate)
       ), d.envelope, clock_timestamp() + $2 * interval '1 second'
     FROM delivery d
     RETURNING position, subscriber, previous, envelope`,
    [JSON.stringify(deliveries), firstRepeatSeconds],
  );
  return rows.map(messageOf);
}

/**
 * Takes events that no subscriber has confirmed in time, at most `limit`, and notes when each is due again. The caller
 * sends them.
 */
export async function claimDueEvents(manager: EntityManager, limit: number): Promise<Message[]> {
  const [rows]: [StoredEvent[], number] = await manager.query(
    `UPDATE event_outbox e SET deliveries = e.deliveries + 1,
       due_at = clock_timestamp() + least($2 * 2.0 ^ least(e.deliveries + 1, 20), $3) * interval '1 second'
     FROM (
       SELECT position FROM event_outbox WHERE due_at < clock_timestamp() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
     ) AS due
     WHERE e.position = due.position
     RETURNING e.position, e.subscriber, e.previous, e.envelope`,
    [limit, firstRepeatSeconds, longestRepeatSeconds],
  );
  return rows.map(messageOf);
}

/** Deletes events that their subscribers have confirmed. */
export async function deleteConfirmed(manager: EntityManager, positions: readonly number[]): Promise<void> {
  await manager.query('DELETE FROM event_outbox WHERE position = ANY($1::bigint[])', [positions]);
}

/** The age of the oldest event that is not confirmed, in seconds; 0 where none is. */
export async function oldestEvent(manager: EntityManager): Promise<number> {
  // Positions follow the order of publication closely enough, and have the index.
  const [row]: { seconds: number }[] = await manager.query(
    `SELECT extract(epoch FROM clock_timestamp() - created_at)::float8 AS seconds
     FROM event_outbox ORDER BY position LIMIT 1`,
  );
  return row?.seconds ?? 0;
}

interface StoredEvent {
  position: string;
  subscriber: SubgraphName;
  previous: string | null;
  envelope: Omit<EventEnvelope, 'position' | 'previous'>;
}

function messageOf({ position, subscriber, previous, envelope }: StoredEvent): Message {
  const body: EventEnvelope = {
    ...envelope,
    position: Number(position),
    previous: previous === null ? null : Number(previous),
  };
  return {
    queue: subscriber,
    name: eventMessageName,
    body,
    attempts: deliveryAttempts,
  };
}
