import { socialStates } from '@souk/shared/contracts/social';
import type { CacheDependenciesReport } from '@souk/shared/graph/cache-dependencies';
import { cacheDependenciesHeader, cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import type { RecordedNotifications } from '../../../tests/support/recorded-notifications.js';
import { recordNotifications } from '../../../tests/support/recorded-notifications.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, TestPartner } from './support/catalog.js';
import { eur, startCatalog } from './support/catalog.js';
import { TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;
let owner: TestPartner;
let shown: { listing: Made; offer: Made };
let draft: Made;

beforeAll(async () => {
  catalog = await startCatalog();
  owner = await catalog.partner();
  shown = await catalog.product({ onHand: 5 });
  draft = await catalog.draft('Product', { listing: { title: 'Secret plans' } }, owner);
});

afterAll(() => catalog.close());

/** Returns the cache dependencies of an operation. */
async function reads(
  query: string,
  variables: object = {},
  user: TestUser | null = null,
): Promise<CacheDependenciesReport> {
  const { gatewaySecret } = catalog.subgraph.dependencies;
  const result = await catalog.subgraph.app.execute({
    query,
    variables: variables as Record<string, unknown>,
    headers: {
      [cacheDependenciesHeader]: '1',
      ...(gatewaySecret !== null && { 'x-souk-gateway-secret': gatewaySecret }),
      ...(user && { authorization: user.authorization }),
    },
  });
  const report = cacheDependenciesOf(result);
  if (!report) throw new Error(JSON.stringify(result));
  return { ...report, topics: [...report.topics].sort() };
}

const listing = 'query ($id: ID!) { listing(id: $id) { id title } }';
const entity = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { id title } } }';
const of = ({ id }: Made): object => ({ of: [{ __typename: 'Product', id }] });

test('dependencies are returned on request only', async () => {
  expect((await catalog.subgraph.run(listing, shown.listing as never)).extensions).toBeUndefined();
});

test.each([
  ['a listing', listing, () => shown.listing, () => [`content:${shown.listing.uuid}`]],
  [
    'its availability',
    'query ($id: ID!) { listing(id: $id) { offers { availability { available } } } }',
    () => shown.listing,
    () => [`content:${shown.listing.uuid}`, `listing:${shown.listing.uuid}`],
  ],
  [
    'an offer',
    'query ($id: ID!) { offer(id: $id) { title } }',
    () => shown.offer,
    () => [`content:${shown.listing.uuid}`],
  ],
  ['an entity', entity, () => of(shown.listing), () => [`content:${shown.listing.uuid}`]],
  ['categories', '{ categories { id } }', () => ({}), () => ['category:any']],
  ['venues', '{ venues { id } }', () => ({}), () => ['venue:any']],
])('%s is public, with its dependencies', async (_what, query, variables, topics) => {
  for (const user of [null, owner, catalog.user()]) {
    expect(await reads(query, variables(), user)).toEqual({ topics: topics(), isPrivate: false });
  }
});

test('a list changes with any listing', async () => {
  const { topics, isPrivate } = await reads('{ listings(first: 1) { nodes { title } totalCount } }');
  expect([topics.includes('content:any'), isPrivate]).toEqual([true, false]);
});

test('a list by rating changes with the ratings', async () => {
  const { topics, isPrivate } = await reads('{ listings(first: 1, sort: RATING) { nodes { title } } }');
  expect([topics, isPrivate]).toEqual([expect.arrayContaining(['content:any', 'rating:any']), false]);
  expect((await reads('{ listings(first: 1) { nodes { title } } }')).topics).not.toContain('rating:any');
});

test.each([
  ['a draft', listing, () => draft],
  ['a draft as an entity', entity, () => of(draft)],
  ['what is not there', listing, () => ({ id: 'listing_01h455vb4pex5vsknk084sn02q' })],
  [
    'a list of what is on sale now',
    '{ listings(filter: { availableOnly: true }) { totalCount } }',
    () => ({}),
  ],
])('%s is private for every caller', async (_what, query, variables) => {
  for (const user of [null, owner, catalog.admin]) {
    expect(await reads(query, variables(), user)).toMatchObject({ isPrivate: true });
  }
});

test('seller data are private', async () => {
  const drafts = '{ listings(filter: { status: DRAFT }) { totalCount } }';
  expect(await reads(drafts, {}, owner)).toMatchObject({ isPrivate: true });
  const stock = 'query ($id: ID!) { offer(id: $id) { availability { onHand } } }';
  expect(await reads(stock, shown.offer, catalog.admin)).toMatchObject({ isPrivate: true });
});

describe('change notifications', () => {
  let signals: RecordedNotifications;
  beforeAll(async () => {
    signals = await recordNotifications(catalog.subgraph.dependencies.queues.changes('catalog'));
  });
  afterAll(() => signals.stop());

  it('announce a new offer and its price', async () => {
    const other = await catalog.product({ onHand: 1 });
    await signals.clear();
    await catalog.offer(other.listing, { price: eur(500) });
    for (const topic of ['content:any', `content:${other.listing.uuid}`, `listing:${other.listing.uuid}`])
      await signals.waitFor(topic);
  });

  it('announce publication and archiving', async () => {
    const other = await catalog.product({ onHand: 1 });
    await signals.clear();
    await catalog.mutate('archiveListing($id: ID!)', 'listing { id }', other.listing);
    await signals.waitFor(`content:${other.listing.uuid}`);
    await signals.clear();
    await catalog.publish(other.listing);
    await signals.waitFor(`content:${other.listing.uuid}`);
  });

  it('announce a purchase as a change of availability, not of content', async () => {
    const other = await catalog.product({ onHand: 5 });
    await signals.clear();
    await new TestCheckout(catalog, [{ offer: other.offer, quantity: 2 }]).reserve();
    await signals.waitFor(`listing:${other.listing.uuid}`);
    expect(signals.topics).not.toContain(`content:${other.listing.uuid}`);
  });

  it('announce ratings, and not the content of lists', async () => {
    const { uuid: listingId } = shown.listing;
    await signals.clear();
    catalog.subgraph.states.put(socialStates.ratings, listingId, { listingId, votes: [0, 0, 0, 0, 1] });
    await signals.waitFor('rating:any');
    expect(signals.topics).not.toContain('content:any');
  });

  it('announce categories and venues', async () => {
    await catalog.mutate('createCategory($name: String!)', 'category { id }', { name: 'Signals' });
    await signals.waitFor('category:any');
    await catalog.mutate('createVenue($input: VenueInput!)', 'venue { id }', {
      input: { name: 'Hall', address: 'Street 1', city: 'Lisbon', countryCode: 'PT', capacity: 10 },
    });
    await signals.waitFor('venue:any');
  });
});
