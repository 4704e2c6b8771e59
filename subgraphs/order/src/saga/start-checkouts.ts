import type { EntityManager } from 'typeorm';
import type { Clock } from '@souk/shared/clock';
import type { IdempotentCall } from '@souk/shared/db/idempotency';
import { claimKeys, releaseKeys, storeResults } from '@souk/shared/db/idempotency';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Settled } from '@souk/shared/db/shared-transaction';
import { asError, Rejection, Rejections } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { NewSaga, Orchestrator } from '@souk/shared/saga/orchestrator';
import type { OpenCart } from '../domain/cart/cart.js';
import {
  linesOf,
  cartLocked,
  lockForCheckouts,
  canUseCart,
  openCarts,
  cartNotFound,
} from '../domain/cart/cart.js';
import type { CheckoutTerms, TermsInput } from '../domain/purchase/checkout-terms.js';
import { keyField, readTerms } from '../domain/purchase/checkout-terms.js';
import { newTransactionId } from '../domain/codes.js';
import type { PlacedOrder } from '../domain/order/order.js';
import { placeOrders } from '../domain/order/order.js';
import type { RequestedLine } from '../domain/purchase/purchase-validation.js';
import { validateLines } from '../domain/purchase/purchase-validation.js';
import type { ConcurrencyLimiter } from './concurrency-limiter.js';
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
export interface CheckoutRequest {
  /** UUID of the buyer. */
  userId: string;
  /** Null where the key that came is none: such a one is refused, with all else that is wrong. */
  call: IdempotentCall | null;
  purchase: ItemsPurchase | CartPurchase;
  /** Digest of the network that the buyer comes from; null where it is not known. */
  clientNetwork: string | null;
  /** The span that it is asked for in: those that share a transaction have each their own. */
  traceparent: string | null;
}

/** Items that have been judged already. */
export interface ItemsPurchase {
  lines: readonly RequestedLine[];
  terms: CheckoutTerms;
}

/** A cart that is yet to be opened: TypeID, or null for the buyer's own. */
export interface CartPurchase {
  cartId: string | null;
  input: TermsInput;
}

/** One that is let in: what is bought, out of which cart. */
interface Purchase extends ItemsPurchase {
  request: CheckoutRequest;
  checkoutId: string;
  open: OpenCart | null;
  /** Whether the cart had been nobody's. */
  wasGuestCart: boolean;
}

/** What starting a checkout needs beside the transaction. */
export interface StartOptions {
  orchestrator: Orchestrator;
  clock: Clock;
  limiter: ConcurrencyLimiter;
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
      // Whoever means the same cart and comes later finds it taken.
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
  return requests.map((request) => outcomes.get(request) ?? { refusal: new Error('A checkout was lost.') });
}

/** Notes the outcomes of those whose keys have been seen; returns the others. */
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

/** @throws Rejections, all that can be told at once */
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
  const judged = cart instanceof Rejection ? [cart] : validateOpenCart(cart, lines, now);
  const exceeded = limits.refusals(userId, lines).map(ofCart);
  Rejections.throwIfAny([...judged, ...problems, ...exceeded]);
  return { lines, terms, request, checkoutId, open, wasGuestCart: open?.cart.ownerId === null };
}

/** A guest's cart may have become somebody else's in this very transaction. */
function requireUsable(userId: string, opened: OpenCart | Rejection | null): OpenCart | Rejection | null {
  if (opened === null || opened instanceof Rejection || canUseCart(opened.cart, userId)) return opened;
  return cartNotFound(cartField);
}

function validateOpenCart(open: OpenCart | null, lines: readonly RequestedLine[], now: Date): Rejection[] {
  if (!open || lines.length === 0) {
    return [new Rejection('CART_EMPTY', 'There is nothing in the cart.', { field: cartField })];
  }
  const found = validateLines(lines, now).map(({ rejection }) => ofCart(rejection));
  return open.cart.lockedBy === null ? found : [cartLocked(cartField), ...found];
}

/** A refusal of what is in the cart: no field of the input holds it. */
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
    const { traceparent } = purchase.request;
    return [{ id: purchase.checkoutId, transactionId: newTransactionId(), input, traceparent }];
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
    holdUntil: new Date(clock.now().getTime() + holdMinutes * 60_000).toISOString(),
    paymentTimeoutMinutes,
  };
}
