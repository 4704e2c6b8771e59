import { setTimeout as sleep } from 'node:timers/promises';
import type { StripeSimulator } from '@souk/testing/stripe-simulator';
import { until } from '../support/until.js';
import type { Buyer } from './buyer.js';
import type { PlannedCheckout } from './plan.js';
import type { Shop } from './shop.js';
import { isAnswered } from './simulator-call.js';

/** The result of a checkout as its buyer saw it. */
export interface ScenarioResult {
  planned: PlannedCheckout;
  /** Null where the mutation rejected it. */
  checkoutId: string | null;
  /** Whether the first response was lost and the idempotency key returned it again. */
  replayed: boolean;
  /**
   * COMPLETED, FAILED PAYMENT_DECLINED, CANCELLED (after it was completed), PARTLY CANCELLED,
   * NEEDS_ATTENTION, refused SEAT_UNAVAILABLE...
   */
  outcome: string;
}

/** Shared inputs of all scenarios. */
export interface ScenarioContext {
  shop: Shop;
  buyers: readonly Buyer[];
  simulator: StripeSimulator;
}

interface CheckoutState {
  status: string;
  expiresAt: string | null;
  failure: { code: string } | null;
  order: { id: string; status: string };
}

interface UserError {
  code: string;
  message: string;
}

const endDeadlineMs = 240_000;
const ended = ['COMPLETED', 'FAILED', 'NEEDS_ATTENTION'];
/** Rejections caused by other buyers or by the buyer's own unpaid holdings. */
const expected = ['INSUFFICIENT_STOCK', 'SEAT_UNAVAILABLE', 'MAX_PER_ORDER', 'TOO_MANY_OPEN_CHECKOUTS'];

/** Runs one checkout from cart to end, despite injected faults. @throws on an unexpected rejection */
export async function runScenario(
  context: ScenarioContext,
  planned: PlannedCheckout,
): Promise<ScenarioResult> {
  const buyer = context.buyers[planned.buyer];
  if (!buyer) throw new Error(`There is no buyer ${planned.buyer}.`);
  const scenario = new Scenario(context, buyer, planned);
  return planned.fromCart ? buyer.withCart(() => scenario.run()) : scenario.run();
}

class Refused extends Error {
  readonly code: string;

  constructor({ code, message }: UserError) {
    super(`Refused: ${code}, ${message}`);
    this.code = code;
  }
}

class Scenario {
  readonly #context: ScenarioContext;
  readonly #buyer: Buyer;
  readonly #planned: PlannedCheckout;

  constructor(context: ScenarioContext, buyer: Buyer, planned: PlannedCheckout) {
    this.#context = context;
    this.#buyer = buyer;
    this.#planned = planned;
  }

  async run(): Promise<ScenarioResult> {
    const planned = this.#planned;
    let begun: { checkoutId: string; replayed: boolean };
    try {
      begun = planned.fromCart ? await this.#fromCart() : await this.#atOnce();
    } catch (error) {
      if (!(error instanceof Refused) || !expected.includes(error.code)) throw error;
      return { planned, checkoutId: null, replayed: false, outcome: `refused ${error.code}` };
    }
    const { checkoutId } = begun;
    if (planned.confirmation !== null) await this.#confirm(checkoutId);
    const end = await this.#reaches(checkoutId, ended);
    return { planned, ...begun, outcome: await this.#outcomeOf(end) };
  }

  async #outcomeOf({ status, failure, order }: CheckoutState): Promise<string> {
    if (status === 'FAILED') return `FAILED ${failure?.code ?? ''}`;
    if (status === 'COMPLETED' && this.#planned.kind === 'cancelled') return this.#cancel(order.id);
    if (status === 'COMPLETED' && this.#planned.kind === 'partlyCancelled') return this.#cancelUnit(order.id);
    return status;
  }

  async #fromCart(): Promise<{ checkoutId: string; replayed: boolean }> {
    // An add whose answer was lost may have been done: begun anew, with an empty cart.
    while (!(await this.#fill()));
    return this.#begin(
      `mutation ($input: CheckoutInput!) {
        checkout(input: $input) { checkout { id } replayed userErrors { code message } }
      }`,
      {},
    );
  }

  /** Fills the cart. False if its contents are unknown. */
  async #fill(): Promise<boolean> {
    const contents = { areKnown: true };
    await this.#clear();
    try {
      for (const item of this.#items()) {
        await this.#do(
          `mutation ($item: CartItemInput!) { addToCart(item: $item) { userErrors { code message } } }`,
          { item },
          () => {
            contents.areKnown = false;
          },
        );
      }
    } catch (error) {
      // A seat that stands in the cart already is refused, for one.
      if (contents.areKnown || !(error instanceof Refused)) throw error;
    }
    return contents.areKnown;
  }

