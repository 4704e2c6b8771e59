import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, TestPartner } from './support/catalog.js';
import { inHours, refusals, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;
let owner: TestPartner;
let other: TestPartner;

beforeAll(async () => {
  catalog = await startCatalog();
  owner = await catalog.partner();
  other = await catalog.partner();
});

afterAll(() => catalog.close());

async function refused(head: string, variables: object, user: TestUser): Promise<string[]> {
  return refusals(await catalog.mutate(head, '', variables, user));
}

const publish = (user: TestUser, listing: Made): Promise<string[]> =>
  refused('publishListing($id: ID!)', listing, user);

const event = (user: TestUser, venueId: string): Promise<string[]> =>
  refused('createEvent($input: EventInput!)', { input: { listing: { title: 'Gig' }, venueId } }, user);

test("another seller's venue is rejected; the seller's own and the platform's are accepted", async () => {
  const own = await catalog.venue([], {}, owner);
  const platforms = await catalog.venue();
  expect(await event(other, own.id)).toEqual(['NOT_OWNER input.venueId']);
  expect(await event(owner, own.id)).toEqual([]);
  expect(await event(other, platforms.id)).toEqual([]);
  expect(await event(catalog.admin, own.id)).toEqual([]);
});

test("an old draft at another seller's venue cannot be published", async () => {
  const own = await catalog.venue([], {}, owner);
  const platforms = await catalog.venue();
  const times = { startsAt: inHours(48), endsAt: inHours(50) };
  const input = { listing: { title: 'Gig' }, venueId: platforms.id, ...times };
  const stranger = await catalog.draft('Event', input, other);
  await catalog.offer(stranger, { onHand: 10 }, other);
  await catalog.sql('UPDATE listing SET venue_id = $1 WHERE id = $2', [own.uuid, stranger.uuid]);
  expect(await publish(other, stranger)).toEqual(['NOT_OWNER input.venueId']);
  await catalog.sql('UPDATE listing SET venue_id = $1 WHERE id = $2', [platforms.uuid, stranger.uuid]);
  expect(await publish(other, stranger)).toEqual([]);
});

test("events that are on sale at another seller's venue stay on sale", async () => {
  const { listing, offer } = await catalog.concert({ rows: 3, seatsPerRow: 5 }, { user: other });
  const own = await catalog.venue([], {}, owner);
  await catalog.sql('UPDATE listing SET venue_id = $1 WHERE id = $2', [own.uuid, listing.uuid]);
  expect(await publish(other, listing)).toEqual([]);
  const query = 'query ($id: ID!) { offer(id: $id) { availability { status } } }';
  expect(await catalog.query(query, { id: offer.id })).toEqual({
    offer: { availability: { status: 'IN_STOCK' } },
  });
});
