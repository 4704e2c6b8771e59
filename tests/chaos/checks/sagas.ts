import { subgraphNames } from '@souk/shared/message';
import { fromApiId } from '@souk/shared/ids';
import type { Check, Evidence } from './evidence.js';
import { rowsOf } from './evidence.js';

const open = ['RUNNING', 'AWAITING_PAYMENT', 'COMPENSATING', 'NEEDS_ATTENTION'];
const orderStatuses = ['PENDING', 'PAID', 'PROCESSING', 'COMPLETED', 'CANCELLED'];

/** Every saga has ended, in SQL and for the API. */
export const unfinished: Check = async (evidence) => {
  const sagas = await rowsOf<{ definition: string; transaction_id: string; status: string; state: unknown }>(
    evidence,
    'order',
    `SELECT definition, transaction_id, status, state FROM saga WHERE status NOT IN ('COMPLETED', 'FAILED')`,
  );
  const counts = await Promise.all(
    open.map(async (status) => ({
      status,
      count: await countOf(evidence, 'checkouts', `status: ${status}`),
    })),
  );
  return [
    ...sagas.map(
      (saga) => `${saga.definition} ${saga.transaction_id} is ${saga.status}: ${JSON.stringify(saga.state)}`,
    ),
    ...counts.flatMap(({ status, count }) =>
      count === 0 ? [] : [`the API shows ${count} checkouts that are ${status}`],
    ),
  ];
};

/** No message waits to be sent. */
export const unsent: Check = async (evidence) => {
  const found = await Promise.all(
    subgraphNames.map(async (name) =>
      (
        await rowsOf<{ queue: string; name: string; body: unknown }>(
          evidence,
          name,
          'SELECT queue, name, body FROM outbox ORDER BY id LIMIT 20',
        )
      ).map((row) => `${name} has not sent ${row.name} to ${row.queue}: ${JSON.stringify(row.body)}`),
    ),
  );
  return found.flat();
};

/** Every checkout that was returned to a buyer exists once, and there are no others. */
export const accepted: Check = async (evidence) => {
  const sagas = await rowsOf<{ id: string }>(
    evidence,
    'order',
    `SELECT id FROM saga WHERE definition = 'checkout'`,
  );
  const stored = new Set(sagas.map(({ id }) => id));
  const returned = new Set(evidence.accepted.map((id) => fromApiId('checkout', id) ?? id));
  return [
    ...[...returned].filter((id) => !stored.has(id)).map((id) => `checkout ${id} was accepted and is gone`),
    ...[...stored]
      .filter((id) => !returned.has(id))
      .map((id) => `checkout ${id} runs, but was returned to no buyer`),
  ];
};

/** An order is as its sagas ended, with its cancelled units refunded, and the API counts as SQL does. */
export const orders: Check = async (evidence) => {
  const unlike = await rowsOf<{ number: string; found: string }>(
    evidence,
    'order',
    `SELECT o.number, concat_ws(', ', 'order ' || o.status, 'payment ' || o.payment_status,
       o.refunded_amount || ' of ' || o.total_amount || ' refunded', 'checkout ' || s.status,
       'cancellation ' || c.status) AS found
     FROM customer_order o
     JOIN saga s ON s.id = o.checkout_id
     LEFT JOIN saga c ON c.id = o.cancellation_id
     CROSS JOIN LATERAL (SELECT sum(cardinality(l.cancelled_units) * l.unit_amount) AS amount
       FROM order_line l WHERE l.order_id = o.id) r
     WHERE NOT CASE
       WHEN s.status = 'FAILED' THEN o.status = 'CANCELLED' AND o.payment_status IN ('UNPAID', 'FAILED', 'REFUNDED')
         AND o.refunded_amount = CASE WHEN o.payment_status = 'REFUNDED' THEN o.total_amount ELSE 0 END
       WHEN c.status = 'COMPLETED' THEN o.status = 'CANCELLED' AND o.payment_status = 'REFUNDED'
         AND o.refunded_amount = o.total_amount
       ELSE o.status = 'COMPLETED' AND o.refunded_amount = r.amount AND o.refunded_amount < o.total_amount
         AND o.payment_status = CASE WHEN r.amount > 0 THEN 'PARTIALLY_REFUNDED' ELSE 'PAID' END
     END`,
  );
  const stored = await rowsOf<{ status: string; count: number }>(
    evidence,
    'order',
    'SELECT status, count(*)::int AS count FROM customer_order GROUP BY status',
  );
  const shown = await Promise.all(
    orderStatuses.map(async (status) => {
      const count = stored.find((row) => row.status === status)?.count ?? 0;
      const returned = await countOf(evidence, 'orders', `filter: { status: ${status} }`);
      return returned === count
        ? []
        : [`the API shows ${returned} orders that are ${status}, ${count} are stored`];
    }),
  );
  return [...unlike.map(({ number, found }) => `order ${number} does not fit: ${found}`), ...shown.flat()];
};

/** No cart is locked by a checkout that has ended. */
export const carts: Check = async (evidence) => {
  const locked = await rowsOf<{ id: string; locked_by: string }>(
    evidence,
    'order',
    'SELECT id, locked_by FROM cart WHERE locked_by IS NOT NULL',
  );
  return locked.map((cart) => `cart ${cart.id} is locked by ${cart.locked_by}`);
};

async function countOf({ root }: Evidence, field: string, filter: string): Promise<number> {
  const data = (await root.run(`{ ${field}(${filter}, first: 1) { totalCount } }`)) as Record<
    string,
    { totalCount: number }
  >;
  return data[field]?.totalCount ?? 0;
}
