import type { EntityManager } from 'typeorm';
import { Rejection } from '@souk/shared/errors';
import type { SagaStatus } from '@souk/shared/saga/state';
import type { OrderEntity } from '../../entities/order.js';
import type { TokenEntity } from '../../entities/token.js';
import type { OrderConditions } from './order-status.js';

/** The argument that names an order. */
export const idField = ['id'];

/**
 * Returns the rejection CONFLICT while the order's checkout or a cancellation is running, otherwise null.
 * @param field the argument that names the order
 */
export async function findRunningSaga(
  manager: EntityManager,
  order: OrderEntity,
  field: readonly string[] = idField,
): Promise<Rejection | null> {
  if (order.cancellationId !== null) {
    return new Rejection('CONFLICT', 'A cancellation of the order is running.', { field });
  }
  const checkouts: { status: SagaStatus }[] = await manager.query('SELECT status FROM saga WHERE id = $1', [
    order.checkoutId,
  ]);
  if (checkouts[0]?.status === 'COMPLETED') return null;
  const message =
    "The order's checkout has not ended; cancel a checkout that awaits payment with cancelCheckout.";
  return new Rejection('CONFLICT', message, { field });
}

/** Reads the conditions of the transitions of orders, in their order. `tokens`: the tokens of all of them. */
export async function readConditions(
  manager: EntityManager,
  orderIds: readonly string[],
  tokens: readonly TokenEntity[],
): Promise<OrderConditions[]> {
  const lines: { order_id: string; ships: boolean; shipped: boolean }[] = await manager.query(
    `SELECT order_id, bool_or(cardinality(cancelled_units) < quantity) AS ships, bool_or(shipped_quantity > 0) AS shipped
     FROM order_line WHERE order_id = ANY($1) AND fulfilment = 'SHIPMENT' GROUP BY order_id`,
    [orderIds],
  );
  const shipments = new Map(lines.map((row) => [row.order_id, row]));
  const redeemed = new Set(
    tokens.filter(({ status }) => status === 'REDEEMED').map(({ orderId }) => orderId),
  );
  return orderIds.map((id) => ({
    ships: shipments.get(id)?.ships ?? false,
    shipped: shipments.get(id)?.shipped ?? false,
    redeemed: redeemed.has(id),
  }));
}

/** Returns the orders that have a redeemed token. */
export async function findRedeemedOrders(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows: { order_id: string }[] = await manager.query(
    `SELECT DISTINCT order_id FROM purchase_token WHERE order_id = ANY($1) AND status = 'REDEEMED'`,
    [orderIds],
  );
  return new Set(rows.map((row) => row.order_id));
}

/** Returns the units, from 0, of order lines whose tokens have been redeemed. */
export async function findRedeemedUnits(
  manager: EntityManager,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, number[]>> {
  const rows: { line_id: string; units: number[] }[] = await manager.query(
    `SELECT line_id, array_agg(unit ORDER BY unit) AS units FROM purchase_token
     WHERE line_id = ANY($1) AND status = 'REDEEMED' GROUP BY line_id`,
    [lineIds],
  );
  return new Map(rows.map((row) => [row.line_id, row.units]));
}
