import { accountCommands as account } from '@souk/shared/contracts/account';
import { catalogCommands as catalog } from '@souk/shared/contracts/catalog';
import { orderCommands as order } from '@souk/shared/contracts/order';
import { paymentCommands as payment } from '@souk/shared/contracts/payment';
import { socialCommands as social } from '@souk/shared/contracts/social';
import type { SagaDefinition, SagaView } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import * as effects from './cancel-order-effects.js';
import type { CancelOrderInput, CancelOrderStep } from './cancel-order-input.js';
import { cancelOrderInput } from './cancel-order-input.js';

const ofCheckout = ({ input: { checkoutId } }: SagaView<CancelOrderInput>) => ({ checkoutId });

const steps: SagaDefinition<CancelOrderInput, CancelOrderStep>['steps'] = [
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
    do: bind(social.recordCancellation, ({ input: { userId, orderId, orderNumber, reason } }) => ({
      userId,
      orderId,
      orderNumber,
      reason,
    })),
    nonCompensatable: true,
  },
];

/** The first version, for cancellations that began with it. It revoked the tokens of disputed payments. */
export const cancelOrderSagaV1: SagaDefinition<CancelOrderInput, CancelOrderStep> = {
  name: 'cancel-order',
  version: 1,
  parseInput: (input) => cancelOrderInput.parse(input),
  partitionKey: ({ userId }) => userId,
  steps,
  onCompleted: effects.onCompleted,
  onNeedsAttention: effects.onNeedsAttention,
  onFailed: effects.onFailed,
};

/**
 * Steps of the cancellation saga. The first two steps can be rejected; from REFUND on, steps cannot be compensated
 * and are retried until they succeed.
 */
export const cancelOrderSaga: SagaDefinition<CancelOrderInput, CancelOrderStep> = {
  ...cancelOrderSagaV1,
  version: 2,
  // Before anything is taken: payment knows of disputes that order has not heard of yet.
  steps: [{ name: 'VALIDATE_REFUND', do: bind(payment.validateRefund, ofCheckout) }, ...steps],
};
