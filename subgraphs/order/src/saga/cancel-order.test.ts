import { cancelOrderSaga } from './cancel-order.js';

const { steps } = cancelOrderSaga;

describe('the cancellation saga', () => {
  it('validates the refund before it revokes the tokens, revokes the tokens before the refund, and refunds before it returns the items', () => {
    expect(
      steps.map(({ name, do: { command } }) => `${name} ${command.participant}.${command.name}`),
    ).toEqual([
      'VALIDATE_REFUND payment.validateRefund',
      'REVOKE_TOKENS order.withdrawTokens',
      'REFUND payment.refundOrder',
      'RETURN_ITEMS catalog.returnSoldItems',
      'UPDATE_STATS account.withdrawPurchase',
      'UPDATE_STATS social.recordCancellation',
    ]);
  });

  it('can be rejected by its first two steps only; the others cannot be compensated', () => {
    expect(steps.map(({ nonCompensatable = false }) => nonCompensatable)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(steps.filter(({ undo }) => undo)).toEqual([]);
  });
});
