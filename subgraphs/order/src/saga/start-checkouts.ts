import type { EntityManager } from 'typeorm';
import type { Clock } from '@souk/shared/clock';
import type { IdempotentCall } from '@souk/shared/db/idempotency';
import { claimKeys, releaseKeys, storeResults } from '@souk/shared/db/idempotency';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Settled } from '@souk/shared/db/shared-transaction';
import type { Cause } from '@souk/shared/event';
import { asError, Rejection, Rejections } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { NewSaga, Orchestrator } from '@souk/shared/saga/orchestrator';
import { newTransactionId } from '@souk/shared/saga/transaction-id';
import type { OpenCart } from '../domain/cart/cart.js';
import {
  linesOf,
  cartLocked,
  lockForCheckouts,
  canUseCart,
  openCarts,
  cartNotFound,
} from '../domain/cart/cart.js';
import { seatHolderOf } from '../domain/cart/seat-holder.js';
import type { CatalogView } from '../domain/purchase/catalog-validation.js';
import { validatePurchase } from '../domain/purchase/catalog-validation.js';
import type { CheckoutTerms, TermsInput } from '../domain/purchase/checkout-terms.js';
import { keyField, readTerms } from '../domain/purchase/checkout-terms.js';
import type { PlacedOrder } from '../domain/order/order.js';
import { placeOrders } from '../domain/order/order.js';
import type { RequestedLine } from '../domain/purchase/purchase-validation.js';
import type { ConcurrencyLimiter } from './concurrency-limiter.js';
import type { BuyerBounds } from './buyer-limits.js';
import { BuyerLimits } from './buyer-limits.js';
import { checkoutSaga } from './checkout.js';
import { publishStart } from './checkout-start-event.js';
import type { CheckoutInput } from './checkout-input.js';

/** A started checkout, possibly by an earlier request with the same key. */
export interface StartedCheckout {
  /** UUID. */
  checkoutId: string;
  replayed: boolean;
}

/** Where a request comes from. */
export interface RequestOrigin {
  /** Digest of the buyer's network; null if unknown. */
  clientNetwork: string | null;
  /** The request, for the events of the checkout. Requests that share a transaction have causes of their own. */
  cause: Cause;
}

/** A request to start a checkout. */
export interface CheckoutRequest extends RequestOrigin {
  /** UUID of the buyer. */
  userId: string;
  /** Null for an invalid key; the request is then rejected together with its other violations. */
  call: IdempotentCall | null;
  purchase: ItemsPurchase | CartPurchase;
}

/** Validated items. */
export interface ItemsPurchase {
  lines: readonly RequestedLine[];
  terms: CheckoutTerms;
}

/** A cart to lock and load: TypeID, or null for the buyer's own. */
export interface CartPurchase {
  cartId: string | null;
  input: TermsInput;
  /** Catalog's state of the cart's items, read before the transaction. */
  view: CatalogView;
}

/** An accepted request: its items, and the cart that holds them. */
interface Purchase extends ItemsPurchase {
  request: CheckoutRequest;
  checkoutId: string;
  open: OpenCart | null;
  /** Whether it was a guest cart. */
  wasGuestCart: boolean;
}

/** Collaborators and limits of starting checkouts. */
export interface StartOptions {
  orchestrator: Orchestrator;
  clock: Clock;
  limiter: ConcurrencyLimiter;
  buyerBounds: BuyerBounds;
  paymentTimeoutMinutes: () => number;
}

/** Path of the cart's id in the input. */
const cartField = ['input', 'cartId'];
/** Codes of rejections that do not concern the cart. */
const ofBuyer: ReadonlySet<string> = new Set(['TOO_MANY_OPEN_CHECKOUTS', 'TOO_MANY_ATTEMPTS']);
const holdMinutes = 10;

/**
 * Starts checkouts with different keys: inserts orders, cart locks, sagas and first commands. Returns the
 * result of each in the order given; a rejected request has no effect.
 */
export async function startCheckouts(
  manager: EntityManager,
  outbox: Outbox,
  requests: readonly CheckoutRequest[],
  options: StartOptions,
): Promise<Settled<StartedCheckout>[]> {
  const outcomes = new Map<CheckoutRequest, Settled<StartedCheckout>>();
  const fresh = await withoutReplays(manager, requests, outcomes);
  const limits = await BuyerLimits.lock(
    manager,
    fresh.map(({ userId }) => userId),
    options.buyerBounds,
    options.clock.now(),
  );
  const carts = await cartsOf(manager, fresh);
  const purchases: Purchase[] = [];
  for (const request of fresh) {
    try {
      await options.limiter.check(manager);
      const purchase = validateRequest(request, carts.get(request) ?? null, limits, options.clock.now());
      await options.limiter.acquire(manager);
      limits.add(request.userId);
      // A later request for the same cart in this batch finds it locked.
      if (purchase.open) {
        Object.assign(purchase.open.cart, { ownerId: request.userId, lockedBy: purchase.checkoutId });
      }
      purchases.push(purchase);
      outcomes.set(request, { result: { checkoutId: purchase.checkoutId, replayed: false } });
    } catch (error) {
      outcomes.set(request, { refusal: asError(error) });
    }
  }
  const refused = fresh.filter((request) => 'refusal' in (outcomes.get(request) ?? {}));
  await releaseKeys(
    manager,
    refused.flatMap(({ call }) => call ?? []),
  );
  if (purchases.length > 0) await insertCheckouts(manager, outbox, purchases, options);
  return requests.map(
    (request) => outcomes.get(request) ?? { refusal: new Error('A request has no result.') },
  );
}

