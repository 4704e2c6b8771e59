import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { sqlStateOf } from '@souk/shared/postgres';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import { CartEntity, CartItemEntity } from '../../entities/cart.js';
import type { Guest } from './guest-cart.js';
import { createGuestCart } from './guest-cart.js';
import { lockCarts } from '../locks.js';
import type { RequestedLine } from '../purchase/purchase-validation.js';

/** The caller and the cart that they mean. */
export interface CartCaller {
  /** UUID; null for a guest. */
  userId: string | null;
  /** TypeID from the input; null for the caller's own cart. */
  cartId: string | null;
  /** Path of the cart's id in the input. */
  field: readonly string[];
  /** Network and limits of a guest; no limit if absent. */
  guest?: Guest;
  /** UUIDv4 of the cart that is created for a guest without one. */
  newCartId?: string;
}

/** A cart that this transaction has locked, with its items. */
export interface OpenCart {
  cart: CartEntity;
  items: CartItemEntity[];
}

/** Whether a user may see and use a cart: their own, or a guest cart, whose id is its secret. */
export function canUseCart(cart: Pick<CartEntity, 'ownerId'>, userId: string | null): boolean {
  return cart.ownerId === null || cart.ownerId === userId;
}

/** Converts cart items to lines for validation. */
export function linesOf(items: readonly CartItemEntity[], field: readonly string[] | null): RequestedLine[] {
  return items.map((item) => ({ offer: item, quantity: item.quantity, seatIds: item.seatIds, field }));
}

/** Returns the rejection for an unknown cart or one of another user. */
export function cartNotFound(field: readonly string[]): Rejection {
  return new Rejection('NOT_FOUND', 'There is no such cart.', { field });
}

/** Returns the rejection for a cart with a running checkout. */
export function cartLocked(field: readonly string[] | null): Rejection {
  return new Rejection('CART_LOCKED', 'A checkout of this cart is running.', { field });
}

/** Locks and loads the cart of one caller; null if they have none yet. @throws Rejection NOT_FOUND */
async function openCart(manager: EntityManager, caller: CartCaller): Promise<OpenCart | null> {
  const [opened = null] = await openCarts(manager, [caller]);
  if (opened instanceof Rejection) throw opened;
  return opened;
}

/**
 * Locks and loads carts, in the order of the callers: null for a caller without a cart, the rejection
 * NOT_FOUND for an unknown one. Callers of the same cart share one object.
 */
export async function openCarts(
  manager: EntityManager,
  callers: readonly CartCaller[],
): Promise<(OpenCart | Rejection | null)[]> {
  const mains = await findMainCarts(
    manager,
    callers.flatMap(({ userId, cartId }) => (cartId === null && userId !== null ? [userId] : [])),
  );
  const ids = callers.map(({ userId, cartId }) =>
    cartId === null ? (mains.get(userId ?? '') ?? null) : fromApiId('cart', cartId),
  );
  const known = [...new Set(ids.flatMap((id) => (id === null ? [] : [id])))];
  const carts = known.length === 0 ? [] : await lockCarts(manager, known);
  const open = new Map(carts.map((cart): [string, OpenCart] => [cart.id, { cart, items: [] }]));
  for (const item of open.size === 0 ? [] : await itemsOf(manager, [...open.keys()])) {
    open.get(item.cartId)?.items.push(item);
  }
  return callers.map(({ userId, cartId, field }, index) => {
    const found = open.get(ids[index] ?? '');
    if (found && canUseCart(found.cart, userId)) return found;
    return cartId === null && !found ? null : cartNotFound(field);
  });
}

/** Reads a caller's cart with its items, without a lock; null if they have none or may not use it. */
export async function readCart(manager: EntityManager, caller: CartCaller): Promise<OpenCart | null> {
  const { userId, cartId } = caller;
  const mains = cartId === null && userId !== null ? await findMainCarts(manager, [userId]) : null;
  const id = cartId === null ? (mains?.get(userId ?? '') ?? null) : fromApiId('cart', cartId);
  const cart = id === null ? null : await manager.findOneBy(CartEntity, { id });
  return cart && canUseCart(cart, userId) ? { cart, items: await itemsOf(manager, [cart.id]) } : null;
}

/**
 * Locks and loads a cart for a change. @throws Rejection NOT_FOUND, also if the caller has none yet;
 * CART_LOCKED
 */
export async function openCartForChange(manager: EntityManager, caller: CartCaller): Promise<OpenCart> {
  const open = await openCart(manager, caller);
  if (!open) throw cartNotFound(caller.field);
  if (open.cart.lockedBy !== null) throw cartLocked(caller.field);
  return open;
}

/**
 * Locks and loads the caller's cart, or creates it.
 * @throws Rejection NOT_FOUND, CART_LOCKED, TOO_MANY_CARTS
 */
export async function openOrCreateCart(
  manager: EntityManager,
  caller: CartCaller,
  currency: string,
): Promise<OpenCart> {
  const open = await openCart(manager, caller);
  if (open?.cart.lockedBy) throw cartLocked(caller.field);
  if (open) return open;
  const { userId, guest, newCartId = randomUUID() } = caller;
  if (userId === null) await createGuestCart(manager, newCartId, guest, currency);
  const id = userId === null ? newCartId : await mainCartOf(manager, userId, currency);
  const [cart] = await lockCarts(manager, [id]);
  if (!cart) throw new Error('The cart was deleted while it was created.');
  if (cart.lockedBy !== null) throw cartLocked(caller.field);
  return { cart, items: await itemsOf(manager, [cart.id]) };
}

