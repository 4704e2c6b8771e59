import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { publishChange } from '@souk/shared/db/pending-changes';
import type { Cause } from '@souk/shared/event';
import type { DefinitionKey } from '@souk/shared/saga/definition-key';
import type { SagaRecord, SagaStore } from '@souk/shared/saga/record';
import type { SagaStatus } from '@souk/shared/saga/state';
import type { Topic } from '@souk/shared/topic';
import { checkoutTopic, orderTopic } from '../domain/topics.js';

/** Names of all sagas. Queries restrict to them so that PostgreSQL can use the index on status. */
const definitions = ['checkout', 'cancel-order'];

/** Subject of every saga, copied into columns. */
const subject = z.object({ orderId: z.uuid(), userId: z.uuid(), cartId: z.uuid().nullish() });

/** Stores sagas in order's table `saga`. */
export const sagaStore: SagaStore = {
  async insert(manager, records) {
    const subjects = records.map(({ input }) => subject.parse(input));
    await manager.query(
      `INSERT INTO saga (id, transaction_id, definition, definition_version, input, state, status, version, wake_at,
         order_id, user_id, cart_id, traceparent, actor_id, request_id, started_at)
       SELECT id, transaction_id, definition, definition_version, input, state, status, version, wake_at,
         order_id, user_id, cart_id, traceparent, actor_id, request_id, clock_timestamp()
       FROM ROWS FROM (
         unnest($1::uuid[], $2::text[], $3::text[], $4::int[]),
         json_array_elements($5::json),
         json_array_elements($6::json),
         unnest($7::text[], $8::int[], $9::timestamptz[], $10::uuid[], $11::uuid[], $12::uuid[], $13::text[],
           $14::uuid[], $15::text[])
       ) AS n (id, transaction_id, definition, definition_version, input, state, status, version, wake_at,
         order_id, user_id, cart_id, traceparent, actor_id, request_id)`,
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
        records.map(({ cause }) => cause.traceparent),
        records.map(({ cause }) => cause.actorId),
        records.map(({ cause }) => cause.requestId),
      ],
    );
  },

  async lock(manager, ids) {
    const rows: (Omit<SagaRecord, 'cause'> & Omit<Cause, 'clientAddress'>)[] = await manager.query(
      `SELECT id, transaction_id AS "transactionId", definition, definition_version AS "definitionVersion", input, state,
         version, wake_at AS "wakeAt", traceparent, actor_id AS "actorId", request_id AS "requestId"
       FROM saga WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
      [ids],
    );
    return rows.map(({ actorId, requestId, traceparent, ...record }) => ({
      ...record,
      cause: { actorId, requestId, clientAddress: null, traceparent },
    }));
  },

  async save(manager, records) {
    publishChange(manager, records.map(topicOf));
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
        // One JSON document for all: elements of a text array would be escaped character by character.
        JSON.stringify(records.map(({ state }) => state)),
        records.map(({ state }) => state.status),
        records.map((record) => record.wakeAt),
        records.map(({ state }) => state.expiresAt),
      ],
    );
    return saved;
  },

  async due(manager, known, { now, limit }) {
    const rows: { id: string }[] = await manager.query(
      `SELECT id FROM saga
       WHERE wake_at <= $1
         AND (definition, definition_version) IN (SELECT * FROM unnest($3::text[], $4::int[]))
       ORDER BY wake_at LIMIT $2`,
      [now, limit, ...keyColumns(known)],
    );
    return rows.map((row) => row.id);
  },

  async postpone(manager, ids, until) {
    await manager.query('UPDATE saga SET wake_at = $2 WHERE id = ANY($1) AND wake_at IS NOT NULL', [
      ids,
      until,
    ]);
  },

  async countOthers(manager, known) {
    return manager.query(
      `SELECT definition AS name, definition_version AS version, count(*)::int AS sagas FROM saga
       WHERE (wake_at IS NOT NULL OR status = 'NEEDS_ATTENTION')
         AND (definition, definition_version) NOT IN (SELECT * FROM unnest($1::text[], $2::int[]))
       GROUP BY 1, 2 ORDER BY 1, 2`,
      keyColumns(known),
    );
  },
};

function keyColumns(definitions: readonly DefinitionKey[]): [string[], number[]] {
  return [definitions.map(({ name }) => name), definitions.map(({ version }) => version)];
}

/** A checkout's topic is its own; other sagas use the order's topic. */
function topicOf({ id, definition, input }: SagaRecord): Topic {
  return definition === 'checkout' ? checkoutTopic(id) : orderTopic(subject.parse(input).orderId);
}

/** Returns the saga of an order that needs attention, its checkout or its cancellation, or null. */
export async function findSagaNeedingAttention(
  manager: EntityManager,
  { checkoutId, orderId }: { checkoutId: string; orderId: string },
): Promise<string | null> {
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM saga WHERE order_id = $1 AND status = 'NEEDS_ATTENTION' ORDER BY id = $2 DESC LIMIT 1`,
    [orderId, checkoutId],
  );
  return rows[0]?.id ?? null;
}

