import { startAccount } from './support/account.js';
import { queryLocked } from '../../../tests/support/locked-table.js';

it('ends its statements at the deadline of a request', async () => {
  const under = await startAccount();
  try {
    expect(
      await queryLocked(under.subgraph, { table: 'partner', query: '{ partner(slug: "a") { id } }' }),
    ).toEqual(['TIMEOUT']);
  } finally {
    await under.close();
  }
});
