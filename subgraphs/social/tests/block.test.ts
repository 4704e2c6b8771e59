import { socialCommands } from '@souk/shared/contracts/social';
import { Unavailable } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import { maxBlocks } from '@souk/social/domain/follow/block';
import type { GraphStore } from '@souk/social/graph-store/graph-store';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import {
  addKnownUser,
  block,
  dataOf,
  follow,
  notificationsOf,
  queryUsers,
  sendFollow,
  setActivitySharing,
  startSocial,
  waitUntilIdle,
} from './support/social.js';

let social: SubgraphUnderTest;
let graphProblem: Error | null = null;

/** A store that commits before each call returns, as one outside of the database does. */
const external = (store: PostgresGraphStore, manager: ConstructorParameters<typeof PostgresGraphStore>[0]) =>
  new Proxy(store, {
    get: (target, method: keyof GraphStore) => {
      if (graphProblem) throw graphProblem;
      if (method === 'follow')
        return (_manager: unknown, ...rest: [never, never]) =>
          manager.transaction((own) => target.follow(own, ...rest));
      if (method === 'unfollow')
        return (_manager: unknown, ...rest: [string, string]) => target.unfollow(manager, ...rest);
      return target[method].bind(target);
    },
  });

beforeAll(async () => {
  social = await startSocial(({ source: { manager } }) => external(new PostgresGraphStore(manager), manager));
});

afterAll(() => social.close());

const unblock = async (user: TestUser, id: string): Promise<object> => {
  const result = await social.run(
    'mutation ($id: ID!) { unblock(userId: $id) { user { id } userErrors { code field } } }',
    { id },
    user,
  );
  return dataOf<{ unblock: object }>(result).unblock;
};

async function people(count: number): Promise<TestUser[]> {
  const users = Array.from({ length: count }, () => social.user());
  for (const { userId } of users) await addKnownUser(social, userId);
  return users;
}

const countsOf = (...users: TestUser[]): Promise<object[]> =>
  queryUsers(
    social,
    users.map(({ id }) => id),
    'followersCount followingCount',
  );
const nobody = { followersCount: 0, followingCount: 0 };

