import { auth, driver as connect } from 'neo4j-driver';
import type { Follow } from './graph-store.js';
import type { Neo4jOptions } from './neo4j.js';

const timeoutMs = 120_000;
const rowsAtOnce = 10_000;

/**
 * Copies follows into Neo4j, page by page, without the rules of `follow`: to fill a store, before social uses it. Repeating
 * it has no further effect. The schema must exist: `openNeo4j` creates it.
 */
export async function importFollows(
  options: Neo4jOptions,
  pages: AsyncIterable<readonly Follow[]>,
): Promise<number> {
  const token = options.password === null ? undefined : auth.basic(options.user, options.password);
  const driver = connect(options.url, token, { telemetryDisabled: true });
  const session = driver.session();
  let count = 0;
  const run = (cypher: string, parameters: object): Promise<unknown> =>
    session.run(cypher, parameters, { timeout: timeoutMs });
  try {
    for await (const page of pages) {
      for (let start = 0; start < page.length; start += rowsAtOnce) {
        const rows = page.slice(start, start + rowsAtOnce).map(({ followedAt, ...follow }) => ({
          ...follow,
          followedAt: followedAt.toISOString(),
        }));
        const people = [...new Set(rows.flatMap(({ followerId, followeeId }) => [followerId, followeeId]))];
        await run('UNWIND $people AS id MERGE (:User {id: id})', { people });
        await run(
          `UNWIND $rows AS row
           MATCH (follower:User {id: row.followerId}) MATCH (followee:User {id: row.followeeId})
           MERGE (follower)-[f:FOLLOWS {followerId: row.followerId, followeeId: row.followeeId}]->(followee)
             ON CREATE SET f.id = row.id, f.followedAt = datetime(row.followedAt)`,
          { rows },
        );
        count += rows.length;
      }
    }
    return count;
  } finally {
    await session.close();
    await driver.close();
  }
}