/** Returns the id of a user's main cart and creates it if necessary. Does not lock it. */
export async function mainCartOf(manager: EntityManager, userId: string, currency: string): Promise<string> {
  const known = (await findMainCarts(manager, [userId])).get(userId);
  if (known !== undefined) return known;
  await manager.query(
    `INSERT INTO cart (id, owner_id, is_main, currency, idle_since, updated_at)
     VALUES ($1, $2, true, $3, NULL, clock_timestamp())
     ON CONFLICT (owner_id) WHERE is_main DO NOTHING`,
    [newId(), userId, currency],
  );
  // Another transaction may have created it concurrently.
  const made = (await findMainCarts(manager, [userId])).get(userId);
  if (made === undefined) throw new Error('The cart was deleted while it was created.');
  return made;
}

/** Returns the items of carts, oldest first. */
export async function itemsOf(manager: EntityManager, cartIds: readonly string[]): Promise<CartItemEntity[]> {
  return manager.find(CartItemEntity, { where: { cartId: In([...cartIds]) }, order: { id: 'ASC' } });
}

/** Updates a cart's timestamps and currency after a change of its items. */
export async function touchCart(
  manager: EntityManager,
  cartId: string,
  currency: string | null,
): Promise<void> {
  await manager.query(
    `UPDATE cart SET updated_at = clock_timestamp(), currency = coalesce($2, currency),
       idle_since = CASE WHEN is_main THEN NULL ELSE clock_timestamp() END,
       emptied_at = CASE WHEN is_main OR EXISTS (SELECT FROM cart_item WHERE cart_id = $1) THEN NULL
         ELSE clock_timestamp() END
     WHERE id = $1`,
    [cartId, currency],
  );
}

/** A cart and the checkout that locks it. */
export interface CartCheckout {
  /** UUIDs. */
  cartId: string;
  userId: string;
  checkoutId: string;
  /** Whether it was a guest cart. */
  wasGuestCart: boolean;
}

/** Locks carts for checkouts and assigns guest carts to the buyer: as their main cart if they have none. */
export async function lockForCheckouts(
  manager: EntityManager,
  taken: readonly CartCheckout[],
): Promise<void> {
  if (taken.length === 0) return;
  await manager.query(
    `UPDATE cart c SET owner_id = n.user_id, locked_by = n.checkout_id, updated_at = clock_timestamp()
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS n (id, user_id, checkout_id) WHERE c.id = n.id`,
    [
      taken.map(({ cartId }) => cartId),
      taken.map(({ userId }) => userId),
      taken.map(({ checkoutId }) => checkoutId),
    ],
  );
  for (const { cartId, userId, wasGuestCart } of taken)
    if (wasGuestCart) await makeMain(manager, cartId, userId);
}

/**
 * Unlocks carts whose checkouts have ended; `empty`: removes the purchased items. A cart that is unlocked or
 * locked by another checkout is unchanged.
 */
export async function unlockCarts(
  manager: EntityManager,
  ended: readonly { cartId: string; checkoutId: string; empty: boolean }[],
): Promise<void> {
  if (ended.length === 0) return;
  await manager.query(
    `WITH ended AS (
       SELECT c.id, e.empty
       FROM cart c JOIN unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS e (cart_id, checkout_id, empty)
         ON c.id = e.cart_id AND c.locked_by = e.checkout_id
       ORDER BY c.id FOR UPDATE OF c
     ), unlocked AS (
       UPDATE cart c SET locked_by = NULL, updated_at = clock_timestamp(),
         idle_since = CASE WHEN c.is_main THEN NULL ELSE clock_timestamp() END,
         emptied_at = CASE WHEN c.is_main OR NOT e.empty THEN NULL ELSE clock_timestamp() END
       FROM ended e WHERE c.id = e.id
       RETURNING c.id, e.empty
     )
     DELETE FROM cart_item i USING unlocked u WHERE u.empty AND i.cart_id = u.id`,
    [
      ended.map(({ cartId }) => cartId),
      ended.map(({ checkoutId }) => checkoutId),
      ended.map(({ empty }) => empty),
    ],
  );
}

/** Returns the ids of main carts by owner. */
async function findMainCarts(
  manager: EntityManager,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows: { id: string; owner_id: string }[] = await manager.query(
    'SELECT id, owner_id FROM cart WHERE is_main AND owner_id = ANY($1)',
    [userIds],
  );
  return new Map(rows.map(({ id, owner_id }) => [owner_id, id]));
}

async function makeMain(manager: EntityManager, cartId: string, userId: string): Promise<void> {
  try {
    await manager.transaction((savepoint) =>
      savepoint.query(
        `UPDATE cart SET is_main = true, network = NULL, idle_since = NULL, emptied_at = NULL
         WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM cart other WHERE other.owner_id = $2 AND other.is_main)`,
        [cartId, userId],
      ),
    );
  } catch (error) {
    // Another transaction created a main cart concurrently.
    if (sqlStateOf(error) !== '23505') throw error;
  }
}
