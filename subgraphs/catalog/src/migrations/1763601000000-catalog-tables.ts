import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of listings, stock and seats. */
export class CatalogTables1763601000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    for (const statement of [...owners, ...listings, ...offers, ...seats, ...stock]) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP VIEW offer_stock');
    await runner.query(
      'DROP TABLE stock_adjustment, reservation, event_seat, offer, listing, venue, category, partner_owner',
    );
    await runner.query('DROP FUNCTION joined_words');
  }
}

const owners = [
  `CREATE TABLE partner_owner (
     partner_id uuid NOT NULL,
     user_id uuid NOT NULL,
     status text NOT NULL,
     at timestamptz(3) NOT NULL,
     CONSTRAINT partner_owner_pkey PRIMARY KEY (partner_id)
   )`,
  'CREATE INDEX partner_owner_user ON partner_owner (user_id)',
  `CREATE TABLE category (
     id uuid NOT NULL,
     slug text NOT NULL,
     name text NOT NULL,
     parent_id uuid,
     CONSTRAINT category_pkey PRIMARY KEY (id),
     CONSTRAINT category_slug UNIQUE (slug),
     CONSTRAINT category_parent FOREIGN KEY (parent_id) REFERENCES category (id)
   )`,
  'CREATE INDEX category_children ON category (parent_id)',
  `CREATE TABLE venue (
     id uuid NOT NULL,
     name text NOT NULL,
     address text NOT NULL,
     city text NOT NULL,
     country_code text NOT NULL,
     latitude double precision,
     longitude double precision,
     capacity int NOT NULL,
     sections jsonb NOT NULL,
     partner_id uuid,
     CONSTRAINT venue_pkey PRIMARY KEY (id),
     CONSTRAINT venue_capacity CHECK (capacity >= 0)
   )`,
  'CREATE INDEX venue_city ON venue (lower(city), name, id)',
  'CREATE INDEX venue_partner ON venue (partner_id)',
];

const listings = [
  // array_to_string is STABLE because the text of some types depends on settings; for text arrays it is
  // immutable.
  `CREATE FUNCTION joined_words(words text[]) RETURNS text
     LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN array_to_string(words, ' ')`,
  `CREATE TABLE listing (
     id uuid NOT NULL,
     slug text NOT NULL,
     kind text NOT NULL,
     title text NOT NULL,
     summary text,
     description text,
     status text NOT NULL DEFAULT 'DRAFT',
     category_id uuid,
     tags text[] NOT NULL DEFAULT '{}',
     images jsonb NOT NULL DEFAULT '[]',
     features jsonb,
     partner_id uuid,
     price_min bigint,
     price_max bigint,
     price_currency text,
     brand text,
     weight_grams int,
     location text,
     itinerary jsonb,
     duration_minutes int,
     difficulty text,
     version text,
     platforms text[],
     website text,
     venue_id uuid,
     starts_at timestamptz(3),
     ends_at timestamptz(3),
     doors_open_at timestamptz(3),
     created_at timestamptz(3) NOT NULL DEFAULT now(),
     updated_at timestamptz(3) NOT NULL DEFAULT now(),
     published_at timestamptz(3),
     listed_at timestamptz(3) NOT NULL GENERATED ALWAYS AS (COALESCE(published_at, created_at)) STORED,
     search tsvector NOT NULL GENERATED ALWAYS AS (
       setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('simple', title), 'A') ||
       setweight(to_tsvector('simple', joined_words(tags)), 'B') ||
       setweight(to_tsvector('simple', COALESCE(brand, '') || ' ' || COALESCE(location, '')), 'B') ||
       setweight(to_tsvector('english', COALESCE(summary, '')), 'C') ||
       setweight(to_tsvector('english', COALESCE(description, '')), 'D')
     ) STORED,
     CONSTRAINT listing_pkey PRIMARY KEY (id),
     CONSTRAINT listing_slug UNIQUE (slug),
     CONSTRAINT listing_kind CHECK (kind IN ('PRODUCT', 'TOUR', 'APP', 'EVENT')),
     CONSTRAINT listing_status CHECK (status IN ('DRAFT', 'PUBLISHED', 'ARCHIVED')),
     CONSTRAINT listing_times CHECK (ends_at > starts_at AND doors_open_at <= starts_at),
     CONSTRAINT listing_complete CHECK (status <> 'PUBLISHED' OR price_min IS NOT NULL AND CASE kind
       WHEN 'TOUR' THEN location IS NOT NULL AND duration_minutes IS NOT NULL
       WHEN 'APP' THEN version IS NOT NULL AND platforms IS NOT NULL
       WHEN 'EVENT' THEN venue_id IS NOT NULL AND starts_at IS NOT NULL AND ends_at IS NOT NULL
       ELSE true END),
     CONSTRAINT listing_category FOREIGN KEY (category_id) REFERENCES category (id),
     CONSTRAINT listing_venue FOREIGN KEY (venue_id) REFERENCES venue (id)
   )`,
  "CREATE INDEX listing_newest ON listing (listed_at DESC, id DESC) WHERE status = 'PUBLISHED'",
  "CREATE INDEX listing_category_newest ON listing (category_id, listed_at DESC, id DESC) WHERE status = 'PUBLISHED'",
  "CREATE INDEX listing_price ON listing (COALESCE(price_min, -1), id) WHERE status = 'PUBLISHED'",
  "CREATE INDEX listing_title ON listing (lower(title), id) WHERE status = 'PUBLISHED'",
  'CREATE INDEX listing_partner_newest ON listing (partner_id, status, listed_at DESC, id DESC)',
  'CREATE INDEX listing_venue_events ON listing (venue_id)',
  'CREATE INDEX listing_search ON listing USING gin (search)',
  'CREATE INDEX listing_title_words ON listing USING gin (lower(title) gin_trgm_ops)',
  'CREATE INDEX listing_tags ON listing USING gin (tags)',
];

