import { PaymentFixture } from './support/payment-fixture.js';
import { queryLocked } from '../../../tests/support/locked-table.js';

it('cancels its database statements at the deadline of a request', async () => {
  const under = await PaymentFixture.open();
  try {
    expect(
      await queryLocked(under.subgraph, {
        table: 'payment',
        // Sweepers read payments too.
        statement: '"PaymentEntity"."reference" =',
        query: '{ payment(reference: "a") { id } }',
        user: under.subgraph.user(),
      }),
    ).toEqual(['TIMEOUT']);
  } finally {
    await under.close();
  }
});
