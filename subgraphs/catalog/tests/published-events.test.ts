import { randomUUID } from 'node:crypto';
import { expireReservationsOf } from '@souk/catalog/domain/stock/hold-expiry';
import { announceStarts } from '@souk/catalog/domain/offer/start-reminder';
import { remindOfHolds } from '@souk/catalog/domain/reservation/seat-hold-reminder';
import { publishRestocks } from '@souk/catalog/domain/stock/restock';
import { notImplemented } from '@souk/catalog/resolvers/not-implemented';
import type { AuditAction } from '@souk/shared/contracts/audit';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { Database } from '@souk/shared/db/database';
import { fromApiId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { ExpectedAction, ExpectedEvent, MutationCase } from '../../../tests/support/published-events.js';
import { implementedMutations, PublishedEvents } from '../../../tests/support/published-events.js';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest, Made, TestPartner } from './support/catalog.js';
import { eur, inHours, startCatalog } from './support/catalog.js';
import { TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;
let seller: TestPartner;
let published: PublishedEvents;

beforeAll(async () => {
  catalog = await startCatalog();
  seller = await catalog.partner();
  published = new PublishedEvents();
});

afterAll(async () => {
  published.stop();
  await catalog.close();
});

const by = ({ authorization, userId }: TestUser): Pick<MutationCase, 'authorization' | 'actorId'> => ({
  authorization,
  actorId: userId,
});

function uuidOf(type: Parameters<typeof fromApiId>[0], node: unknown): string {
  return fromApiId(type, (node as { id: string }).id) ?? '';
}

/** The event of a listing's change. */
function listingEvent(event: ExpectedEvent['event'], listingId: string, payload: object): ExpectedEvent {
  return { event, aggregate: listingId, payload: { listingId, partnerId: seller.partnerId, ...payload } };
}

const actionOf = (verb: 'CREATE' | 'UPDATE', kind: string): AuditAction =>
  `${verb}_${kind.toUpperCase()}` as AuditAction;

/** A creation, or one of the further changes, as the audit log has it. */
function action(
  name: AuditAction,
  targetId: string,
  before: ExpectedAction['before'],
  after: ExpectedAction['after'],
): ExpectedAction {
  return { action: name, targetId, before, after };
}

function creation(kind: 'Product' | 'Tour' | 'App' | 'Event', own: object = {}): MutationCase {
  const listing = { title: `A new ${kind}`, tags: ['new'], summary: 'Short' };
  return {
    query: `mutation ($input: ${kind}Input!) {
      create${kind}(input: $input) { listing { id slug } userErrors { code } } }`,
    variables: { input: { listing, ...own } },
    ...by(seller),
    publishes: ({ listing: created }) => [
      listingEvent(catalogEvents.listingCreated, uuidOf('listing', created), {
        kind: kind.toUpperCase(),
        status: 'DRAFT',
        slug: (created as { slug: string }).slug,
        priceRange: null,
        categoryId: null,
        ...listing,
      }),
    ],
    audits: ({ listing: created }) => [
      {
        action: actionOf('CREATE', kind),
        targetId: uuidOf('listing', created),
        before: null,
        after: {
          ...listing,
          slug: (created as { slug: string }).slug,
          language: 'en',
          partnerId: toApiId('partner', seller.partnerId),
          ...(JSON.parse(JSON.stringify(own)) as object),
        },
      },
    ],
  };
}

/** A change of a draft's own fields and its slug. */
async function change(
  kind: 'Product' | 'Tour' | 'App' | 'Event',
  own: Record<string, unknown>,
): Promise<MutationCase> {
  const draft = await catalog.draft(kind, { listing: { title: `An old ${kind}` } }, seller);
  const slug = `new-${kind.toLowerCase()}`;
  const listing = { title: `A changed ${kind}`, slug };
  return {
    query: `mutation ($id: ID!, $input: ${kind}Input!) {
      update${kind}(id: $id, input: $input) { userErrors { code } } }`,
    variables: { id: draft.id, input: { listing, ...own } },
    ...by(seller),
    publishes: () => [
      listingEvent(catalogEvents.listingUpdated, draft.uuid, {
        kind: kind.toUpperCase(),
        slug,
        title: listing.title,
        changed: ['slug', 'title', ...Object.keys(own)],
      }),
    ],
    audits: () => [
      action(
        actionOf('UPDATE', kind),
        draft.uuid,
        {
          slug: expect.any(String) as unknown,
          title: `An old ${kind}`,
          ...Object.fromEntries(Object.keys(own).map((name) => [name, null])),
        },
        { slug, title: listing.title, ...own },
      ),
    ],
    repeatChangesNothing: true,
  };
}

async function pricedDraft(): Promise<Made> {
  const draft = await catalog.draft('Product', { listing: { title: 'Boots' } }, seller);
  await catalog.offer(draft, { price: eur(4_000), onHand: 3 }, seller);
  return draft;
}

async function makeCategory(name: string): Promise<Made> {
  const { category } = await catalog.mutate<{ category: { id: string } }>(
    'createCategory($name: String!)',
    'category { id }',
    { name },
  );
  return { id: category.id, uuid: uuidOf('category', category) };
}

interface SeatsCase {
  listing: Made;
  seats: Made[];
}

function seatsMutation(head: string, { seats }: SeatsCase): Pick<MutationCase, 'query' | 'variables'> {
  return {
    query: `mutation ($seatIds: [ID!]!) { ${head} { heldUntil userErrors { code } } }`,
    variables: { seatIds: seats.map(({ id }) => id) },
  };
}

function seatsEvent(
  event: ExpectedEvent['event'],
  { listing, seats }: SeatsCase,
  payload: object = {},
): ExpectedEvent {
  return {
    event,
    aggregate: listing.uuid,
    payload: {
      listingId: listing.uuid,
      seatIds: expect.arrayContaining(seats.map(({ uuid }) => uuid)) as unknown,
      ...payload,
    },
  };
}

const threeSeats = (): Promise<SeatsCase> => catalog.concert({ rows: 1, seatsPerRow: 3 }, { user: seller });

/** One case for each implemented mutation. */
const cases: Record<string, () => Promise<MutationCase> | MutationCase> = {
  createProduct: () => creation('Product'),
  createTour: () => creation('Tour'),
  createApp: () => creation('App', { version: '1.0' }),
  createEvent: async () => {
    const venue = await catalog.venue([], {}, seller);
    return creation('Event', { venueId: venue.id, startsAt: inHours(48), endsAt: inHours(50) });
  },
  updateProduct: () => change('Product', { brand: 'Acme' }),
  updateTour: () => change('Tour', { location: 'Faro', durationMinutes: 60 }),
  updateApp: () => change('App', { platforms: ['linux'] }),
  updateEvent: () => change('Event', { endsAt: '2030-01-01T00:00:00.000Z' }),
  deleteListing: async () => {
    const draft = await pricedDraft();
    return {
      query: 'mutation ($id: ID!) { deleteListing(id: $id) { userErrors { code } } }',
      variables: { id: draft.id },
      ...by(seller),
      publishes: () => [
        {
          event: catalogEvents.listingDeleted,
          aggregate: draft.uuid,
          payload: { listingId: draft.uuid },
        },
      ],
      audits: () => [
        action(
          'DELETE_LISTING',
          draft.uuid,
          {
            kind: 'PRODUCT',
            slug: expect.any(String) as unknown,
            title: 'Boots',
            status: 'DRAFT',
            partnerId: toApiId('partner', seller.partnerId),
          },
          null,
        ),
      ],
      repeatChangesNothing: true,
    };
  },
  publishListing: async () => {
    const draft = await pricedDraft();
    return {
      query: 'mutation ($id: ID!) { publishListing(id: $id) { userErrors { code } } }',
      variables: { id: draft.id },
      ...by(seller),
      publishes: () => [
        listingEvent(catalogEvents.listingPublished, draft.uuid, {
          status: 'PUBLISHED',
          title: 'Boots',
          priceRange: { min: eur(4_000), max: eur(4_000) },
        }),
      ],
      audits: () => [action('PUBLISH_LISTING', draft.uuid, { status: 'DRAFT' }, { status: 'PUBLISHED' })],
      repeatChangesNothing: true,
    };
  },
  archiveListing: async () => {
    const { listing } = await catalog.product({}, {}, seller);
    return {
      query: 'mutation ($id: ID!) { archiveListing(id: $id) { userErrors { code } } }',
      variables: { id: listing.id },
      ...by(catalog.admin),
      publishes: () => [listingEvent(catalogEvents.listingArchived, listing.uuid, { status: 'ARCHIVED' })],
      audits: () => [
        action('ARCHIVE_LISTING', listing.uuid, { status: 'PUBLISHED' }, { status: 'ARCHIVED' }),
      ],
      repeatChangesNothing: true,
    };
  },
  createImageUpload: () => ({
    query: 'mutation { createImageUpload { upload { imageId } userErrors { code } } }',
    ...by(seller),
    publishes: ({ upload }) => {
      const imageId = fromApiId('image', (upload as { imageId: string }).imageId) ?? '';
      return [
        {
          event: catalogEvents.imageUploadCreated,
          aggregate: imageId,
          payload: { imageId, partnerId: seller.partnerId },
        },
      ];
    },
    audits: ({ upload }) => [
      action('CREATE_IMAGE_UPLOAD', fromApiId('image', (upload as { imageId: string }).imageId) ?? '', null, {
        partnerId: toApiId('partner', seller.partnerId),
      }),
    ],
  }),
  createOffer: async () => {
    const draft = await pricedDraft();
    const upc = randomUUID();
    return {
      query: `mutation ($listingId: ID!, $input: OfferInput!) {
        createOffer(listingId: $listingId, input: $input) { offer { id } userErrors { code } } }`,
      variables: {
        listingId: draft.id,
        input: { upc, title: 'Size 44', price: eur(5_000), onHand: 7, compareAtPrice: eur(6_000) },
      },
      ...by(seller),
      publishes: ({ offer }) => [
        {
          event: catalogEvents.offerCreated,
          aggregate: draft.uuid,
          payload: {
            offerId: uuidOf('offer', offer),
            upc,
            title: 'Size 44',
            price: eur(5_000),
            compareAtPrice: eur(6_000),
            onHand: 7,
            seated: false,
            startsAt: null,
            salesStartAt: null,
            salesEndAt: null,
            listing: expect.objectContaining({
              listingId: draft.uuid,
              priceRange: { min: eur(4_000), max: eur(5_000) },
            }) as unknown,
          },
        },
      ],
      audits: ({ offer }) => [
        action('CREATE_OFFER', uuidOf('offer', offer), null, {
          listingId: draft.id,
          ...{ upc, title: 'Size 44', price: eur(5_000), compareAtPrice: eur(6_000), onHand: 7 },
          maxPerOrder: 10,
          ...{ salesStartAt: null, salesEndAt: null, startsAt: null },
        }),
      ],
      repeatChangesNothing: true,
    };
  },
  updateOffer: async () => {
    const { listing, offer } = await catalog.product({ price: eur(1_000) }, {}, seller);
    return {
      query: `mutation ($id: ID!, $input: OfferInput!) {
        updateOffer(id: $id, input: $input) { userErrors { code } } }`,
      variables: { id: offer.id, input: { price: eur(900), title: 'Cheap' } },
      ...by(seller),
      publishes: () => [
        {
          event: catalogEvents.offerUpdated,
          aggregate: listing.uuid,
          payload: {
            offerId: offer.uuid,
            title: 'Cheap',
            price: eur(900),
            changed: ['priceAmount', 'title'],
            listing: expect.objectContaining({ priceRange: { min: eur(900), max: eur(900) } }) as unknown,
          },
        },
        {
          event: catalogEvents.offerPriceLowered,
          aggregate: listing.uuid,
          payload: {
            ...{ offerId: offer.uuid, listingId: listing.uuid, title: 'Cheap', listingTitle: 'A book' },
            ...{ price: eur(900), previousPrice: eur(1_000) },
          },
        },
      ],
      audits: () => [
        action(
          'UPDATE_OFFER',
          offer.uuid,
          { title: expect.any(String) as unknown, price: eur(1_000) },
          { title: 'Cheap', price: eur(900) },
        ),
      ],
      repeatChangesNothing: true,
    };
  },
  adjustStock: async () => {
    const { listing, offer } = await catalog.product({ onHand: 5 }, {}, seller);
    const input = { offerId: offer.id, delta: -2, reason: 'Damaged', idempotencyKey: randomUUID() };
    return {
      query: 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { code } } }',
      variables: { input },
      ...by(seller),
      publishes: () => [
        {
          event: catalogEvents.stockAdjusted,
          aggregate: listing.uuid,
          payload: {
            offerId: offer.uuid,
            listingId: listing.uuid,
            delta: -2,
            onHand: 3,
            reason: 'Damaged',
          },
        },
      ],
      audits: () => [action('ADJUST_STOCK', offer.uuid, { onHand: 5 }, { onHand: 3, reason: 'Damaged' })],
      repeatChangesNothing: true,
    };
  },
  createVenue: () => {
    const input = { name: 'Hall', address: 'Rua 1', city: 'Porto', countryCode: 'PT', capacity: 80 };
    return {
      query: `mutation ($input: VenueInput!) {
        createVenue(input: $input) { venue { id } userErrors { code } } }`,
      variables: { input },
      ...by(seller),
      publishes: ({ venue }) => [
        {
          event: catalogEvents.venueCreated,
          aggregate: uuidOf('venue', venue),
          payload: {
            venueId: uuidOf('venue', venue),
            partnerId: seller.partnerId,
            name: 'Hall',
            city: 'Porto',
            countryCode: 'PT',
            timeZone: null,
            capacity: 80,
          },
        },
      ],
      audits: ({ venue }) => [
        action('CREATE_VENUE', uuidOf('venue', venue), null, {
          ...input,
          ...{ latitude: null, longitude: null, timeZone: null, sections: [] },
          partnerId: toApiId('partner', seller.partnerId),
        }),
      ],
    };
  },
  updateVenue: async () => {
    const venue = await catalog.venue([], { name: 'Old' }, seller);
    const input = { name: 'New', address: 'Rua 1', city: 'Lisbon', countryCode: 'PT', capacity: 9 };
    return {
      query: `mutation ($id: ID!, $input: VenueInput!) {
        updateVenue(id: $id, input: $input) { userErrors { code } } }`,
      variables: { id: venue.id, input },
      ...by(seller),
      publishes: () => [
        {
          event: catalogEvents.venueUpdated,
          aggregate: venue.uuid,
          payload: {
            venueId: venue.uuid,
            partnerId: seller.partnerId,
            name: 'New',
            capacity: 9,
            changed: ['name', 'capacity'],
          },
        },
      ],
      audits: () => [
        action(
          'UPDATE_VENUE',
          venue.uuid,
          { name: 'Old', capacity: expect.any(Number) as unknown },
          { name: 'New', capacity: 9 },
        ),
      ],
      repeatChangesNothing: true,
    };
  },
  updateCategory: async () => {
    const { id, uuid } = await makeCategory('Old category');
    return {
      query: 'mutation ($id: ID!) { updateCategory(id: $id, name: "New category") { userErrors { code } } }',
      variables: { id },
      ...by(catalog.admin),
      publishes: () => [
        {
          event: catalogEvents.categoryUpdated,
          aggregate: uuid,
          payload: {
            categoryId: uuid,
            name: 'New category',
            slug: 'old-category',
            parentId: null,
            changed: ['name'],
          },
        },
      ],
      audits: () => [action('UPDATE_CATEGORY', uuid, { name: 'Old category' }, { name: 'New category' })],
      repeatChangesNothing: true,
    };
  },
  deleteCategory: async () => {
    const { id, uuid } = await makeCategory('Empty category');
    return {
      query: 'mutation ($id: ID!) { deleteCategory(id: $id) { userErrors { code } } }',
      variables: { id },
      ...by(catalog.admin),
      publishes: () => [
        { event: catalogEvents.categoryDeleted, aggregate: uuid, payload: { categoryId: uuid } },
      ],
      audits: () => [
        action(
          'DELETE_CATEGORY',
          uuid,
          { name: 'Empty category', slug: 'empty-category', parentId: null },
          null,
        ),
      ],
      repeatChangesNothing: true,
    };
  },
  createCategory: () => ({
    query: `mutation {
      createCategory(name: "Garden", slug: "garden-things") { category { id } userErrors { code } } }`,
    ...by(catalog.admin),
    publishes: ({ category }) => [
      {
        event: catalogEvents.categoryCreated,
        aggregate: uuidOf('category', category),
        payload: {
          categoryId: uuidOf('category', category),
          name: 'Garden',
          slug: 'garden-things',
          parentId: null,
        },
      },
    ],
    audits: ({ category }) => [
      action('CREATE_CATEGORY', uuidOf('category', category), null, {
        name: 'Garden',
        slug: 'garden-things',
        parentId: null,
      }),
    ],
    repeatChangesNothing: true,
  }),
  holdSeats: async () => {
    const concert = await threeSeats();
    const buyer = catalog.user();
    return {
      ...seatsMutation('holdSeats(seatIds: $seatIds)', concert),
      ...by(buyer),
      publishes: ({ heldUntil }) => [
        seatsEvent(catalogEvents.seatsHeld, concert, { userId: buyer.userId, heldUntil }),
      ],
    };
  },
  releaseSeats: async () => {
    const concert = await threeSeats();
    const buyer = catalog.user();
    await catalog.mutate(
      'holdSeats($seatIds: [ID!]!)',
      'heldUntil',
      { seatIds: concert.seats.map(({ id }) => id) },
      buyer,
    );
    return {
      ...seatsMutation('releaseSeats(seatIds: $seatIds)', concert),
      ...by(buyer),
      publishes: () => [seatsEvent(catalogEvents.seatsReleased, concert, { userId: buyer.userId })],
      repeatChangesNothing: true,
    };
  },
  holdCartSeats: async () => {
    const concert = await threeSeats();
    return {
      ...seatsMutation(
        'holdCartSeats(seatIds: $seatIds, cartDigests: ["0f8fad5b-d9cb-469f-a165-70867728950e"])',
        concert,
      ),
      authorization: null,
      actorId: null,
      publishes: ({ heldUntil }) => [
        seatsEvent(catalogEvents.seatsHeld, concert, { userId: null, heldUntil }),
      ],
    };
  },
  releaseCartSeats: async () => {
    const concert = await threeSeats();
    const buyer = catalog.user();
    await catalog.mutate(
      'holdSeats($seatIds: [ID!]!)',
      'heldUntil',
      { seatIds: concert.seats.map(({ id }) => id) },
      buyer,
    );
    return {
      ...seatsMutation(
        `releaseCartSeats(seatIds: $seatIds, userId: "${buyer.userId}", cartDigests: [])`,
        concert,
      ),
      authorization: null,
      actorId: null,
      publishes: () => [seatsEvent(catalogEvents.seatsReleased, concert, { userId: buyer.userId })],
      repeatChangesNothing: true,
    };
  },
  blockSeats: async () => {
    const concert = await threeSeats();
    return {
      ...seatsMutation('blockSeats(seatIds: $seatIds, blocked: true)', concert),
      ...by(seller),
      publishes: () => [seatsEvent(catalogEvents.seatsBlocked, concert)],
      audits: () => {
        const seats = expect.arrayContaining(concert.seats.map(({ id }) => id)) as unknown;
        const { uuid } = concert.listing;
        return [action('BLOCK_SEATS', uuid, { seats, blocked: false }, { seats, blocked: true })];
      },
      repeatChangesNothing: true,
    };
  },
};

