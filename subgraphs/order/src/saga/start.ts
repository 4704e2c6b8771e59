import type { EntityManager } from 'typeorm';
import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { keyProblem, once } from '@souk/shared/db/idempotency';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection, Rejections } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { Orchestrator } from '@souk/shared/saga/orchestrator';
import { orRefusals } from '../domain/refusal.js';
import type { OpenCart } from '../domain/cart.js';
import { linesOf, lockedCart, lockForCheckout, openCart } from '../domain/cart.js';
import type { CatalogPort } from '../domain/catalog-port.js';
import type { CheckoutTerms, TermsInput } from '../domain/checkout-terms.js';
import { keyField, readTerms } from '../domain/checkout-terms.js';
import { newTransactionId } from '../domain/codes.js';
import type { ItemInput } from '../domain/item-input.js';
import { readItem, unknownOffer } from '../domain/item-input.js';
import { placeOrder } from '../domain/order.js';
import type { WantedLine } from '../domain/purchase-rules.js';
import { judgeLines, judgeOffer, maxLines } from '../domain/purchase-rules.js';
import { judgeSeatsOf, seatsToLookUp } from '../domain/seat-rules.js';
import { BackPressure } from './back-pressure.js';
import { checkoutSaga } from './checkout.js';
import type { CheckoutInput } from './checkout-input.js';

/** A checkout that was started, or had been by the same key. */
export interface StartedCheckout {
  /** UUID. */
  checkoutId: string;
  replayed: boolean;
}

const cartField = ['input', 'cartId'];
const itemsField = ['input', 'items'];
const holdMinutes = 10;

/** Starts checkouts: order, lock of the cart, saga and first command are one transaction. */
export class CheckoutStarter {
  readonly #database: Database;
  readonly #orchestrator: Orchestrator;
  readonly #catalog: CatalogPort;
  readonly #clock: Clock;
  readonly #paymentTimeoutMinutes: number;
  readonly #backPressure: BackPressure;

  constructor(options: {
    database: Database;
    orchestrator: Orchestrator;
    catalog: CatalogPort;
    clock: Clock;
    paymentTimeoutMinutes: number;
    /** Open sagas from which on no more are started. */
    maxOpen: number;
  }) {
    this.#database = options.database;
    this.#orchestrator = options.orchestrator;
    this.#catalog = options.catalog;
    this.#clock = options.clock;
    this.#paymentTimeoutMinutes = options.paymentTimeoutMinutes;
    this.#backPressure = new BackPressure(options);
  }

  /**
   * Checks a cart out: the caller's own, or the one that is named.
   * @throws Rejection CART_EMPTY, CART_LOCKED, NOT_FOUND, MAX_PER_ORDER, NOT_ON_SALE, SEAT_REQUIRED,
   * ADDRESS_REQUIRED, CURRENCY_MISMATCH, INVALID, all that are found at once; IDEMPOTENCY_CONFLICT; Unavailable
   * while too many sagas are open
   */
  async fromCart(
    userId: string,
    input: TermsInput & { cartId?: string | null | undefined },
  ): Promise<StartedCheckout> {
    return this.#once(userId, 'checkout', input, async (manager, outbox) => {
      await this.#backPressure.check(manager);
      const cart = openCart(manager, { userId, cartId: input.cartId ?? null, field: cartField });
      const { value: open, refusals } = await orRefusals(cart);
      const lines = linesOf(open?.items ?? [], cartField);
      const { terms, problems } = readTerms(input, lines);
      const judged = refusals.length > 0 ? refusals : this.#judgeCart(open, lines);
      Rejections.throwIfAny([...judged, ...problems]);
      return this.#start(manager, outbox, userId, lines, terms, open);
    });
  }

  /**
   * Buys items without a cart.
   * @throws Rejection as `fromCart`, without the cart's; Unavailable as well while catalog is away
   */
  async fromItems(
    userId: string,
    input: TermsInput & { items: readonly ItemInput[] },
  ): Promise<StartedCheckout> {
    try {
      // A key that was seen is answered though catalog may be away; no transaction is open while catalog is asked.
      return await this.#once(userId, 'createOrder', input, async (manager) => {
        await this.#backPressure.check(manager);
        throw new FirstSight();
      });
    } catch (error) {
      if (!(error instanceof FirstSight)) throw error;
    }
    const { lines, refusals } = await this.#linesFrom(input.items);
    const { terms, problems } = readTerms(input, lines);
    return this.#once(userId, 'createOrder', input, async (manager, outbox) => {
      Rejections.throwIfAny([...refusals, ...problems]);
      return this.#start(manager, outbox, userId, lines, terms, null);
    });
  }

  async #once(
    userId: string,
    operation: string,
    { idempotencyKey, ...rest }: TermsInput,
    work: (manager: EntityManager, outbox: Outbox) => Promise<string>,
  ): Promise<StartedCheckout> {
    const call = { caller: userId, operation, key: idempotencyKey, arguments: rest };
    return this.#database.transact(async (manager, outbox) => {
      // With what is no key nothing is begun: the work reads the terms, and refuses it beside all that is wrong.
      if (keyProblem(idempotencyKey, keyField))
        return { checkoutId: await work(manager, outbox), replayed: false };
      const { result, replayed } = await once(manager, call, keyField, () => work(manager, outbox));
      return { checkoutId: result, replayed };
    });
  }

  #judgeCart(open: OpenCart | null, lines: readonly WantedLine[]): Rejection[] {
    if (!open || lines.length === 0) {
      return [new Rejection('CART_EMPTY', 'There is nothing in the cart.', { field: cartField })];
    }
    const found = judgeLines(lines, this.#clock.now()).map(({ rejection: { code, message } }) => {
      return new Rejection(code, message, { field: cartField });
    });
    return open.cart.lockedBy === null ? found : [lockedCart(cartField), ...found];
  }

  async #linesFrom(items: readonly ItemInput[]): Promise<{ lines: WantedLine[]; refusals: Rejection[] }> {
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
        // Whether there is enough of it is the saga's to say: nothing is asked for here.
        ...lines
          .flatMap(({ line, offer }) => judgeOffer(line, offer, 0, now))
          .map(({ rejection }) => rejection),
        ...judgeLines(wanted, now).map(({ rejection }) => rejection),
        ...wanted.flatMap((line) => judgeSeatsOf(line, seats, line.field)),
      ],
    };
  }

  async #start(
    manager: EntityManager,
    outbox: Outbox,
    userId: string,
    lines: readonly WantedLine[],
    terms: CheckoutTerms,
    open: OpenCart | null,
  ): Promise<string> {
    await this.#backPressure.take(manager);
    const checkoutId = newId();
    const order = await placeOrder(manager, { customerId: userId, checkoutId, lines });
    if (open) await lockForCheckout(manager, open.cart, userId, checkoutId);
    const input: CheckoutInput = {
      orderId: order.id,
      orderNumber: order.number,
      userId,
      cartId: open?.cart.id ?? null,
      lines: order.lines.map(({ id, offerId, quantity, seatIds }) => ({
        lineId: id,
        offerId,
        quantity,
        seatIds,
      })),
      ...terms,
      holdUntil: new Date(this.#clock.now().getTime() + holdMinutes * 60_000).toISOString(),
      paymentTimeoutMinutes: this.#paymentTimeoutMinutes,
    };
    await this.#orchestrator.start(manager, outbox, checkoutSaga, {
      id: checkoutId,
      transactionId: newTransactionId(),
      input,
    });
    return checkoutId;
  }
}

/** The key had not been seen: nothing was written. */
class FirstSight extends Error {}
