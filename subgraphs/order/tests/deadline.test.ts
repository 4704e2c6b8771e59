import { OrderUnderTest } from './support/order-subgraph.js';
import { queryLocked } from '../../../tests/support/locked-table.js';

it('ends its statements at the deadline of a request', async () => {
  const under = await OrderUnderTest.start();
  try {
    expect(
      await queryLocked(under.subgraph, {
        table: 'customer_order',
        query: '{ order(number: "a") { id } }',
        user: under.subgraph.user(),
      }),
    ).toEqual(['TIMEOUT']);
  } finally {
    await under.close();
  }
});
