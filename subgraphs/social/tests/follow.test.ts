import { randomUUID } from 'node:crypto';
import { Outbox } from '@souk/shared/db/outbox';
import { newId, toApiId } from '@souk/shared/ids';
import { follow as followUser, maxFollowing } from '@souk/social/domain/follow/follow';
import type { GraphStore } from '@souk/social/graph-store/graph-store';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import type { SubgraphUnderTest } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import {
  queryUsers,
  codesOf,
  dataOf,
  follow,
  sendFollow,
  addKnownUser,
  notificationsOf,
  startSocial,
  waitUntilIdle,
} from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

const unfollow = (caller: Parameters<typeof follow>[1], id: string): ReturnType<typeof social.run> =>
  social.run(
    'mutation ($id: ID!) { unfollow(userId: $id) { user { followersCount followedByMe } userErrors { code field } } }',
    { id },
    caller,
  );

describe('following', () => {
  it('returns the followee with updated counts', async () => {
    const [anna, ben] = [social.user(), social.user()];
    expect(await follow(social, anna, ben.id)).toEqual({
      user: { id: ben.id, followersCount: 1, followedByMe: true },
      userErrors: [],
    });
    expect(dataOf(await unfollow(anna, ben.id))).toEqual({
      unfollow: { user: { followersCount: 0, followedByMe: false }, userErrors: [] },
    });
  });

  it('updates the counts between the mutations of one operation', async () => {
    const [anna, ben] = [social.user(), social.user()];
    await addKnownUser(social, ben.userId);
    const result = await social.run(
      `mutation ($id: ID!) {
         begin: follow(userId: $id) { user { followersCount } }
         end: unfollow(userId: $id) { user { followersCount } }
       }`,
      { id: ben.id },
      anna,
    );
    expect(dataOf(result)).toEqual({
      begin: { user: { followersCount: 1 } },
      end: { user: { followersCount: 0 } },
    });
  });

  it('notifies the followee', async () => {
    const [anna, ben] = [social.user(), social.user()];
    await follow(social, anna, ben.id);
    await waitUntilIdle(social);
    expect(await notificationsOf(social, ben)).toMatchObject([
      {
        type: 'NEW_FOLLOWER',
        data: { userId: anna.id },
        readAt: null,
        deliveries: [
          { channel: 'EMAIL', status: 'SENT', attempts: 1 },
          { channel: 'IN_APP', status: 'DELIVERED', attempts: 1 },
        ],
      },
    ]);
  });

  it('stores one follow and one notification for 20 concurrent calls', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [anna, ben] = [social.user(), social.user()];
      const payloads = await Promise.all(Array.from({ length: 20 }, () => follow(social, anna, ben.id)));
      expect(payloads.flatMap((payload) => payload.userErrors)).toEqual([]);
      const rows: unknown[] = await social.dependencies.source.query(
        'SELECT 1 FROM follow WHERE followee_id = $1',
        [ben.userId],
      );
      expect(rows).toHaveLength(1);
      expect(await notificationsOf(social, ben)).toHaveLength(1);
    }
  });

  it('notifies once a week about a follower who comes and goes, even if each notification is read', async () => {
    const [anna, ben] = [social.user(), social.user()];
    for (let turn = 0; turn < 5; turn += 1) {
      await follow(social, anna, ben.id);
      await unfollow(anna, ben.id);
      await social.run('mutation { markAllNotificationsRead { ok } }', {}, ben);
    }
    // A new week may begin in between.
    expect((await notificationsOf(social, ben)).length).toBeLessThanOrEqual(2);
    expect(await notificationsOf(social, ben)).not.toEqual([]);
  });

  it('notifies about a follower who returns after a week, and not again about one who stayed', async () => {
    const [anna, ben] = [social.user(), social.user()];
    const begin = (now: Date): Promise<void> =>
      social.dependencies.source.transaction((manager) =>
        followUser(manager, new Outbox(), new PostgresGraphStore(manager), {
          followerId: anna.userId,
          followeeId: ben.userId,
          now,
        }),
      );
    const week = 7 * 24 * 60 * 60 * 1_000;
    const start = Date.now();
    await begin(new Date(start));
    await social.run('mutation { markAllNotificationsRead { ok } }', {}, ben);
    await begin(new Date(start + week));
    expect(await notificationsOf(social, ben)).toHaveLength(1);
    await unfollow(anna, ben.id);
    await begin(new Date(start + week));
    expect(await notificationsOf(social, ben)).toHaveLength(2);
    // A deleted notification about an existing follow is not sent again.
    await social.dependencies.source.query('DELETE FROM notification WHERE user_id = $1', [ben.userId]);
    await begin(new Date(start + 3 * week));
    expect(await notificationsOf(social, ben)).toEqual([]);
  });

  it('rejects a follow beyond the maximum, and returns the limit', async () => {
    const [anna, ben, carla] = [social.user(), social.user(), social.user()];
    await follow(social, anna, carla.id);
    await social.dependencies.source.query(
      `INSERT INTO follow (id, follower_id, followee_id, followed_at)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), now() FROM generate_series(1, $2)`,
      [anna.userId, maxFollowing - 1],
    );
    await addKnownUser(social, ben.userId);
    const result = await social.run(
      `mutation ($id: ID!) { follow(userId: $id) { user { id } userErrors {
         __typename code field ... on TooManyFollowsError { limit }
       } } }`,
      { id: ben.id },
      anna,
    );
    expect(dataOf(result)).toEqual({
      follow: {
        user: null,
        userErrors: [
          { __typename: 'TooManyFollowsError', code: 'TOO_MANY_FOLLOWS', field: ['userId'], limit: 5_000 },
        ],
      },
    });
    expect(await notificationsOf(social, ben)).toEqual([]);
    expect(await follow(social, anna, carla.id)).toMatchObject({ userErrors: [] });
  });

  it('rejects following oneself', async () => {
    const anna = social.user();
    expect(await follow(social, anna, anna.id)).toEqual({
      user: null,
      userErrors: [{ __typename: 'InputError', code: 'CANNOT_FOLLOW_SELF', field: ['userId'] }],
    });
    expect(await queryUsers(social, [anna.id], 'followersCount')).toEqual([{ followersCount: 0 }]);
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['nothing', ''],
    ['an id of another type', toApiId('listing', newId())],
    ['a UUID', newId()],
  ])('finds no user for %s', async (_kind, id) => {
    const anna = social.user();
    expect(await follow(social, anna, id)).toMatchObject({
      user: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['userId'] }],
    });
    expect(dataOf(await unfollow(anna, id))).toMatchObject({
      unfollow: { user: null, userErrors: [{ code: 'NOT_FOUND', field: ['userId'] }] },
    });
  });

  it('rejects unknown users, and stores no follow', async () => {
    const anna = social.user();
    const unknown = { fresh: newId(), old: '01890a5d-ac96-774b-bcce-b302099a8057', random: randomUUID() };
    for (const userId of Object.values(unknown)) {
      expect(await sendFollow(social, anna, toApiId('user', userId))).toEqual({
        user: null,
        userErrors: [{ __typename: 'InputError', code: 'NOT_FOUND', field: ['userId'] }],
      });
    }
    expect(await queryUsers(social, [anna.id], 'followingCount')).toEqual([{ followingCount: 0 }]);
  });

  it('waits until account lists a user who has just registered', async () => {
    const [anna, ben] = [social.user(), social.user()];
    const queries = jest.spyOn(social.dependencies.source.logger, 'logQuery');
    const lookup = new RegExp(`FROM known_user .*${ben.userId}`);
    const followed = sendFollow(social, anna, ben.id);
    await until('a second lookup of the user', () => {
      const lookups = queries.mock.calls.filter(([sql, values]) =>
        lookup.test(`${sql} ${JSON.stringify(values)}`),
      );
      return lookups.length > 1;
    });
    queries.mockRestore();
    await addKnownUser(social, ben.userId);
    expect(await followed).toEqual({
      user: { id: ben.id, followersCount: 1, followedByMe: true },
      userErrors: [],
    });
  });

  it('requires a token', async () => {
    const result = await social.run('mutation { follow(userId: "x") { userErrors { code } } }');
    expect(codesOf(result)).toEqual(['UNAUTHENTICATED']);
  });
});

