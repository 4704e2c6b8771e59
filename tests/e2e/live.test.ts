import type { FormattedExecutionResult } from 'graphql';
import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Client } from '../support/client.js';
import { Heard } from '../support/events.js';
import { administrator, anonymous, newUser } from '../support/gate.js';
import { stockLicences, stockOf } from '../support/shop.js';
import { until } from '../support/until.js';

type Event = FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>;
type Door = 'SSE' | 'WebSocket';
const doors: readonly Door[] = ['SSE', 'WebSocket'];

let admin: Client;
const heard: Heard<Event>[] = [];

beforeAll(async () => {
  admin = await administrator();
});
afterEach(async () => {
  await Promise.all(heard.splice(0).map((each) => each.stop()));
});

/** Listens at the public door, with the reference client of its protocol. */
function watch(door: Door, who: Client, query: string, variables: Record<string, unknown>): Heard<Event> {
  const authorization = who.accessToken === null ? {} : { authorization: `Bearer ${who.accessToken}` };
  const url = `${who.url}/graphql`;
  const stream =
    door === 'SSE'
      ? createEventClient({ url, retryAttempts: 0, headers: authorization }).iterate({ query, variables })
      : createSocketClient({
          url: url.replace('http', 'ws'),
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: authorization,
        }).iterate({ query, variables });
  const one = new Heard(stream as AsyncIterableIterator<Event>);
  heard.push(one);
  return one;
}

const checkoutUpdated = `subscription ($id: ID!) { checkoutUpdated(id: $id) {
  id status currentStep
  order { number items { title offer { id listing { title } } } customer { displayName } payment { status } tokens { code } }
} }`;

interface Update {
  status: string;
  order: {
    items: { offer: { id: string; listing: { title: string } } }[];
    customer: { displayName: string };
    payment: { status: string } | null;
    tokens: object[];
  };
}

/** A checkout that waits for its payment, so that what comes of it can be watched from here on. */
async function waiting(): Promise<{ buyer: Client; id: string; offerId: string; paymentId: string }> {
  const { offerId } = await stockLicences(admin, 5);
  const buyer = await newUser();
  await buyer.addToCart({ offerId });
  const id = await buyer.checkout({ payment: { method: 'CREDIT_CARD' } });
  const seen = await buyer.reaches(id, 'AWAITING_PAYMENT');
  return { buyer, id, offerId, paymentId: seen.order.payment?.id ?? '' };
}

const pay = (buyer: Client, id: string): Promise<unknown> =>
  buyer.do(
    `mutation ($id: ID!) { confirmPayment(id: $id, paymentMethodToken: "pm_card_visa") {
      payment { status } userErrors { code message } } }`,
    { id },
  );

describe('a checkout', () => {
  it.each(doors)('is followed to its end, with fields of every subgraph: %s', async (door) => {
    const { buyer, id, offerId, paymentId } = await waiting();
    const updates = watch(door, buyer, checkoutUpdated, { id });
    const first = (await updates.atLeast(1)).data?.['checkoutUpdated'] as Update;
    expect(first).toMatchObject({ status: 'AWAITING_PAYMENT', currentStep: 'PROCESS_PAYMENT' });
    await pay(buyer, paymentId);
    const all = (await updates.toEnd()).map((event) => {
      expect(event.errors).toBeUndefined();
      return event.data?.['checkoutUpdated'] as Update;
    });
    const last = all.at(-1);
    expect(last).toMatchObject({
      id,
      status: 'COMPLETED',
      order: {
        items: [{ offer: { id: offerId, listing: { title: expect.stringMatching(/^App /) as string } } }],
        customer: { displayName: expect.any(String) as string },
        payment: { status: 'SUCCEEDED' },
        tokens: [{ code: expect.stringMatching(/^LIC-/) as string }],
      },
    });
    // One that has ended says so, and ends.
    const late = await watch(door, buyer, checkoutUpdated, { id }).toEnd();
    expect(late.map(({ data }) => (data?.['checkoutUpdated'] as Update).status)).toEqual(['COMPLETED']);
  });

  it.each(doors)('of somebody else is not shown: %s', async (door) => {
    const { id } = await waiting();
    const codes = async (who: Client): Promise<unknown[]> => {
      const stream = watch(door, who, checkoutUpdated, { id });
      const failure = await stream.toEnd().then(
        (events) => events.flatMap(({ errors = [] }) => errors),
        () => stream.failure as NonNullable<Event['errors']>,
      );
      return failure.map(({ extensions }) => extensions?.['code']);
    };
    expect(await codes(await newUser())).toEqual(['FORBIDDEN']);
    expect(await codes(anonymous())).toEqual(['UNAUTHENTICATED']);
  });
});

it('an order tells of a refund that a person made', async () => {
  const { buyer, id, paymentId } = await waiting();
  await pay(buyer, paymentId);
  const { order } = await buyer.ended(id);
  const updates = watch(
    'SSE',
    buyer,
    'subscription ($id: ID!) { orderUpdated(id: $id) { paymentStatus refunded { amount } } }',
    { id: order.id },
  );
  expect((await updates.atLeast(1)).data).toEqual({
    orderUpdated: { paymentStatus: 'PAID', refunded: { amount: 0 } },
  });
  await admin.do(
    `mutation ($input: RefundInput!) { refundPayment(input: $input) { refund { id } userErrors { code message } } }`,
    {
      input: {
        paymentId,
        amount: { amount: 300, currency: 'EUR' },
        reason: 'It was late.',
        idempotencyKey: crypto.randomUUID(),
      },
    },
  );
  expect((await updates.atLeast(2)).data).toEqual({
    orderUpdated: { paymentStatus: 'PARTIALLY_REFUNDED', refunded: { amount: 300 } },
  });
});

it.each(doors)('anybody sees what is left of a listing while others buy: %s', async (door) => {
  const app = await stockLicences(admin, 50);
  const updates = watch(
    door,
    anonymous(),
    'subscription ($id: ID!) { availabilityChanged(listingId: $id) { id offers { availability { available } } } }',
    { id: app.listingId },
  );
  const buyer = await newUser();
  const buy = async (): Promise<unknown> => buyer.ended(await buyer.buy([{ offerId: app.offerId }]));
  // The stream tells of changes only: somebody buys until it is open.
  await until('the first event', async () => updates.events.length > 0 || (await buy(), false));
  await buy();
  const { available } = await stockOf(admin, app.offerId);
  await until('the last event to tell what is left', () => {
    const listing = updates.events.at(-1)?.data?.['availabilityChanged'] as Availability;
    return listing.offers[0]?.availability.available === available;
  });
});

interface Availability {
  offers: { availability: { available: number } }[];
}
