import { cacheDependenciesHeader, cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import type { Follow, GraphStore } from '@souk/social/graph-store/graph-store';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { recordNotifications } from '../../../tests/support/recorded-notifications.js';
import type { SubgraphUnderTest } from '../../../tests/support/subgraph.js';
import { queryUsers, follow, startSocial } from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

test.each(['followersCount', 'followingCount'])(
  '%s is public and cacheable until it changes',
  async (field) => {
    const [anna, ben] = [social.user(), social.user()];
    for (const caller of [null, anna]) {
      const result = await social.app.execute({
        query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${field} } } }`,
        variables: { of: [{ __typename: 'User', id: ben.id }] },
        headers: { [cacheDependenciesHeader]: '1', ...(caller && { authorization: caller.authorization }) },
      });
      expect(cacheDependenciesOf(result)).toEqual({ topics: [`follows:${ben.userId}`], isPrivate: false });
    }
  },
);

test('publishes changes for both users when a follow starts and ends', async () => {
  const [anna, ben] = [social.user(), social.user()];
  const unfollow = 'mutation ($id: ID!) { unfollow(userId: $id) { userErrors { code } } }';
  for (const change of [
    () => follow(social, anna, ben.id),
    () => social.run(unfollow, { id: ben.id }, anna),
  ]) {
    const { waitFor, stop } = await recordNotifications(social.dependencies.queues.changes('social'));
    try {
      await change();
      await Promise.all([anna, ben].map(({ userId }) => waitFor(`follows:${userId}`)));
    } finally {
      stop();
    }
  }
});

test('publishes a follow that an external graph store keeps although the transaction failed', async () => {
  const failing = await startSocial(({ source }) => {
    const store = new PostgresGraphStore(source.manager);
    // Like Neo4j: the follow is stored even if the transaction fails.
    return new Proxy(store, {
      get: (_store, method: keyof GraphStore) =>
        method === 'follow'
          ? async (_manager: unknown, newFollow: Follow) => {
              await store.follow(source.manager, newFollow, 5);
              throw new Error('The transaction fails here.');
            }
          : store[method].bind(store),
    });
  });
  const [anna, ben] = [failing.user(), failing.user()];
  const { waitFor, stop } = await recordNotifications(failing.dependencies.queues.changes('social'));
  try {
    await expect(follow(failing, anna, ben.id)).rejects.toThrow();
    await Promise.all([anna, ben].map(({ userId }) => waitFor(`follows:${userId}`)));
    expect(await queryUsers(failing, [ben.id], 'followersCount')).toEqual([{ followersCount: 1 }]);
  } finally {
    stop();
    await failing.close();
  }
});
