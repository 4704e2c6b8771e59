import type { DataSource } from 'typeorm';
import { openDataSource } from '@souk/shared/db/data-source';
import { Unavailable } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { connect } from '@souk/shared/postgres';
import { entities, migrations } from '@souk/social/database';
import { openNeo4j } from '@souk/social/graph-store/neo4j';
import type { Neo4jConnection } from '@souk/social/graph-store/neo4j';
import type { Follow, GraphStore } from '@souk/social/graph-store/graph-store';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { neo4jAvailable, neo4jIsOurs, startNeo4j } from '../../../tests/support/neo4j/server.js';
import type { TestNeo4j } from '../../../tests/support/neo4j/server.js';
import { freePort } from '../../../tests/support/ports.js';
import { migratedDatabase } from '../../../tests/support/database-template.js';
import { until } from '../../../tests/support/until.js';
import { follow, notificationsOf, startSocial } from './support/social.js';

let source: DataSource;

beforeAll(async () => {
  source = await openDataSource({
    url: await migratedDatabase('social', { entities, migrations }),
    applicationName: 'test-graph',
    entities,
    migrations,
    poolSize: 20,
  });
});

afterAll(() => source.destroy());

/** Conformance tests of every graph store. Each test uses its own users. */
function conformance(storeOf: () => GraphStore): void {
  const beginWithin = (
    maxFollowing: number,
    followerId: string,
    followeeId: string,
  ): Promise<Follow | null> =>
    source.transaction((manager) =>
      storeOf().follow(
        manager,
        { id: newId(), followerId, followeeId, followedAt: new Date() },
        maxFollowing,
      ),
    );
  const begin = async (followerId: string, followeeId: string): Promise<Follow> => {
    const follow = await beginWithin(1_000, followerId, followeeId);
    if (!follow) throw new Error('The store rejected a follow below the maximum.');
    return follow;
  };
  const unfollow = (followerId: string, followeeId: string): Promise<boolean> =>
    source.transaction((manager) => storeOf().unfollow(manager, followerId, followeeId));
  const people = (count: number): string[] => Array.from({ length: count }, () => newId());
  const pair = (): [string, string] => [newId(), newId()];

  it('stores one follow for repeated calls', async () => {
    const [anna, ben] = pair();
    const first = await begin(anna, ben);
    const second = await begin(anna, ben);
    expect(second).toEqual(first);
    expect(await storeOf().followers([{ userId: ben, after: null, limit: 5 }])).toEqual([[first]]);
  });

  it('stores one follow for concurrent calls, and returns it to all of them', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [anna, ben] = pair();
      const follows = await Promise.all(Array.from({ length: 20 }, () => begin(anna, ben)));
      expect(new Set(follows.map((follow) => follow.id)).size).toBe(1);
      expect(await storeOf().followersCounts([ben])).toEqual([1]);
      expect(await storeOf().following([{ userId: anna, after: null, limit: 5 }])).toEqual([[follows[0]]]);
    }
  });

  it('stores at most the given number of follows per follower, and keeps existing ones', async () => {
    const anna = newId();
    const [first = '', second = '', third = ''] = people(3);
    expect(await beginWithin(2, anna, first)).toMatchObject({ followeeId: first });
    const existing = await beginWithin(2, anna, second);
    expect(await beginWithin(2, anna, third)).toBeNull();
    expect(await beginWithin(2, anna, second)).toEqual(existing);
    expect(await storeOf().followersCounts([third])).toEqual([0]);
    expect(await storeOf().followingCounts([anna])).toEqual([2]);
    await unfollow(anna, first);
    expect(await beginWithin(2, anna, third)).toMatchObject({ followeeId: third });
  });

  it('stores exactly the given number of concurrent follows', async () => {
    for (let round = 0; round < 3; round += 1) {
      const anna = newId();
      const follows = await Promise.all(people(30).map((followee) => beginWithin(10, anna, followee)));
      expect(follows.filter((follow) => follow !== null)).toHaveLength(10);
      expect(await storeOf().followingCounts([anna])).toEqual([10]);
    }
  });

  it('lets users follow each other concurrently', async () => {
    const crowd = people(6);
    const pairs = crowd.flatMap((a) => crowd.filter((b) => b !== a).map((b) => [a, b] as const));
    await Promise.all(pairs.map(([a, b]) => begin(a, b)));
    expect(await storeOf().followersCounts(crowd)).toEqual(crowd.map(() => 5));
    expect(await storeOf().followingCounts(crowd)).toEqual(crowd.map(() => 5));
  });

  it('forgets a user, by and by, with follows in both directions, and nobody else', async () => {
    const [leaving, star, fan] = [newId(), newId(), newId()];
    const kept = await begin(fan, star);
    await Promise.all([begin(leaving, star), begin(leaving, fan), begin(fan, leaving)]);
    const others: string[] = [];
    for (let page = await storeOf().forget(leaving, 2); page.length > 0;) {
      expect(page.length).toBeLessThanOrEqual(2);
      others.push(...page);
      page = await storeOf().forget(leaving, 2);
    }
    expect(others.sort()).toEqual([fan, fan, star].sort());
    expect(await storeOf().followersCounts([leaving, star, fan])).toEqual([0, 1, 0]);
    expect(await storeOf().followingCounts([leaving, fan])).toEqual([0, 1]);
    expect(await storeOf().followers([{ userId: star, after: null, limit: 5 }])).toEqual([[kept]]);
    expect(await storeOf().forget(leaving, 2)).toEqual([]);
  });

  it('counts the followers of a user whom many follow and unfollow at once', async () => {
    const [star, fans] = [newId(), people(40)];
    await Promise.all(fans.map((fan) => begin(fan, star)));
    expect(await storeOf().followersCounts([star])).toEqual([40]);
    await Promise.all(
      fans.map(async (fan, index) => {
        if (index % 4 === 0) return begin(fan, star);
        await unfollow(fan, star);
        return index % 4 === 1 ? begin(fan, star) : null;
      }),
    );
    expect(await storeOf().followersCounts([star])).toEqual([20]);
  });

  it('ends a follow, and ignores the end of a missing one', async () => {
    const [anna, ben] = pair();
    const first = await begin(anna, ben);
    expect(await unfollow(anna, ben)).toBe(true);
    expect(await unfollow(anna, ben)).toBe(false);
    expect(await unfollow(ben, anna)).toBe(false);
    expect(await storeOf().followersCounts([ben])).toEqual([0]);
    const again = await begin(anna, ben);
    expect(again.id).not.toBe(first.id);
    expect(await storeOf().followersCounts([ben])).toEqual([1]);
  });

  it('stores the time to the millisecond', async () => {
    const [anna, ben] = pair();
    const followedAt = new Date('2026-02-28T23:59:59.987Z');
    const given = { id: newId(), followerId: anna, followeeId: ben, followedAt };
    expect(await source.transaction((manager) => storeOf().follow(manager, given, 5))).toEqual(given);
  });

  it('pages newest first, for a batch of users with their own cursors', async () => {
    const [star, fan] = pair();
    const follows: Follow[] = [];
    for (const person of people(7)) follows.unshift(await begin(person, star));
    for (const person of people(3)) await begin(fan, person);
    const [first, second, none] = await storeOf().followers([
      { userId: star, after: null, limit: 3 },
      { userId: star, after: follows[2]?.id ?? null, limit: 10 },
      { userId: newId(), after: null, limit: 10 },
    ]);
    expect(first).toEqual(follows.slice(0, 3));
    expect(second).toEqual(follows.slice(3));
    expect(none).toEqual([]);
    const [all = [], single = []] = await storeOf().following([
      { userId: fan, after: null, limit: 10 },
      { userId: fan, after: null, limit: 1 },
    ]);
    expect(all).toHaveLength(3);
    expect(all.map((each) => each.id)).toEqual(
      all
        .map((each) => each.id)
        .sort()
        .reverse(),
    );
    expect(single).toEqual(all.slice(0, 1));
  });

  it('counts and compares a batch of users in its order', async () => {
    const [anna, ben] = pair();
    const [x, y, stranger] = [newId(), newId(), newId()];
    await begin(anna, x);
    await begin(ben, x);
    await begin(anna, y);
    const store = storeOf();
    expect(await store.followersCounts([y, stranger, x])).toEqual([1, 0, 2]);
    expect(await store.followingCounts([anna, stranger, ben])).toEqual([2, 0, 1]);
    expect(await store.areFollowed(ben, [y, x, stranger])).toEqual([false, true, false]);
    expect(await store.areFollowed(stranger, [y, x])).toEqual([false, false]);
  });

  it('finds the followers whom the viewer follows, latest first', async () => {
    const [viewer, star] = pair();
    const [a, b, c, unfollowed] = [newId(), newId(), newId(), newId()];
    for (const person of [unfollowed, c, a, b]) await begin(person, star);
    for (const person of [a, b, c]) await begin(viewer, person);
    const store = storeOf();
    const of = (userId: string, after: string | null = null, limit = 10) => ({ userId, after, limit });
    expect(await store.mutualFollowers(viewer, [of(star), of(newId())])).toEqual([[b, a, c], []]);
    expect(await store.mutualFollowers(viewer, [of(newId()), of(star, null, 2)])).toEqual([[], [b, a]]);
    expect(await store.mutualFollowers(newId(), [of(star)])).toEqual([[]]);
  });

  it('finds them page by page, while others follow', async () => {
    const [viewer, star] = pair();
    const [a, b, c, later, outsider] = [newId(), newId(), newId(), newId(), newId()];
    for (const person of [c, outsider, a, b]) await begin(person, star);
    for (const person of [a, b, c, later]) await begin(viewer, person);
    const store = storeOf();
    const after = (id: string, limit = 10) => ({ userId: star, after: id, limit });
    await begin(later, star);
    expect(await store.mutualFollowers(viewer, [after(b, 1), after(b), after(a), after(c)])).toEqual([
      [a],
      [a, c],
      [c],
      [],
    ]);
    // A follower whom the viewer does not follow has a place, too; those who do not follow have none.
    expect(await store.mutualFollowers(viewer, [after(outsider), after(newId()), after(viewer)])).toEqual([
      [c],
      null,
      null,
    ]);
  });

  it('has all followees of each user, the newest follow first', async () => {
    const [anna, ben, stranger] = [newId(), newId(), newId()];
    const followees = people(4);
    for (const followee of followees) await begin(anna, followee);
    await begin(ben, anna);
    expect(await storeOf().followees([stranger, anna, ben])).toEqual([[], followees.reverse(), [anna]]);
  });

  it('suggests whom followees follow, most first, and neither the viewer nor a followee', async () => {
    const [viewer, a, b, c] = [newId(), newId(), newId(), newId()];
    const [often, twice, once] = [newId(), ...people(2).sort()] as [string, string, string];
    for (const followee of [a, b, c]) {
      await begin(viewer, followee);
      await begin(followee, viewer);
      await begin(followee, often);
    }
    await begin(a, b);
    await begin(a, twice);
    await begin(b, once);
    // A follower of the viewer suggests nobody.
    const [fan, other] = pair();
    await begin(fan, viewer);
    await begin(fan, other);
    expect(await storeOf().suggestions(viewer, 10)).toEqual([
      { userId: often, followers: 3 },
      { userId: twice, followers: 1 },
      { userId: once, followers: 1 },
    ]);
    expect(await storeOf().suggestions(viewer, 1)).toEqual([{ userId: often, followers: 3 }]);
    expect(await storeOf().suggestions(newId(), 10)).toEqual([]);
  });

  it('knows who was followed most lately', async () => {
    const star = newId();
    await Promise.all(people(60).map((fan) => begin(fan, star)));
    const popular = await storeOf().popularUsers(2);
    expect(popular[0]).toEqual({ userId: star, followers: 60 });
    expect(popular).toHaveLength(2);
  });

  it('returns an empty list for an empty batch', async () => {
    const store = storeOf();
    expect(await store.followers([])).toEqual([]);
    expect(await store.followersCounts([])).toEqual([]);
    expect(await store.followees([])).toEqual([]);
    expect(await store.areFollowed(newId(), [])).toEqual([]);
  });
}

