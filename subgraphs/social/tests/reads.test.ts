import { readsHeader, readsOf } from '@souk/shared/graph/reads';
import { hearSignals } from '../../../tests/support/heard-signals.js';
import type { SubgraphUnderTest } from '../../../tests/support/subgraph.js';
import { follow, startSocial } from './social-subgraph.js';

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
