import { lockNames } from '@souk/shared/db/advisory-locks';
import type { EntityManager, EntityTarget, FindOptionsOrder, FindOptionsWhere } from 'typeorm';
import { In } from 'typeorm';
import { CartEntity } from '../entities/cart.js';
import { OrderEntity } from '../entities/order.js';
import { TokenEntity } from '../entities/token.js';

// All explicit row locks of order. UPDATE statements lock too. Every transaction locks in this order:
// idempotency key, buyer, saga (by its fenced update), order, token, cart.

/** Locks rows until the transaction ends, by ascending id. */
function lockWhere<Row extends { id: string }>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  where: FindOptionsWhere<Row>,
): Promise<Row[]> {
  const order = { id: 'ASC' } as FindOptionsOrder<Row>;
  return manager.find(entity, { where, order, lock: { mode: 'pessimistic_write' } });
}

/** Namespace of the buyers' advisory locks, unique in this database. */
const buyerLocks = 7_682_101;

/** Serializes transactions that start checkouts of the same buyers, who have no rows in this database. */
export async function lockBuyers(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await lockNames(manager, buyerLocks, userIds);
}

/** Namespace of the guest carts' advisory locks, unique in this database. */
const guestCartLocks = 7_682_102;

/** Serializes transactions that create guest carts from the same network. */
export async function lockGuestCartsOf(manager: EntityManager, network: string): Promise<void> {
  await lockNames(manager, guestCartLocks, [network]);
}

/** Locks orders until the transaction ends, by ascending id. Ignores unknown ids. */
export async function lockOrders(manager: EntityManager, ids: readonly string[]): Promise<OrderEntity[]> {
  return lockWhere(manager, OrderEntity, { id: In([...ids]) });
}

/** Locks the tokens of orders until the transaction ends, by ascending id. */
export async function lockTokensOfOrders(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<TokenEntity[]> {
  return lockWhere(manager, TokenEntity, { orderId: In([...orderIds]) });
}

/** Locks tokens until the transaction ends, by ascending id. Ignores unknown ids. */
export async function lockTokens(manager: EntityManager, ids: readonly string[]): Promise<TokenEntity[]> {
  return lockWhere(manager, TokenEntity, { id: In([...ids]) });
}

/** Locks carts until the transaction ends, by ascending id. Ignores unknown ids. */
export async function lockCarts(manager: EntityManager, ids: readonly string[]): Promise<CartEntity[]> {
  return lockWhere(manager, CartEntity, { id: In([...ids]) });
}
