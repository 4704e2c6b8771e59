import { fromApiId } from '@souk/shared/ids';
import type { Check, Evidence } from './evidence.js';
import { differences, rowsOf, isSold, sumBy } from './evidence.js';

/**
 * For each payment, and so in all: what the card provider charged and did not give back, what payment recorded, and
 * what the order costs as long as it stands.
 */
export const money: Check = async (evidence) => {
  const recorded = await rowsOf<{ id: string; order_id: string; net: number }>(
    evidence,
    'payment',
    `SELECT id, order_id,
       (CASE WHEN succeeded_at IS NULL THEN 0 ELSE amount END - refunded)::int AS net FROM payment`,
  );
  const costs = await rowsOf<{ id: string; cost: number }>(
    evidence,
    'order',
    `SELECT id, CASE WHEN ${isSold} THEN (total_amount - refunded_amount)::int ELSE 0 END AS cost FROM customer_order`,
  );
  const ofPayments = sumBy(
    recorded,
    ({ id }) => id,
    ({ net }) => net,
  );
  const ofOrders = sumBy(
    recorded,
    (payment) => payment.order_id,
    ({ net }) => net,
  );
  const { byPayment, total } = await moved(evidence);
  const shown = (await evidence.simulator.totals())['eur']?.net ?? 0;
  return [
    ...differences('payment', ['taken at the provider', byPayment], ['recorded', ofPayments]),
    ...differences(
      'order',
      ['paid', ofOrders],
      [
        'to be paid',
        sumBy(
          costs,
          ({ id }) => id,
          ({ cost }) => cost,
        ),
      ],
    ),
    ...(shown === total ? [] : [`the provider has taken ${shown}, its payments say ${total}`]),
  ];
};

interface Stated extends Record<string, unknown> {
  order_id: string;
  refunded: number;
  disputed: number;
  lost: number;
}

/** An order states what its payment states: refunds, disputes and chargebacks. */
export const statements: Check = async (evidence) => {
  const paid = await rowsOf<Stated & { amount: number }>(
    evidence,
    'payment',
    `SELECT p.order_id, p.amount::int AS amount, p.refunded::int AS refunded, d.disputed::int AS disputed, d.lost::int AS lost
     FROM payment p CROSS JOIN LATERAL (
       SELECT coalesce(sum(withheld) FILTER (WHERE status <> 'lost'), 0) AS disputed,
         coalesce(sum(withheld) FILTER (WHERE status = 'lost'), 0) AS lost
       FROM dispute WHERE payment_id = p.id) d
     WHERE p.succeeded_at IS NOT NULL AND p.amount > 0`,
  );
  const stated = await rowsOf<Stated & { number: string; status: string }>(
    evidence,
    'order',
    `SELECT id AS order_id, number, payment_status AS status, refunded_amount::int AS refunded,
       disputed_amount::int AS disputed, charged_back_amount::int AS lost FROM customer_order`,
  );
  const orderOf = new Map(stated.map((order) => [order.order_id, order]));
  const text = (status: string, { refunded, disputed, lost }: Stated) =>
    `${status}, ${refunded} refunded, ${disputed} disputed, ${lost} charged back`;
  return paid.flatMap((payment) => {
    const order = orderOf.get(payment.order_id);
    if (!order) return [`the order ${payment.order_id} of a payment is gone`];
    const [is, expected] = [text(order.status, order), text(statusOf(payment), payment)];
    return is === expected ? [] : [`order ${order.number} states ${is}; its payment states ${expected}`];
  });
};

function statusOf({ amount, refunded, lost }: Stated & { amount: number }): string {
  if (lost > 0) return 'CHARGED_BACK';
  if (refunded === 0) return 'PAID';
  return refunded < amount ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
}

/** Payments and refunds have ended, and a payment's row says what its log says. */
export const payments: Check = async (evidence) => {
  const open = await rowsOf<{ id: string; status: string }>(
    evidence,
    'payment',
    `SELECT id, status FROM payment WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING')`,
  );
  const refunds = await rowsOf<{ id: string; status: string }>(
    evidence,
    'payment',
    `SELECT id, status FROM refund WHERE status = 'PENDING'`,
  );
  const logs = await rowsOf<{ id: string; found: string }>(
    evidence,
    'payment',
    `SELECT p.id, concat(l.taken, ' taken and ', l.returned, ' returned, its row says ', p.refunded, ' returned and ',
       CASE WHEN p.succeeded_at IS NULL THEN 'not paid' ELSE 'paid' END) AS found
     FROM payment p CROSS JOIN LATERAL (
       SELECT coalesce(sum(e.amount) FILTER (WHERE e.type = 'SUCCEEDED'), 0) AS taken,
         coalesce(sum(e.amount) FILTER (WHERE e.type = 'REFUNDED'), 0) AS returned
       FROM payment_event e WHERE e.payment_id = p.id) l
     WHERE l.returned <> p.refunded OR l.taken <> CASE WHEN p.succeeded_at IS NULL THEN 0 ELSE p.amount END`,
  );
  return [
    ...open.map(({ id, status }) => `payment ${id} is still ${status}`),
    ...refunds.map(({ id }) => `refund ${id} is still under way`),
    ...logs.map(({ id, found }) => `payment ${id}: its log says ${found}`),
  ];
};

/** Charges minus refunds at the provider: by payment (UUID, or the intent's id where it has none) and in total. */
async function moved({ simulator }: Evidence): Promise<{ byPayment: Map<string, number>; total: number }> {
  const intents = await simulator.paymentIntents();
  const refunds = (await simulator.refunds()).filter(({ status }) => status !== 'failed');
  const paymentOf = new Map(
    intents.map(({ id, metadata }) => [id, fromApiId('payment', metadata['payment'] ?? '') ?? id]),
  );
  const byPayment = sumBy(
    [
      ...intents.map(({ id, amount_received: amount }) => ({ id, amount })),
      ...refunds.map(({ payment_intent: id, amount }) => ({ id, amount: -amount })),
    ],
    ({ id }) => paymentOf.get(id) ?? id,
    ({ amount }) => amount,
  );
  return { byPayment, total: [...byPayment.values()].reduce((sum, amount) => sum + amount, 0) };
}
