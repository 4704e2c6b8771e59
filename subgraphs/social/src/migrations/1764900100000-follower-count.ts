import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // The number of followers, so that no read counts millions of rows. It is divided among 16 slots by the follower, so
  // that concurrent follows of a popular user rarely wait for each other.
  `CREATE TABLE follower_count (
    user_id uuid NOT NULL,
    slot smallint NOT NULL,
    count int NOT NULL,
    CONSTRAINT follower_count_pkey PRIMARY KEY (user_id, slot) INCLUDE (count),
    CONSTRAINT follower_count_count CHECK (count >= 0)
  )`,
  `CREATE FUNCTION follower_slot(follower_id uuid) RETURNS smallint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN (get_byte(uuid_send(follower_id), 15) & 15)::smallint`,
  // A trigger covers every statement that changes follows, and belongs to its transaction. One statement locks its
  // counts in the order of their keys.
  `CREATE FUNCTION count_follows() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF TG_OP = 'INSERT' THEN
       INSERT INTO follower_count AS c (user_id, slot, count)
       SELECT followee_id, follower_slot(follower_id) AS slot, count(*) FROM changed
       GROUP BY followee_id, slot ORDER BY followee_id, slot
       ON CONFLICT (user_id, slot) DO UPDATE SET count = c.count + excluded.count;
     ELSE
       UPDATE follower_count c SET count = c.count - d.count
       FROM (
         SELECT k.user_id, k.slot, s.count FROM follower_count k
         JOIN (SELECT followee_id, follower_slot(follower_id) AS slot, count(*) AS count FROM changed
               GROUP BY followee_id, slot) s ON k.user_id = s.followee_id AND k.slot = s.slot
         ORDER BY k.user_id, k.slot FOR NO KEY UPDATE OF k
       ) d WHERE c.user_id = d.user_id AND c.slot = d.slot;
     END IF;
     RETURN NULL;
   END $$`,
  // Creating the triggers locks the table against changes until the migration commits, so the count below is exact.
  `CREATE TRIGGER follow_inserted AFTER INSERT ON follow
     REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_follows()`,
  `CREATE TRIGGER follow_deleted AFTER DELETE ON follow
     REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_follows()`,
  `INSERT INTO follower_count (user_id, slot, count)
   SELECT followee_id, follower_slot(follower_id) AS slot, count(*) FROM follow GROUP BY followee_id, slot`,
];

/** Counts the followers of each user. */
export class FollowerCount1764900100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER follow_inserted ON follow');
    await runner.query('DROP TRIGGER follow_deleted ON follow');
    await runner.query('DROP FUNCTION count_follows');
    await runner.query('DROP TABLE follower_count');
    await runner.query('DROP FUNCTION follower_slot');
  }
}
