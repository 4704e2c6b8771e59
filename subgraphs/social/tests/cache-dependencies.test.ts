import { readsHeader, readsOf } from '@souk/shared/graph/reads';
import type { Follow, GraphStore } from '@souk/social/graph-store/graph-store';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { hearSignals } from '../../../tests/support/heard-signals.js';
import type { SubgraphUnderTest } from '../../../tests/support/subgraph.js';
import { queryUsers, follow, startSocial } from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

test.each(['followersCount', 'followingCount'])('%s is for everybody, until it changes', async (field) => {
  const [anna, ben] = [social.user(), social.user()];
  for (const caller of [null, anna]) {
    const result = await social.app.execute({
      query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${field} } } }`,
      variables: { of: [{ __typename: 'User', id: ben.id }] },
      headers: { [readsHeader]: '1', ...(caller && { authorization: caller.authorization }) },
    });
    expect(readsOf(result)).toEqual({ topics: [`follows:${ben.userId}`], isPrivate: false });
  }
});

test('signals tell both of one who follows, and of the end of it', async () => {
  const [anna, ben] = [social.user(), social.user()];
  const unfollow = 'mutation ($id: ID!) { unfollow(userId: $id) { userErrors { code } } }';
  for (const change of [
    () => follow(social, anna, ben.id),
    () => social.run(unfollow, { id: ben.id }, anna),
  ]) {
    const { tells, stop } = await hearSignals(social.dependencies.queues.signals('social'));
    try {
      await change();
      await Promise.all([anna, ben].map(({ userId }) => tells(`follows:${userId}`)));
    } finally {
      stop();
    }
  }
});

test('signals tell of a follow that stands in a graph of its own though the transaction failed', async () => {
  const failing = await startSocial(({ source }) => {
    const store = new PostgresGraphStore(source.manager);
    // As Neo4j does: what it was told stands, whatever becomes of the transaction.
    return new Proxy(store, {
      get: (_store, method: keyof GraphStore) =>
        method === 'follow'
          ? async (_manager: unknown, asked: Follow) => {
              await store.follow(source.manager, asked, 5);
              throw new Error('The transaction ends here.');
            }
          : store[method].bind(store),
    });
  });
  const [anna, ben] = [failing.user(), failing.user()];
  const { tells, stop } = await hearSignals(failing.dependencies.queues.signals('social'));
  try {
    await expect(follow(failing, anna, ben.id)).rejects.toThrow();
    await Promise.all([anna, ben].map(({ userId }) => tells(`follows:${userId}`)));
    expect(await queryUsers(failing, [ben.id], 'followersCount')).toEqual([{ followersCount: 1 }]);
  } finally {
    stop();
    await failing.close();
  }
});
