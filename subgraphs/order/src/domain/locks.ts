import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { CartEntity } from '../entities/cart.js';

// The only place where order locks rows by name. Updates lock as well; always in this order: idempotency key, saga (by
// its fenced update), order, cart.

/** Locks carts until the transaction ends, by ascending id. Unknown ids are left out. */
export async function lockCarts(manager: EntityManager, ids: readonly string[]): Promise<CartEntity[]> {
  return manager.find(CartEntity, {
    where: { id: In([...ids]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
}
