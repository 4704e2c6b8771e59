import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { IdempotentCall } from '@souk/shared/db/idempotency';
import { findResults, keyProblem } from '@souk/shared/db/idempotency';
import { SharedTransaction } from '@souk/shared/db/shared-transaction';
import { Rejection, Rejections } from '@souk/shared/errors';
import type { Orchestrator } from '@souk/shared/saga/orchestrator';
import { activeTraceparent } from '@souk/shared/tracing';
import type { CatalogPort } from '../domain/catalog-port.js';
import type { TermsInput } from '../domain/purchase/checkout-terms.js';
import { keyField, readTerms } from '../domain/purchase/checkout-terms.js';
import type { ItemInput } from '../domain/purchase/item-input.js';
import { readItem, unknownOffer } from '../domain/purchase/item-input.js';
import type { RequestedLine } from '../domain/purchase/purchase-validation.js';
import { validateLines, validateOffer, maxLines } from '../domain/purchase/purchase-validation.js';
import { validateSeatReferences, seatsToLookUp } from '../domain/purchase/seat-validation.js';
import { ConcurrencyLimiter } from './concurrency-limiter.js';
import type { BuyerBounds } from './buyer-limits.js';
import { BuyerLimits } from './buyer-limits.js';
import type { CheckoutRequest, StartedCheckout } from './start-checkouts.js';
import { startCheckouts } from './start-checkouts.js';

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
    paymentTimeoutMinutes: number;
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
    clientNetwork: string | null = null,
  ): Promise<StartedCheckout> {
    return this.#transactions.do({
      userId,
      call: callOf(userId, 'checkout', input),
      purchase: { cartId: input.cartId ?? null, input },
      clientNetwork,
      traceparent: activeTraceparent(),
    });
  }

  /**
   * Starts a checkout of items without a cart.
   * @throws Rejection as `fromCart`, except for the cart; Unavailable also while catalog is unavailable
   */
  async fromItems(
    userId: string,
    input: TermsInput & { items: readonly ItemInput[] },
    clientNetwork: string | null = null,
  ): Promise<StartedCheckout> {
    const call = callOf(userId, 'createOrder', input);
    // A repeated key is answered even while catalog is unavailable.
    const [before = null] = call ? await findResults<string>(this.#database.reader, [call], keyField) : [];
    if (before instanceof Rejection) throw before;
    if (before) return { checkoutId: before.first, replayed: true };
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
      traceparent: activeTraceparent(),
    });
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
    const lines = found.flatMap(({ item: { quantity, seatIds, field }, offer }) =>
      offer ? [{ line: { offer, quantity, seatIds, field }, offer }] : [],
    );
    const wanted = lines.map(({ line }) => line);
    const seats = await this.#catalog.findSeats(seatsToLookUp(wanted));
    return {
      lines: wanted,
      refusals: [
        ...read.flatMap(({ problems }) => problems),
        ...found.flatMap(({ item, offer }) => (offer ? [] : [unknownOffer(item.reference, item.field)])),
        // The saga checks the stock, so the wanted quantity is 0 here.
        ...lines
          .flatMap(({ line, offer }) => validateOffer(line, offer, 0, now))
          .map(({ rejection }) => rejection),
        ...validateLines(wanted, now).map(({ rejection }) => rejection),
        ...wanted.flatMap((line) => validateSeatReferences(line, seats, line.field)),
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
