import { cancelOrderSaga } from './cancel-order.js';

const { steps } = cancelOrderSaga;

describe('the list of a cancellation', () => {
  it('takes the tokens before the money goes back, and the money before anything that is sold again', () => {
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

  it('can be refused by its first step only: from the refund on there is no way back', () => {
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
