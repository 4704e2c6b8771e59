/** Words that must be there, or must not; the words of a phrase follow each other. */
export interface Part {
  words: readonly string[];
  isExcluded: boolean;
}

/** A search text as it was understood: at least one alternative must match with all its parts. */
export interface SearchText {
  alternatives: readonly (readonly Part[])[];
}

/** Misspelled words with the words that replace them. */
export type Corrections = readonly (readonly [word: string, correction: string])[];

/** A search text that is ready to be matched. */
export interface ReadText {
  /** Its words are lowercase and corrected. */
  text: SearchText;
  corrections: Corrections;
  /** Text search configurations of the languages in the shop. */
  configurations: readonly string[];
  /** For a text of one word: what it is in each language, for the index of single words. Null for other texts. */
  terms: readonly { language: string; term: string }[] | null;
}

/** Words of a search text that are read; the others are ignored, so that no text makes a large query. */
const maxWords = 16;
/** UTF-16 code units of a word; PostgreSQL indexes no longer ones than 2,046 bytes. */
const maxWordUnits = 64;

const tokens = /-?"[^"]*"|[^\s"]+/gu;
const word = /[\p{L}\p{N}\p{M}]+/gu;

/**
 * Reads a search text: words, phrases in quotes, `-word` to exclude, `OR` between alternatives. Everything else is
 * ignored, so that every text can be read; one without words has no alternatives and matches nothing.
 */
export function parseSearchText(text: string): SearchText {
  const alternatives: Part[][] = [[]];
  let room = maxWords;
  for (const [token] of text.matchAll(tokens)) {
    if (room === 0) break;
    if (token === 'OR') {
      alternatives.push([]);
      continue;
    }
    const found = [...token.matchAll(word)].slice(0, room).map(([one]) => one.slice(0, maxWordUnits));
    if (found.length === 0) continue;
    room -= found.length;
    const isExcluded = token.startsWith('-');
    const isPhrase = token.includes('"') || isExcluded;
    const parts = isPhrase ? [found] : found.map((one) => [one]);
    alternatives.at(-1)?.push(...parts.map((words) => ({ words, isExcluded })));
  }
  // Exclusions alone would match nearly everything.
  return { alternatives: alternatives.filter((parts) => parts.some(({ isExcluded }) => !isExcluded)) };
}

/** All words of a text, each once. */
export function wordsOf({ alternatives }: SearchText): string[] {
  return [...new Set(alternatives.flatMap((parts) => parts.flatMap(({ words }) => words)))];
}

/** The text with its words replaced. */
export function mapWords({ alternatives }: SearchText, replace: (word: string) => string): SearchText {
  return {
    alternatives: alternatives.map((parts) =>
      parts.map((part) => ({ ...part, words: part.words.map(replace) })),
    ),
  };
}

/** The only word of a text that is one word. */
export function singleWordOf({ alternatives }: SearchText): string | null {
  const [part, ...others] = alternatives.flat();
  return part && others.length === 0 && part.words.length === 1 ? (part.words[0] ?? null) : null;
}