test('the events of a listing carry what an index needs', async () => {
  const venue = await catalog.venue([], {}, seller);
  const [startsAt, endsAt] = ['2030-01-01T20:00:00.000Z', '2030-01-01T22:00:00.000Z'];
  const before = published.all.length;
  const event = await catalog.draft(
    'Event',
    { listing: { title: 'Gig', description: 'Loud' }, venueId: venue.id, startsAt, endsAt },
    seller,
  );
  await catalog.offer(event, {}, seller);
  await catalog.publish(event, seller);
  const [created, , announced] = published.all.slice(before).map(({ payload }) => payload);
  const index = { description: 'Loud', venueId: venue.uuid, startsAt, endsAt, revision: 1, brand: null };
  expect(created).toMatchObject({ ...index, status: 'DRAFT', publishedAt: null, priceRange: null });
  expect(announced).toMatchObject({ ...index, status: 'PUBLISHED', priceRange: { min: eur(1_000) } });
  expect(announced).toHaveProperty('publishedAt', expect.stringMatching(/Z$/));
});

test('has a case for every implemented mutation', () => {
  expect(Object.keys(cases).sort()).toEqual(implementedMutations('catalog', notImplemented));
});

test.each(Object.entries(cases))('%s publishes what it changes', async (name, prepare) => {
  await published.expectFrom(catalog.subgraph.app, name, await prepare());
});

