/** The columns of search_listing; the first is its key. */
export const searchColumns = [
  'listing_id',
  'status',
  'is_listed',
  'kind',
  'partner_id',
  'language',
  'listed_at',
  'price_min',
  'price_max',
  'price_currency',
  'next_start',
  'starts',
  'has_units',
  'is_seated',
  'is_available',
  'next_change_at',
  'quality',
  'title_key',
  'names',
  'city',
  'facets',
  'head',
  'words',
];

/** The rows of search_listing as they should be. OFFSET 0 has PostgreSQL compute what is used several times once. */
export const searchRows = `
  SELECT l.id AS listing_id, l.status, seller.is_listed, l.kind, l.partner_id,
    split_part(l.language, '-', 1) AS language,
    l.listed_at, COALESCE(l.price_min, -1) AS price_min, COALESCE(l.price_max, -1) AS price_max, l.price_currency,
    COALESCE(l.starts_at, offers.next_departure, '9999-12-31T00:00:00Z') AS next_start,
    times.starts, offers.has_units, offers.is_seated,
    COALESCE(offers.has_units AND offers.sale_start <= now() AND offers.sale_end > now(), false) AS is_available,
    offers.next_change_at,
    -- Ten-millionths of the score: a year of age counts 0.005, and that it can be bought 0.01. A word counts up to 0.06.
    (50000 * GREATEST(extract(epoch FROM l.listed_at) / 31557600 - 50, 0)
      + CASE WHEN offers.has_units AND offers.sale_start <= now() AND offers.sale_end > now() THEN 100000 ELSE 0 END
    )::int AS quality,
    lower(l.title) COLLATE "und-x-icu" AS title_key,
    unaccent(text.named) AS names,
    place.city,
    ARRAY['k:' || l.kind]
      || ARRAY(SELECT 'c:' || a.id FROM ancestors a)
      || ARRAY(SELECT 't:' || tag FROM unnest(l.tags) AS t (tag))
      || offers.bands
      || CASE WHEN place.city IS NULL THEN '{}' ELSE ARRAY['y:' || unaccent(lower(place.city))] END
      || CASE WHEN l.partner_id IS NULL THEN '{}' ELSE ARRAY['p:' || l.partner_id] END
      || CASE WHEN l.kind = 'TOUR' THEN ARRAY['d:' || COALESCE(l.difficulty, 'MODERATE')] ELSE '{}' END
      -- Half of the listings, a quarter, an eighth: random samples, by which facets of long lists are estimated.
      || ARRAY(SELECT 's:' || n FROM generate_series(1, 16) AS n
           WHERE hashtextextended(l.id::text, 0) & ((1::bigint << n) - 1) = 0)
      || ARRAY(SELECT DISTINCT 'm:' || to_char(s AT TIME ZONE 'UTC', 'YYYY-MM') FROM unnest(times.starts) AS s)
      AS facets,
    text.head,
    text.head || setweight(to_tsvector(text.configuration, search_text(l.summary)), 'C')
      || setweight(to_tsvector(text.configuration, search_text(left(l.description, 20000))), 'D') AS words
  FROM listing l
  LEFT JOIN venue v ON v.id = l.venue_id
  CROSS JOIN LATERAL (
    SELECT l.status = 'PUBLISHED' AND NOT EXISTS (
      SELECT FROM partner_owner p WHERE p.partner_id = l.partner_id AND p.status <> 'VERIFIED') AS is_listed
  ) seller
  CROSS JOIN LATERAL (
    SELECT COALESCE(v.city, NULLIF(trim(split_part(l.location, ',', 1)), '')) AS city
  ) place
  CROSS JOIN LATERAL (
    SELECT
      COALESCE(bool_or(o.has_units), false) AS has_units,
      COALESCE(bool_or(o.seated), false) AS is_seated,
      min(o.sale_start) AS sale_start, max(o.sale_end) AS sale_end,
      min(o.starts_at) FILTER (WHERE o.starts_at > now()) AS next_departure,
      min(LEAST(CASE WHEN o.sale_start > now() THEN o.sale_start END, CASE WHEN o.sale_end > now() THEN o.sale_end END,
        CASE WHEN o.starts_at > now() THEN o.starts_at END)) FILTER (WHERE o.sale_end < 'infinity' OR o.sale_start > now())
        AS next_change_at,
      COALESCE(array_agg(DISTINCT o.starts_at) FILTER (WHERE o.starts_at IS NOT NULL), '{}') AS departures,
      COALESCE(array_agg(DISTINCT o.band), '{}') AS bands
    FROM (
      SELECT o.seated, o.starts_at,
        CASE WHEN o.seated
          THEN EXISTS (SELECT FROM event_seat s WHERE s.offer_id = o.id AND s.status = 'AVAILABLE')
          ELSE o.on_hand IS NULL OR o.on_hand > o.reserved END AS has_units,
        COALESCE(o.sales_start_at, '-infinity') AS sale_start,
        COALESCE(LEAST(COALESCE(o.sales_end_at, l.starts_at), o.starts_at, l.ends_at), 'infinity') AS sale_end,
        'b:' || o.price_currency || ':'
          || width_bucket(o.price_amount, '{1000,2500,5000,10000,25000,50000,100000}'::bigint[]) AS band
      FROM offer o WHERE o.listing_id = l.id
    ) o
  ) offers
  CROSS JOIN LATERAL (
    SELECT CASE WHEN l.starts_at IS NULL THEN offers.departures ELSE ARRAY[l.starts_at] END AS starts
  ) times
  CROSS JOIN LATERAL (
    WITH RECURSIVE above AS (
      SELECT c.id, c.parent_id FROM category c WHERE c.id = l.category_id
      UNION
      SELECT c.id, c.parent_id FROM category c JOIN above a ON c.id = a.parent_id
    ) SELECT array_agg(id) AS ids FROM above
  ) path
  CROSS JOIN LATERAL (
    SELECT search_configuration(l.language) AS configuration,
      search_text(l.title) AS title,
      search_text(concat_ws(' ', joined_words(l.tags), l.brand, place.city, v.name, l.location)) AS named
    OFFSET 0
  ) given
  CROSS JOIN LATERAL (
    SELECT given.configuration, given.title || ' ' || given.named AS named,
      setweight(to_tsvector(given.configuration, given.title), 'A')
        || setweight(to_tsvector(given.configuration, given.named), 'B') AS head
    OFFSET 0
  ) text`.replace('FROM ancestors a', 'FROM unnest(path.ids) AS a (id)');
