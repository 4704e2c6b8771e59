import { randomUUID } from 'node:crypto';
import type { Rejection } from '@souk/shared/errors';
import { Rejections, Unavailable } from '@souk/shared/errors';
import { callerOf } from '@souk/shared/graph/context';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import { toUserErrors, withUserErrors } from '@souk/shared/graph/user-errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import type { CartCaller } from '../domain/cart/cart.js';
import type { CartTransaction } from '../domain/cart/cart-events.js';
import { linesOf, canUseCart, cartNotFound, readCart } from '../domain/cart/cart.js';
import { validateAddition } from '../domain/cart/cart-addition.js';
import type { CartChange } from '../domain/cart/cart-changes.js';
import { addItem, clearCart, mergeCart, removeItem, updateItem } from '../domain/cart/cart-changes.js';
import type { SeatHolds } from '../domain/cart/cart-seats.js';
import { heldUntilOf, releaseCartSeats, takeOverSeats, withHeldSeats } from '../domain/cart/cart-seats.js';
import { seatHolderOf } from '../domain/cart/seat-holder.js';
import type { CatalogOffer, CatalogSeat } from '../domain/catalog-port.js';
import type { CatalogState } from '../domain/cart/cart-validation.js';
import { validateCart } from '../domain/cart/cart-validation.js';
import type { ParsedItem } from '../domain/purchase/item-input.js';
import { readItem, unknownOffer } from '../domain/purchase/item-input.js';
import type { RequestedLine } from '../domain/purchase/purchase-validation.js';
import { seatsToLookUp } from '../domain/purchase/seat-validation.js';
import type { CartEntity, CartItemEntity } from '../entities/cart.js';
import type { Resolvers } from '../generated/resolvers.js';
import { canRead, userOf } from './access.js';

/** Resolvers of carts. */
export const cartResolvers: Resolvers = {
  Query: {
    cart: (_root, { id }, context) => {
      if (id !== null && id !== undefined) return findCart(id, context);
      return context.identity ? context.loaders.mainCartOf.load(context.identity.userId) : null;
    },
  },
  Mutation: {
    addToCart: (_root, { cartId, item: input }, context) =>
      withUserErrors(refused, async () => {
        const field = ['item'];
        const { item, problems } = readItem(input, field);
        if (!item) throw new Rejections([...(await unknownCartOf(context, cartId)), ...problems]);
        // Query catalog before the transaction, so that no lock is held meanwhile.
        const [offer] = await context.catalog.find([item.reference]);
        if (!offer) {
          const unknown = unknownOffer(item.reference, field);
          throw new Rejections([...(await unknownCartOf(context, cartId)), unknown]);
        }
        const id = await addOffered(context, callerFor(context, cartId), item, offer);
        context.loaders.offer.clearAll();
        context.loaders.seat.clearAll();
        return { cart: await context.loaders.cartById.load(id) };
      }),
    updateCartItem: (_root, { cartId, itemId, quantity }, context) =>
      change(context, (transaction) =>
        updateItem(transaction, callerFor(context, cartId), itemId, quantity, context.clock.now()),
      ),
    removeCartItem: (_root, { cartId, itemId }, context) =>
      change(context, (transaction) => removeItem(transaction, callerFor(context, cartId), itemId)),
    clearCart: (_root, { cartId }, context) =>
      change(context, (transaction) => clearCart(transaction, callerFor(context, cartId))),
    mergeCart: (_root, { cartId }, context) => {
      const { userId } = callerOf(context);
      return change(context, (transaction) =>
        mergeCart(transaction, { userId, cartId, field: ['cartId'] }, context.clock.now()),
      );
    },
  },
  Cart: {
    __resolveReference: ({ id }, context) => findCart(id, context),
    id: (cart) => toApiId('cart', cart.id),
    owner: (cart) => (cart.ownerId === null ? null : userOf(cart.ownerId)),
    items: (cart, _arguments, { loaders }) => loaders.itemsOfCart.load(cart.id),
    itemCount: async (cart, _arguments, { loaders }) => {
      const items = await loaders.itemsOfCart.load(cart.id);
      return items.reduce((units, item) => units + item.quantity, 0);
    },
    total: async (cart, _arguments, { loaders }) => {
      const items = await loaders.itemsOfCart.load(cart.id);
      const amount = items.reduce((sum, item) => sum + item.unitAmount * item.quantity, 0);
      return { amount, currency: cart.currency };
    },
    currentTotal: async (cart, _arguments, { loaders }) => {
      const items = await loaders.itemsOfCart.load(cart.id);
      const prices = await Promise.all(items.map((item) => currentPrice(item, loaders)));
      let amount = 0;
      for (const [index, item] of items.entries()) {
        const price = prices[index];
        if (!price || price.currency !== cart.currency) return null;
        amount += price.amount * item.quantity;
      }
      return { amount, currency: cart.currency };
    },
    problems: async (cart, _arguments, context) => {
      const items = await context.loaders.itemsOfCart.load(cart.id);
      const lines = linesOf(items, null);
      const holder = seatHolderOf(cart, items);
      const seen = await seenNow(lines, context);
      return toUserErrors(validateCart({ cart, holder }, lines, seen, context.clock.now()));
    },
    checkout: async ({ lockedBy }, _arguments, { loaders, identity }) => {
      const checkout = lockedBy === null ? null : await loaders.checkoutById.load(lockedBy);
      return checkout && canRead(identity, checkout.userId) ? checkout : null;
    },
  },
  CartItem: {
    id: (item) => toApiId('item', item.id),
    offer: (item) => ({ id: toApiId('offer', item.offerId) }),
    seats: (item) => item.seatIds.map((seatId) => ({ id: toApiId('seat', seatId) })),
    heldUntil: async (item, _arguments, { loaders }) => {
      const cart = await loaders.cartById.load(item.cartId);
      if (!cart || item.seatIds.length === 0) return null;
      const seats = await unlessUnavailable(() =>
        Promise.all(item.seatIds.map((id) => loaders.seat.load(id))),
      );
      return seats && heldUntilOf(seatHolderOf(cart, [item]), seats);
    },
    unitPrice: ({ unitAmount, currency }) => ({ amount: unitAmount, currency }),
    currentUnitPrice: (item, _arguments, { loaders }) => currentPrice(item, loaders),
    subtotal: ({ unitAmount, currency, quantity }) => ({ amount: unitAmount * quantity, currency }),
  },
};

