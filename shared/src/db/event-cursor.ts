import type { EntityManager } from 'typeorm';
import type { EventEnvelope } from '../event.js';
import { deleteInBatches } from './batched-delete.js';

/** Whether an event is to be handled now: it is new, was handled before, or an earlier one is missing. */
export type EventTurn = 'now' | 'repeated' | 'early';

/**
 * Locks the subscriber's progress with an event's aggregate until the transaction ends, and returns whether it is the
 * event's turn.
 */
export async function lockCursor(
  manager: EntityManager,
  { owner, aggregate, position, previous }: EventEnvelope,
): Promise<EventTurn> {
  const [row]: { position: string }[] = await manager.query(
    `INSERT INTO event_cursor AS c (owner, aggregate, position, used_at) VALUES ($1, $2, 0, clock_timestamp())
     ON CONFLICT (owner, aggregate) DO UPDATE SET used_at = excluded.used_at
     RETURNING c.position`,
    [owner, aggregate],
  );
  const reached = Number(row?.position ?? 0);
  if (position <= reached) return 'repeated';
  return previous !== null && previous > reached ? 'early' : 'now';
}

/**
 * Moves the cursor to an event that was handled or set aside, and takes the events that waited for it, in order.
 */
export async function advanceCursor(
  manager: EntityManager,
  { owner, aggregate, position }: EventEnvelope,
): Promise<EventEnvelope[]> {
  await manager.query(
    'UPDATE event_cursor SET position = $3 WHERE owner = $1 AND aggregate = $2 AND position < $3',
    [owner, aggregate, position],
  );
  const [rows]: [{ envelope: EventEnvelope }[], number] = await manager.query(
    `DELETE FROM event_parked
     WHERE owner = $1 AND aggregate = $2
       AND (position <= $3 OR coalesce((envelope->>'previous')::bigint, 0) <= $3)
     RETURNING envelope`,
    [owner, aggregate, position],
  );
  return rows.map(({ envelope }) => envelope).sort((a, b) => a.position - b.position);
}

/** Stores an event until the one before it has been handled. */
export async function parkEvent(manager: EntityManager, envelope: EventEnvelope): Promise<void> {
  await manager.query(
    `INSERT INTO event_parked (owner, aggregate, position, envelope) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [envelope.owner, envelope.aggregate, envelope.position, JSON.stringify(envelope)],
  );
}

/** Characters of an error that are stored. */
const maxError = 2_000;

/** Stores an event whose last attempt has failed. */
export async function setAsideEvent(
  manager: EntityManager,
  envelope: EventEnvelope,
  error: string,
): Promise<void> {
  await manager.query(
    `INSERT INTO event_set_aside (owner, position, aggregate, envelope, error) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [
      envelope.owner,
      envelope.position,
      envelope.aggregate,
      JSON.stringify(envelope),
      error.slice(0, maxError),
    ],
  );
}

/** Deletes an event from those set aside, in the transaction that handles it after all. Returns whether it was one. */
export async function takeSetAside(
  manager: EntityManager,
  { owner, aggregate, position }: EventEnvelope,
): Promise<boolean> {
  const [, deleted]: [unknown[], number] = await manager.query(
    'DELETE FROM event_set_aside WHERE owner = $1 AND aggregate = $2 AND position = $3',
    [owner, aggregate, position],
  );
  return deleted > 0;
}

/** Counts the events that are set aside. */
export async function countSetAsideEvents(manager: EntityManager): Promise<number> {
  const [row]: { count: number }[] = await manager.query(
    'SELECT count(*)::int AS count FROM event_set_aside',
  );
  return row?.count ?? 0;
}

/** Days without an event after which a cursor is deleted. An owner repeats an unconfirmed event far more often. */
const cursorDays = 30;

/** Deletes cursors of aggregates without recent events, unless events of them wait or are set aside. */
export async function deleteOldCursors(manager: EntityManager): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM event_cursor WHERE (owner, aggregate) IN (
       SELECT c.owner, c.aggregate FROM event_cursor c
       WHERE c.used_at < clock_timestamp() - $1 * interval '1 day'
         AND NOT EXISTS (SELECT 1 FROM event_parked p WHERE p.owner = c.owner AND p.aggregate = c.aggregate)
         AND NOT EXISTS (SELECT 1 FROM event_set_aside s WHERE s.owner = c.owner AND s.aggregate = c.aggregate)
       LIMIT $2 FOR UPDATE OF c SKIP LOCKED
     )`,
    [cursorDays],
  );
}
