import type { CatalogUnderTest, Made, TestPartner } from './catalog.js';
import { eur, inHours } from './catalog.js';

/** Five published listings of all kinds, and a draft. */
export interface Market {
  /** Owns the app, the boots and the draft. */
  seller: TestPartner;
  category: Record<'outdoors' | 'walks' | 'music', { id: string }>;
  tour: Made;
  jazz: Made;
  draft: Made;
}

/** Fills an empty catalog. */
export async function fillMarket(catalog: CatalogUnderTest): Promise<Market> {
  const seller = await catalog.partner();
  const outdoors = await makeCategory(catalog, 'Outdoors');
  const category = {
    outdoors,
    walks: await makeCategory(catalog, 'Walks', outdoors.id),
    music: await makeCategory(catalog, 'Music'),
  };

  const tour = await catalog.draft('Tour', {
    listing: {
      title: 'Lisbon before breakfast',
      summary: 'Bakers and cats',
      description: 'We are **walking** through Alfama.',
      tags: ['food', 'walking'],
      categoryId: category.walks.id,
    },
    location: 'Lisbon, Portugal',
    durationMinutes: 180,
  });
  await catalog.offer(tour, { price: eur(4_500), onHand: 12, startsAt: inHours(200) });
  await catalog.offer(tour, { price: eur(5_200), onHand: 8, startsAt: inHours(20) });
  await catalog.publish(tour);

  const hall = await catalog.venue([], { city: 'Porto', capacity: 100 });
  const jazz = await catalog.draft('Event', {
    listing: { title: 'Harbour Jazz', tags: ['music'], categoryId: category.music.id },
    venueId: hall.id,
    startsAt: inHours(100),
    endsAt: inHours(104),
  });
  await catalog.offer(jazz, { price: eur(2_000), onHand: 1 });
  await catalog.publish(jazz);

  const app = await catalog.draft(
    'App',
    { listing: { title: 'Trail Maps', tags: ['walking'] }, version: '1.0', platforms: ['iOS'] },
    seller,
  );
  await catalog.offer(app, { price: eur(999), onHand: null }, seller);
  await catalog.publish(app, seller);

  await catalog.product(
    { price: eur(12_000), onHand: 0 },
    { title: 'Boots', categoryId: category.outdoors.id, tags: ['walking', 'leather'] },
    seller,
  );
  await catalog.product({ price: { amount: 500, currency: 'USD' }, onHand: 3 }, { title: 'Sourdough' });
  const draft = await catalog.draft('Product', { listing: { title: 'Secret walking stick' } }, seller);
  return { seller, category, tour, jazz, draft };
}

async function makeCategory(
  catalog: CatalogUnderTest,
  name: string,
  parentId?: string,
): Promise<{ id: string }> {
  const { category: created } = await catalog.mutate<{ category: { id: string } }>(
    'createCategory($name: String!, $parentId: ID)',
    'category { id }',
    { name, parentId },
  );
  return created;
}
