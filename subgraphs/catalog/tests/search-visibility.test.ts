import type { CatalogUnderTest, TestPartner } from './support/catalog.js';
import { inHours, startCatalog } from './support/catalog.js';
import { found } from './support/search.js';
import { until } from '../../../tests/support/until.js';

let catalog: CatalogUnderTest;
let seller: TestPartner;

beforeAll(async () => {
  catalog = await startCatalog();
  seller = await catalog.partner();
});

afterAll(() => catalog.close());

interface Shown {
  search: string[];
  newest: string[];
  suggestions: string[];
  facet: number;
}

/** Where a listing of one tag and one rare word appears. */
async function shown(word: string): Promise<Shown> {
  const data = await catalog.query<{
    suggestListings: string[];
    listings: { facets: { name: string; values: { value: string; count: number }[] }[] };
  }>(
    'query ($word: String!) { suggestListings(prefix: $word) listings { facets { name values { value count } } } }',
    { word },
  );
  const tags = data.listings.facets.find(({ name }) => name === 'TAG')?.values ?? [];
  return {
    search: await found(catalog, { search: word }),
    newest: await found(catalog, { tags: [word] }, 'NEWEST'),
    suggestions: data.suggestListings,
    facet: tags.find(({ value }) => value === word)?.count ?? 0,
  };
}

const nowhere: Shown = { search: [], newest: [], suggestions: [], facet: 0 };

test('a draft is nowhere; from its publication it is everywhere, until it is archived', async () => {
  const listing = await catalog.draft('Product', { listing: { title: 'Quokka', tags: ['quokka'] } }, seller);
  await catalog.offer(listing, {}, seller);
  expect(await shown('quokka')).toEqual(nowhere);
  await catalog.publish(listing, seller);
  expect(await shown('quokka')).toEqual({
    search: ['Quokka'],
    newest: ['Quokka'],
    suggestions: ['quokka'],
    facet: 1,
  });
  await catalog.mutate('archiveListing($id: ID!)', 'listing { id }', listing, seller);
  expect(await shown('quokka')).toEqual(nowhere);
});

test("a suspended seller's listings are nowhere until the seller is verified again", async () => {
  const other = await catalog.partner();
  await catalog.product({}, { title: 'Wombat', tags: ['wombat'] }, other);
  expect((await shown('wombat')).facet).toBe(1);
  await catalog.suspend(other);
  expect(await shown('wombat')).toEqual(nowhere);
  catalog.setPartnerStatus(other.partnerId, other.userId, 'VERIFIED');
  await until('the listing to be back', async () => (await shown('wombat')).facet === 1);
});

test('a category that moves takes its listings along', async () => {
  const create = async (name: string, parentId: string | null): Promise<string> => {
    const { category } = await catalog.mutate<{ category: { id: string } }>(
      'createCategory($name: String!, $parentId: ID)',
      'category { id }',
      { name, parentId },
    );
    return category.id;
  };
  const [above, other] = [await create('Above', null), await create('Other', null)];
  const below = await create('Below', above);
  await catalog.product({}, { title: 'Numbat', categoryId: below });
  expect(await found(catalog, { categoryId: above })).toEqual(['Numbat']);
  await catalog.sql(
    `UPDATE category SET parent_id = (SELECT id FROM category WHERE name = 'Other') WHERE name = 'Below'`,
  );
  expect(await found(catalog, { categoryId: above })).toEqual([]);
  expect(await found(catalog, { categoryId: other })).toEqual(['Numbat']);
});

test('an event is found in the city of its venue, also when that changes', async () => {
  const { listing } = await catalog.concert(
    { rows: 1, seatsPerRow: 1 },
    { event: { listing: { title: 'Bilby' } } },
  );
  expect(await found(catalog, { search: 'bilby lisbon' })).toEqual(['Bilby']);
  await catalog.sql(
    "UPDATE venue SET city = 'Évora' WHERE id = (SELECT venue_id FROM listing WHERE id = $1)",
    [listing.uuid],
  );
  expect(await found(catalog, { city: 'evora' })).toEqual(['Bilby']);
  expect(await found(catalog, { search: 'bilby evora' })).toEqual(['Bilby']);
  expect(await found(catalog, { search: 'bilby', city: 'Lisbon' })).toEqual([]);
});