describe('the graph in PostgreSQL', () => {
  conformance(() => new PostgresGraphStore(source.manager));

  it('rolls a follow back with its transaction', async () => {
    const [followerId, followeeId] = [newId(), newId()];
    const store = new PostgresGraphStore(source.manager);
    const rolledBack = source.transaction(async (manager) => {
      await store.follow(manager, { id: newId(), followerId, followeeId, followedAt: new Date() }, 5);
      throw new Error('on purpose');
    });
    await expect(rolledBack).rejects.toThrow('on purpose');
    expect(await store.followersCounts([followeeId])).toEqual([0]);
  });

  it('reads a page, mutual followers and the count without reading the whole list of a popular user', async () => {
    const url = await migratedDatabase('social', { entities, migrations });
    const single = await openDataSource({
      url,
      applicationName: 'test-graph-plan',
      entities,
      migrations,
      // Each connection reports its own statistics of reads.
      poolSize: 1,
    });
    try {
      const [star, fan] = [newId(), newId()];
      // Outside the pool, whose statement timeout is too short.
      const client = await connect(url);
      await client.query(
        `INSERT INTO follow SELECT uuidv7(), gen_random_uuid(), $1, now() FROM generate_series(1, 20000)`,
        [star],
      );
      await client.query(
        `INSERT INTO follow SELECT uuidv7(), $1, gen_random_uuid(), now() FROM generate_series(1, 20000)`,
        [fan],
      );
      const viewer = newId();
      const { rows: known } = await client.query<{ id: string }>(
        `WITH known AS (SELECT follower_id FROM follow WHERE followee_id = $1 ORDER BY id DESC LIMIT 10)
         INSERT INTO follow SELECT uuidv7(), $2, follower_id, now() FROM known RETURNING followee_id AS id`,
        [star, viewer],
      );
      await client.query('VACUUM ANALYZE follow');
      await client.end();
      const store = new PostgresGraphStore(single.manager);
      const rowsRead = async (): Promise<number> => {
        await single.query('SELECT pg_stat_force_next_flush()');
        const [read]: { rows: number }[] = await single.query(
          `SELECT (t.seq_tup_read + sum(i.idx_tup_read))::int AS rows
           FROM pg_stat_user_tables t JOIN pg_stat_user_indexes i USING (relid)
           WHERE t.relname = 'follow' GROUP BY t.seq_tup_read`,
        );
        return read?.rows ?? -1;
      };
      const before = await rowsRead();
      const [page = []] = await store.followers([{ userId: star, after: null, limit: 21 }]);
      const after = page.at(-1)?.id ?? null;
      const [next = []] = await store.followers([{ userId: star, after, limit: 21 }]);
      const [following = []] = await store.following([{ userId: fan, after: null, limit: 21 }]);
      await store.areFollowed(fan, [star]);
      const mutual = { userId: star, after: known[0]?.id ?? '', limit: 10 };
      expect(await store.mutualFollowers(viewer, [{ ...mutual, after: null }, mutual])).toHaveLength(2);
      expect(await store.followersCounts([star])).toEqual([20_000]);
      expect([page.length, next.length, following.length]).toEqual([21, 21, 21]);
      expect((await rowsRead()) - before).toBeLessThan(200);
    } finally {
      await single.destroy();
    }
  });
});