test('seats of two listings: one event for each; only seats that change are named', async () => {
  const [first, second] = [await threeSeats(), await threeSeats()];
  const seatIds = [...first.seats, ...second.seats].map(({ id }) => id);
  const block = (ids: string[], blocked: boolean): Promise<unknown> =>
    catalog.mutate(
      'blockSeats($seatIds: [ID!]!, $blocked: Boolean!)',
      'heldUntil',
      { seatIds: ids, blocked },
      seller,
    );
  await block([seatIds[0]!], true);
  const before = published.all.length;
  await block(seatIds, true);
  await block(seatIds, false);
  await block(seatIds, false);
  const left = { ...first, seats: first.seats.slice(1) };
  const expected = [
    seatsEvent(catalogEvents.seatsBlocked, left),
    seatsEvent(catalogEvents.seatsBlocked, second),
    seatsEvent(catalogEvents.seatsUnblocked, first),
    seatsEvent(catalogEvents.seatsUnblocked, second),
  ];
  expect(published.all.slice(before)).toMatchObject(expected);
  expect(published.all[before]?.payload).toHaveProperty('seatIds.length', 2);
});

const eventsOf = (event: ExpectedEvent['event'], aggregate: string): unknown[] =>
  published.all.flatMap((found) =>
    found.event.name === event.name && found.aggregate === aggregate ? [found.payload] : [],
  );
