import { closest } from '@souk/catalog/domain/search/word-lookup';
import type { CatalogUnderTest } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import { found, inLanguage } from './support/search.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
  await inLanguage(catalog, 'en', 'Cordless vacuum cleaner Wolke V8');
  await inLanguage(catalog, 'en', 'Leather hiking boots', { summary: 'For long walks' });
  await inLanguage(catalog, 'en', 'Red hat', { description: 'Goes with boots of every colour.' });
  await inLanguage(catalog, 'en', 'The cat');
  await inLanguage(catalog, 'de', 'Bücherregale aus Eiche', { tags: ['Möbel'] });
  await inLanguage(catalog, 'de', 'Straßenkarte für Kinder');
  await inLanguage(catalog, 'fr', 'Crème brûlée: la leçon');
  await inLanguage(catalog, 'es', 'Lámparas de pie');
  await inLanguage(catalog, 'ja', '東京 ガイド');
  await inLanguage(catalog, 'ru', 'Книжные полки');
});

afterAll(() => catalog.close());

const search = (text: string): Promise<string[]> => found(catalog, { search: text });

test.each([
  ['another form in English', 'cleaners', 'Cordless vacuum cleaner Wolke V8'],
  ['another form in German', 'Bücherregal', 'Bücherregale aus Eiche'],
  ['another form in Spanish', 'lampara', 'Lámparas de pie'],
  ['another form in Russian', 'книжная полка', 'Книжные полки'],
  ['no accents', 'creme brulee', 'Crème brûlée: la leçon'],
  ['accents that are not there', 'bóots léather', 'Leather hiking boots'],
  ['capitals', 'VACUUM', 'Cordless vacuum cleaner Wolke V8'],
  ['sharp s as ss', 'strassenkarte', 'Straßenkarte für Kinder'],
  ['a tag with an umlaut', 'moebel OR möbel', 'Bücherregale aus Eiche'],
  ['a language without stemming', '東京', '東京 ガイド'],
  ['stop words of another language', 'the boots hiking', 'Leather hiking boots'],
  ['a model number', 'v8', 'Cordless vacuum cleaner Wolke V8'],
  ['two misspellings', 'vacum cleanr', 'Cordless vacuum cleaner Wolke V8'],
  ['a misspelling with a correct word', 'vacuum cleanr', 'Cordless vacuum cleaner Wolke V8'],
  ['two letters swapped', 'vaccum', 'Cordless vacuum cleaner Wolke V8'],
  ['a phrase', '"hiking boots"', 'Leather hiking boots'],
  ['an excluded word', 'boots -hat', 'Leather hiking boots'],
])('finds %s', async (_what, text, title) => {
  expect(await search(text)).toEqual([title]);
});

test('ranks the title above the description', async () => {
  expect(await search('boots')).toEqual(['Leather hiking boots', 'Red hat']);
});

test.each(['ca', 'ct', 'xyz', 'zzzzzz', '"boots hiking"', 'boots vacuum', '-boots', 'the -boots'])(
  'does not find anything for %s',
  async (text) => {
    expect(await search(text)).toEqual([]);
  },
);

test('a short word is corrected by one letter at most', () => {
  expect(closest('jaz', ['jazz', 'jar'])).toBe('jazz');
  expect(closest('cat', ['goat', 'boats'])).toBeNull();
  expect(closest('vacum', ['vacant', 'vacuum'])).toBe('vacuum');
  expect(closest('lampr', ['lamp', 'lampe'])).toBe('lamp');
  expect(closest('shrit', ['shirt'])).toBe('shirt');
  expect(closest('vacuum', ['cleaner'])).toBeNull();
});

test('a word that a listing has is not corrected', async () => {
  expect(await search('hat')).toEqual(['Red hat']);
  expect(await search('cat')).toEqual(['The cat']);
});

test('the score says whether title, tags and summary have all words', async () => {
  const data = await catalog.query<{ listings: { edges: { score: number; node: { title: string } }[] } }>(
    '{ listings(filter: { search: "boots" }) { edges { score node { title } } } }',
  );
  const [first, second] = data.listings.edges;
  expect(first?.score).toBeGreaterThanOrEqual(1);
  expect(second?.score).toBeLessThan(1);
});

test('what is sold out ranks below what is not', async () => {
  await inLanguage(catalog, 'en', 'Globe one', {}, { onHand: 3 });
  const { offer } = await inLanguage(catalog, 'en', 'Globe two', {}, { onHand: 3 });
  expect(await search('globe')).toEqual(['Globe two', 'Globe one']);
  await catalog.sql('UPDATE offer SET reserved = 3 WHERE id = $1', [offer.uuid]);
  expect(await search('globe')).toEqual(['Globe one', 'Globe two']);
  await catalog.sql('UPDATE offer SET reserved = 2 WHERE id = $1', [offer.uuid]);
  expect(await search('globe')).toEqual(['Globe two', 'Globe one']);
});

test('an older listing ranks below an equal one', async () => {
  const { listing } = await inLanguage(catalog, 'en', 'Kettle steel');
  await inLanguage(catalog, 'en', 'Kettle glass');
  expect(await search('kettle')).toEqual(['Kettle glass', 'Kettle steel']);
  await catalog.sql("UPDATE listing SET published_at = now() + interval '1 year' WHERE id = $1", [
    listing.uuid,
  ]);
  expect(await search('kettle')).toEqual(['Kettle steel', 'Kettle glass']);
});
