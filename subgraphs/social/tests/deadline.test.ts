import { newId, toApiId } from '@souk/shared/ids';
import { queryLocked } from '../../../tests/support/locked-table.js';
import { startSocial } from './support/social.js';

it('ends its statements at the deadline of a request', async () => {
  const under = await startSocial();
  const user = { __typename: 'User', id: toApiId('user', newId()) };
  const query =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { followersCount } } }';
  try {
    expect(await queryLocked(under, { table: 'follower_count', query, variables: { of: [user] } })).toEqual([
      'TIMEOUT',
    ]);
  } finally {
    await under.close();
  }
});
