import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { noteChange } from '@souk/shared/db/changes';
import type { SagaRecord, SagaStore } from '@souk/shared/saga/record';
import type { Topic } from '@souk/shared/signal';
import { checkoutTopic, orderTopic } from '../domain/watch.js';

/** What every saga of order's is about; copied into columns. */
const subject = z.object({ orderId: z.uuid(), userId: z.uuid(), cartId: z.uuid().nullish() });

/** Sagas in order's table `saga`. */
export const sagaStore: SagaStore = {
  async insert(manager, records) {
    const subjects = records.map(({ input }) => subject.parse(input));
    await manager.query(
      `INSERT INTO saga (id, transaction_id, definition, definition_version, input, state, status, version, wake_at,
         order_id, user_id, cart_id, traceparent, started_at)
       SELECT id, transaction_id, definition, definition_version, input, state, status, version, wake_at,
         order_id, user_id, cart_id, traceparent, clock_timestamp()
       FROM ROWS FROM (
         unnest($1::uuid[], $2::text[], $3::text[], $4::int[]),
         json_array_elements($5::json),
         json_array_elements($6::json),
         unnest($7::text[], $8::int[], $9::timestamptz[], $10::uuid[], $11::uuid[], $12::uuid[], $13::text[])
       ) AS n (id, transaction_id, definition, definition_version, input, state, status, version, wake_at,
         order_id, user_id, cart_id, traceparent)`,
      [
        records.map(({ id }) => id),
        records.map(({ transactionId }) => transactionId),
        records.map(({ definition }) => definition),
        records.map(({ definitionVersion }) => definitionVersion),
        JSON.stringify(records.map(({ input }) => input)),
        JSON.stringify(records.map(({ state }) => state)),
        records.map(({ state }) => state.status),
        records.map(({ version }) => version),
        records.map((record) => record.wakeAt),
        subjects.map(({ orderId }) => orderId),
        subjects.map(({ userId }) => userId),
        subjects.map(({ cartId }) => cartId ?? null),
        records.map(({ traceparent }) => traceparent ?? null),
      ],
    );
  },

  async lock(manager, ids) {
    const records: SagaRecord[] = await manager.query(
      `SELECT id, transaction_id AS "transactionId", definition, definition_version AS "definitionVersion", input, state,
         version, wake_at AS "wakeAt", traceparent
       FROM saga WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
      [ids],
    );
    return records;
  },

  async save(manager, records) {
    noteChange(manager, records.map(topicOf));
    const [, saved]: [unknown, number] = await manager.query(
      `UPDATE saga s SET state = r.state, status = r.status, wake_at = r.wake_at, expires_at = r.expires_at,
         version = s.version + 1,
         completed_at = CASE WHEN r.status IN ('COMPLETED', 'FAILED') THEN clock_timestamp() END
       FROM ROWS FROM (
         unnest($1::uuid[], $2::int[]),
         json_array_elements($3::json),
         unnest($4::text[], $5::timestamptz[], $6::timestamptz[])
       ) AS r (id, version, state, status, wake_at, expires_at)
       WHERE s.id = r.id AND s.version = r.version`,
      [
        records.map(({ id }) => id),
        records.map(({ version }) => version),
        // One document for all: an array of documents would be quoted text, letter by letter.
        JSON.stringify(records.map(({ state }) => state)),
        records.map(({ state }) => state.status),
        records.map((record) => record.wakeAt),
        records.map(({ state }) => state.expiresAt),
      ],
    );
    return saved;
  },

  async due(manager, now, limit) {
    const rows: { id: string }[] = await manager.query(
      'SELECT id FROM saga WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2',
      [now, limit],
    );
    return rows.map((row) => row.id);
  },
};

/** A checkout is watched by its id; what else becomes of an order is watched by the order's. */
function topicOf({ id, definition, input }: SagaRecord): Topic {
  return definition === 'checkout' ? checkoutTopic(id) : orderTopic(subject.parse(input).orderId);
}

/** The saga of an order that somebody must look after: the checkout itself, or the order's cancellation; or null. */
export async function sagaThatNeedsAttention(
  manager: EntityManager,
  { checkoutId, orderId }: { checkoutId: string; orderId: string },
): Promise<string | null> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM saga WHERE order_id = $1 AND status = 'NEEDS_ATTENTION' ORDER BY id = $2 DESC LIMIT 1`,
    [orderId, checkoutId],
  );
  return rows[0]?.id ?? null;
}

/** How many sagas have not ended, counted up to `limit`. */
export async function countOpenSagas(manager: EntityManager, limit: number): Promise<number> {
  // The partial index on wake_at holds the open ones and no others.
  const rows: { open: number }[] = await manager.query(
    'SELECT count(*)::int AS open FROM (SELECT 1 FROM saga WHERE wake_at IS NOT NULL LIMIT $1) AS s',
    [limit],
  );
  return rows[0]?.open ?? 0;
}

/** How many sagas somebody must look after. */
export async function countStuckSagas(manager: EntityManager): Promise<number> {
  const rows: { stuck: number }[] = await manager.query(
    `SELECT count(*)::int AS stuck FROM saga WHERE definition = ANY($1) AND status = 'NEEDS_ATTENTION'`,
    [['checkout', 'cancel-order']],
  );
  return rows[0]?.stuck ?? 0;
}
