import type { TestClient } from '@souk/testing/test-client';

/** An offer made for a test. */
export interface TestOffer {
  listingId: string;
  offerId: string;
  upc: string;
  price: number;
}

const price = 1_000;

/** Goods with so many units, published, made by an administrator. */
export async function stockGoods(
  admin: TestClient,
  onHand: number | null,
  amount = price,
): Promise<TestOffer> {
  const label = crypto.randomUUID().slice(0, 8);
  const { listing } = (await admin.mutate(
    `mutation ($input: ProductInput!) { createProduct(input: $input) { listing { id } userErrors { code message field } } }`,
    {
      input: {
        listing: { title: `Goods ${label}`, categoryId: await anyCategory(admin) },
        brand: 'Test',
        weightGrams: 100,
      },
    },
  )) as { listing: { id: string } };
  return addOffer(admin, listing.id, { onHand, price: { amount, currency: 'EUR' } });
}

/** An app with licences for sale: nothing to ship, so that its order completes by itself. */
export async function stockLicences(
  admin: TestClient,
  onHand: number | null,
  amount = price,
  currency = 'EUR',
): Promise<TestOffer> {
  const label = crypto.randomUUID().slice(0, 8);
  const { listing } = (await admin.mutate(
    `mutation ($input: AppInput!) { createApp(input: $input) { listing { id } userErrors { code message field } } }`,
    {
      input: {
        listing: { title: `App ${label}`, categoryId: await anyCategory(admin) },
        version: '1.0',
        platforms: ['linux'],
        website: 'https://example.com/app',
      },
    },
  )) as { listing: { id: string } };
  return addOffer(admin, listing.id, { onHand, price: { amount, currency } });
}

/** A published tour with one departure in a month. */
export async function stockTour(admin: TestClient, onHand: number): Promise<TestOffer> {
  const label = crypto.randomUUID().slice(0, 8);
  const { listing } = (await admin.mutate(
    `mutation ($input: TourInput!) { createTour(input: $input) { listing { id } userErrors { code message field } } }`,
    {
      input: {
        listing: { title: `Tour ${label}`, categoryId: await anyCategory(admin) },
        location: 'Lisbon',
        durationMinutes: 120,
        difficulty: 'EASY',
        itinerary: [{ name: 'Square', latitude: 38.7, longitude: -9.1 }],
      },
    },
  )) as { listing: { id: string } };
  return addOffer(admin, listing.id, {
    onHand,
    startsAt: inDays(30),
    price: { amount: price, currency: 'EUR' },
  });
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** A published event without seats, that lasts for an hour. */
export async function stockEvent(admin: TestClient, startsAt: Date, onHand: number): Promise<TestOffer> {
  const label = crypto.randomUUID().slice(0, 8);
  const { venue } = (await admin.mutate(
    `mutation ($input: VenueInput!) { createVenue(input: $input) { venue { id } userErrors { code message field } } }`,
    {
      input: {
        name: `Field ${label}`,
        address: '1 Test Street',
        city: 'Lisbon',
        countryCode: 'PT',
        capacity: onHand,
        sections: [],
      },
    },
  )) as { venue: { id: string } };
  const { listing } = (await admin.mutate(
    `mutation ($input: EventInput!) { createEvent(input: $input) { listing { id } userErrors { code message field } } }`,
    {
      input: {
        listing: { title: `Match ${label}`, categoryId: await anyCategory(admin) },
        venueId: venue.id,
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
      },
    },
  )) as { listing: { id: string } };
  return addOffer(admin, listing.id, { onHand, price: { amount: price, currency: 'EUR' } });
}

/** A published event with rows of seats; the seats' ids. */
export async function stockSeats(
  admin: TestClient,
  rows: number,
  seatsPerRow: number,
  more: { maxPerOrder?: number } = {},
): Promise<TestOffer & { seatIds: string[] }> {
  const label = crypto.randomUUID().slice(0, 8);
  const { venue } = (await admin.mutate(
    `mutation ($input: VenueInput!) { createVenue(input: $input) { venue { id } userErrors { code message field } } }`,
    {
      input: {
        name: `Hall ${label}`,
        address: '1 Test Street',
        city: 'Lisbon',
        countryCode: 'PT',
        sections: [{ name: 'Stalls', rows, seatsPerRow }],
      },
    },
  )) as { venue: { id: string } };
  const { listing } = (await admin.mutate(
    `mutation ($input: EventInput!) { createEvent(input: $input) { listing { id } userErrors { code message field } } }`,
    {
      input: {
        listing: { title: `Concert ${label}`, categoryId: await anyCategory(admin) },
        venueId: venue.id,
        startsAt: inDays(30),
        endsAt: inDays(31),
      },
    },
  )) as { listing: { id: string } };
  const offer = await addOffer(admin, listing.id, {
    sections: ['Stalls'],
    price: { amount: price, currency: 'EUR' },
    ...more,
  });
  const data = (await admin.run(`query ($id: ID!) { listing(id: $id) { ... on Event { seats { id } } } }`, {
    id: listing.id,
  })) as { listing: { seats: { id: string }[] } };
  return { ...offer, seatIds: data.listing.seats.map(({ id }) => id) };
}

/** The stock of an offer, read as administrator. */
export async function stockOf(
  admin: TestClient,
  offerId: string,
): Promise<{ available: number | null; onHand: number | null; reserved: number | null }> {
  const data = (await admin.run(
    `query ($id: ID!) { offer(id: $id) { availability { available onHand reserved } } }`,
    { id: offerId },
  )) as {
    offer: { availability: { available: number | null; onHand: number | null; reserved: number | null } };
  };
  return data.offer.availability;
}

/** How many seats of a listing have each status. */
export async function seatStatuses(client: TestClient, listingId: string): Promise<Record<string, number>> {
  const data = (await client.run(
    `query ($id: ID!) { listing(id: $id) { ... on Event { seats { status } } } }`,
    {
      id: listingId,
    },
  )) as { listing: { seats: { status: string }[] } };
  const counts: Record<string, number> = {};
  for (const { status } of data.listing.seats) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

async function addOffer(
  admin: TestClient,
  listingId: string,
  input: Record<string, unknown>,
): Promise<TestOffer> {
  const upc = `T-${crypto.randomUUID().slice(0, 12)}`;
  const { offer } = (await admin.mutate(
    `mutation ($listingId: ID!, $input: OfferInput!) {
      createOffer(listingId: $listingId, input: $input) { offer { id price { amount } } userErrors { code message field } }
    }`,
    { listingId, input: { title: 'Standard', upc, ...input } },
  )) as { offer: { id: string; price: { amount: number } } };
  await admin.mutate(
    `mutation ($id: ID!) { publishListing(id: $id) { listing { id status } userErrors { code message field } } }`,
    { id: listingId },
  );
  return { listingId, offerId: offer.id, upc, price: offer.price.amount };
}

async function anyCategory(admin: TestClient): Promise<string> {
  const data = (await admin.run('{ categories { id } }')) as { categories: { id: string }[] };
  const [category] = data.categories;
  if (category) return category.id;
  const payload = (await admin.mutate(
    'mutation ($name: String!) { createCategory(name: $name) { category { id } userErrors { code message } } }',
    { name: `Things ${crypto.randomUUID().slice(0, 8)}` },
  )) as { category: { id: string } };
  return payload.category.id;
}