describe('the lists', () => {
  const page = `followers(first: $first, after: $after) {
    edges { cursor followedAt node { id } } nodes { id } pageInfo { hasNextPage endCursor } totalCount totalCountIsEstimate
  }`;

  it('page from the newest to the oldest, with the time of each follow', async () => {
    const star = social.user();
    const fans = Array.from({ length: 5 }, () => social.user());
    const startedAt = Date.now();
    for (const fan of fans) await follow(social, fan, star.id);
    const seen: string[] = [];
    let after: string | null = null;
    for (const expected of [2, 2, 1]) {
      const result = await social.run(
        `query ($of: [_Any!]!, $first: Int, $after: String) { _entities(representations: $of) { ... on User { ${page} } } }`,
        { of: [{ __typename: 'User', id: star.id }], first: 2, after },
      );
      const [{ followers }] = dataOf<{ _entities: [{ followers: FollowersPage }] }>(result)._entities;
      expect(followers).toMatchObject({ totalCount: 5, totalCountIsEstimate: false });
      expect(followers.edges).toHaveLength(expected);
      expect(followers.nodes).toEqual(followers.edges.map((edge) => edge.node));
      for (const edge of followers.edges) {
        expect(Date.parse(edge.followedAt)).toBeGreaterThanOrEqual(startedAt);
        expect(Date.parse(edge.followedAt)).toBeLessThanOrEqual(Date.now());
      }
      seen.push(...followers.nodes.map((node) => node.id));
      expect(followers.pageInfo.hasNextPage).toBe(seen.length < 5);
      after = followers.pageInfo.endCursor;
    }
    expect(seen).toEqual(fans.map((fan) => fan.id).reverse());
  });

  it.each([
    'first: 101',
    'first: -1',
    'after: "nonsense"',
    'after: "Ii0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLSI"',
  ])('reject followers(%s)', async (wrong) => {
    const result = await social.run(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { followers(${wrong}) { totalCount } } } }`,
      { of: [{ __typename: 'User', id: social.user().id }] },
    );
    expect(codesOf(result)).toEqual(['BAD_USER_INPUT']);
  });

  it('return mutual followers and followedByMe; neither for an anonymous caller', async () => {
    const [me, star, mutual, other] = [social.user(), social.user(), social.user(), social.user()];
    await follow(social, mutual, star.id);
    await follow(social, other, star.id);
    await follow(social, me, mutual.id);
    const fields = 'followedByMe mutualFollowers { id }';
    expect(await queryUsers(social, [star.id, mutual.id], fields, me)).toEqual([
      { followedByMe: false, mutualFollowers: [{ id: mutual.id }] },
      { followedByMe: true, mutualFollowers: [] },
    ]);
    const after = (id: string): string => `mutualFollowers(after: "${id}") { id }`;
    expect(await queryUsers(social, [star.id], after(other.id), me)).toEqual([
      { mutualFollowers: [{ id: mutual.id }] },
    ]);
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${after(me.id)} } } }`;
    const { errors } = await social.run(query, { of: [{ __typename: 'User', id: star.id }] }, me);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
    expect(await queryUsers(social, [star.id], fields)).toEqual([
      { followedByMe: false, mutualFollowers: [] },
    ]);
  });

  it('are empty for an unknown user; an invalid id resolves to null', async () => {
    const fields =
      'followersCount followingCount followedByMe socialStatistics { purchases } following { totalCount }';
    expect(
      await queryUsers(social, [social.user().id, 'nonsense', toApiId('order', newId())], fields),
    ).toEqual([
      {
        followersCount: 0,
        followingCount: 0,
        followedByMe: false,
        socialStatistics: { purchases: 0 },
        following: { totalCount: 0 },
      },
      null,
      null,
    ]);
  });
});

it('calls each method of the graph store once for a page of users', async () => {
  const calls: string[] = [];
  const counting = await startSocial(
    ({ source }) =>
      new Proxy(new PostgresGraphStore(source.manager), {
        get: (store, method: keyof GraphStore) => {
          calls.push(method);
          return store[method].bind(store);
        },
      }),
  );
  try {
    const ids = Array.from({ length: 40 }, () => counting.user().id);
    const fields = `followersCount followingCount followedByMe followers(first: 3) { totalCount nodes { id } }
      following { nodes { id } } mutualFollowers(first: 3) { id }`;
    expect(await queryUsers(counting, ids, fields, counting.user())).toHaveLength(40);
    expect(calls.sort()).toEqual([
      'areFollowed',
      'followers',
      'followersCounts',
      'following',
      'followingCounts',
      'mutualFollowers',
    ]);
  } finally {
    await counting.close();
  }
});

interface FollowersPage {
  edges: { cursor: string; followedAt: string; node: { id: string } }[];
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}
