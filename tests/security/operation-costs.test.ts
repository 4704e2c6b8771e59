import { stockLicences, stockSeats } from '../support/shop.js';
import { administrator, anonymous, newUser } from '../support/suite-clients.js';

// Each level is small, and the levels multiply: a few levels are more objects than any process holds.
const offersOfListings = `query ($id: ID!) { listing(id: $id) {
  offers { listing { offers { listing { offers { listing { offers { id } } } } } } } } }`;
const tokensOfOrders =
  '{ me { tokens { order { tokens { order { tokens { order { tokens { id } } } } } } } } }';
const seatsOfEvents = `query ($id: ID!) { listing(id: $id) { ... on Event {
  seats { offer { listing { ... on Event { seats { offer { listing { ... on Event { seats { id } } } } } } } } } } } }`;

it.each<[string, string, number]>([
  ['offers of listings of offers', offersOfListings, 200 ** 4],
  ['tokens of orders of tokens', tokensOfOrders, 1_000 * 200 ** 3],
  ['seats of events of seats', seatsOfEvents, 20_000 ** 3],
])('refuses an operation that multiplies, with its estimate: %s', async (_what, query, objects) => {
  const buyer = await newUser();
  const { listingId } = await stockLicences(await administrator(), 1);
  const { status, data, errors } = await buyer.send(query, query.includes('$id') ? { id: listingId } : {});
  expect(status).toBe(400);
  expect(data ?? null).toBeNull();
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['OPERATION_TOO_LARGE']);
  const [, estimate, allowed] = /may cost (\d+); (\d+) is allowed/.exec(errors?.[0]?.message ?? '') ?? [];
  expect(Number(estimate)).toBeGreaterThan(objects);
  expect(Number(allowed)).toBe(100_000);
});

it('refuses them for every caller', async () => {
  const { listingId } = await stockLicences(await administrator(), 1);
  const { errors } = await anonymous().send(offersOfListings, { id: listingId });
  expect(errors?.[0]?.extensions.code).toBe('OPERATION_TOO_LARGE');
});

it('gives a page of seats that begins after another one, and refuses what is no seat of the event', async () => {
  const { listingId, seatIds } = await stockSeats(await administrator(), 3, 4);
  const seats = `query ($id: ID!, $first: Int, $after: ID) {
    listing(id: $id) { ... on Event { seats(first: $first, after: $after) { id } } } }`;
  const page = async (variables: { first?: number | null; after?: string | null }): Promise<string[]> => {
    const data = (await anonymous().run(seats, { id: listingId, ...variables })) as {
      listing: { seats: { id: string }[] };
    };
    return data.listing.seats.map(({ id }) => id);
  };
  expect(await page({})).toEqual(seatIds);
  expect(await page({ first: null, after: null })).toEqual(seatIds);
  expect(await page({ first: 5 })).toEqual(seatIds.slice(0, 5));
  expect(await page({ first: 5, after: seatIds[4]! })).toEqual(seatIds.slice(5, 10));
  expect(await page({ first: 5, after: seatIds[9]! })).toEqual(seatIds.slice(10));
  expect(await page({ after: seatIds[11]! })).toEqual([]);
  for (const variables of [{ first: 20_001 }, { first: -1 }, { after: listingId }]) {
    const { errors } = await anonymous().send(seats, { id: listingId, ...variables });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  }
});
