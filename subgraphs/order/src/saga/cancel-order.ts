import { accountCommands as account } from '@souk/shared/contracts/account';
import { catalogCommands as catalog } from '@souk/shared/contracts/catalog';
import { orderCommands as order } from '@souk/shared/contracts/order';
import { paymentCommands as payment } from '@souk/shared/contracts/payment';
import { socialCommands as social } from '@souk/shared/contracts/social';
import type { SagaDefinition, SagaView } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import * as effects from './cancel-order-effects.js';
import type { CancelOrderInput } from './cancel-order-input.js';
import { cancelOrderInput } from './cancel-order-input.js';

const ofCheckout = ({ input: { checkoutId } }: SagaView<CancelOrderInput>) => ({ checkoutId });

/**
 * Steps of the cancellation saga. The first step can be rejected; from REFUND on, steps cannot be compensated
 * and are retried until they succeed.
 */
export const cancelOrderSaga: SagaDefinition<CancelOrderInput> = {
  name: 'cancel-order',
  version: 1,
  parseInput: (input) => cancelOrderInput.parse(input),
  partitionKey: ({ userId }) => userId,
  steps: [
    {
      name: 'REVOKE_TOKENS',
      do: bind(order.withdrawTokens, ({ input: { orderId } }) => ({ orderId })),
    },
    {
      name: 'REFUND',
      do: bind(payment.refundOrder, ofCheckout),
      nonCompensatable: true,
      onCompleted: effects.onRefunded,
    },
    {
      name: 'RETURN_ITEMS',
      do: bind(catalog.returnSoldItems, ofCheckout),
      nonCompensatable: true,
    },
    {
      name: 'UPDATE_STATS',
      do: bind(account.withdrawPurchase, ofCheckout),
      nonCompensatable: true,
    },
    {
      name: 'UPDATE_STATS',
      do: bind(social.recordCancellation, ({ input: { userId, orderId, orderNumber, total, reason } }) => ({
        userId,
        orderId,
        orderNumber,
        refunded: total,
        reason,
      })),
      nonCompensatable: true,
    },
  ],
  onCompleted: effects.onCompleted,
  onNeedsAttention: effects.onNeedsAttention,
  onFailed: effects.onFailed,
};
