import { accountStates } from '@souk/shared/contracts/account';
import { newId, toApiId } from '@souk/shared/ids';
import { countJobs } from '@souk/shared/queue/schedule';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest, Made, TestPartner } from './support/catalog.js';
import { eur, refusals, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;
let owner: TestPartner;
let other: TestPartner;
let draft: Made;
let shown: { listing: Made; offer: Made };

beforeAll(async () => {
  catalog = await startCatalog();
  owner = await catalog.partner();
  other = await catalog.partner();
});

afterAll(() => catalog.close());

beforeEach(async () => {
  draft = await catalog.draft('Product', { listing: { title: 'Draft' } }, owner);
  shown = await catalog.product({ onHand: 5 }, { title: 'Shown' }, owner);
});

const write = {
  create: (user: TestUser): Promise<string[]> =>
    refused('createProduct($input: ProductInput!)', { input: { listing: { title: 'New' } } }, user),
  publish: (user: TestUser, listing: Made): Promise<string[]> =>
    refused('publishListing($id: ID!)', listing, user),
  archive: (user: TestUser, listing: Made): Promise<string[]> =>
    refused('archiveListing($id: ID!)', listing, user),
  offer: (user: TestUser, listing: Made): Promise<string[]> =>
    refused(
      'createOffer($listingId: ID!, $input: OfferInput!)',
      { listingId: listing.id, input: { price: eur(1) } },
      user,
    ),
  update: (user: TestUser, listing: Made): Promise<string[]> =>
    refused(
      'updateProduct($id: ID!, $input: ProductInput!)',
      { id: listing.id, input: { listing: { summary: user.userId } } },
      user,
    ),
  updateOffer: (user: TestUser, offer: Made): Promise<string[]> =>
    refused(
      'updateOffer($id: ID!, $input: OfferInput!)',
      { id: offer.id, input: { title: user.userId } },
      user,
    ),
  delete: (user: TestUser, listing: Made): Promise<string[]> =>
    refused('deleteListing($id: ID!)', listing, user),
  venue: (user: TestUser, venue: Made): Promise<string[]> =>
    refused(
      'updateVenue($id: ID!, $input: VenueInput!)',
      { id: venue.id, input: { name: user.userId, address: 'x', city: 'y', countryCode: 'PT' } },
      user,
    ),
  stock: (user: TestUser, offer: Made): Promise<string[]> =>
    refused(
      'adjustStock($input: AdjustStockInput!)',
      { input: { offerId: offer.id, delta: 1, reason: 'count', idempotencyKey: newId() } },
      user,
    ),
};

async function refused(head: string, variables: object, user: TestUser): Promise<string[]> {
  return refusals(await catalog.mutate(head, '', variables, user));
}

test('a partner changes their own listings, an administrator all', async () => {
  for (const user of [owner, catalog.admin]) {
    expect(await write.create(user)).toEqual([]);
    expect(await write.offer(user, draft)).toEqual([]);
    expect(await write.publish(user, draft)).toEqual([]);
    expect(await write.stock(user, shown.offer)).toEqual([]);
    expect(await write.update(user, draft)).toEqual([]);
    expect(await write.updateOffer(user, shown.offer)).toEqual([]);
    expect(await write.archive(user, shown.listing)).toEqual([]);
    expect(await write.venue(user, await catalog.venue([], {}, owner))).toEqual([]);
    const other = await catalog.draft('Product', { listing: { title: 'x' } }, owner);
    expect(await write.delete(user, other)).toEqual([]);
  }
});

test('another partner gets NOT_OWNER for visible listings and NOT_FOUND for others', async () => {
  expect(await write.archive(other, shown.listing)).toEqual(['NOT_OWNER id']);
  expect(await write.offer(other, shown.listing)).toEqual(['NOT_OWNER listingId']);
  expect(await write.stock(other, shown.offer)).toEqual(['NOT_OWNER input.offerId']);
  expect(await write.update(other, shown.listing)).toEqual(['NOT_OWNER id']);
  expect(await write.updateOffer(other, shown.offer)).toEqual(['NOT_OWNER id']);
  expect(await write.delete(other, shown.listing)).toEqual(['NOT_OWNER id']);
  expect(await write.venue(other, await catalog.venue([], {}, owner))).toEqual(['NOT_OWNER id']);
  expect(await write.venue(other, await catalog.venue())).toEqual(['NOT_OWNER id']);
  expect(await write.venue(other, { id: 'venue_x', uuid: '' })).toEqual(['NOT_FOUND id']);
  expect(await write.update(other, draft)).toEqual(['NOT_FOUND id']);
  expect(await write.delete(other, draft)).toEqual(['NOT_FOUND id']);
  expect(await write.publish(other, draft)).toEqual(['NOT_FOUND id']);
  expect(await write.offer(other, draft)).toEqual(['NOT_FOUND listingId']);
  const hidden = await catalog.offer(draft, { onHand: 1 }, owner);
  expect(await write.stock(other, hidden)).toEqual(['NOT_FOUND input.offerId']);
  expect(await write.updateOffer(other, hidden)).toEqual(['NOT_FOUND id']);
  expect(await write.publish(other, { id: 'nonsense', uuid: '' })).toEqual(['NOT_FOUND id']);
});

test("no partner can change the platform's listings", async () => {
  const { listing } = await catalog.product();
  expect(await write.archive(owner, listing)).toEqual(['NOT_OWNER id']);
});

test('a draft is seen by its owner and by administrators', async () => {
  const offer = await catalog.offer(draft, {}, owner);
  const query = 'query ($id: ID!, $offer: ID!) { listing(id: $id) { id } offer(id: $offer) { id } }';
  const variables = { id: draft.id, offer: offer.id };
  for (const user of [owner, catalog.admin])
    expect(await catalog.query(query, variables, user)).toEqual({
      listing: { id: draft.id },
      offer: { id: offer.id },
    });
  for (const user of [other, catalog.user(), null])
    expect(await catalog.query(query, variables, user)).toEqual({ listing: null, offer: null });
});

test('unpublished listings are listed for their owner only', async () => {
  const query =
    'query ($filter: ListingFilter) { listings(filter: $filter) { nodes { title partner { id } } } }';
  const filter = { status: 'DRAFT' };
  const { listings } = await catalog.query<{ listings: { nodes: { partner: { id: string } }[] } }>(
    query,
    { filter },
    owner,
  );
  expect(listings.nodes.length).toBeGreaterThan(0);
  expect(new Set(listings.nodes.map((node) => node.partner.id)).size).toBe(1);
  const all = await catalog.query<{ listings: { nodes: object[] } }>(query, { filter }, catalog.admin);
  expect(all.listings.nodes.length).toBeGreaterThanOrEqual(listings.nodes.length);
  expect(await catalog.query(query, { filter }, other)).toEqual({ listings: { nodes: [] } });
  const foreign = { ...filter, partnerId: listings.nodes[0]?.partner.id };
  expect(await catalog.failure(query, { filter: foreign }, other)).toBe('FORBIDDEN');
  expect(await catalog.failure(query, { filter }, catalog.user())).toBe('FORBIDDEN');
  expect(await catalog.failure(query, { filter })).toBe('UNAUTHENTICATED');
});

test('drafts of a partner are listed for that partner only', async () => {
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Partner {
    listings(status: DRAFT) { totalCount } } } }`;
  const { listing } = await catalog.query<{ listing: { partner: { id: string } } }>(
    'query ($id: ID!) { listing(id: $id) { partner { id } } }',
    shown.listing,
  );
  const of = [{ __typename: 'Partner', id: listing.partner.id }];
  const { _entities: mine } = await catalog.query<{ _entities: { listings: { totalCount: number } }[] }>(
    query,
    { of },
    owner,
  );
  expect(mine[0]?.listings.totalCount).toBeGreaterThan(0);
  expect(await catalog.failure(query, { of }, other)).toBe('FORBIDDEN');
  expect(await catalog.failure(query, { of })).toBe('UNAUTHENTICATED');
});

test('stock quantities are visible to the seller only', async () => {
  const query = 'query ($id: ID!) { offer(id: $id) { availability { available onHand reserved } } }';
  for (const user of [owner, catalog.admin])
    expect(await catalog.query(query, shown.offer, user)).toEqual({
      offer: { availability: { available: 5, onHand: 5, reserved: 0 } },
    });
  expect(await catalog.failure(query, shown.offer, other)).toBe('FORBIDDEN');
  expect(await catalog.failure(query, shown.offer, catalog.user())).toBe('FORBIDDEN');
  expect(await catalog.failure(query, shown.offer)).toBe('UNAUTHENTICATED');
  expect(
    await catalog.query('query ($id: ID!) { offer(id: $id) { availability { available } } }', shown.offer),
  ).toEqual({
    offer: { availability: { available: 5 } },
  });
});

test('lowStock lists the offers of the seller, scarcest first', async () => {
  const seller = await catalog.partner();
  for (const [title, onHand] of [
    ['Three', 3],
    ['None', 0],
    ['Nine', 9],
  ] as const)
    await catalog.product({ onHand, title }, {}, seller);
  await catalog.product({ onHand: null, title: 'Endless' }, {}, seller);
  const query =
    'query ($threshold: Int, $first: Int) { lowStock(threshold: $threshold, first: $first) { title } }';
  const titles = async (variables: object, user: TestUser): Promise<string[]> =>
    (await catalog.query<{ lowStock: { title: string }[] }>(query, variables, user)).lowStock.map(
      ({ title }) => title,
    );
  expect(await titles({}, seller)).toEqual(['None', 'Three']);
  expect(await titles({ threshold: 10 }, seller)).toEqual(['None', 'Three', 'Nine']);
  expect(await titles({ threshold: 10, first: 1 }, seller)).toEqual(['None']);
  expect(await titles({ threshold: 10, first: 100 }, catalog.admin)).toEqual(
    expect.arrayContaining(['None', 'Nine']),
  );
  expect(await catalog.failure(query, { threshold: 0 }, seller)).toBe('BAD_USER_INPUT');
  expect(await catalog.failure(query, { first: 101 }, seller)).toBe('BAD_USER_INPUT');
});

describe('pages of lowStock', () => {
  interface Scarce {
    id: string;
    title: string;
    availability: { available: number };
  }
  const query = `query ($first: Int, $after: ID, $afterAvailable: Int) {
    lowStock(threshold: 10, first: $first, after: $after, afterAvailable: $afterAvailable) {
      id title availability { available } } }`;
  const page = async (variables: object, user: TestUser): Promise<Scarce[]> =>
    (await catalog.query<{ lowStock: Scarce[] }>(query, variables, user)).lowStock;
  const adjust = (user: TestUser, offerId: string, delta: number): Promise<unknown> =>
    catalog.mutate(
      'adjustStock($input: AdjustStockInput!)',
      'offer { id }',
      {
        input: { offerId, delta, reason: 'Test', idempotencyKey: newId() },
      },
      user,
    );

  it('have no gaps while stock changes and offers are added', async () => {
    const seller = await catalog.partner();
    for (const onHand of [3, 1, 2, 1, 0]) await catalog.product({ onHand, title: `${onHand}` }, {}, seller);
    const [none, one, ...rest] = await page({ first: 2 }, seller);
    if (!none || !one) throw new Error('There are no offers.');
    expect([none.title, one.title, rest.length]).toEqual(['0', '1', 0]);
    // The last offer of the page moves to the end, and a new one comes before it.
    await adjust(seller, one.id, 7);
    await catalog.product({ onHand: 0, title: 'new' }, {}, seller);
    const after = { after: one.id, afterAvailable: one.availability.available };
    expect((await page({ first: 3, ...after }, seller)).map(({ title }) => title)).toEqual(['1', '2', '3']);
    // Without its free units then, the page begins where the offer is now.
    expect((await page({ after: one.id }, seller)).map(({ title }) => title)).toEqual([]);
    expect((await page({ after: none.id, first: 2 }, seller)).map(({ title }) => title)).toEqual([
      'new',
      '1',
    ]);
  });

  it('require an offer with free units, and a number of them that can be', async () => {
    const seller = await catalog.partner();
    const { offer: endless } = await catalog.product({ onHand: null }, {}, seller);
    for (const wrong of [
      { after: 'nonsense' },
      { after: toApiId('offer', newId()) },
      { after: endless.id },
      { afterAvailable: 1 },
      { after: endless.id, afterAvailable: -1 },
      { after: endless.id, afterAvailable: 1_000_000_001 },
    ])
      expect(await catalog.failure(query, wrong, seller)).toBe('BAD_USER_INPUT');
  });
});

test('anonymous callers and buyers cannot write', async () => {
  const mutation = 'mutation ($id: ID!) { publishListing(id: $id) { listing { id } } }';
  expect(await catalog.failure(mutation, draft)).toBe('UNAUTHENTICATED');
  expect(await catalog.failure(mutation, draft, catalog.user())).toBe('FORBIDDEN');
  expect(await catalog.failure('mutation { createCategory(name: "X") { category { id } } }', {}, owner)).toBe(
    'FORBIDDEN',
  );
});

describe('the status of a partner', () => {
  it('grants and withdraws the permission to sell', async () => {
    const partner = { ...catalog.user(['USER', 'PARTNER']), partnerId: newId() };
    expect(await write.create(partner)).toEqual(['PARTNER_NOT_VERIFIED']);
    const pending = await catalog.partner('PENDING');
    expect(await write.create(pending)).toEqual(['PARTNER_NOT_VERIFIED']);
    const verified = await catalog.partner();
    expect(await write.create(verified)).toEqual([]);
    catalog.setPartnerStatus(verified.partnerId, verified.userId, 'SUSPENDED');
    await until('the suspension', async () => (await write.create(verified)).length > 0);
    expect(await write.create(verified)).toEqual(['PARTNER_NOT_VERIFIED']);
  });

  it('is lost with account, where a restored backup does not have the partner', async () => {
    const partner = await catalog.partner();
    expect(await write.create(partner)).toEqual([]);
    catalog.subgraph.states.lose(accountStates.partners, partner.partnerId);
    await until('the loss', async () => (await write.create(partner)).length > 0);
    expect(await catalog.sql('SELECT FROM partner_owner WHERE partner_id = $1', [partner.partnerId])).toEqual(
      [],
    );
  });

  it('is not changed by an event of an earlier release, which is confirmed', async () => {
    const { partnerId, userId } = await catalog.partner();
    const body = { partnerId, userId, status: 'SUSPENDED', at: new Date(Date.now() + 60_000).toISOString() };
    await catalog.subgraph.send({ queue: 'catalog', name: 'partnerVerified', body });
    const queue = catalog.subgraph.dependencies.queues.queue('catalog');
    try {
      await until('the message to be handled', async () => (await countJobs(queue)) === 0);
      expect(await queue.getJobCounts('failed')).toEqual({ failed: 0 });
    } finally {
      await queue.close();
    }
    expect(await catalog.sql('SELECT status FROM partner_owner WHERE partner_id = $1', [partnerId])).toEqual([
      { status: 'VERIFIED' },
    ]);
  });
});
