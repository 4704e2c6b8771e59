import type { TestClient } from '@souk/testing/test-client';
import { checkoutDeadlineMs } from '@souk/testing/test-client';
import type { RecordedStream } from '@souk/testing/recorded-stream';
import { administrator, anonymous, newUser } from '../support/suite-clients.js';
import { stockLicences } from '../support/shop.js';
import { until } from '../support/until.js';
import type { ReceivedEvent, StreamTransport } from '@souk/testing/subscription';
import { subscribe } from '@souk/testing/subscription';

interface Checkout {
  status: string;
  steps: { name: string; status: string }[];
  order: {
    status: string;
    customer: { displayName: string };
    items: { offer: { listing: { title: string } } }[];
    tokens: { code: string }[];
    payment: { status: string } | null;
  };
}

// Of order, and of account, catalog and payment.
const checkoutUpdated = `subscription ($id: ID!) {
  checkoutUpdated(id: $id) {
    status steps { name status }
    order { status customer { displayName } items { offer { listing { title } } } tokens { code } payment { status } }
  }
}`;

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

const codesOf = (stream: RecordedStream<ReceivedEvent<unknown>>): unknown[] =>
  stream.events.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));

const transports: readonly StreamTransport[] = ['SSE', 'WebSocket'];

it.each(transports)(
  'a buyer sees his checkout come to its end, with what every subgraph says of it: %s',
  async (transport) => {
    const { offerId, listingId } = await stockLicences(admin, 5);
    const buyer = await newUser();
    const id = await buyer.buy([{ offerId }]);
    const stream = subscribe<{ checkoutUpdated: Checkout }>(buyer, transport, checkoutUpdated, { id });
    const events = await stream.toEnd(checkoutDeadlineMs);
    expect(codesOf(stream)).toEqual([]);
    const last = events.at(-1)?.data?.checkoutUpdated;
    const { listing } = (await anonymous().run('query ($id: ID!) { listing(id: $id) { title } }', {
      id: listingId,
    })) as { listing: { title: string } };
    expect(last).toMatchObject({
      status: 'COMPLETED',
      order: {
        status: 'COMPLETED',
        items: [{ offer: { listing: { title: listing.title } } }],
        tokens: [{ code: expect.stringMatching(/^LIC-/) as string }],
        payment: { status: 'SUCCEEDED' },
      },
    });
    expect(last?.order.customer.displayName).not.toBe('');
    // A finished checkout sends its state and completes.
    const again = await subscribe<{ checkoutUpdated: Checkout }>(buyer, transport, checkoutUpdated, {
      id,
    }).toEnd();
    expect(again.map((event) => event.data?.checkoutUpdated.status)).toEqual(['COMPLETED']);
  },
);

it.each(transports)("somebody else's checkout is FORBIDDEN, and the stream ends: %s", async (transport) => {
  const { offerId } = await stockLicences(admin, 5);
  const buyer = await newUser();
  const id = await buyer.buy([{ offerId }]);
  const otherUser = subscribe(await newUser(), transport, checkoutUpdated, { id });
  await otherUser.toEnd();
  expect(codesOf(otherUser)).toEqual(['FORBIDDEN']);
  const unauthenticated = subscribe(anonymous(), transport, checkoutUpdated, { id });
  await unauthenticated.toEnd();
  expect(codesOf(unauthenticated)).toEqual(['UNAUTHENTICATED']);
});

it('anyone can watch availability while others buy', async () => {
  // More than are bought before both streams are open, however long that takes.
  const units = 200;
  const { offerId, listingId } = await stockLicences(admin, units);
  const subscription = `subscription ($id: ID!) {
    availabilityChanged(listingId: $id) { id title offers { availability { available status } } }
  }`;
  interface Changed {
    availabilityChanged: { offers: { availability: { available: number } }[] };
  }
  const stream = transports.map((transport) =>
    subscribe<Changed>(anonymous(), transport, subscription, { id: listingId }),
  );
  const buyer = await newUser();
  // The stream sends changes only: a buyer buys until both have received one.
  await until(
    'both streams have received a purchase',
    async () => {
      const seen = stream.every(({ events }) => events.length > 0);
      if (!seen) await buyer.untilEnded(await buyer.buy([{ offerId }]));
      return seen;
    },
    checkoutDeadlineMs,
  );
  for (const { events } of stream) {
    const left = events.map((event) => event.data?.availabilityChanged.offers[0]?.availability.available);
    expect(Math.min(...left.map((count) => count ?? Infinity))).toBeLessThan(units);
  }
  await Promise.all(stream.map((stream) => stream.stop()));
});

it('an order can be watched while it is cancelled', async () => {
  const { offerId } = await stockLicences(admin, 3);
  const buyer = await newUser();
  const { order } = await buyer.untilEnded(await buyer.buy([{ offerId }]));
  const stream = subscribe<{ orderUpdated: { status: string; payment: { status: string } } }>(
    buyer,
    'SSE',
    'subscription ($id: ID!) { orderUpdated(id: $id) { status payment { status } } }',
    { id: order.id },
  );
  expect((await stream.atLeast(1)).data?.orderUpdated.status).toBe('COMPLETED');
  await buyer.mutate(
    `mutation ($id: ID!, $key: String!) {
      cancelOrder(id: $id, reason: "No.", idempotencyKey: $key) { order { id } userErrors { code message } }
    }`,
    { id: order.id, key: crypto.randomUUID() },
  );
  await until(
    'the stream has received CANCELLED',
    () => stream.events.some((event) => event.data?.orderUpdated.status === 'CANCELLED'),
    checkoutDeadlineMs,
  );
  await stream.stop();
});

/** The notifications of a user, once the first has come. */
async function openedInbox(
  user: TestClient,
  transport: StreamTransport,
): Promise<RecordedStream<ReceivedEvent<{ notificationReceived: { type: string } }>>> {
  const stream = subscribe<{ notificationReceived: { type: string } }>(
    user,
    transport,
    'subscription { notificationReceived { type } }',
  );
  // The stream sends new notifications only: a user follows until it has received one.
  await until('a notification is received', async () => {
    if (stream.events.length > 0) return true;
    const follower = await newUser('follower');
    await follower.mutate(
      'mutation ($id: ID!) { follow(userId: $id) { user { id } userErrors { code message } } }',
      {
        id: user.userId,
      },
    );
    return false;
  });
  return stream;
}

it.each(transports)('notifications are pushed until the session ends: %s', async (transport) => {
  const user = await newUser();
  const stream = await openedInbox(user, transport);
  expect(stream.events[0]?.data?.notificationReceived.type).toBe('NEW_FOLLOWER');
  expect(stream.hasEnded).toBe(false);
  await user.mutate(
    'mutation ($token: String!) { logout(refreshToken: $token) { ok userErrors { code message } } }',
    {
      token: user.refreshToken,
    },
  );
  await until('the stream has ended', () => stream.hasEnded, 6_000);
  if (transport === 'SSE') expect(codesOf(stream)).toEqual(['UNAUTHENTICATED']);
  else expect(stream.failure?.cause).toMatchObject({ code: 4403 });
});
