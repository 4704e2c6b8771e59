import type { EntityManager } from 'typeorm';

/** Titles that are read to choose the best from. */
const titlesRead = 100;
/** Words that are read to choose the best from. */
const wordsRead = 20;

/** SQL of completions by words, exported for the query plan test: $1 the words before, $2 the word to complete, $3 the limit. */
export const wordCompletionsSql = `
  SELECT c.completion FROM (
    SELECT w.word, w.listings, trim($1 || ' ' || w.word) AS completion FROM search_word w
    WHERE w.word LIKE $2 || '%' ORDER BY w.listings DESC, length(w.word), w.word LIMIT ${wordsRead}
  ) c
  WHERE EXISTS (
    SELECT FROM search_language g
    CROSS JOIN LATERAL (
      SELECT plainto_tsquery(search_configuration(g.language), c.completion) AS query,
        tsvector_to_array(to_tsvector(search_configuration(g.language), c.word)) AS terms
    ) q
    CROSS JOIN LATERAL (
      SELECT FROM search_term t JOIN search_listing s ON s.listing_id = t.listing_id
      WHERE t.language = g.language AND t.term = q.terms[1] AND s.is_listed AND s.head @@ q.query LIMIT 1
    ) found
  )
  ORDER BY c.listings DESC, length(c.word), c.word LIMIT $3`;

/** SQL of completions by titles, exported for the query plan test. */
export const titleCompletionsSql = `
  SELECT l.title FROM (
    SELECT f.listing_id, f.quality FROM (
      SELECT s.listing_id, s.quality FROM search_listing s
      WHERE s.is_listed AND s.names LIKE $1 || '%' ORDER BY s.names USING ~<~ LIMIT ${titlesRead}
    ) f ORDER BY f.quality DESC, f.listing_id LIMIT $2
  ) b JOIN listing l ON l.id = b.listing_id ORDER BY b.quality DESC, b.listing_id`;

/**
 * Completes what was typed: words of titles, tags, brands and places that listings in the shop have together with the
 * words before them, then titles that begin with it.
 */
export async function suggest(manager: EntityManager, prefix: string, limit: number): Promise<string[]> {
  if (limit === 0) return [];
  const [{ folded } = { folded: '' }]: { folded: string }[] = await manager.query(
    'SELECT unaccent(search_text($1)) AS folded',
    [prefix],
  );
  if (folded === '') return [];
  const typed = folded.split(' ');
  const last = typed.pop() ?? '';
  const words: { completion: string }[] = await manager.query(wordCompletionsSql, [
    typed.join(' '),
    last,
    Math.ceil(limit / 2),
  ]);
  const titles: { title: string }[] = await manager.query(titleCompletionsSql, [folded, limit]);
  const all = [...words.map(({ completion }) => completion), ...titles.map(({ title }) => title)];
  const lower = all.map((text) => text.toLowerCase());
  return all.filter((_, index) => lower.indexOf(lower[index] ?? '') === index).slice(0, limit);
}