const untilPublished = (event: ExpectedEvent['event'], aggregate: string): Promise<unknown> =>
  until(event.name, () => eventsOf(event, aggregate).length > 0);

test('an expired reservation is published once with its lines, whoever ended it', async () => {
  const { offer } = await catalog.product({ onHand: 10, maxPerOrder: 10 }, {}, seller);
  const concert = await catalog.concert({ rows: 1, seatsPerRow: 3 }, { user: seller });
  const lines = [
    { offer, quantity: 2 },
    { offer: concert.offer, seats: concert.seats.slice(0, 2) },
  ];
  const [swept, needed] = [new TestCheckout(catalog, lines), new TestCheckout(catalog, [{ offer }])];
  await swept.reserve({ holdMs: 1 });
  await needed.reserve();
  await catalog.subgraph.dependencies.source.transaction(async (manager) => {
    await manager.query('UPDATE reservation SET expires_at = now() WHERE saga_id = $1', [needed.sagaId]);
    expect(await expireReservationsOf(manager, [offer.uuid])).toBeGreaterThan(0);
  });
  for (const { sagaId, userId, lines: held } of [swept, needed]) {
    await untilPublished(catalogEvents.reservationExpired, sagaId);
    const events = eventsOf(catalogEvents.reservationExpired, sagaId) as { lines: object[] }[];
    expect(events).toMatchObject([{ checkoutId: sagaId, userId }]);
    expect(events[0]?.lines).toHaveLength(held.length);
    expect(events[0]?.lines).toEqual(
      expect.arrayContaining(held.map(({ offerId, quantity, seatIds }) => ({ offerId, quantity, seatIds }))),
    );
  }
  // Further sweeps publish nothing more.
  const later = new TestCheckout(catalog, [{ offer }]);
  await later.reserve({ holdMs: 1 });
  await untilPublished(catalogEvents.reservationExpired, later.sagaId);
  expect(eventsOf(catalogEvents.reservationExpired, swept.sagaId)).toHaveLength(1);
});