/** SQL of `countWorkingSagas`, exported for the query plan test. */
export const workingSagasSql = `
  SELECT count(*)::int AS working FROM (
    SELECT 1 FROM saga
    WHERE definition = ANY($1) AND status = ANY('{RUNNING,COMPENSATING}') LIMIT $2) AS s`;

/** Counts running sagas up to `limit`; sagas that wait for a buyer do not count. */
export async function countWorkingSagas(manager: EntityManager, limit: number): Promise<number> {
  const rows: { working: number }[] = await manager.query(workingSagasSql, [definitions, limit]);
  return rows[0]?.working ?? 0;
}

/** An open checkout. */
export interface OpenCheckout {
  id: string;
  userId: string;
  orderId: string;
  status: SagaStatus;
}

/** SQL of `readOpenCheckouts`, exported for the query plan test. */
export const openCheckoutsSql = `
  SELECT id, user_id AS "userId", order_id AS "orderId", status FROM saga
  WHERE user_id = ANY($1) AND definition = 'checkout' AND status NOT IN ('COMPLETED', 'FAILED')`;

/** Returns the open checkouts of buyers. */
export function readOpenCheckouts(
  manager: EntityManager,
  userIds: readonly string[],
): Promise<OpenCheckout[]> {
  return manager.query(openCheckoutsSql, [userIds]);
}

/** Recently failed checkouts of a buyer. */
export interface FailedCheckouts {
  userId: string;
  failed: number;
  /** Failure time of the `limit`-th newest one; null if there are fewer. */
  nth: Date | null;
}

/** SQL of `countFailedCheckouts`, exported for the query plan test. */
export const failedCheckoutsSql = `
  SELECT user_id AS "userId", count(*)::int AS failed,
    (array_agg(completed_at ORDER BY completed_at DESC))[$3::int] AS nth
  FROM saga
  WHERE user_id = ANY($1) AND definition = 'checkout' AND status = 'FAILED' AND completed_at > $2
  GROUP BY user_id`;

/** Counts the failed checkouts of buyers since a time. */
export function countFailedCheckouts(
  manager: EntityManager,
  userIds: readonly string[],
  since: Date,
  limit: number,
): Promise<FailedCheckouts[]> {
  return manager.query(failedCheckoutsSql, [userIds, since, limit]);
}

/** Returns the units of orders, by offer. */
export async function readUnpaidUnits(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<{ orderId: string; offerId: string; units: number }[]> {
  if (orderIds.length === 0) return [];
  return manager.query(
    `SELECT order_id AS "orderId", offer_id AS "offerId", sum(quantity)::int AS units FROM order_line
     WHERE order_id = ANY($1) GROUP BY order_id, offer_id`,
    [orderIds],
  );
}

/** Returns a page of a buyer's checkouts that can still be ended, by ascending id after `after`. */
export async function readCancellableCheckouts(
  manager: EntityManager,
  userId: string,
  after: string,
  limit: number,
): Promise<{ id: string; orderId: string }[]> {
  return manager.query(
    `SELECT id, order_id AS "orderId" FROM saga
     WHERE user_id = $1 AND definition = 'checkout' AND status NOT IN ('COMPLETED', 'FAILED')
       AND status IN ('RUNNING', 'WAITING') AND id > $2
     ORDER BY id LIMIT $3`,
    [userId, after, limit],
  );
}

/** Counts open sagas up to `limit`. */
export async function countOpenSagas(manager: EntityManager, limit: number): Promise<number> {
  // The partial index on wake_at contains exactly the open sagas.
  const rows: { open: number }[] = await manager.query(
    'SELECT count(*)::int AS open FROM (SELECT 1 FROM saga WHERE wake_at IS NOT NULL LIMIT $1) AS s',
    [limit],
  );
  return rows[0]?.open ?? 0;
}

/** Counts sagas that need attention. */
export async function countStuckSagas(manager: EntityManager): Promise<number> {
  const rows: { stuck: number }[] = await manager.query(
    `SELECT count(*)::int AS stuck FROM saga WHERE definition = ANY($1) AND status = 'NEEDS_ATTENTION'`,
    [definitions],
  );
  return rows[0]?.stuck ?? 0;
}
