import { cancelOrderSaga } from './cancel-order.js';

const { steps } = cancelOrderSaga;

describe('the cancellation saga', () => {
  it('revokes the tokens before the refund, and refunds before it returns the items', () => {
    expect(
      steps.map(({ name, do: { command } }) => `${name} ${command.participant}.${command.name}`),
    ).toEqual([
      'REVOKE_TOKENS order.withdrawTokens',
      'REFUND payment.refundOrder',
      'RETURN_ITEMS catalog.returnSoldItems',
      'UPDATE_STATS account.withdrawPurchase',
      'UPDATE_STATS social.recordCancellation',
    ]);
  });

  it('can be rejected by its first step only; the others cannot be compensated', () => {
    expect(steps.map(({ nonCompensatable = false }) => nonCompensatable)).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(steps.filter(({ undo }) => undo)).toEqual([]);
  });
});
