import { accountCommands as account } from '@souk/shared/contracts/account';
import { catalogCommands as catalog } from '@souk/shared/contracts/catalog';
import { orderCommands as order } from '@souk/shared/contracts/order';
import { paymentCommands as payment } from '@souk/shared/contracts/payment';
import { socialCommands as social } from '@souk/shared/contracts/social';
import type { SagaDefinition } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import type { CheckoutInput, CheckoutStep } from './checkout-input.js';
import { checkoutInput } from './checkout-input.js';
import * as effects from './checkout-effects.js';
import * as payloads from './checkout-payloads.js';

/**
 * Steps of the checkout saga, in order. Compensation runs in reverse order. After a change of the list, the released
 * versions stay in code: see definitions.ts.
 */
export const checkoutSaga: SagaDefinition<CheckoutInput, CheckoutStep> = {
  name: 'checkout',
  version: 1,
  parseInput: (input) => checkoutInput.parse(input),
  partitionKey: ({ userId }) => userId,
  steps: [
    {
      name: 'VALIDATE_USER',
      do: bind(account.validateUser, payloads.buyer),
      onCompleted: effects.onBuyersValidated,
    },
    {
      name: 'RESERVE_ITEMS',
      do: bind(catalog.reserveItems, payloads.reservation),
      undo: bind(catalog.releaseItems, payloads.emptyPayload),
      onCompleted: effects.onItemsReserved,
    },
    {
      name: 'PROCESS_PAYMENT',
      do: bind(payment.processPayment, payloads.payment),
      undo: bind(payment.revertPayment, payloads.emptyPayload),
      onWaiting: bind(catalog.extendHold, payloads.holdExtension),
      // After the payment, the checkout is always completed.
      pivot: true,
      onCompleted: effects.onPaymentsMade,
    },
    {
      name: 'CONFIRM_ITEMS',
      do: bind(catalog.confirmItems, ({ input: { userId } }) => ({ userId })),
      undo: bind(catalog.returnItems, payloads.emptyPayload),
    },
    {
      name: 'GENERATE_TOKENS',
      do: bind(order.generateTokens, ({ input: { orderId } }) => ({ orderId })),
      undo: bind(order.revokeTokens, ({ input: { orderId } }) => ({ orderId })),
    },
    {
      name: 'UPDATE_STATS',
      do: bind(account.addPurchase, payloads.purchaseCount),
      undo: bind(account.subtractPurchase, payloads.purchaseCount),
    },
    {
      name: 'UPDATE_STATS',
      do: bind(social.recordPurchase, payloads.purchase),
      undo: bind(social.erasePurchase, payloads.purchase),
    },
  ],
  expired: {
    code: 'PAYMENT_EXPIRED',
    message: 'The payment was not made in time.',
    field: null,
    typename: 'InputError',
    details: {},
  },
  onCompleted: effects.onCompleted,
  onCompensating: effects.onCompensating,
  onNeedsAttention: effects.onNeedsAttention,
  onFailed: effects.onFailed,
  afterFailure: bind(social.tellFailure, payloads.failure),
};