/** Sets the outcomes of repeated keys; returns the other requests. */
async function withoutReplays(
  manager: EntityManager,
  requests: readonly CheckoutRequest[],
  outcomes: Map<CheckoutRequest, Settled<StartedCheckout>>,
): Promise<CheckoutRequest[]> {
  const keyed = requests.flatMap((request) => (request.call ? [{ request, call: request.call }] : []));
  const calls = keyed.map(({ call }) => call);
  const before = calls.length === 0 ? [] : await claimKeys<string>(manager, calls, keyField);
  keyed.forEach(({ request }, index) => {
    const call = before[index];
    if (call instanceof Rejection) outcomes.set(request, { refusal: call });
    else if (call) outcomes.set(request, { result: { checkoutId: call.first, replayed: true } });
  });
  return requests.filter((request) => !outcomes.has(request));
}

async function cartsOf(
  manager: EntityManager,
  requests: readonly CheckoutRequest[],
): Promise<Map<CheckoutRequest, OpenCart | Rejection | null>> {
  const withCart = requests.flatMap((request) =>
    'cartId' in request.purchase ? [{ request, cartId: request.purchase.cartId }] : [],
  );
  if (withCart.length === 0) return new Map();
  const opened = await openCarts(
    manager,
    withCart.map(({ request: { userId }, cartId }) => ({ userId, cartId, field: cartField })),
  );
  return new Map(withCart.map(({ request }, index) => [request, opened[index] ?? null]));
}

/** @throws Rejections, all violations together */
function validateRequest(
  request: CheckoutRequest,
  opened: OpenCart | Rejection | null,
  limits: BuyerLimits,
  now: Date,
): Purchase {
  const { purchase, userId } = request;
  const checkoutId = newId();
  if (!('cartId' in purchase)) {
    Rejections.throwIfAny(limits.refusals(userId, purchase.lines));
    return { ...purchase, request, checkoutId, open: null, wasGuestCart: false };
  }
  const cart = requireUsable(userId, opened);
  const open = cart instanceof Rejection ? null : cart;
  const lines = linesOf(open?.items ?? [], cartField);
  const { terms, problems } = readTerms(purchase.input, lines);
  const judged = cart instanceof Rejection ? [cart] : validateOpenCart(cart, lines, purchase.view, now);
  const exceeded = limits.refusals(userId, lines).map(ofCart);
  Rejections.throwIfAny([...judged, ...problems, ...exceeded]);
  return { lines, terms, request, checkoutId, open, wasGuestCart: open?.cart.ownerId === null };
}

/** An earlier request of this batch may have assigned the guest cart to another user. */
function requireUsable(userId: string, opened: OpenCart | Rejection | null): OpenCart | Rejection | null {
  if (opened === null || opened instanceof Rejection || canUseCart(opened.cart, userId)) return opened;
  return cartNotFound(cartField);
}

function validateOpenCart(
  open: OpenCart | null,
  lines: readonly RequestedLine[],
  view: CatalogView,
  now: Date,
): Rejection[] {
  if (!open || lines.length === 0) {
    return [new Rejection('CART_EMPTY', 'The cart is empty.', { field: cartField })];
  }
  const found = validatePurchase(lines, view, now).map(ofCart);
  return open.cart.lockedBy === null ? found : [cartLocked(cartField), ...found];
}

/** Attributes a rejection to the cart: no field of the input holds its items. */
function ofCart(rejection: Rejection): Rejection {
  return Rejection.fromData({
    ...rejection.toData(),
    field: ofBuyer.has(rejection.code) ? null : cartField,
  });
}

async function insertCheckouts(
  manager: EntityManager,
  outbox: Outbox,
  purchases: readonly Purchase[],
  options: StartOptions,
): Promise<void> {
  const orders = await placeOrders(
    manager,
    purchases.map(({ request: { userId }, checkoutId, lines }) => ({
      customerId: userId,
      checkoutId,
      lines,
    })),
  );
  await lockForCheckouts(
    manager,
    purchases.flatMap(({ request: { userId }, checkoutId, open, wasGuestCart }) =>
      open ? [{ cartId: open.cart.id, userId, checkoutId, wasGuestCart }] : [],
    ),
  );
  const sagas = purchases.flatMap((purchase, index): NewSaga<CheckoutInput>[] => {
    const order = orders[index];
    if (!order) return [];
    const input = inputOf(purchase, order, options);
    const { cause } = purchase.request;
    return [{ id: purchase.checkoutId, transactionId: newTransactionId(), input, cause }];
  });
  purchases.forEach((purchase, index) => {
    const order = orders[index];
    if (order) publishStart(outbox, purchase, order);
  });
  await options.orchestrator.start(manager, outbox, checkoutSaga, sagas);
  await storeResults(
    manager,
    purchases.flatMap(({ request: { call }, checkoutId }) => (call ? [{ call, result: checkoutId }] : [])),
  );
}

function inputOf(
  { request: { userId, clientNetwork }, open, terms }: Purchase,
  order: PlacedOrder,
  { clock, paymentTimeoutMinutes }: StartOptions,
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
    ...(open && { cartDigests: [...seatHolderOf(open.cart, open.items).cartDigests] }),
    holdUntil: new Date(clock.now().getTime() + holdMinutes * 60_000).toISOString(),
    paymentTimeoutMinutes: paymentTimeoutMinutes(),
  };
}