const refused = { cart: null };

/** Adds an item to a cart and holds its seats. */
async function addOffered(
  context: Context,
  caller: CartCaller,
  item: ParsedItem,
  offer: CatalogOffer,
): Promise<string> {
  const { catalog, database, clock } = context;
  const seats = await catalog.findSeats(seatsToLookUp([{ offer, seatIds: item.seatIds }]));
  const newCartId = randomUUID();
  const add = (): Promise<string> =>
    database.transact((manager, outbox) =>
      addItem({ manager, outbox }, { ...caller, newCartId }, item, { offer, seats }, clock.now()),
    );
  if (!offer.seated) return add();
  const open = await readCart(database.reader, caller);
  const cart = open ?? { cart: { id: newCartId, ownerId: caller.userId }, items: [] };
  // An item that the cart refuses holds no seats.
  if (validateAddition(cart, item, { offer, seats }, clock.now()).violations.length > 0) return add();
  const wanted = { holder: seatHolderOf(cart.cart, cart.items), seatIds: item.seatIds };
  return withHeldSeats(holdsOf(context), wanted, seats, [...item.field, 'seatIds'], add);
}

/** Runs a change in one transaction, then releases and takes over seats, and returns the resulting cart. */
function change(context: Context, work: (transaction: CartTransaction) => Promise<CartChange>): CartAnswer {
  return withUserErrors(refused, async () => {
    const { cartId, released, takenOver } = await context.database.transact((manager, outbox) =>
      work({ manager, outbox }),
    );
    if (released) await releaseCartSeats(holdsOf(context), released);
    if (takenOver) await takeOverSeats(holdsOf(context), takenOver);
    context.loaders.seat.clearAll();
    return { cart: await context.loaders.cartById.load(cartId) };
  });
}

function holdsOf({ catalog, clientAddress, requestId }: Context): SeatHolds {
  return { catalog, source: { clientAddress, requestId } };
}

type CartAnswer = Promise<{ cart: CartEntity | null; userErrors: UserErrorData[] }>;

function callerFor(context: Context, cartId: string | null | undefined): CartCaller {
  return {
    userId: context.identity?.userId ?? null,
    cartId: cartId ?? null,
    field: ['cartId'],
    guest: { network: context.clientNetwork, limits: context.guestCarts },
  };
}

/** Returns the rejection for an unknown cart id, for mutations that validate other input first. */
async function unknownCartOf(context: Context, cartId: string | null | undefined): Promise<Rejection[]> {
  const { cartId: named, field } = callerFor(context, cartId);
  return named === null || (await findCart(named, context)) ? [] : [cartNotFound(field)];
}

async function findCart(apiId: string, { loaders, identity }: Context): Promise<CartEntity | null> {
  const id = fromApiId('cart', apiId);
  const cart = id === null ? null : await loaders.cartById.load(id);
  return cart && canUseCart(cart, identity?.userId ?? null) ? cart : null;
}

/**
 * Returns catalog's current state of the lines; null while catalog is unavailable, so that carts stay
 * readable.
 */
async function seenNow(lines: readonly RequestedLine[], { loaders }: Context): Promise<CatalogState | null> {
  if (lines.length === 0) return null;
  const seatIds = seatsToLookUp(lines);
  return unlessUnavailable(async () => {
    const [offers, seats] = await Promise.all([
      Promise.all(lines.map(({ offer: { offerId } }) => loaders.offer.load(offerId))),
      Promise.all(seatIds.map((id) => loaders.seat.load(id))),
    ]);
    return {
      offers,
      seats: new Map(
        seats.flatMap((seat, index): [string, CatalogSeat][] => (seat ? [[seatIds[index] ?? '', seat]] : [])),
      ),
    };
  });
}

async function currentPrice(
  { offerId }: CartItemEntity,
  loaders: Context['loaders'],
): Promise<{ amount: number; currency: string } | null> {
  const offer = await unlessUnavailable(() => loaders.offer.load(offerId));
  return offer && { amount: offer.unitAmount, currency: offer.currency };
}

async function unlessUnavailable<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unavailable) return null;
    throw error;
  }
}