describe('rows that become stale without a change of their listing', () => {
  const row = async (uuid: string): Promise<Record<string, unknown>> =>
    (
      await catalog.sql<Record<string, unknown>>('SELECT * FROM search_listing WHERE listing_id = $1', [uuid])
    )[0]!;

  test('a sale that begins or ends', async () => {
    const { listing, offer } = await catalog.product({ salesStartAt: inHours(1), salesEndAt: inHours(2) });
    expect(await row(listing.uuid)).toMatchObject({ is_available: false });
    // The trigger would see the new times; time passes instead.
    const shift = async (hours: number): Promise<void> => {
      await catalog.sql('ALTER TABLE offer DISABLE TRIGGER offer_search');
      await catalog.sql(
        `UPDATE offer SET sales_start_at = sales_start_at - $2 * interval '1 hour',
           sales_end_at = sales_end_at - $2 * interval '1 hour' WHERE id = $1`,
        [offer.uuid, hours],
      );
      await catalog.sql('ALTER TABLE offer ENABLE TRIGGER offer_search');
      await catalog.sql(
        "UPDATE search_listing SET next_change_at = next_change_at - $2 * interval '1 hour' WHERE listing_id = $1",
        [listing.uuid, hours],
      );
    };
    await shift(1.5);
    await until('the sale to begin', async () => (await row(listing.uuid))['is_available'] === true);
    await shift(1);
    await until('the sale to end', async () => (await row(listing.uuid))['is_available'] === false);
  });

  test('a departure that leaves', async () => {
    const tour = await catalog.draft('Tour', {
      listing: { title: 'Walk' },
      location: 'Rome',
      durationMinutes: 1,
    });
    const first = await catalog.offer(tour, { startsAt: inHours(10) });
    await catalog.offer(tour, { startsAt: inHours(20) });
    await catalog.publish(tour);
    const next = async (): Promise<number> => ((await row(tour.uuid))['next_start'] as Date).getTime();
    const [before] = [await next()];
    await catalog.sql('ALTER TABLE offer DISABLE TRIGGER offer_search');
    await catalog.sql("UPDATE offer SET starts_at = now() - interval '1 minute' WHERE id = $1", [first.uuid]);
    await catalog.sql('ALTER TABLE offer ENABLE TRIGGER offer_search');
    await catalog.sql('UPDATE search_listing SET next_change_at = now() WHERE listing_id = $1', [tour.uuid]);
    await until('the next departure', async () => (await next()) > before + 5 * 3_600_000);
  });

  test('an event whose seats are gone', async () => {
    const { listing } = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const set = (status: string): Promise<unknown> =>
      catalog.sql('UPDATE event_seat SET status = $2 WHERE listing_id = $1', [listing.uuid, status]);
    expect(await row(listing.uuid)).toMatchObject({ is_available: true });
    await set('SOLD');
    await until('the event to be sold out', async () => (await row(listing.uuid))['is_available'] === false);
    await set('AVAILABLE');
    await until('the event to be back', async () => (await row(listing.uuid))['is_available'] === true);
  });
});

describe('suggestions', () => {
  const suggest = async (prefix: string, limit?: number): Promise<string[]> => {
    const data = await catalog.query<{ suggestListings: string[] }>(
      'query ($prefix: String!, $limit: Int) { suggestListings(prefix: $prefix, limit: $limit) }',
      { prefix, limit },
    );
    return data.suggestListings;
  };

  beforeAll(async () => {
    await catalog.product({}, { title: 'Zitronenpresse Ädelstahl' });
    await catalog.product({}, { title: 'Zitherspiel', tags: ['zwitschern'] });
    await catalog.draft('Product', { listing: { title: 'Zirkonium' } }, seller);
  });

  test.each<[string, string[]]>([
    ['zit', ['zitherspiel', 'zitronenpresse', 'Zitronenpresse Ädelstahl']],
    ['ZIT', ['zitherspiel', 'zitronenpresse', 'Zitronenpresse Ädelstahl']],
    ['zwi', ['zwitschern']],
    ['adel', ['adelstahl']],
    ['zitronenpresse äd', ['zitronenpresse adelstahl', 'Zitronenpresse Ädelstahl']],
    ['zitherspiel äd', []],
    ['zirk', []],
    ['', []],
    ['%', []],
  ])('complete %j', async (prefix, completions) => {
    expect(await suggest(prefix)).toEqual(completions);
  });

  test('are as many as asked for', async () => {
    expect(await suggest('zit', 2)).toHaveLength(2);
    expect(await suggest('zit', 0)).toEqual([]);
    expect(await catalog.failure('{ suggestListings(prefix: "a", limit: 101) }')).toBe('BAD_USER_INPUT');
  });
});