const offers = [
  `CREATE TABLE offer (
     id uuid NOT NULL,
     listing_id uuid NOT NULL,
     upc text,
     title text NOT NULL,
     price_amount bigint NOT NULL,
     price_currency text NOT NULL,
     on_hand int,
     reserved int NOT NULL DEFAULT 0,
     sold int NOT NULL DEFAULT 0,
     max_per_order int NOT NULL,
     sales_start_at timestamptz(3),
     sales_end_at timestamptz(3),
     starts_at timestamptz(3),
     seated boolean NOT NULL,
     fulfilment text NOT NULL,
     revision int NOT NULL DEFAULT 1,
     CONSTRAINT offer_pkey PRIMARY KEY (id),
     CONSTRAINT offer_upc UNIQUE (upc),
     CONSTRAINT offer_price CHECK (price_amount >= 0),
     CONSTRAINT offer_reserved CHECK (reserved >= 0),
     CONSTRAINT offer_sold CHECK (sold >= 0),
     CONSTRAINT offer_on_hand CHECK (on_hand >= reserved),
     CONSTRAINT offer_seated CHECK (NOT seated OR on_hand IS NULL),
     CONSTRAINT offer_max_per_order CHECK (max_per_order BETWEEN 1 AND 100),
     CONSTRAINT offer_sales CHECK (sales_end_at > sales_start_at),
     CONSTRAINT offer_listing FOREIGN KEY (listing_id) REFERENCES listing (id)
   ) WITH (fillfactor = 80)`,
  'CREATE INDEX offer_listing ON offer (listing_id)',
  `CREATE TABLE stock_adjustment (
     id uuid NOT NULL,
     offer_id uuid NOT NULL,
     delta int NOT NULL,
     reason text NOT NULL,
     user_id uuid NOT NULL,
     created_at timestamptz(3) NOT NULL DEFAULT now(),
     CONSTRAINT stock_adjustment_pkey PRIMARY KEY (id),
     CONSTRAINT stock_adjustment_offer FOREIGN KEY (offer_id) REFERENCES offer (id)
   )`,
  'CREATE INDEX stock_adjustment_offer ON stock_adjustment (offer_id, created_at)',
];

