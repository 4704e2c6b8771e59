import type { EntityManager } from 'typeorm';
import { orderEvents } from '@souk/shared/contracts/order';
import { Rejection, Rejections } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import { CartEntity, CartItemEntity } from '../../entities/cart.js';
import type { OfferSnapshot } from '../../entities/offer-snapshot.js';
import type { WantedState } from './cart-addition.js';
import { validateAddition, without } from './cart-addition.js';
import type { CartCaller, OpenCart } from './cart.js';
import {
  itemsOf,
  linesOf,
  cartLocked,
  mainCartOf,
  canUseCart,
  openCartForChange,
  openOrCreateCart,
  touchCart,
  cartNotFound,
} from './cart.js';
import type { CartTransaction } from './cart-events.js';
import { publishCart, publishItem } from './cart-events.js';
import type { CartSeats } from './cart-seats.js';
import { cartDigest, seatHolderOf } from './seat-holder.js';
import type { CatalogOffer } from '../catalog-port.js';
import type { ParsedItem } from '../purchase/item-input.js';
import { lockCarts } from '../locks.js';
import type { RequestedLine } from '../purchase/purchase-validation.js';
import { validateLines } from '../purchase/purchase-validation.js';
import { catchRejections } from '../caught-rejections.js';

/** A change of a cart. */
export interface CartChange {
  /** UUID. */
  cartId: string;
  /** Seats that have left the cart, to be released. */
  released?: CartSeats;
  /** Seats that have come from another cart, to be held for the owner of this one. */
  takenOver?: CartSeats;
}

/** A cart to merge into the caller's main cart. */
export interface CartMerge {
  userId: string;
  /** TypeID of the cart whose items move. */
  cartId: string;
  field: readonly string[];
}

/**
 * Adds an offer to a cart and creates the cart if necessary. Units of an unseated offer are added to its
 * existing line. Returns the cart's id. Seats are held before; `seats` is their state before that.
 * @throws Rejection NOT_FOUND, CART_LOCKED, CURRENCY_MISMATCH, MAX_PER_ORDER, SEAT_REQUIRED, NOT_ON_SALE,
 * INSUFFICIENT_STOCK, SEAT_UNAVAILABLE, INVALID: all violations together
 */
export async function addItem(
  { manager, outbox }: CartTransaction,
  caller: CartCaller,
  wanted: ParsedItem,
  state: WantedState,
  now: Date,
): Promise<string> {
  const { offer } = state;
  const { cart, items } = await openOrCreateCart(manager, caller, offer.currency);
  const { line, known, violations } = validateAddition({ cart, items }, wanted, state, now);
  Rejections.throwIfAny(violations);
  const id = known?.id ?? newId();
  await manager.save(CartItemEntity, {
    ...snapshotOf(offer),
    id,
    cartId: cart.id,
    quantity: line.quantity,
    seatIds: [...line.seatIds],
    heldAs: null,
    quotedAt: now,
  });
  await touchCart(manager, cart.id, offer.currency);
  publishItem(outbox, orderEvents.cartItemAdded, cart, { ...offer, id, quantity: line.quantity });
  return cart.id;
}

/**
 * Sets a line's quantity; 0 removes the line.
 * @throws Rejection as `addItem`, except for stock
 */
export async function updateItem(
  transaction: CartTransaction,
  caller: CartCaller,
  itemId: string,
  quantity: number,
  now: Date,
): Promise<CartChange> {
  const { manager, outbox } = transaction;
  const { open, item } = await openItem(manager, caller, itemId, quantity);
  if (quantity === 0) return deleteItem(transaction, open, item);
  const line: RequestedLine = { offer: item, quantity, seatIds: item.seatIds, field: [] };
  // Reducing a line is always allowed.
  if (quantity > item.quantity || item.seated) {
    const problems = validateLines([...linesOf(without(open.items, item), null), line], now);
    Rejections.throwIfAny(
      problems
        .filter((problem) => problem.line === line)
        .map(({ rejection }) => new Rejection(rejection.code, rejection.message, { field: ['quantity'] })),
    );
  }
  if (quantity !== item.quantity)
    publishItem(
      outbox,
      orderEvents.cartItemUpdated,
      open.cart,
      Object.assign(new CartItemEntity(), item, { quantity }),
    );
  await manager.update(CartItemEntity, { id: item.id }, { quantity });
  await touchCart(manager, open.cart.id, null);
  return { cartId: open.cart.id };
}

async function openItem(
  manager: EntityManager,
  caller: CartCaller,
  itemId: string,
  quantity: number,
): Promise<{ open: OpenCart; item: CartItemEntity }> {
  const negative = new Rejection('INVALID', `The quantity must be 0 or more; it is ${quantity}.`, {
    field: ['quantity'],
  });
  const found = openCartForChange(manager, caller).then((open) => ({ open, item: findItem(open, itemId) }));
  const { value, refusals } = await catchRejections(found);
  Rejections.throwIfAny([...(quantity < 0 ? [negative] : []), ...refusals]);
  if (!value) throw new Error('A missing item was not rejected.');
  return value;
}

/** Removes a line. @throws Rejection NOT_FOUND, CART_LOCKED */
export async function removeItem(
  transaction: CartTransaction,
  caller: CartCaller,
  itemId: string,
): Promise<CartChange> {
  const open = await openCartForChange(transaction.manager, caller);
  return deleteItem(transaction, open, findItem(open, itemId));
}

