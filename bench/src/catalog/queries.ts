import { Random } from './random.js';
import { cities, vocabularies } from './vocabulary.js';

/** Kinds of queries, in the order of the report. */
export const queryKinds = [
  'one word',
  'three words',
  'misspelled',
  'prefix',
  'filter only',
  'page at depth 10,000',
] as const;

export type QueryKind = (typeof queryKinds)[number];

/** A query as both sides run it. */
export interface BenchQuery {
  /** The search text, or the prefix to complete; null for a filter only. */
  text: string | null;
  kind: 'PRODUCT' | 'TOUR' | 'APP' | 'EVENT' | null;
  city: string | null;
  tag: string | null;
}

/** Makes queries of one kind, as people would type them for these listings. */
export function makeQueries(kind: QueryKind, count: number, seed: number): BenchQuery[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => makeQuery(kind, random));
}

function makeQuery(kind: QueryKind, random: Random): BenchQuery {
  const vocabulary = random.pick(vocabularies);
  const none: BenchQuery = { text: null, kind: null, city: null, tag: null };
  const noun = (): string => lastWord(random.pickSkewed(vocabulary.goods));
  switch (kind) {
    case 'one word':
    case 'page at depth 10,000':
      return { ...none, text: random.pick([noun(), noun(), random.pickSkewed(cities)]) };
    case 'three words':
      return {
        ...none,
        text: random.pick([
          `${random.pickSkewed(vocabulary.qualities)} ${noun()} ${random.pickSkewed(vocabulary.materials)}`,
          `${random.pickSkewed(vocabulary.shows)} ${random.pickSkewed(cities)}`,
        ]),
      };
    case 'misspelled':
      return { ...none, text: misspell(noun(), random) };
    case 'prefix':
      return { ...none, text: noun().slice(0, 3 + random.below(2)) };
    case 'filter only':
      return random.pick([
        { ...none, kind: random.pick(['TOUR', 'EVENT'] as const), city: random.pickSkewed(cities) },
        { ...none, kind: 'PRODUCT', tag: random.pickSkewed(vocabulary.materials) },
      ]);
  }
}

function lastWord(phrase: string): string {
  const words = phrase.split(/\s+/).filter((word) => word.length > 3);
  return words.at(-1) ?? phrase;
}

/** Leaves a letter out, neither the first nor the last one. */
function misspell(word: string, random: Random): string {
  const at = 1 + random.below(Math.max(1, word.length - 2));
  return word.slice(0, at) + word.slice(at + 1);
}
