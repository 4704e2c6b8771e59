import { until } from '../../../tests/support/until.js';
import { OrderUnderTest } from './support/order-subgraph.js';

it('order is not ready while a checkout needs a version that it does not have, and says which', async () => {
  const order = await OrderUnderTest.start();
  try {
    const { app, dependencies } = order.subgraph;
    await expect(app.unreadyReasons()).resolves.toEqual([]);
    order.participants.on('processPayment', () => null);
    const buyer = order.user();
    const { transactionId } = await order.buy(buyer, [{ offerId: order.catalog.offer().id }]);
    const setVersion = (version: number): Promise<unknown> =>
      dependencies.source.query('UPDATE saga SET definition_version = $2 WHERE transaction_id = $1', [
        transactionId,
        version,
      ]);
    await setVersion(7);
    const reasons = await until('order to notice', async () => {
      const found = await app.unreadyReasons();
      return found.length > 0 ? found : null;
    });
    expect(reasons).toEqual([
      'Sagas that have not ended need definitions that this version does not have: checkout@7 (1).',
    ]);
    await setVersion(1);
    await until('order to be ready again', async () => (await app.unreadyReasons()).length === 0);
  } finally {
    await order.close();
  }
});