/** Removes all lines. @throws Rejection NOT_FOUND, CART_LOCKED */
export async function clearCart(
  { manager, outbox }: CartTransaction,
  caller: CartCaller,
): Promise<CartChange> {
  const { cart, items } = await openCartForChange(manager, caller);
  if (items.length > 0) publishCart(outbox, orderEvents.cartCleared, cart, items.length);
  await manager.delete(CartItemEntity, { cartId: cart.id });
  await touchCart(manager, cart.id, null);
  return { cartId: cart.id, released: seatsOf(cart, items) };
}

/**
 * Moves all items of a guest cart, or of another cart of the caller, into the caller's main cart, or none of
 * them. A seat that is in both carts is there once. Reports all violations together. A repeated call moves nothing.
 * @throws Rejection NOT_FOUND, CART_LOCKED, CURRENCY_MISMATCH, MAX_PER_ORDER, INVALID
 */
export async function mergeCart(
  { manager, outbox }: CartTransaction,
  merge: CartMerge,
  now: Date,
): Promise<CartChange> {
  const { userId, field } = merge;
  const sourceId = fromApiId('cart', merge.cartId);
  if (sourceId === null) throw cartNotFound(field);
  const seen = await manager.findOneBy(CartEntity, { id: sourceId });
  if (!seen || !canUseCart(seen, userId)) throw cartNotFound(field);
  const targetId = await mainCartOf(manager, userId, seen.currency);
  const locked = await lockCarts(manager, [sourceId, targetId]);
  const source = locked.find((cart) => cart.id === sourceId);
  const target = locked.find((cart) => cart.id === targetId);
  // Another transaction may have assigned it to another user.
  if (!source || !target || !canUseCart(source, userId)) throw cartNotFound(field);
  if (source.id === target.id) return { cartId: target.id };
  if (source.lockedBy !== null || target.lockedBy !== null) throw cartLocked(field);
  const moving = (await itemsOf(manager, [source.id])).map((item) =>
    Object.assign(new CartItemEntity(), item, { heldAs: item.heldAs ?? cartDigest(source.id) }),
  );
  await moveItems(manager, moving, target.id, field, now);
  if (moving.length > 0) publishCart(outbox, orderEvents.cartMerged, target, moving.length);
  await touchCart(manager, source.id, null);
  return { cartId: target.id, takenOver: seatsOf(target, moving) };
}

async function moveItems(
  manager: EntityManager,
  moving: readonly CartItemEntity[],
  targetId: string,
  field: readonly string[],
  now: Date,
): Promise<void> {
  const present = await itemsOf(manager, [targetId]);
  const merged = moving
    .flatMap((item) => withoutKnownSeats(present, item) ?? [])
    .map((item) => mergedWith(present, item));
  const replaced = new Set(merged.map((item) => item.id));
  const unchanged = present.filter((item) => !replaced.has(item.id));
  const lines = linesOf(merged, field);
  const problems = validateLines([...linesOf(unchanged, null), ...lines], now)
    // Items that are not on sale are moved too; `Cart.problems` reports them.
    .filter(({ line, rejection }) => line.field !== null && rejection.code !== 'NOT_ON_SALE')
    .map(({ rejection }) => new Rejection(rejection.code, rejection.message, { field }));
  Rejections.throwIfAny(problems);
  if (moving.length === 0) return;
  await manager.delete(
    CartItemEntity,
    moving.map((item) => item.id),
  );
  await manager.save(
    CartItemEntity,
    merged.map((item) => Object.assign(new CartItemEntity(), item, { cartId: targetId })),
  );
  await touchCart(manager, targetId, merged[0]?.currency ?? null);
}

/** Returns an item without the seats that are in the cart already; null if none is left. */
function withoutKnownSeats(present: readonly CartItemEntity[], item: CartItemEntity): CartItemEntity | null {
  const known = new Set(present.flatMap(({ seatIds }) => seatIds));
  const seatIds = item.seatIds.filter((seatId) => !known.has(seatId));
  if (seatIds.length === item.seatIds.length) return item;
  if (seatIds.length === 0) return null;
  const quantity = item.quantity - (item.seatIds.length - seatIds.length);
  return Object.assign(new CartItemEntity(), item, { seatIds, quantity });
}

/** Returns the merged item: quantities of the same unseated offer are added, and the newer price applies. */
function mergedWith(present: readonly CartItemEntity[], item: CartItemEntity): CartItemEntity {
  const same = item.seated ? undefined : present.find((other) => other.offerId === item.offerId);
  if (!same) return item;
  const newer = same.quotedAt > item.quotedAt ? same : item;
  return Object.assign(new CartItemEntity(), newer, {
    id: same.id,
    quantity: same.quantity + item.quantity,
  });
}

async function deleteItem(
  { manager, outbox }: CartTransaction,
  { cart }: OpenCart,
  item: CartItemEntity,
): Promise<CartChange> {
  publishItem(outbox, orderEvents.cartItemRemoved, cart, item);
  await manager.delete(CartItemEntity, { id: item.id });
  await touchCart(manager, cart.id, null);
  return { cartId: cart.id, released: seatsOf(cart, [item]) };
}

function seatsOf(cart: CartEntity, items: readonly CartItemEntity[]): CartSeats {
  return { holder: seatHolderOf(cart, items), seatIds: items.flatMap(({ seatIds }) => seatIds) };
}

function findItem({ items }: OpenCart, itemId: string): CartItemEntity {
  const id = fromApiId('item', itemId);
  const item = items.find((other) => other.id === id);
  if (!item) throw new Rejection('NOT_FOUND', 'There is no such item in the cart.', { field: ['itemId'] });
  return item;
}

function snapshotOf(offer: CatalogOffer): OfferSnapshot {
  const { onSale: _onSale, available: _available, ...snapshot } = offer;
  return snapshot;
}
