import type { EntityManager } from 'typeorm';

/** Returns the names of cities as a listing in the shop writes them, by their names without case and accents. */
export async function readCityNames(
  manager: EntityManager,
  cities: readonly string[],
): Promise<Map<string, string>> {
  if (cities.length === 0) return new Map();
  const rows: { folded: string; city: string }[] = await manager.query(
    `SELECT c.folded, f.city FROM unnest($1::text[]) AS c (folded)
     CROSS JOIN LATERAL (
       SELECT s.city FROM search_listing s WHERE s.is_listed AND s.facets @> ARRAY['y:' || c.folded] LIMIT 1
     ) f`,
    [cities],
  );
  return new Map(rows.map(({ folded, city }) => [folded, city]));
}
