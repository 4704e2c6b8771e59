import { cacheDependenciesHeader, cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import { toApiId } from '@souk/shared/ids';
import { recordNotifications } from '../../../tests/support/recorded-notifications.js';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest, Made, TestPartner } from './support/catalog.js';
import { refusals, startCatalog } from './support/catalog.js';
import { replyCode, TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;
let seller: TestPartner;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

beforeEach(async () => {
  seller = await catalog.partner();
});

async function statusOf(offer: Made): Promise<unknown> {
  const { offers } = await catalog.query<{ offers: { availability: { status: string } }[] }>(
    'query ($ids: [ID!]!) { offers(ids: $ids) { availability { status } } }',
    { ids: [offer.id] },
  );
  return offers[0]?.availability.status;
}

test('nothing of a suspended seller is on sale, and all of it again once they are verified', async () => {
  const { offer } = await catalog.product({ onHand: 50 }, {}, seller);
  const { offer: other } = await catalog.product({ onHand: 50 }, {}, await catalog.partner());
  const concert = await catalog.concert({ rows: 1, seatsPerRow: 3 }, { user: seller });
  expect(await statusOf(offer)).toBe('IN_STOCK');
  await catalog.suspend(seller);
  expect(await statusOf(offer)).toBe('NOT_ON_SALE');
  expect(await statusOf(concert.offer)).toBe('NOT_ON_SALE');
  expect(await statusOf(other)).toBe('IN_STOCK');
  for (const line of [{ offer }, { offer: concert.offer, seats: concert.seats.slice(0, 1) }])
    expect(replyCode(await new TestCheckout(catalog, [line]).reserve())).toBe('NOT_ON_SALE');
  const hold = await catalog.mutate(
    'holdSeats($seatIds: [ID!]!)',
    'seats { id }',
    { seatIds: [concert.seats[1]?.id] },
    catalog.user(),
  );
  expect(refusals(hold)).toEqual(['INVALID seatIds.0']);
  expect(await catalog.stock(offer)).toMatchObject({ on_hand: 50, reserved: 0 });
  catalog.setPartnerStatus(seller.partnerId, seller.userId, 'VERIFIED');
  // A replica stores changes in their order.
  await catalog.partner();
  expect(await statusOf(offer)).toBe('IN_STOCK');
});

interface Lists {
  byId: object;
  bySlug: object;
  newest: List;
  found: List;
  own: List;
  _entities: { listings: List }[];
}

interface List {
  nodes: { id: string }[];
}

test('listings of a suspended seller leave every list, and can still be read by id and slug', async () => {
  const { listing } = await catalog.product({}, { title: 'Unmistakable lamp', slug: 'lamp' }, seller);
  const partner = toApiId('partner', seller.partnerId);
  const read = async (): Promise<Record<string, unknown>> => {
    const all = 'nodes { id } totalCount';
    const { byId, bySlug, newest, found, own, _entities } = await catalog.query<Lists>(
      `query ($id: ID!, $partner: ID!, $of: [_Any!]!) {
        byId: listing(id: $id) { id availability { status } }
        bySlug: listing(slug: "lamp") { id }
        newest: listings(first: 1) { ${all} }
        found: listings(filter: { search: "unmistakable" }) { ${all} }
        own: listings(filter: { partnerId: $partner }) { ${all} }
        _entities(representations: $of) { ... on Partner { listings { ${all} } } } }`,
      { id: listing.id, partner, of: [{ __typename: 'Partner', id: partner }] },
    );
    const ids = [newest, found, own, _entities[0]?.listings].map((page) => page?.nodes[0]?.id === listing.id);
    return { byId, bySlug, ids };
  };
  const shown = {
    byId: { id: listing.id, availability: { status: 'IN_STOCK' } },
    bySlug: { id: listing.id },
  };
  expect(await read()).toEqual({ ...shown, ids: [true, true, true, true] });
  const notifications = await recordNotifications(catalog.subgraph.dependencies.queues.changes('catalog'));
  const start = Date.now();
  try {
    await catalog.suspend(seller);
    // Gateways drop the lists that they have cached.
    await notifications.waitFor('content:any');
  } finally {
    notifications.stop();
  }
  expect(await read()).toEqual({
    byId: { id: listing.id, availability: { status: 'NOT_ON_SALE' } },
    bySlug: { id: listing.id },
    ids: [false, false, false, false],
  });
  expect(Date.now() - start).toBeLessThan(5_000);
});

test('what was held or sold before the suspension stays so', async () => {
  const { offer } = await catalog.product({ onHand: 5, maxPerOrder: 5 }, {}, seller);
  const [sold, held] = [new TestCheckout(catalog, [{ offer }]), new TestCheckout(catalog, [{ offer }])];
  expect(replyCode(await sold.reserve())).toBe('done');
  expect(replyCode(await sold.confirm())).toBe('done');
  expect(replyCode(await held.reserve())).toBe('done');
  await catalog.suspend(seller);
  // The buyer may have paid already.
  expect(replyCode(await held.confirm())).toBe('done');
  expect(await catalog.stock(offer)).toEqual({ on_hand: 3, reserved: 0, sold: 2 });
});

test('cached availability depends on the seller, whose change is announced', async () => {
  const { offer } = await catalog.product({}, {}, seller);
  const { gatewaySecret } = catalog.subgraph.dependencies;
  const result = await catalog.subgraph.app.execute({
    query: 'query ($id: ID!) { offer(id: $id) { availability { status } } }',
    variables: { id: offer.id },
    headers: {
      [cacheDependenciesHeader]: '1',
      ...(gatewaySecret !== null && { 'x-souk-gateway-secret': gatewaySecret }),
    },
  });
  const topic = `seller:${seller.partnerId}`;
  expect(cacheDependenciesOf(result)).toMatchObject({ isPrivate: false });
  expect(cacheDependenciesOf(result)?.topics).toContain(topic);
  const notifications = await recordNotifications(catalog.subgraph.dependencies.queues.changes('catalog'));
  try {
    await catalog.suspend(seller);
    await notifications.waitFor(topic);
  } finally {
    notifications.stop();
  }
});

test('subscribers of availability learn of a suspension', async () => {
  const { listing } = await catalog.product({}, {}, seller);
  const stream = await catalog.subgraph.watch(
    'subscription ($id: ID!) { availabilityChanged(listingId: $id) { offers { availability { status } } } }',
    { id: listing.id },
  );
  try {
    await catalog.suspend(seller);
    await until('the event', () => JSON.stringify(stream.events).includes('NOT_ON_SALE'));
  } finally {
    await stream.stop();
  }
});
