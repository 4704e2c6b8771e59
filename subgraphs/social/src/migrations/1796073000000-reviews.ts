import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  // Units that were not shipped yet, or whose token was revoked. Those of before have all arrived.
  'ALTER TABLE purchase ADD withheld_units int NOT NULL DEFAULT 0',

  // Tokens that users have accepted from others: they are buyers too.
  `CREATE TABLE received_token (
    token_id uuid NOT NULL,
    user_id uuid NOT NULL,
    listing_id uuid NOT NULL,
    order_id uuid NOT NULL,
    CONSTRAINT received_token_pkey PRIMARY KEY (token_id)
  )`,
  'CREATE INDEX received_token_of_user ON received_token (user_id, listing_id)',
  'CREATE INDEX received_token_of_order ON received_token (order_id)',

  `CREATE TABLE review (
    id uuid NOT NULL,
    listing_id uuid NOT NULL,
    user_id uuid NOT NULL,
    stars smallint NOT NULL,
    text text,
    -- Whether a purchase of the author stands.
    is_verified boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    edited_at timestamptz,
    reply_text text,
    replied_at timestamptz,
    replied_by uuid,
    -- When an administrator hid it.
    hidden_at timestamptz,
    -- The first report since an administrator has decided on it.
    reported_at timestamptz(3),
    is_counted boolean NOT NULL GENERATED ALWAYS AS (is_verified AND hidden_at IS NULL) STORED,
    CONSTRAINT review_pkey PRIMARY KEY (id),
    CONSTRAINT review_once UNIQUE (user_id, listing_id),
    CONSTRAINT review_stars CHECK (stars BETWEEN 1 AND 5)
  )`,
  'CREATE INDEX review_newest ON review (listing_id, id DESC) WHERE is_counted',
  'CREATE INDEX review_by_stars ON review (listing_id, stars, id) WHERE is_counted',
  'CREATE INDEX review_reported ON review (reported_at, id) WHERE reported_at IS NOT NULL',
  'CREATE INDEX review_replied_by ON review (replied_by) WHERE replied_by IS NOT NULL',

  `CREATE TABLE review_report (
    review_id uuid NOT NULL,
    user_id uuid NOT NULL,
    reason text NOT NULL,
    reported_at timestamptz NOT NULL,
    -- Whether an administrator has hidden or shown the review since.
    is_settled boolean NOT NULL DEFAULT false,
    CONSTRAINT review_report_pkey PRIMARY KEY (review_id, user_id),
    CONSTRAINT review_report_review FOREIGN KEY (review_id) REFERENCES review (id) ON DELETE CASCADE
  )`,
  'CREATE INDEX review_report_of_user ON review_report (user_id, reported_at)',

  // The sums of counted reviews. Rows stay when the last review goes, because the state `ratings` lists what changed.
  `CREATE TABLE listing_rating (
    listing_id uuid NOT NULL,
    votes_1 int NOT NULL DEFAULT 0,
    votes_2 int NOT NULL DEFAULT 0,
    votes_3 int NOT NULL DEFAULT 0,
    votes_4 int NOT NULL DEFAULT 0,
    votes_5 int NOT NULL DEFAULT 0,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    CONSTRAINT listing_rating_pkey PRIMARY KEY (listing_id),
    CONSTRAINT listing_rating_votes CHECK (LEAST(votes_1, votes_2, votes_3, votes_4, votes_5) >= 0)
  )`,
  'CREATE INDEX listing_rating_changed_in ON listing_rating (changed_in, listing_id)',
];

/** Adds the reviews of the relation `added`, and subtracts those of `removed`. */
const countFunction = (event: string, sources: string): string => `
  CREATE FUNCTION count_reviews_${event}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    WITH change AS (SELECT DISTINCT listing_id FROM (${sources}) AS one)
    INSERT INTO listing_rating (listing_id) SELECT listing_id FROM change ORDER BY listing_id ON CONFLICT DO NOTHING;
    -- In key order, so that statements that change many listings do not wait for each other in a circle.
    PERFORM FROM listing_rating WHERE listing_id IN (SELECT listing_id FROM (${sources}) AS one)
      ORDER BY listing_id FOR NO KEY UPDATE;
    WITH change AS (
      SELECT listing_id, sum(n) FILTER (WHERE stars = 1) AS n1, sum(n) FILTER (WHERE stars = 2) AS n2,
        sum(n) FILTER (WHERE stars = 3) AS n3, sum(n) FILTER (WHERE stars = 4) AS n4,
        sum(n) FILTER (WHERE stars = 5) AS n5
      FROM (${sources}) AS one GROUP BY listing_id
    )
    UPDATE listing_rating r SET votes_1 = votes_1 + COALESCE(n1, 0), votes_2 = votes_2 + COALESCE(n2, 0),
      votes_3 = votes_3 + COALESCE(n3, 0), votes_4 = votes_4 + COALESCE(n4, 0), votes_5 = votes_5 + COALESCE(n5, 0),
      changed_in = pg_current_xact_id()
    FROM change c WHERE c.listing_id = r.listing_id
      AND (COALESCE(n1, 0), COALESCE(n2, 0), COALESCE(n3, 0), COALESCE(n4, 0), COALESCE(n5, 0)) <> (0, 0, 0, 0, 0);
    RETURN NULL;
  END $$`;

const added = 'SELECT listing_id, stars, 1 AS n FROM added WHERE is_counted';
const removed = 'SELECT listing_id, stars, -1 AS n FROM removed WHERE is_counted';

const events = [
  ['insert', added, 'NEW TABLE AS added'],
  ['update', `${added} UNION ALL ${removed}`, 'NEW TABLE AS added OLD TABLE AS removed'],
  ['delete', removed, 'OLD TABLE AS removed'],
] as const;

/** Adds reviews of listings. Triggers count them in the transaction of each change, whatever causes it. */
export class Reviews1796073000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
    for (const [event, sources, tablesOfTrigger] of events) {
      await runner.query(countFunction(event, sources));
      await runner.query(
        `CREATE TRIGGER review_${event}_count AFTER ${event} ON review REFERENCING ${tablesOfTrigger}
         FOR EACH STATEMENT EXECUTE FUNCTION count_reviews_${event}()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE listing_rating, review_report, review, received_token');
    for (const [event] of events) await runner.query(`DROP FUNCTION count_reviews_${event}`);
    await runner.query('ALTER TABLE purchase DROP withheld_units');
  }
}
