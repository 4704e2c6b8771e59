import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { IdempotentCall } from '@souk/shared/db/idempotency';
import { findResults, keyProblem } from '@souk/shared/db/idempotency';
import { SharedTransaction } from '@souk/shared/db/shared-transaction';
import { Rejection, Rejections, Unavailable } from '@souk/shared/errors';
import { noCause } from '@souk/shared/event';
import type { Orchestrator } from '@souk/shared/saga/orchestrator';
import { linesOf, readCart } from '../domain/cart/cart.js';
import type { CatalogOffer, CatalogPort } from '../domain/catalog-port.js';
import type { CatalogView } from '../domain/purchase/catalog-validation.js';
import {
  emptyCatalogView,
  readCatalogView,
  validatePurchase,
} from '../domain/purchase/catalog-validation.js';
import type { TermsInput } from '../domain/purchase/checkout-terms.js';
import { keyField, readTerms } from '../domain/purchase/checkout-terms.js';
import type { ItemInput } from '../domain/purchase/item-input.js';
import { readItem, unknownOffer } from '../domain/purchase/item-input.js';
import type { RequestedLine } from '../domain/purchase/purchase-validation.js';
import { maxLines } from '../domain/purchase/purchase-validation.js';
import { seatsToLookUp } from '../domain/purchase/seat-validation.js';
import { ConcurrencyLimiter } from './concurrency-limiter.js';
import type { BuyerBounds } from './buyer-limits.js';
import { BuyerLimits } from './buyer-limits.js';
import type { CheckoutRequest, RequestOrigin, StartedCheckout } from './start-checkouts.js';
import { startCheckouts } from './start-checkouts.js';

const unknownOrigin: RequestOrigin = { clientNetwork: null, cause: noCause };
const itemsField = ['input', 'items'];
/** Transactions at once: the second works while the first waits for the disk. */
const parallelTransactions = 2;

/** Starts checkouts. Concurrent requests share a transaction. */
export class CheckoutStarter {
  readonly #database: Database;
  readonly #catalog: CatalogPort;
  readonly #clock: Clock;
  readonly #limiter: ConcurrencyLimiter;
  readonly #buyerBounds: BuyerBounds;
  readonly #transactions: SharedTransaction<CheckoutRequest, StartedCheckout>;