const seats = [
  `CREATE TABLE event_seat (
     id uuid NOT NULL DEFAULT uuidv7(),
     listing_id uuid NOT NULL,
     offer_id uuid NOT NULL,
     section text NOT NULL,
     row_number int NOT NULL,
     row_label text NOT NULL,
     seat_number int NOT NULL,
     x double precision,
     y double precision,
     status text NOT NULL DEFAULT 'AVAILABLE',
     held_by uuid,
     held_until timestamptz,
     saga_id uuid,
     CONSTRAINT event_seat_pkey PRIMARY KEY (id),
     CONSTRAINT event_seat_place UNIQUE (listing_id, section, row_number, seat_number),
     CONSTRAINT event_seat_status CHECK (status IN ('AVAILABLE', 'HELD', 'SOLD', 'BLOCKED')),
     CONSTRAINT event_seat_held CHECK ((status = 'HELD') = (held_until IS NOT NULL AND held_by IS NOT NULL)),
     CONSTRAINT event_seat_listing FOREIGN KEY (listing_id) REFERENCES listing (id),
     CONSTRAINT event_seat_offer FOREIGN KEY (offer_id) REFERENCES offer (id)
   ) WITH (fillfactor = 80)`,
  'CREATE INDEX event_seat_offer ON event_seat (offer_id, status)',
  "CREATE INDEX event_seat_expiry ON event_seat (held_until) WHERE status = 'HELD' AND saga_id IS NULL",
];

const stock = [
  `CREATE TABLE reservation (
     saga_id uuid NOT NULL,
     line_id uuid NOT NULL,
     offer_id uuid NOT NULL,
     quantity int NOT NULL,
     seat_ids uuid[] NOT NULL,
     status text NOT NULL,
     expires_at timestamptz NOT NULL,
     created_at timestamptz(3) NOT NULL DEFAULT now(),
     CONSTRAINT reservation_pkey PRIMARY KEY (saga_id, line_id),
     CONSTRAINT reservation_quantity CHECK (quantity > 0),
     CONSTRAINT reservation_status CHECK (status IN ('HELD', 'CONFIRMED', 'RELEASED', 'RETURNED', 'EXPIRED')),
     CONSTRAINT reservation_offer FOREIGN KEY (offer_id) REFERENCES offer (id)
   )`,
  "CREATE INDEX reservation_expiry ON reservation (expires_at) WHERE status = 'HELD'",
  "CREATE INDEX reservation_offer_expiry ON reservation (offer_id, expires_at) WHERE status = 'HELD'",
  // The only definition of available stock: expired holds count as free even before the sweep.
  `CREATE VIEW offer_stock AS
     SELECT o.id AS offer_id,
       CASE WHEN o.seated THEN seats.free ELSE o.on_hand - o.reserved + lapsed.units END AS available,
       CASE WHEN o.seated THEN seats.free + seats.held ELSE o.on_hand END AS on_hand,
       CASE WHEN o.seated THEN seats.held ELSE o.reserved - lapsed.units END AS reserved
     FROM offer o
     CROSS JOIN LATERAL (
       SELECT
         (count(*) FILTER (WHERE s.status = 'AVAILABLE' OR s.held_until <= now()))::int AS free,
         (count(*) FILTER (WHERE s.status = 'HELD' AND s.held_until > now()))::int AS held
       FROM event_seat s WHERE o.seated AND s.offer_id = o.id AND s.status IN ('AVAILABLE', 'HELD')
     ) seats
     CROSS JOIN LATERAL (
       SELECT COALESCE(sum(r.quantity), 0)::int AS units FROM reservation r
       WHERE NOT o.seated AND r.offer_id = o.id AND r.status = 'HELD' AND r.expires_at <= now()
     ) lapsed`,
];
