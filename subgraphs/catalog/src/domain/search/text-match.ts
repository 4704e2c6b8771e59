import type { Part, ReadText } from './search-text.js';

/** SQL expressions that match a text. All are constants for the planner. */
export interface TextMatch {
  /** The tsquery that a listing must match. */
  query: string;
  /** The tsquery by which it is ranked: any of the words. */
  rank: string;
}

/** The tsquery of a word in any of the languages. */
export function anyLanguage(configurations: readonly string[], parameter: string): string {
  return either(configurations.map((name) => `plainto_tsquery('${name}'::regconfig, ${parameter})`));
}

/** Builds the expressions; null for a text that nothing can match. */
export function matchText(
  { text, configurations }: ReadText,
  parameter: (value: unknown) => string,
): TextMatch | null {
  if (text.alternatives.length === 0 || configurations.length === 0) return null;
  const numbers = new Map<string, string>();
  const numbered = (words: readonly string[]): string => {
    const joined = words.join(' ');
    const known = numbers.get(joined) ?? `${parameter(joined)}::text`;
    numbers.set(joined, known);
    return known;
  };
  const inEach = (parts: readonly Part[]): string =>
    either(
      configurations.map((name) =>
        parts.map(({ words }) => `phraseto_tsquery('${name}'::regconfig, ${numbered(words)})`).join(' && '),
      ),
    );
  const query = text.alternatives.map((parts) => {
    // A language's stop words are no part of its query, so each language has a query of its own.
    const required = inEach(parts.filter(({ isExcluded }) => !isExcluded));
    const excluded = parts.filter(({ isExcluded }) => isExcluded);
    if (excluded.length === 0) return required;
    const unwanted = either(excluded.map((part) => inEach([part])));
    // Where only stop words are required, whatever is not excluded would match.
    return `CASE WHEN numnode(${required}) > 0 THEN ${required} && !!${unwanted} ELSE ''::tsquery END`;
  });
  const rank = text.alternatives.flatMap((parts) =>
    parts
      .filter(({ isExcluded }) => !isExcluded)
      .map(({ words }) => anyLanguage(configurations, numbered(words))),
  );
  return { query: either(query), rank: either(rank) };
}

function either(queries: readonly string[]): string {
  return `(${queries.map((query) => `(${query})`).join(' || ')})`;
}