  constructor(options: {
    database: Database;
    orchestrator: Orchestrator;
    catalog: CatalogPort;
    clock: Clock;
    paymentTimeoutMinutes: () => number;
    /** Maximum number of running sagas. */
    maxOpen: number;
    buyerBounds: BuyerBounds;
  }) {
    this.#database = options.database;
    this.#catalog = options.catalog;
    this.#clock = options.clock;
    this.#buyerBounds = options.buyerBounds;
    this.#limiter = new ConcurrencyLimiter(options);
    const startOptions = { ...options, limiter: this.#limiter };
    this.#transactions = new SharedTransaction({
      database: options.database,
      work: (manager, outbox, entries) => startCheckouts(manager, outbox, entries, startOptions),
      parallel: parallelTransactions,
      exclusiveKey: ({ userId, call }) => `${userId} ${call?.operation ?? ''} ${call?.key ?? ''}`,
      partitionKey: ({ userId }) => userId,
    });
  }

  /**
   * Starts a checkout of the named cart, or of the caller's own.
   * @throws Rejection CART_EMPTY, CART_LOCKED, NOT_FOUND, MAX_PER_ORDER, NOT_ON_SALE, SEAT_REQUIRED,
   * ADDRESS_REQUIRED, CURRENCY_MISMATCH, TOO_MANY_OPEN_CHECKOUTS, TOO_MANY_ATTEMPTS, INVALID, all violations
   * together; IDEMPOTENCY_CONFLICT; Unavailable at the limit of running sagas
   */
  async fromCart(
    userId: string,
    input: TermsInput & { cartId?: string | null | undefined },
    { clientNetwork, cause }: RequestOrigin = unknownOrigin,
  ): Promise<StartedCheckout> {
    const call = callOf(userId, 'checkout', input);
    const before = await this.#findReplay(call);
    if (before) return before;
    const cartId = input.cartId ?? null;
    return this.#transactions.do({
      userId,
      call,
      purchase: { cartId, input, view: await this.#readView(userId, cartId) },
      clientNetwork,
      cause,
    });
  }

  /**
   * Starts a checkout of items without a cart.
   * @throws Rejection as `fromCart`, except for the cart; Unavailable also while catalog is unavailable
   */
  async fromItems(
    userId: string,
    input: TermsInput & { items: readonly ItemInput[] },
    { clientNetwork, cause }: RequestOrigin = unknownOrigin,
  ): Promise<StartedCheckout> {
    const call = callOf(userId, 'createOrder', input);
    const before = await this.#findReplay(call);
    if (before) return before;
    await this.#limiter.check(this.#database.reader);
    const { lines, refusals } = await this.#linesFrom(input.items);
    const { terms, problems } = readTerms(input, lines);
    const found = [...refusals, ...problems];
    if (found.length > 0) {
      const limits = await BuyerLimits.read(
        this.#database.reader,
        [userId],
        this.#buyerBounds,
        this.#clock.now(),
      );
      Rejections.throwIfAny([...found, ...limits.refusals(userId, lines)]);
    }
    return this.#transactions.do({
      userId,
      call,
      purchase: { lines, terms },
      clientNetwork,
      cause,
    });
  }

  /** Returns the checkout of a repeated key, also while catalog is unavailable; null for a new key. */
  async #findReplay(call: IdempotentCall | null): Promise<StartedCheckout | null> {
    const [before = null] = call ? await findResults<string>(this.#database.reader, [call], keyField) : [];
    if (before instanceof Rejection) throw before;
    return before && { checkoutId: before.first, replayed: true };
  }

  /** Reads catalog's state of a cart's items, before the transaction, so that no lock is held meanwhile. */
  async #readView(userId: string, cartId: string | null): Promise<CatalogView> {
    const open = await readCart(this.#database.reader, { userId, cartId, field: [] });
    try {
      return await readCatalogView(this.#catalog, linesOf(open?.items ?? [], null));
    } catch (error) {
      // The saga asks catalog again, and waits for it.
      if (error instanceof Unavailable) return emptyCatalogView;
      throw error;
    }
  }

  async #linesFrom(items: readonly ItemInput[]): Promise<{ lines: RequestedLine[]; refusals: Rejection[] }> {
    if (items.length === 0 || items.length > maxLines) {
      const message = `An order has 1 to ${maxLines} items; these are ${items.length}.`;
      return { lines: [], refusals: [new Rejection('INVALID', message, { field: itemsField })] };
    }
    const now = this.#clock.now();
    const read = items.map((item, index) => readItem(item, [...itemsField, index.toString()]));
    const readable = read.flatMap(({ item }) => (item ? [item] : []));
    const offers =
      readable.length === 0 ? [] : await this.#catalog.find(readable.map((item) => item.reference));
    const found = readable.map((item, index) => ({ item, offer: offers[index] ?? null }));
    const lines = found.flatMap(({ item: { quantity, seatIds, field }, offer }): RequestedLine[] =>
      offer ? [{ offer, quantity, seatIds, field }] : [],
    );
    const seatIds = seatsToLookUp(lines);
    const view = {
      offers: new Map(
        offers.flatMap((offer): [string, CatalogOffer][] => (offer ? [[offer.offerId, offer]] : [])),
      ),
      seats: await this.#catalog.findSeats(seatIds),
      seatIds: new Set(seatIds),
    };
    return {
      lines,
      refusals: [
        ...read.flatMap(({ problems }) => problems),
        ...found.flatMap(({ item, offer }) => (offer ? [] : [unknownOffer(item.reference, item.field)])),
        ...validatePurchase(lines, view, now),
      ],
    };
  }
}

/** Returns the idempotent call; null for an invalid key. */
function callOf(
  userId: string,
  operation: string,
  { idempotencyKey, ...rest }: TermsInput,
): IdempotentCall | null {
  if (keyProblem(idempotencyKey, keyField)) return null;
  return { caller: userId, operation, key: idempotencyKey, arguments: rest };
}