if (neo4jAvailable) {
  describe('the graph in Neo4j', () => {
    let server: TestNeo4j;
    let connection: Neo4jConnection;

    beforeAll(async () => {
      server = await startNeo4j(takesQueries);
      // A busy machine may take seconds for a race of many transactions.
      connection = await openNeo4j(server, 60_000);
      await warmUp(connection.store);
    }, 260_000);

    afterAll(async () => {
      await connection.close();
      await server.stop();
    });

    conformance(() => connection.store);

    it('creates its constraint at every start without an error', async () => {
      const second = await openNeo4j(server);
      await second.close();
    });

    const ours = neo4jIsOurs ? it : it.skip;
    ours('reports a hanging server as unavailable within seconds, and recovers', async () => {
      const impatient = await openNeo4j(server);
      const { store } = impatient;
      const userIds = [newId()];
      await until('a first answer', () => store.followersCounts(userIds).catch(() => null), 60_000);
      const pid = server.pid ?? 0;
      process.kill(pid, 'SIGSTOP');
      try {
        const startedAt = Date.now();
        await expect(store.followersCounts(userIds)).rejects.toBeInstanceOf(Unavailable);
        expect(Date.now() - startedAt).toBeLessThan(10_000);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      expect(await until('an answer', () => store.followersCounts(userIds).catch(() => null))).toEqual([0]);
      await impatient.close();
    });

    it('notifies on a second call after a crash between graph and database', async () => {
      const social = await startSocial(() => connection.store);
      try {
        const [anna, ben] = [social.user(), social.user()];
        // The graph has the follow; the transaction with the notification was lost.
        await follow(social, anna, ben.id);
        await social.dependencies.source.query('DELETE FROM notification');
        expect(await follow(social, anna, ben.id)).toMatchObject({ user: { followersCount: 1 } });
        await follow(social, anna, ben.id);
        expect(await notificationsOf(social, ben)).toMatchObject([
          { type: 'NEW_FOLLOWER', data: { userId: anna.id } },
        ]);
      } finally {
        await social.close();
      }
    });
  });
} else {
  it.skip('the graph in Neo4j: skipped, because it needs NEO4J_URL, or java and mvn', () => undefined);
}

it('reports Neo4j as unavailable when no server listens', async () => {
  const url = `bolt://127.0.0.1:${await freePort()}`;
  await expect(openNeo4j({ url, user: 'neo4j', password: null })).rejects.toBeInstanceOf(Unavailable);
});

/** Runs each query once: a new server takes seconds to plan a query for the first time. */
async function warmUp(store: GraphStore): Promise<void> {
  const [anna, ben] = [newId(), newId()];
  const slices = [{ userId: ben, after: null, limit: 5 }];
  const calls: (() => Promise<unknown>)[] = [
    () =>
      source.transaction((manager) =>
        store.follow(manager, { id: newId(), followerId: anna, followeeId: ben, followedAt: new Date() }, 5),
      ),
    () => store.followers(slices),
    () => store.following(slices),
    () => store.followersCounts([ben]),
    () => store.followingCounts([ben]),
    () => store.areFollowed(anna, [ben]),
    () => store.mutualFollowers(anna, slices),
    () => store.followees([anna]),
    () => store.suggestions(anna, 5),
    () => store.popularUsers(5),
    () => source.transaction((manager) => store.unfollow(manager, anna, ben)),
  ];
  for (const call of calls) {
    await until(
      'Neo4j to plan a query',
      () =>
        call().then(
          () => true,
          () => null,
        ),
      60_000,
    );
  }
}

async function takesQueries(url: string): Promise<boolean> {
  try {
    await (await openNeo4j({ url, user: 'neo4j', password: null })).close();
    return true;
  } catch {
    return false;
  }
}