test('expired seat holds are published with their holder', async () => {
  const concert = await threeSeats();
  const buyer = catalog.user();
  const held = concert.seats.slice(0, 2);
  const variables = { seatIds: held.map(({ id }) => id) };
  await catalog.mutate('holdSeats($seatIds: [ID!]!)', 'heldUntil', variables, buyer);
  await catalog.sql("UPDATE event_seat SET held_until = now() - interval '1 second' WHERE held_by = $1", [
    buyer.userId,
  ]);
  await untilPublished(catalogEvents.seatHoldsExpired, concert.listing.uuid);
  expect(eventsOf(catalogEvents.seatHoldsExpired, concert.listing.uuid)).toEqual([
    {
      listingId: concert.listing.uuid,
      holderId: buyer.userId,
      seatIds: held.map(({ uuid }) => uuid).sort(),
    },
  ]);
});

test('a lower price is published of offers on sale only, and no higher one', async () => {
  const { listing, offer } = await catalog.product({ price: eur(1_000) }, {}, seller);
  const draft = await catalog.draft('Product', { listing: { title: 'A draft' } }, seller);
  const drafted = await catalog.offer(draft, {}, seller);
  const set = (id: string, input: object): Promise<unknown> =>
    catalog.mutate('updateOffer($id: ID!, $input: OfferInput!)', 'offer { id }', { id, input }, seller);
  for (const [id, amount] of [
    [offer.id, 1_200],
    [drafted.id, 1],
    [offer.id, 1_100],
  ] as const)
    await set(id, { price: eur(amount) });
  // Its sale begins later.
  await set(offer.id, { price: eur(1), salesStartAt: inHours(1) });
  expect(eventsOf(catalogEvents.offerPriceLowered, draft.uuid)).toEqual([]);
  expect(eventsOf(catalogEvents.offerPriceLowered, listing.uuid)).toEqual([
    {
      ...{ offerId: offer.uuid, listingId: listing.uuid, title: 'A book', listingTitle: 'A book' },
      ...{ price: eur(1_100), previousPrice: eur(1_200) },
    },
  ]);
});

