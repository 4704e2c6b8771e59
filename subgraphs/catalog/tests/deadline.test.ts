import { startCatalog } from './support/catalog.js';
import { queryLocked } from '../../../tests/support/locked-table.js';

it('ends its statements at the deadline of a request', async () => {
  const under = await startCatalog();
  try {
    expect(
      await queryLocked(under.subgraph, { table: 'listing', query: '{ listing(slug: "a") { id } }' }),
    ).toEqual(['TIMEOUT']);
  } finally {
    await under.close();
  }
});
