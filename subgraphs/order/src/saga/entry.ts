import type { EntityManager } from 'typeorm';
import type { Clock } from '@souk/shared/clock';
import type { IdempotentCall } from '@souk/shared/db/idempotency';
import { claimKeys, releaseKeys, storeResults } from '@souk/shared/db/idempotency';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Outcome } from '@souk/shared/db/shared-transaction';
import { asError, Rejection, Rejections } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { NewSaga, Orchestrator } from '@souk/shared/saga/orchestrator';
import type { OpenCart } from '../domain/cart.js';
import { linesOf, lockedCart, lockForCheckouts, mayUseCart, openCarts, unknownCart } from '../domain/cart.js';
import type { CheckoutTerms, TermsInput } from '../domain/checkout-terms.js';
import { keyField, readTerms } from '../domain/checkout-terms.js';
import { newTransactionId } from '../domain/codes.js';
import type { PlacedOrder } from '../domain/order.js';
import { placeOrders } from '../domain/order.js';
import type { WantedLine } from '../domain/purchase-rules.js';
import { judgeLines } from '../domain/purchase-rules.js';
import type { BackPressure } from './back-pressure.js';
import type { BuyerBounds } from './buyer-limits.js';
import { BuyerLimits } from './buyer-limits.js';
import { checkoutSaga } from './checkout.js';
import type { CheckoutInput } from './checkout-input.js';

/** A checkout that was started, or had been by the same key. */
export interface StartedCheckout {
  /** UUID. */
  checkoutId: string;
  replayed: boolean;
}

/** A checkout that is asked for. */
export interface CheckoutEntry {
  /** UUID of the buyer. */
  userId: string;
  /** Null where the key that came is none: such a one is refused, with all else that is wrong. */
  call: IdempotentCall | null;
  purchase: WantedItems | WantedCart;
  /** Digest of the network that the buyer comes from; null where it is not known. */
  clientNetwork: string | null;
  /** The span that it is asked for in: those that share a transaction have each their own. */
  traceparent: string | null;
}

/** Items that have been judged already. */
export interface WantedItems {
  lines: readonly WantedLine[];
  terms: CheckoutTerms;
}

/** A cart that is yet to be opened: TypeID, or null for the buyer's own. */
export interface WantedCart {
  cartId: string | null;
  input: TermsInput;
}

/** One that is let in: what is bought, out of which cart. */
interface Purchase extends WantedItems {
  entry: CheckoutEntry;
  checkoutId: string;
  open: OpenCart | null;
  /** Whether the cart had been nobody's. */
  guests: boolean;
}

/** What starting a checkout needs beside the transaction. */
export interface EntryOptions {
  orchestrator: Orchestrator;
  clock: Clock;
  backPressure: BackPressure;
  buyerBounds: BuyerBounds;
  paymentTimeoutMinutes: number;
}

/** Where a cart is named in the input. */
const cartField = ['input', 'cartId'];
/** Refusals that say nothing of the cart. */
const ofBuyer: ReadonlySet<string> = new Set(['TOO_MANY_OPEN_CHECKOUTS', 'TOO_MANY_ATTEMPTS']);
const holdMinutes = 10;

/**
 * Starts checkouts, all of different keys: orders, locks of the carts, sagas and first commands. What became of each,
 * in the order given; one that is refused leaves nothing behind.
 */
export async function enter(
  manager: EntityManager,
  outbox: Outbox,
  entries: readonly CheckoutEntry[],
  options: EntryOptions,
): Promise<Outcome<StartedCheckout>[]> {
  const outcomes = new Map<CheckoutEntry, Outcome<StartedCheckout>>();
  const fresh = await notSeenBefore(manager, entries, outcomes);
  const limits = await BuyerLimits.lock(
    manager,
    fresh.map(({ userId }) => userId),
    options.buyerBounds,
    options.clock.now(),
  );
  const carts = await cartsOf(manager, fresh);
  const purchases: Purchase[] = [];
  for (const entry of fresh) {
    try {
      await options.backPressure.check(manager);
      const purchase = judge(entry, carts.get(entry) ?? null, limits, options.clock.now());
      await options.backPressure.take(manager);
      limits.add(entry.userId);
      // Whoever means the same cart and comes later finds it taken.
      if (purchase.open) {
        Object.assign(purchase.open.cart, { ownerId: entry.userId, lockedBy: purchase.checkoutId });
      }
      purchases.push(purchase);
      outcomes.set(entry, { result: { checkoutId: purchase.checkoutId, replayed: false } });
    } catch (error) {
      outcomes.set(entry, { refusal: asError(error) });
    }
  }
  const refused = fresh.filter((entry) => 'refusal' in (outcomes.get(entry) ?? {}));
  await releaseKeys(
    manager,
    refused.flatMap(({ call }) => call ?? []),
  );
  if (purchases.length > 0) await start(manager, outbox, purchases, options);
  return entries.map((entry) => outcomes.get(entry) ?? { refusal: new Error('A checkout was lost.') });
}