describe('an offer of which nothing was available', () => {
  const adjust = (offer: Made, delta: number): Promise<unknown> =>
    catalog.mutate(
      'adjustStock($input: AdjustStockInput!)',
      'replayed',
      { input: { offerId: offer.id, delta, reason: 'count', idempotencyKey: randomUUID() } },
      seller,
    );
  /** The offers of a listing that are published as restocked, after the schedule has run. */
  const restocked = async ({ uuid }: Made): Promise<unknown[]> => {
    const { source, sender, log } = catalog.subgraph.dependencies;
    await publishRestocks(new Database(source, (messages) => sender.send(messages), log));
    return eventsOf(catalogEvents.offerRestocked, uuid);
  };

  test('is published when it has units, once each time, and not when they are gone again', async () => {
    const { listing, offer } = await catalog.product({ onHand: 2, maxPerOrder: 9 }, {}, seller);
    const hold = async (quantity: number): Promise<TestCheckout> => {
      const checkout = new TestCheckout(catalog, [{ offer, quantity }]);
      expect(await checkout.reserve()).toMatchObject({ kind: 'done' });
      return checkout;
    };
    const part = await hold(1);
    const rest = await hold(1);
    await adjust(offer, 3);
    const news = { offerId: offer.uuid, listingId: listing.uuid, title: 'A book', listingTitle: 'A book' };
    expect(await restocked(listing)).toEqual([news]);
    // Further units are no news.
    await adjust(offer, 1);
    await part.release();
    expect(await restocked(listing)).toEqual([news]);
    await hold(5);
    await rest.release();
    // Another buyer is faster.
    await hold(1);
    expect(await restocked(listing)).toEqual([news]);
    await adjust(offer, 1);
    expect(await restocked(listing)).toEqual([news, news]);
    await hold(1);
    await adjust(offer, 1);
    const { userErrors } = await catalog.mutate(
      'archiveListing($id: ID!)',
      'listing { id }',
      listing,
      seller,
    );
    expect(userErrors).toEqual([]);
    expect(await restocked(listing)).toEqual([news, news]);
  });

  test('is published when the hold of the last seats ends', async () => {
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 3 }, { user: seller });
    const { listing } = concert;
    const hold = async (seats: Made[]): Promise<TestUser> => {
      const buyer = catalog.user();
      const variables = { seatIds: seats.map(({ id }) => id) };
      const { userErrors } = await catalog.mutate(
        'holdSeats($seatIds: [ID!]!)',
        'heldUntil',
        variables,
        buyer,
      );
      expect(userErrors).toEqual([]);
      return buyer;
    };
    const [first, ...others] = concert.seats;
    const buyer = await hold([first!]);
    const second = await hold(others);
    await catalog.mutate(
      'releaseSeats($seatIds: [ID!]!)',
      'heldUntil',
      { seatIds: others.map(({ id }) => id) },
      second,
    );
    expect(await restocked(listing)).toHaveLength(1);
    // One more is no news.
    await catalog.mutate('releaseSeats($seatIds: [ID!]!)', 'heldUntil', { seatIds: [first!.id] }, buyer);
    expect(await restocked(listing)).toHaveLength(1);
    const checkout = new TestCheckout(catalog, [{ offer: concert.offer, seats: concert.seats }]);
    expect(await checkout.reserve()).toMatchObject({ kind: 'done' });
    expect(await restocked(listing)).toHaveLength(1);
    await checkout.release();
    expect(await restocked(listing)).toHaveLength(2);
  });

  test('is published when it gets further seats', async () => {
    const shape = { rows: 1, seatsPerRow: 1, x: 0, y: 0 };
    const venue = await catalog.venue(
      [
        { name: 'A', ...shape },
        { name: 'B', ...shape },
      ],
      {},
      seller,
    );
    const times = { startsAt: inHours(48), endsAt: inHours(50) };
    const listing = await catalog.draft(
      'Event',
      { listing: { title: 'Concert' }, venueId: venue.id, ...times },
      seller,
    );
    const offer = await catalog.offer(listing, { title: 'Seat', sections: ['A'] }, seller);
    await catalog.publish(listing, seller);
    const [seat] = await catalog.sql<{ id: string }>('SELECT id FROM event_seat WHERE listing_id = $1', [
      listing.uuid,
    ]);
    const last = { id: '', uuid: seat?.id ?? '' };
    expect(await new TestCheckout(catalog, [{ offer, seats: [last] }]).reserve()).toMatchObject({
      kind: 'done',
    });
    expect(await restocked(listing)).toEqual([]);
    await catalog.mutate(
      'updateOffer($id: ID!, $input: OfferInput!)',
      'offer { id }',
      { id: offer.id, input: { sections: ['A', 'B'] } },
      seller,
    );
    expect(await restocked(listing)).toHaveLength(1);
  });
});

