import { setTimeout as sleep } from 'node:timers/promises';
import { demoApps } from './apps.js';
import type { DemoListing, DemoOffer, DemoTime } from './content.js';
import { demoEvents } from './events.js';
import { demoGoods } from './goods.js';
import type { Graph } from './graph.js';
import { Refused } from './graph.js';
import { demoCategories, demoVenues } from './places.js';
import { poster } from './poster.js';
import { demoTours } from './tours.js';

/** All demo listings. */
export const demoListings: readonly DemoListing[] = [...demoTours, ...demoEvents, ...demoApps, ...demoGoods];

interface Existing {
  id: string;
  status: string;
  offers: { title: string }[];
}

const refusals = 'userErrors { code message }';
const partnerPatienceMs = 15_000;

/** Creates missing categories, venues and listings, and completes unfinished listings. */
export async function seedCatalog(admin: Graph, partner: Graph, now: Date): Promise<void> {
  const categories = await seedCategories(admin);
  await untilKnownAsPartner(() => seedVenues(partner));
  const venues = await venueIds(partner);
  for (const listing of demoListings) await seedListing(partner, listing, categories, venues, now);
}

async function seedCategories(admin: Graph): Promise<ReadonlyMap<string, string>> {
  const read = async (): Promise<Map<string, string>> => {
    const { categories } = await admin.execute<{ categories: { id: string; slug: string }[] }>(
      'query DemoCategories { categories { id slug } }',
    );
    return new Map(categories.map(({ id, slug }) => [slug, id]));
  };
  const known = await read();
  for (const { slug, name } of demoCategories.filter((category) => !known.has(category.slug))) {
    await admin.change(
      `mutation DemoCategory($name: String!, $slug: String) { createCategory(name: $name, slug: $slug) { ${refusals} } }`,
      { name, slug },
    );
  }
  return read();
}

/** Catalog receives the verified partner by message, shortly after the mutation. */
async function untilKnownAsPartner(work: () => Promise<void>): Promise<void> {
  for (const deadline = Date.now() + partnerPatienceMs; ;) {
    try {
      await work();
      return;
    } catch (error) {
      const early = error instanceof Refused && error.codes.includes('PARTNER_NOT_VERIFIED');
      if (!early || Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

async function seedVenues(partner: Graph): Promise<void> {
  const known = await venueIds(partner);
  for (const venue of demoVenues.filter(({ name }) => !known.has(name))) {
    await partner.change(
      `mutation DemoVenue($input: VenueInput!) { createVenue(input: $input) { ${refusals} } }`,
      { input: venue },
    );
  }
}

async function venueIds(partner: Graph): Promise<ReadonlyMap<string, string>> {
  const { venues } = await partner.execute<{ venues: { id: string; name: string }[] }>(
    'query DemoVenues { venues { id name } }',
  );
  return new Map(venues.map(({ id, name }) => [name, id]));
}

async function seedListing(
  partner: Graph,
  listing: DemoListing,
  categories: ReadonlyMap<string, string>,
  venues: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  const { listing: found } = await partner.execute<{ listing: Existing | null }>(
    'query DemoListing($slug: String) { listing(slug: $slug) { id status offers { title } } }',
    { slug: listing.slug },
  );
  const existing = found ?? (await createListing(partner, listing, categories, venues, now));
  for (const offer of listing.offers) {
    if (existing.offers.some(({ title }) => title === offer.title)) continue;
    await partner.change(
      `mutation DemoOffer($listingId: ID!, $input: OfferInput!) { createOffer(listingId: $listingId, input: $input) { ${refusals} } }`,
      { listingId: existing.id, input: offerInput(offer, now) },
    );
  }
  if (existing.status === 'PUBLISHED') return;
  await partner.change(`mutation DemoPublish($id: ID!) { publishListing(id: $id) { ${refusals} } }`, {
    id: existing.id,
  });
}

async function createListing(
  partner: Graph,
  listing: DemoListing,
  categories: ReadonlyMap<string, string>,
  venues: ReadonlyMap<string, string>,
  now: Date,
): Promise<Existing> {
  const { mutation, type, own } = kindInput(listing, venues, now);
  const { slug, title, summary, description, tags, features } = listing;
  const common = {
    slug,
    title,
    summary,
    description,
    tags,
    features,
    categoryId: categories.get(listing.category),
    images: [{ url: poster(title, listing.hue), alt: `Poster: ${title}` }],
  };
  const created = await partner.change<{ listing: Existing }>(
    `mutation DemoCreate($input: ${type}!) { ${mutation}(input: $input) { listing { id status offers { title } } ${refusals} } }`,
    { input: { listing: common, ...own } },
  );
  return created.listing;
}

/** The mutation of a listing's kind, its input type, and the fields that only that kind has. */
function kindInput(
  listing: DemoListing,
  venues: ReadonlyMap<string, string>,
  now: Date,
): { mutation: string; type: string; own: object } {
  switch (listing.kind) {
    case 'PRODUCT': {
      const { brand, weightGrams } = listing;
      return { mutation: 'createProduct', type: 'ProductInput', own: { brand, weightGrams } };
    }
    case 'TOUR': {
      const { location, timeZone, itinerary, durationMinutes, difficulty } = listing;
      return {
        mutation: 'createTour',
        type: 'TourInput',
        own: { location, timeZone, itinerary, durationMinutes, difficulty },
      };
    }
    case 'APP': {
      const { version, platforms, website } = listing;
      return { mutation: 'createApp', type: 'AppInput', own: { version, platforms, website } };
    }
    case 'EVENT': {
      const startsAt = timeOf(listing.startsAt, now);
      return {
        mutation: 'createEvent',
        type: 'EventInput',
        own: {
          venueId: venues.get(listing.venue),
          startsAt,
          endsAt: plusMinutes(startsAt, listing.durationMinutes),
          doorsOpenAt: plusMinutes(startsAt, -listing.doorsOpenMinutes),
        },
      };
    }
  }
}

function offerInput({ price, startsAt, ...offer }: DemoOffer, now: Date): object {
  return {
    ...offer,
    price: { amount: price, currency: 'EUR' },
    ...(startsAt === undefined ? {} : { startsAt: timeOf(startsAt, now) }),
  };
}

function timeOf({ inDays, hour, minute = 0 }: DemoTime, now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + inDays, hour, minute));
}

function plusMinutes(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}
