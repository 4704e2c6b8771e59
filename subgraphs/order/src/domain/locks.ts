import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { CartEntity } from '../entities/cart.js';
import { OrderEntity } from '../entities/order.js';
import { TokenEntity } from '../entities/token.js';

// The only place where order locks rows by name. Updates lock as well; always in this order: idempotency key, saga (by
// its fenced update), order, token, cart.

/** Locks an order until the transaction ends. @throws where there is none */
export async function lockOrder(manager: EntityManager, id: string): Promise<OrderEntity> {
  const [order] = await lockOrders(manager, [id]);
  if (!order) throw new Error(`There is no order ${id}.`);
  return order;
}

/** Locks orders until the transaction ends, by ascending id. Unknown ids are left out. */
export async function lockOrders(manager: EntityManager, ids: readonly string[]): Promise<OrderEntity[]> {
  return manager.find(OrderEntity, {
    where: { id: In([...ids]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}

/** Locks the tokens of orders until the transaction ends, by ascending id. */
export async function lockTokensOfOrders(
  manager: EntityManager,
  orderIds: readonly string[],
): Promise<TokenEntity[]> {
  return manager.find(TokenEntity, {
    where: { orderId: In([...orderIds]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}

/** Locks carts until the transaction ends, by ascending id. Unknown ids are left out. */
export async function lockCarts(manager: EntityManager, ids: readonly string[]): Promise<CartEntity[]> {
  return manager.find(CartEntity, {
    where: { id: In([...ids]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}
