import type { Driver } from 'neo4j-driver';
import { routing } from 'neo4j-driver';

/** A change of Neo4j's schema. Its statements can be repeated: processes that start at once may both run them. */
interface GraphMigration {
  name: string;
  statements: readonly string[];
}

const migrations: readonly GraphMigration[] = [
  {
    name: '1-users',
    // Provides the index for lookups by id, and prevents concurrent inserts of the same user.
    statements: ['CREATE CONSTRAINT user_id IF NOT EXISTS FOR (u:User) REQUIRE u.id IS UNIQUE'],
  },
  {
    // A follow has the ids of both users, so that indexes find a page of a user's list, a pair, or the latest follows
    // without reading all follows of a popular user.
    name: '2-follow-indexes',
    statements: [
      `MATCH (a:User)-[f:FOLLOWS]->(b:User) WHERE f.followerId IS NULL
       CALL (a, f, b) { SET f.followerId = a.id, f.followeeId = b.id } IN TRANSACTIONS OF 5000 ROWS`,
      `CREATE CONSTRAINT follow_pair IF NOT EXISTS
       FOR ()-[f:FOLLOWS]-() REQUIRE (f.followerId, f.followeeId) IS UNIQUE`,
      'CREATE INDEX follow_of_follower IF NOT EXISTS FOR ()-[f:FOLLOWS]-() ON (f.followerId, f.id)',
      'CREATE INDEX follow_of_followee IF NOT EXISTS FOR ()-[f:FOLLOWS]-() ON (f.followeeId, f.id)',
      'CREATE INDEX follow_newest IF NOT EXISTS FOR ()-[f:FOLLOWS]-() ON (f.id)',
      'CALL db.awaitIndexes(300)',
    ],
  },
];

const timeoutMs = 600_000;

/** Applies the migrations that the database does not have yet, in order. */
export async function migrate(driver: Driver): Promise<void> {
  const { records } = await driver.executeQuery(
    'MATCH (m:Migration) RETURN collect(m.name) AS names',
    {},
    { routing: routing.READ, transactionConfig: { timeout: 4_000 } },
  );
  const applied: unknown = records[0]?.get('names');
  for (const { name, statements } of migrations) {
    if (Array.isArray(applied) && applied.includes(name)) continue;
    // A statement that commits in batches needs a transaction of its own.
    const session = driver.session();
    try {
      for (const statement of statements) await session.run(statement, {}, { timeout: timeoutMs });
      await session.run('MERGE (m:Migration {name: $name}) ON CREATE SET m.at = datetime()', { name });
    } finally {
      await session.close();
    }
  }
}