describe('a block', () => {
  it('ends the follows in both directions, and no other', async () => {
    const [anna, ben, carla] = await people(3);
    for (const [from, to] of [
      [anna, ben],
      [ben, anna],
      [carla, anna],
      [ben, carla],
    ] as const)
      await follow(social, from!, to!.id);
    expect(await block(social, anna!, ben!.id)).toEqual([]);
    expect(await block(social, anna!, ben!.id)).toEqual([]);
    expect(await countsOf(anna!, ben!)).toEqual([
      { followersCount: 1, followingCount: 0 },
      { followersCount: 0, followingCount: 1 },
    ]);
  });

  it('refuses follows to both, without saying who blocked, until it ends', async () => {
    const [anna, ben] = await people(2);
    await block(social, anna!, ben!.id);
    const refused = {
      user: null,
      userErrors: [{ __typename: 'InputError', code: 'BLOCKED', field: ['userId'] }],
    };
    expect(await sendFollow(social, anna!, ben!.id)).toEqual(refused);
    expect(await sendFollow(social, ben!, anna!.id)).toEqual(refused);
    // The other one's own block stays.
    await block(social, ben!, anna!.id);
    for (let times = 0; times < 2; times += 1)
      expect(await unblock(anna!, ben!.id)).toEqual({ user: { id: ben!.id }, userErrors: [] });
    expect(await sendFollow(social, anna!, ben!.id)).toEqual(refused);
    await unblock(ben!, anna!.id);
    expect(await countsOf(anna!, ben!)).toEqual([nobody, nobody]);
    expect((await sendFollow(social, ben!, anna!.id)).userErrors).toEqual([]);
  });

  it('deletes notifications about each other, and keeps others', async () => {
    const [anna, ben, carla] = await people(3);
    await follow(social, ben!, anna!.id);
    await follow(social, anna!, ben!.id);
    await follow(social, carla!, anna!.id);
    await block(social, anna!, ben!.id);
    expect(await notificationsOf(social, ben!)).toEqual([]);
    expect(await notificationsOf(social, anna!)).toMatchObject([{ data: { userId: carla!.id } }]);
  });

  it('lets no notification about each other through, even of a fan-out that had read the followers', async () => {
    const [anna, ben, carla] = await people(3);
    await setActivitySharing(social, anna!, true);
    await follow(social, carla!, anna!.id);
    await block(social, ben!, anna!.id);
    // As if the fan-out had read the follow before it ended.
    await social.dependencies.source.query('INSERT INTO follow VALUES (uuidv7(), $1, $2, now())', [
      ben!.userId,
      anna!.userId,
    ]);
    await social.command(
      socialCommands.recordPurchase,
      {
        userId: anna!.userId,
        orderId: newId(),
        orderNumber: 'SK-1',
        total: { amount: 100, currency: 'EUR' },
        lines: [
          { listingId: newId(), offerId: newId(), title: 'A tour', quantity: 1, fulfilment: 'TOUR_TOKEN' },
        ],
      },
      { sagaId: newId(), step: 'UPDATE_STATS' },
    );
    await waitUntilIdle(social);
    expect(await notificationsOf(social, carla!)).toMatchObject([{ type: 'FOLLOWED_PURCHASED' }]);
    expect(await notificationsOf(social, ben!)).toEqual([]);
  });

  it('leaves no follow of the same moment', async () => {
    for (let round = 0; round < 15; round += 1) {
      const [anna, ben] = await people(2);
      await Promise.all([
        sendFollow(social, ben!, anna!.id),
        block(social, anna!, ben!.id),
        sendFollow(social, anna!, ben!.id),
      ]);
      expect(await countsOf(anna!, ben!)).toEqual([nobody, nobody]);
    }
  });

  it('holds while the graph is away, and ends the follows once it is back', async () => {
    const [anna, ben] = await people(2);
    await follow(social, ben!, anna!.id);
    graphProblem = new Unavailable('The graph is away.');
    try {
      expect(await block(social, anna!, ben!.id)).toEqual([]);
    } finally {
      graphProblem = null;
    }
    await waitUntilIdle(social);
    expect(await countsOf(anna!, ben!)).toEqual([nobody, nobody]);
  });

  it('refuses oneself, unknown users, and more than the maximum', async () => {
    const [anna, ben, carla] = await people(3);
    expect(await block(social, anna!, anna!.id)).toEqual(['INVALID']);
    expect(await block(social, anna!, 'nonsense')).toEqual(['NOT_FOUND']);
    expect(await block(social, anna!, toApiId('user', '01890a5d-ac96-774b-bcce-b302099a8057'))).toEqual([
      'NOT_FOUND',
    ]);
    expect(await unblock(anna!, 'nonsense')).toEqual({
      user: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['userId'] }],
    });
    await block(social, anna!, ben!.id);
    await social.dependencies.source.query(
      'INSERT INTO user_block SELECT $1, gen_random_uuid(), now() FROM generate_series(2, $2::int)',
      [anna!.userId, maxBlocks],
    );
    const result = await social.run(
      `mutation ($id: ID!) { block(userId: $id) { user { id } userErrors {
         __typename code field ... on TooManyBlocksError { limit }
       } } }`,
      { id: carla!.id },
      anna,
    );
    expect(dataOf(result)).toEqual({
      block: {
        user: null,
        userErrors: [
          { __typename: 'TooManyBlocksError', code: 'TOO_MANY_BLOCKS', field: ['userId'], limit: maxBlocks },
        ],
      },
    });
    expect(await block(social, anna!, ben!.id)).toEqual([]);
  });

  it('ends with the account of either', async () => {
    const [anna, ben, carla] = await people(3);
    await block(social, anna!, ben!.id);
    await block(social, carla!, anna!.id);
    await block(social, carla!, ben!.id);
    const { userId } = anna!;
    await social.command(
      socialCommands.erasePerson,
      { userId, partnerId: null },
      { sagaId: newId(), step: 'ERASE_SOCIAL' },
    );
    expect(
      await social.dependencies.source.query(
        'SELECT blocked_id FROM user_block WHERE $1 IN (blocker_id, blocked_id) OR blocker_id = $2',
        [userId, carla!.userId],
      ),
    ).toEqual([{ blocked_id: ben!.userId }]);
  });
});
