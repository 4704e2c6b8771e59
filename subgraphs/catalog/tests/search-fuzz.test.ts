import { unstorableProblem } from '@souk/shared/text';
import fc from 'fast-check';
import { parseSearchText, wordsOf } from '@souk/catalog/domain/search/search-text';
import type { CatalogUnderTest } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import { inLanguage } from './support/search.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
  await inLanguage(catalog, 'en', 'Red boots');
  await inLanguage(catalog, 'de', 'Rote Stiefel');
  await inLanguage(catalog, 'tr', 'Kırmızı çizme');
});

afterAll(() => catalog.close());

/** Operators of tsquery and of web searches, quotes, and letters that change when they are folded. */
const odd = fc.constantFrom(
  ...[
    '&',
    '|',
    '!',
    '(',
    ')',
    '<->',
    '<2>',
    ':*',
    ':A',
    "'",
    '"',
    '\\',
    '-',
    '--',
    'OR',
    'or',
    '%',
    '_',
    '$1',
    ';',
  ],
  ...[
    'boots',
    'red',
    'İ',
    'ı',
    'ß',
    'ﬁ',
    'e\u0301',
    '\u202e',
    '\u200f',
    '\u200d',
    '👩‍👩‍👧',
    '🇵🇹',
    '\ufeff',
    '\t',
    '\n',
  ],
  ...[
    'ा',
    'हिन्दी',
    '東京',
    '\u{1d400}',
    'a/b',
    'a.b',
    'http://a.b/c',
    'me@a.b',
    '1e5',
    '-5',
    '0x1F',
    '3.14',
    "d'eau",
  ],
);

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc.array(odd, { maxLength: 30 }).map((parts) => parts.join(' ')),
  fc.array(odd, { maxLength: 30 }).map((parts) => parts.join('')),
  odd.map((part) => part.repeat(10_000).slice(0, 10_000)),
);

const isStorable = (text: string): boolean => unstorableProblem(text) === null;

const query = `query ($search: String, $prefix: String!) {
  listings(filter: { search: $search }, first: 5) {
    totalCount nodes { id } facets { name values { value label count } } pageInfo { endCursor } }
  newest: listings(filter: { search: $search }, sort: NEWEST, first: 5) { nodes { id } }
  suggestListings(prefix: $prefix) }`;

test('every text has a result', async () => {
  await fc.assert(
    fc.asyncProperty(texts.filter(isStorable), async (search) => {
      const prefix = Array.from(search).slice(0, 200).join('');
      const { errors, data } = await catalog.subgraph.run(query, { search, prefix });
      expect(errors ?? []).toEqual([]);
      expect(data?.['suggestListings']).toBeInstanceOf(Array);
    }),
    { numRuns: 300 },
  );
}, 120_000);

test.each(['a\0b', '\ud800'])('a text that cannot be stored is refused as input', async (search) => {
  const { errors } = await catalog.subgraph.run(query, { search, prefix: '' });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(errors?.[0]?.message).toContain('search');
});

test('a text is read in bounded time and to a bounded number of words', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const words = wordsOf(parseSearchText(text));
      expect(words.length).toBeLessThanOrEqual(16);
      for (const word of words) expect(word.length).toBeLessThanOrEqual(64);
    }),
  );
});