/** Notes the outcomes of those whose keys have been seen; returns the others. */
async function notSeenBefore(
  manager: EntityManager,
  entries: readonly CheckoutEntry[],
  outcomes: Map<CheckoutEntry, Outcome<StartedCheckout>>,
): Promise<CheckoutEntry[]> {
  const keyed = entries.flatMap((entry) => (entry.call ? [{ entry, call: entry.call }] : []));
  const calls = keyed.map(({ call }) => call);
  const before = calls.length === 0 ? [] : await claimKeys<string>(manager, calls, keyField);
  keyed.forEach(({ entry }, index) => {
    const call = before[index];
    if (call instanceof Rejection) outcomes.set(entry, { refusal: call });
    else if (call) outcomes.set(entry, { result: { checkoutId: call.first, replayed: true } });
  });
  return entries.filter((entry) => !outcomes.has(entry));
}

async function cartsOf(
  manager: EntityManager,
  entries: readonly CheckoutEntry[],
): Promise<Map<CheckoutEntry, OpenCart | Rejection | null>> {
  const wanted = entries.flatMap((entry) =>
    'cartId' in entry.purchase ? [{ entry, cartId: entry.purchase.cartId }] : [],
  );
  if (wanted.length === 0) return new Map();
  const opened = await openCarts(
    manager,
    wanted.map(({ entry: { userId }, cartId }) => ({ userId, cartId, field: cartField })),
  );
  return new Map(wanted.map(({ entry }, index) => [entry, opened[index] ?? null]));
}

/** @throws Rejections, all that can be told at once */
function judge(
  entry: CheckoutEntry,
  opened: OpenCart | Rejection | null,
  limits: BuyerLimits,
  now: Date,
): Purchase {
  const { purchase, userId } = entry;
  const checkoutId = newId();
  if (!('cartId' in purchase)) {
    Rejections.throwIfAny(limits.refusals(userId, purchase.lines));
    return { ...purchase, entry, checkoutId, open: null, guests: false };
  }
  const cart = stillOpenTo(userId, opened);
  const open = cart instanceof Rejection ? null : cart;
  const lines = linesOf(open?.items ?? [], cartField);
  const { terms, problems } = readTerms(purchase.input, lines);
  const judged = cart instanceof Rejection ? [cart] : judgeCart(cart, lines, now);
  const exceeded = limits.refusals(userId, lines).map(ofCart);
  Rejections.throwIfAny([...judged, ...problems, ...exceeded]);
  return { lines, terms, entry, checkoutId, open, guests: open?.cart.ownerId === null };
}

/** A guest's cart may have become somebody else's in this very transaction. */
function stillOpenTo(userId: string, opened: OpenCart | Rejection | null): OpenCart | Rejection | null {
  if (opened === null || opened instanceof Rejection || mayUseCart(opened.cart, userId)) return opened;
  return unknownCart(cartField);
}

function judgeCart(open: OpenCart | null, lines: readonly WantedLine[], now: Date): Rejection[] {
  if (!open || lines.length === 0) {
    return [new Rejection('CART_EMPTY', 'There is nothing in the cart.', { field: cartField })];
  }
  const found = judgeLines(lines, now).map(({ rejection }) => ofCart(rejection));
  return open.cart.lockedBy === null ? found : [lockedCart(cartField), ...found];
}

/** A refusal of what is in the cart: no field of the input holds it. */
function ofCart(rejection: Rejection): Rejection {
  return Rejection.fromData({
    ...rejection.toData(),
    field: ofBuyer.has(rejection.code) ? null : cartField,
  });
}

async function start(
  manager: EntityManager,
  outbox: Outbox,
  purchases: readonly Purchase[],
  options: EntryOptions,
): Promise<void> {
  const orders = await placeOrders(
    manager,
    purchases.map(({ entry: { userId }, checkoutId, lines }) => ({ customerId: userId, checkoutId, lines })),
  );
  await lockForCheckouts(
    manager,
    purchases.flatMap(({ entry: { userId }, checkoutId, open, guests }) =>
      open ? [{ cartId: open.cart.id, userId, checkoutId, guests }] : [],
    ),
  );
  const sagas = purchases.flatMap((purchase, index): NewSaga<CheckoutInput>[] => {
    const order = orders[index];
    if (!order) return [];
    const input = inputOf(purchase, order, options);
    const { traceparent } = purchase.entry;
    return [{ id: purchase.checkoutId, transactionId: newTransactionId(), input, traceparent }];
  });
  await options.orchestrator.start(manager, outbox, checkoutSaga, sagas);
  await storeResults(
    manager,
    purchases.flatMap(({ entry: { call }, checkoutId }) => (call ? [{ call, result: checkoutId }] : [])),
  );
}

function inputOf(
  { entry: { userId, clientNetwork }, open, terms }: Purchase,
  order: PlacedOrder,
  { clock, paymentTimeoutMinutes }: EntryOptions,
): CheckoutInput {
  return {
    orderId: order.id,
    orderNumber: order.number,
    userId,
    cartId: open?.cart.id ?? null,
    lines: order.lines.map(({ id, offerId, quantity, seatIds }) => ({
      lineId: id,
      offerId,
      quantity,
      seatIds: [...seatIds],
    })),
    ...terms,
    clientNetwork,
    holdUntil: new Date(clock.now().getTime() + holdMinutes * 60_000).toISOString(),
    paymentTimeoutMinutes,
  };
}