describe('reminders', () => {
  const database = (): Database => {
    const { source, sender, log } = catalog.subgraph.dependencies;
    return new Database(source, (messages) => sender.send(messages), log);
  };
  const minutes = (from: number | Date, count: number): Date => new Date(Number(from) + count * 60_000);

  test('the end of a hold is published to its user once, and again after the hold was extended', async () => {
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 4 }, { user: seller });
    const { listing } = concert;
    const [first, second, third, last] = concert.seats;
    const buyer = catalog.user();
    const hold = async (...seats: (Made | undefined)[]): Promise<Date> => {
      const { heldUntil, userErrors } = await catalog.mutate<{ heldUntil: string }>(
        'holdSeats($seatIds: [ID!]!)',
        'heldUntil',
        { seatIds: seats.map((seat) => seat?.id) },
        buyer,
      );
      expect(userErrors).toEqual([]);
      return new Date(heldUntil);
    };
    // A guest's cart, and a checkout: neither is reminded.
    const guest = { userId: null, cartDigests: ['0189e57a-9c5e-8b3a-9d3e-2f5a0c1b7d44'] };
    const { userErrors } = await catalog.mutate(
      'holdCartSeats($seatIds: [ID!]!, $userId: ID, $cartDigests: [ID!]!)',
      'heldUntil',
      { seatIds: [third?.id], ...guest },
      null,
    );
    expect(userErrors).toEqual([]);
    await new TestCheckout(catalog, [{ offer: concert.offer, seats: [last!] }]).reserve();
    const ends = await hold(first, second);
    const events = (): unknown[] => eventsOf(catalogEvents.seatHoldEnding, listing.uuid);
    await remindOfHolds(database(), minutes(ends, -4));
    expect(events()).toEqual([]);
    await Promise.all([
      remindOfHolds(database(), minutes(ends, -2)),
      remindOfHolds(database(), minutes(ends, -2)),
    ]);
    await remindOfHolds(database(), minutes(ends, -1));
    expect(events()).toEqual([
      {
        ...{ listingId: listing.uuid, title: 'Concert', userId: buyer.userId },
        seatIds: [first?.uuid, second?.uuid].sort(),
        heldUntil: ends.toISOString(),
      },
    ]);
    const later = await hold(first);
    await remindOfHolds(database(), minutes(later, -1));
    expect(events().slice(1)).toMatchObject([{ seatIds: [first?.uuid], heldUntil: later.toISOString() }]);
    // The hold of a moment is too young.
    await catalog.sql(
      "UPDATE event_seat SET held_until = now() + interval '2 minutes', reminded_of = NULL WHERE id = $1",
      [first?.uuid],
    );
    await remindOfHolds(database(), new Date());
    expect(events()).toHaveLength(2);
  });

  test('a start is published a day before by the clocks at its place, and again when it is moved', async () => {
    const [berlin, nowhere] = [
      await catalog.venue([], { timeZone: 'Europe/Berlin' }, seller),
      await catalog.venue([], {}, seller),
    ];
    const event = async (venue: Made, startsAt: string): Promise<Made> => {
      const listing = await catalog.draft(
        'Event',
        {
          ...{ listing: { title: 'Concert' }, venueId: venue.id, startsAt },
          endsAt: minutes(Date.parse(startsAt), 120).toISOString(),
        },
        seller,
      );
      await catalog.offer(listing, { title: 'Standing', onHand: 9 }, seller);
      await catalog.publish(listing, seller);
      return listing;
    };
    const next = new Date().getUTCFullYear() + 1;
    // Clocks are set forward in the night before: this day has 23 hours.
    const sunday = lastSunday(next, 2);
    const start = `${sunday}T18:00:00.000Z`;
    const [concert, other] = [await event(berlin, start), await event(nowhere, start)];
    const startsOf = ({ uuid }: Made): unknown[] => eventsOf(catalogEvents.startApproaching, uuid);
    const dayBefore = Date.parse(start) - 23 * 3_600_000;
    await announceStarts(database(), minutes(dayBefore, -1));
    expect(startsOf(concert)).toEqual([]);
    // By UTC the day before has 24 hours.
    expect(startsOf(other)).toHaveLength(1);
    await Promise.all([
      announceStarts(database(), new Date(dayBefore)),
      announceStarts(database(), new Date(dayBefore)),
    ]);
    await announceStarts(database(), minutes(dayBefore, 10));
    const expected = { listingId: concert.uuid, offerId: null, title: 'Concert', timeZone: 'Europe/Berlin' };
    expect(startsOf(concert)).toEqual([{ ...expected, startsAt: start }]);
    const moved = minutes(Date.parse(start), 60 * 48);
    await catalog.sql(
      'UPDATE listing SET starts_at = $2, ends_at = $2::timestamptz + (ends_at - starts_at) WHERE id = $1',
      [concert.uuid, moved],
    );
    await announceStarts(database(), minutes(dayBefore, 20));
    expect(startsOf(concert)).toHaveLength(1);
    // Taken from sale, it takes place all the same.
    await catalog.mutate('archiveListing($id: ID!)', 'listing { id }', concert, seller);
    await announceStarts(database(), minutes(moved, -60 * 24));
    expect(startsOf(concert).slice(1)).toEqual([{ ...expected, startsAt: moved.toISOString() }]);
    await announceStarts(database(), minutes(moved, 60 * 25));
    expect(await catalog.sql('SELECT 1 FROM start_reminder WHERE subject_id = $1', [concert.uuid])).toEqual(
      [],
    );
  });

  test('a departure is published with its offer, and no start of a draft', async () => {
    const tour = {
      listing: { title: 'A walk' },
      location: 'Lisbon',
      timeZone: 'Europe/Lisbon',
      durationMinutes: 60,
    };
    const [offered, draft] = [
      await catalog.draft('Tour', tour, seller),
      await catalog.draft('Tour', tour, seller),
    ];
    const startsAt = inHours(100);
    const departure = await catalog.offer(offered, { onHand: 5, startsAt }, seller);
    await catalog.offer(draft, { onHand: 5, startsAt }, seller);
    await catalog.publish(offered, seller);
    await announceStarts(database(), minutes(startsAt, -60 * 12));
    expect(eventsOf(catalogEvents.startApproaching, draft.uuid)).toEqual([]);
    expect(eventsOf(catalogEvents.startApproaching, offered.uuid)).toEqual([
      {
        ...{ listingId: offered.uuid, offerId: departure.uuid, title: 'A walk' },
        ...{ startsAt: startsAt.toISOString(), timeZone: 'Europe/Lisbon' },
      },
    ]);
  });
});

/** The last Sunday of a month (from 0), as a date. */
function lastSunday(year: number, month: number): string {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return new Date(last.getTime() - last.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
}
