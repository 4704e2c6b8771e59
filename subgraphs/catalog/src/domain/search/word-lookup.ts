import { countCharacters } from '@souk/shared/text';
import type { EntityManager } from 'typeorm';
import { editDistance } from './edit-distance.js';
import type { Corrections, ReadText, SearchText } from './search-text.js';
import { mapWords, singleWordOf, wordsOf } from './search-text.js';
import { anyLanguage } from './text-match.js';

interface WordRow {
  given: string;
  word: string;
  is_known: boolean;
  languages: { language: string; configuration: string; lexemes: string[] }[] | null;
}

/** SQL that looks words up in the dictionary and says what they are in each language of the shop. */
const lookUpWordsSql = `
  SELECT g.given, w.word, EXISTS (SELECT FROM search_word k WHERE k.word = unaccent(w.word)) AS is_known, l.languages
  FROM unnest($1::text[]) AS g (given)
  CROSS JOIN LATERAL (SELECT search_text(g.given) AS word OFFSET 0) w
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('language', c.language, 'configuration', c.configuration::text,
      'lexemes', tsvector_to_array(to_tsvector(c.configuration, w.word))) ORDER BY c.language) AS languages
    FROM (
      SELECT language, search_configuration(language) AS configuration FROM search_language OFFSET 0
    ) c
  ) l`;

/** SQL of the words of the dictionary that are most similar to $1, exported for the query plan test. */
export const similarWordsSql = `
  SELECT d.word FROM search_word d WHERE d.word % $1
  ORDER BY similarity(d.word, $1) DESC, d.listings DESC, d.word LIMIT 10`;

/**
 * Looks the words of a text up in the shop: corrects those that nothing has, if a similar word exists.
 * @param known corrections of an earlier page, which hold for all pages
 */
export async function readText(
  manager: EntityManager,
  text: SearchText,
  known: Corrections | null,
): Promise<ReadText> {
  const words = wordsOf(text);
  if (words.length === 0) return { text, corrections: [], configurations: [], terms: null };
  const rows = await lookUp(manager, words);
  const configurations = [
    ...new Set(rows.flatMap(({ languages }) => (languages ?? []).map(({ configuration }) => configuration))),
  ];
  const corrections = known ?? (await correct(manager, rows, configurations));
  const cleaned = new Map(rows.map(({ given, word }) => [given, word]));
  const replacements = new Map(corrections);
  const replace = (word: string): string => replacements.get(word) ?? cleaned.get(word) ?? word;
  const single = singleWordOf(text);
  const isCorrected = single !== null && replacements.has(single);
  const [row] = isCorrected ? await lookUp(manager, [replace(single)]) : rows;
  return {
    text: mapWords(text, replace),
    corrections,
    configurations,
    terms: single !== null && row ? termsOf(row) : null,
  };
}

function lookUp(manager: EntityManager, words: readonly string[]): Promise<WordRow[]> {
  return manager.query(lookUpWordsSql, [words]);
}

/** Null if the word is several in some language: then it is no single word. */
function termsOf({ languages }: WordRow): ReadText['terms'] {
  const all = languages ?? [];
  if (all.some(({ lexemes }) => lexemes.length > 1)) return null;
  return all.flatMap(({ language, lexemes }) => lexemes.map((term) => ({ language, term })));
}

const shortest = 3;
const longest = 40;

async function correct(
  manager: EntityManager,
  rows: readonly WordRow[],
  configurations: readonly string[],
): Promise<Corrections> {
  // An empty shop has no languages.
  if (configurations.length === 0) return [];
  const corrections: [string, string][] = [];
  for (const { given, word, is_known: isKnown } of rows) {
    const length = countCharacters(word);
    // Other forms of a word, and words of descriptions, are not in the dictionary.
    if (isKnown || length < shortest || length > longest || (await isFound(manager, word, configurations)))
      continue;
    const similar: { word: string }[] = await manager.query(similarWordsSql, [word]);
    const best = closest(
      word,
      similar.map((one) => one.word),
    );
    if (best !== null) corrections.push([given, best]);
  }
  return corrections;
}

/** The word with the fewest edits: one for short words, two for longer ones. Of equal ones, the first. */
export function closest(word: string, candidates: readonly string[]): string | null {
  const allowed = countCharacters(word) <= 4 ? 1 : 2;
  let best: string | null = null;
  let fewest = allowed + 1;
  for (const candidate of candidates) {
    const edits = editDistance(word, candidate);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

async function isFound(
  manager: EntityManager,
  word: string,
  configurations: readonly string[],
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT FROM search_listing s WHERE s.is_listed AND s.words @@ ${anyLanguage(configurations, '$1')} LIMIT 1`,
    [word],
  );
  return rows.length > 0;
}