  async #clear(): Promise<void> {
    try {
      await this.#do(`mutation { clearCart { userErrors { code message } } }`, {});
    } catch (error) {
      // A buyer who has never added an item has no cart.
      if (!(error instanceof Refused) || error.code !== 'NOT_FOUND') throw error;
    }
  }

  #atOnce(): Promise<{ checkoutId: string; replayed: boolean }> {
    return this.#begin(
      `mutation ($input: CreateOrderInput!) {
        createOrder(input: $input) { checkout { id } replayed userErrors { code message } }
      }`,
      { items: this.#items() },
    );
  }

  async #begin(query: string, what: object): Promise<{ checkoutId: string; replayed: boolean }> {
    const { card } = this.#planned;
    const payment = { method: 'CREDIT_CARD', ...(card !== null && { paymentMethodToken: card }) };
    const input = { ...what, idempotencyKey: crypto.randomUUID(), payment };
    const payload = (await this.#do(query, { input })) as { checkout: { id: string }; replayed: boolean };
    return { checkoutId: payload.checkout.id, replayed: payload.replayed };
  }

  #items(): object[] {
    const { offers, seatIds } = this.#context.shop;
    return this.#planned.items.map(({ offer, quantity, seats }) => ({
      offerId: offers[offer].offerId,
      quantity,
      ...(seats.length > 0 && { seatIds: seats.map((seat) => seatIds[seat]) }),
    }));
  }

  async #confirm(checkoutId: string): Promise<void> {
    const waiting = await this.#reaches(checkoutId, ['AWAITING_PAYMENT', ...ended]);
    if (waiting.status !== 'AWAITING_PAYMENT') return;
    const { id, intentId } = await this.#payment(checkoutId);
    const { simulator } = this.#context;
    const onPage = (): Promise<unknown> =>
      until(
        'the payment is confirmed at the provider',
        () => isAnswered(simulator.confirm(intentId)),
        60_000,
      );
    const { confirmation, pauseMs } = this.#planned;
    switch (confirmation) {
      case 'buyer':
        await sleep(pauseMs);
        return this.#confirmAsBuyer(id);
      case 'provider':
        await sleep(pauseMs);
        await onPage();
        return;
      case 'both':
        await sleep(pauseMs);
        await Promise.all([this.#confirmAsBuyer(id), onPage()]);
        return;
      case 'authentication':
        await sleep(pauseMs);
        await until(
          'the payment is authenticated at the provider',
          () => isAnswered(simulator.authenticate(intentId)),
          60_000,
        );
        return;
      case 'last moment':
        // A little before the end of the wait, or a little after it.
        await sleep(Date.parse(waiting.expiresAt ?? '') - Date.now() + pauseMs - 1_000);
        await onPage();
        return;
      case null:
    }
  }

  async #payment(checkoutId: string): Promise<{ id: string; intentId: string }> {
    const data = (await this.#buyer.execute(
      'query ($id: ID!) { checkout(id: $id) { order { payment { id providerPaymentId } } } }',
      { id: checkoutId },
    )) as { checkout: { order: { payment: { id: string; providerPaymentId: string } } } };
    const { id, providerPaymentId } = data.checkout.order.payment;
    return { id, intentId: providerPaymentId };
  }

  /** Accepts any response: the payment may have expired, or an earlier attempt may have paid it. */
  async #confirmAsBuyer(id: string): Promise<void> {
    await this.#buyer.execute(
      `mutation ($id: ID!) {
        confirmPayment(id: $id, paymentMethodToken: "pm_card_visa") { payment { status } userErrors { code message } }
      }`,
      { id },
    );
  }

  async #cancel(orderId: string): Promise<string> {
    await this.#do(
      `mutation ($id: ID!, $key: String!) {
        cancelOrder(id: $id, reason: "I cannot come.", idempotencyKey: $key) { userErrors { code message } }
      }`,
      { id: orderId, key: crypto.randomUUID() },
    );
    await until(
      `order ${orderId} is CANCELLED`,
      async () => {
        const data = (await this.#buyer.execute('query ($id: ID!) { order(id: $id) { status } }', {
          id: orderId,
        })) as { order: { status: string } };
        return data.order.status === 'CANCELLED';
      },
      endDeadlineMs,
    );
    return 'CANCELLED';
  }

  /** Cancels the last unit of the first line. */
  async #cancelUnit(orderId: string): Promise<string> {
    const [item] = await this.#itemsOf(orderId);
    if (!item) throw new Error(`Order ${orderId} has no item.`);
    const seatIds = item.seats.slice(-1).map(({ id }) => id);
    await this.#do(
      `mutation ($id: ID!, $items: [CancelItemInput!]!, $key: String!) {
        cancelOrderItems(orderId: $id, items: $items, reason: "One of us cannot come.", idempotencyKey: $key) {
          userErrors { code message }
        }
      }`,
      {
        id: orderId,
        items: [{ itemId: item.id, quantity: 1, ...(seatIds.length > 0 && { seatIds }) }],
        key: crypto.randomUUID(),
      },
    );
    await until(
      `a unit of order ${orderId} is cancelled and refunded`,
      async () => {
        const data = (await this.#buyer.execute(
          'query ($id: ID!) { order(id: $id) { refunded { amount } } }',
          {
            id: orderId,
          },
        )) as { order: { refunded: { amount: number } } };
        return data.order.refunded.amount > 0;
      },
      endDeadlineMs,
    );
    return 'PARTLY CANCELLED';
  }

  async #itemsOf(orderId: string): Promise<{ id: string; seats: { id: string }[] }[]> {
    const data = (await this.#buyer.execute(
      'query ($id: ID!) { order(id: $id) { items { id seats { id } } } }',
      { id: orderId },
    )) as { order: { items: { id: string; seats: { id: string }[] }[] } };
    return data.order.items;
  }

  async #reaches(checkoutId: string, statuses: readonly string[]): Promise<CheckoutState> {
    return until(
      `checkout ${checkoutId} is ${statuses.join(' or ')}`,
      async () => {
        const { checkout } = (await this.#buyer.execute(
          'query ($id: ID!) { checkout(id: $id) { status expiresAt failure { code } order { id status } } }',
          { id: checkoutId },
        )) as { checkout: CheckoutState };
        return statuses.includes(checkout.status) ? checkout : null;
      },
      endDeadlineMs,
    );
  }

  async #do(query: string, variables: Record<string, unknown>, onRepeat?: () => void): Promise<unknown> {
    const data = (await this.#buyer.execute(query, variables, onRepeat)) as Record<
      string,
      { userErrors: UserError[] }
    >;
    const [payload] = Object.values(data);
    const [refusal] = payload?.userErrors ?? [];
    if (refusal) throw new Refused(refusal);
    return payload;
  }
}
