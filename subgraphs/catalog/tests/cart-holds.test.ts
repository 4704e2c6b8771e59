import { catalogCommands } from '@souk/shared/contracts/catalog';
import { newId, toApiId } from '@souk/shared/ids';
import { randomUUID } from 'node:crypto';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, Payload } from './support/catalog.js';
import { refusals, startCatalog } from './support/catalog.js';
import { replyCode } from './support/checkout.js';

// Order holds seats for carts. Guests are known by digests of their carts.

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog({ holdMinutes: 10, holdMaxSeats: 6 });
});

afterAll(() => catalog.close());

interface Buyer {
  userId: string | null;
  cartDigests: string[];
}

const guest = (): Buyer => ({ userId: null, cartDigests: [randomUUID()] });

function hold(seats: readonly Made[], buyer: Buyer): Promise<Payload<{ heldUntil: string | null }>> {
  return catalog.mutate(
    'holdCartSeats($seatIds: [ID!]!, $userId: ID, $cartDigests: [ID!]!)',
    'heldUntil seats { id }',
    { seatIds: seats.map(({ id }) => id), ...buyer },
    null,
  );
}

function release(seats: readonly Made[], buyer: Buyer): Promise<Payload> {
  return catalog.mutate(
    'releaseCartSeats($seatIds: [ID!]!, $userId: ID, $cartDigests: [ID!]!)',
    'seats { id status }',
    { seatIds: seats.map(({ id }) => id), ...buyer },
    null,
  );
}

async function holders(listing: Made): Promise<(string | null)[]> {
  const data = await catalog.query<{ listing: { seats: { holder: string | null }[] } }>(
    'query ($id: ID!) { listing(id: $id) { ... on Event { seats { holder } } } }',
    listing,
  );
  return data.listing.seats.map(({ holder }) => holder);
}

it("holds a guest's seats under the digest of their cart, and releases those alone", async () => {
  const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 4 });
  const [first, second] = [guest(), guest()];
  const held = await hold(seats.slice(0, 2), first);
  expect(held.userErrors).toEqual([]);
  expect(Date.parse(held.heldUntil!)).toBeGreaterThan(Date.now() + 590_000);
  expect(refusals(await hold([seats[1]!], second))).toEqual(['SEAT_UNAVAILABLE seatIds']);
  expect(refusals(await hold([seats[2]!], second))).toEqual([]);
  expect(await holders(listing)).toEqual([
    first.cartDigests[0],
    first.cartDigests[0],
    second.cartDigests[0],
    null,
  ]);
  expect(refusals(await release(seats, first))).toEqual([]);
  expect(await holders(listing)).toEqual([null, null, second.cartDigests[0], null]);
});

it('a user takes over the seats of their guest cart, without more time in all', async () => {
  const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 3 });
  const before = guest();
  await hold(seats.slice(0, 2), before);
  await catalog.sql("UPDATE event_seat SET held_since = now() - interval '25 minutes' WHERE id = $1", [
    seats[0]!.uuid,
  ]);
  const user = catalog.user();
  const taken = await hold(seats.slice(0, 2), { userId: user.userId, cartDigests: before.cartDigests });
  expect(taken.userErrors).toEqual([]);
  // The 30 minutes of the first seat end in five.
  expect(Date.parse(taken.heldUntil!)).toBeLessThan(Date.now() + 301_000);
  expect(await holders(listing)).toEqual([user.userId, user.userId, null]);
  expect(refusals(await hold([seats[0]!], before))).toEqual(['SEAT_UNAVAILABLE seatIds']);
  expect(await mine(listing, user)).toEqual([true, true, false]);
});

it('a checkout takes over what the buyer held as a guest, and nothing of other guests', async () => {
  const { offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 3 });
  const [own, other] = [guest(), guest()];
  await hold([seats[0]!], own);
  await hold([seats[1]!], other);
  const reserve = async (taken: readonly Made[], cartDigests: string[]): Promise<string> =>
    replyCode(
      await catalog.subgraph.command(
        catalogCommands.reserveItems,
        {
          userId: newId(),
          cartDigests,
          lines: [
            {
              lineId: newId(),
              offerId: offer.uuid,
              quantity: taken.length,
              seatIds: taken.map(({ uuid }) => uuid),
            },
          ],
          expectedTotal: null,
          holdUntil: new Date(Date.now() + 600_000).toISOString(),
        },
        { sagaId: newId(), step: 'RESERVE_ITEMS' },
      ),
    );
  expect(await reserve(seats.slice(0, 2), own.cartDigests)).toBe('SEAT_UNAVAILABLE');
  expect(await reserve([seats[0]!], [])).toBe('SEAT_UNAVAILABLE');
  expect(await reserve([seats[0]!, seats[2]!], own.cartDigests)).toBe('done');
});

it('holds at most a set number of seats of an event per buyer, over all its offers and checkouts', async () => {
  const venue = await catalog.venue([
    { name: 'Stalls', rows: 1, seatsPerRow: 8 },
    { name: 'Balcony', rows: 1, seatsPerRow: 8 },
  ]);
  const listing = await catalog.draft('Event', {
    listing: { title: 'Play' },
    venueId: venue.id,
    startsAt: new Date(Date.now() + 3_600_000),
    endsAt: new Date(Date.now() + 7_200_000),
  });
  for (const name of ['Stalls', 'Balcony']) await catalog.offer(listing, { sections: [name] });
  await catalog.publish(listing);
  const rows = await catalog.sql<{ id: string }>(
    'SELECT id FROM event_seat WHERE listing_id = $1 ORDER BY map_index',
    [listing.uuid],
  );
  const seats = rows.map(({ id }) => ({ uuid: id, id: toApiId('seat', id) }));
  const buyer = guest();
  expect(refusals(await hold(seats.slice(0, 4), buyer))).toEqual([]);
  expect(refusals(await hold(seats.slice(2, 4), buyer))).toEqual([]);
  expect((await hold(seats.slice(8, 11), buyer)).userErrors).toEqual([
    expect.objectContaining({ code: 'TOO_MANY_HOLDS', __typename: 'TooManyHoldsError', maximum: 6, held: 4 }),
  ]);
  expect(refusals(await hold(seats.slice(8, 10), buyer))).toEqual([]);
  // As a user, they have no more.
  const user = { userId: catalog.user().userId, cartDigests: buyer.cartDigests };
  expect(refusals(await hold(seats.slice(10, 11), user))).toEqual(['TOO_MANY_HOLDS seatIds']);
  await catalog.sql('UPDATE event_seat SET saga_id = uuidv7() WHERE listing_id = $1 AND status = $2', [
    listing.uuid,
    'HELD',
  ]);
  expect(refusals(await hold(seats.slice(10, 11), buyer))).toEqual(['TOO_MANY_HOLDS seatIds']);
  expect(refusals(await hold(seats.slice(10, 11), guest()))).toEqual([]);
});

it('20 guests at once, each for the same two seats: one has them', async () => {
  const { seats } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
  const results = await Promise.all(Array.from({ length: 20 }, () => hold(seats, guest())));
  expect(results.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
});

async function mine(listing: Made, user: TestUser): Promise<boolean[]> {
  const data = await catalog.query<{ listing: { seats: { heldByMe: boolean }[] } }>(
    'query ($id: ID!) { listing(id: $id) { ... on Event { seats { heldByMe } } } }',
    listing,
    user,
  );
  return data.listing.seats.map(({ heldByMe }) => heldByMe);
}
