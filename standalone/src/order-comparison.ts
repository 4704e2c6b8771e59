import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderMoney } from '@souk/order/domain/order/order-money';
import { ordersById, ordersPlacedSince } from '@souk/order/domain/order/order-money';
import type { OrderReceipt } from '@souk/payment/domain/ledger/order-receipt';
import { receiptsOf, receiptsSince } from '@souk/payment/domain/ledger/order-receipt';
import type { Queryable } from '@souk/shared/postgres';

/** An order that differs from its payment. */
export interface OrderDifference {
  orderId: string;
  /** Null if the order is missing. */
  number: string | null;
  /** Null if the payment is missing. */
  paymentId: string | null;
  message: string;
}

/** The two databases to compare. */
export interface ComparedDatabases {
  order: Queryable;
  payment: Queryable;
}

const page = 500;
const firstId = '00000000-0000-0000-0000-000000000000';
/** Recent changes on one side may not have reached the other yet. */
const settlesWithinMs = 15_000;
const lookEveryMs = 500;

/**
 * Compares the payment status and amounts of orders placed since a time with their payments, and finds payments without
 * an order. Differences are compared again for some seconds; at most `limit` that remain are reported.
 */
export async function compareOrders(
  databases: ComparedDatabases,
  since: Date,
  limit: number,
): Promise<{ checkedOrders: number; differences: OrderDifference[] }> {
  const { differing, checkedOrders } = await differingOrders(databases, since, limit);
  const began = performance.now();
  let differences = await look(databases, [...differing]);
  while (differences.length > 0 && performance.now() - began < settlesWithinMs) {
    await sleep(lookEveryMs);
    differences = await look(
      databases,
      differences.map(({ orderId }) => orderId),
    );
  }
  return { checkedOrders, differences };
}

async function differingOrders(
  { order, payment }: ComparedDatabases,
  since: Date,
  limit: number,
): Promise<{ checkedOrders: number; differing: Set<string> }> {
  const differing = new Set<string>();
  let checkedOrders = 0;
  for await (const orders of pages((after) => ordersPlacedSince(order, since, after, page), idOfOrder)) {
    checkedOrders += orders.length;
    const receipts = await receiptsOf(payment, orders.map(idOfOrder));
    for (const { orderId } of compare(orders.map(idOfOrder), orders, receipts)) differing.add(orderId);
    if (differing.size >= limit) break;
  }
  for await (const receipts of pages((after) => receiptsSince(payment, since, after, page), idOfPayment)) {
    const ids = receipts.map(({ orderId }) => orderId);
    const known = new Set((await ordersById(order, ids)).map(idOfOrder));
    for (const id of ids) if (!known.has(id)) differing.add(id);
    if (differing.size >= limit) break;
  }
  return { checkedOrders, differing: new Set([...differing].slice(0, limit)) };
}

const idOfOrder = ({ orderId }: OrderMoney): string => orderId;
const idOfPayment = ({ paymentId }: OrderReceipt): string => paymentId;

async function* pages<Row>(
  read: (after: string) => Promise<Row[]>,
  idOf: (row: Row) => string,
): AsyncGenerator<Row[]> {
  for (let after = firstId; ;) {
    const rows = await read(after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < page) return;
    after = idOf(last);
  }
}

async function look(
  { order, payment }: ComparedDatabases,
  ids: readonly string[],
): Promise<OrderDifference[]> {
  if (ids.length === 0) return [];
  return compare(ids, await ordersById(order, ids), await receiptsOf(payment, ids));
}

/** Differences between orders and their payments. Orders with a running saga are skipped. */
export function compare(
  ids: readonly string[],
  orders: readonly OrderMoney[],
  receipts: readonly OrderReceipt[],
): OrderDifference[] {
  const orderOf = new Map(orders.map((order) => [order.orderId, order]));
  const receiptOf = new Map(receipts.map((receipt) => [receipt.orderId, receipt]));
  return ids.flatMap((orderId) => {
    const order = orderOf.get(orderId);
    const receipt = receiptOf.get(orderId);
    const difference = (message: string): OrderDifference[] => [
      { orderId, number: order?.number ?? null, paymentId: receipt?.paymentId ?? null, message },
    ];
    if (order?.settled === false) return [];
    if (!order) {
      return receipt ? difference(`There is no such order, and ${inWords(receipt)} for it.`) : [];
    }
    const { retained, refunded, currency } = order;
    if (!receipt)
      return retained === 0 ? [] : difference(`The order keeps ${retained} ${currency}, and has no payment.`);
    const held = receipt.received - receipt.refunded;
    const moved = retained > 0 || held > 0;
    const agrees =
      isWithin(retained, held - receipt.returning, held) &&
      isWithin(refunded, receipt.refunded, receipt.refunded + receipt.returning) &&
      (!moved || currency === receipt.currency);
    if (agrees) return [];
    return difference(`The order keeps ${retained} ${currency}, ${refunded} went back; ${inWords(receipt)}.`);
  });
}

function isWithin(amount: number, low: number, high: number): boolean {
  return amount >= low && amount <= high;
}

function inWords({ received, refunded, returning, currency }: OrderReceipt): string {
  const pending = returning > 0 ? `, ${returning} on the way back` : '';
  return `its payment took ${received} ${currency}, sent ${refunded} back${pending}`;
}
