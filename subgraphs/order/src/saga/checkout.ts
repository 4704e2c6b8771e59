import { accountCommands as account } from '@souk/shared/contracts/account';
import { catalogCommands as catalog } from '@souk/shared/contracts/catalog';
import { orderCommands as order } from '@souk/shared/contracts/order';
import { paymentCommands as payment } from '@souk/shared/contracts/payment';
import { socialCommands as social } from '@souk/shared/contracts/social';
import type { SagaDefinition, SagaStep } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import type { CheckoutInput } from './checkout-input.js';
import { checkoutInput } from './checkout-input.js';
import * as effects from './checkout-effects.js';
import * as payloads from './checkout-payloads.js';

/** The steps of all versions. Running checkouts depend on each: a step of a released version stays as it is. */
const steps = {
  validateUser: {
    name: 'VALIDATE_USER',
    do: bind(account.validateUser, payloads.buyer),
    onCompleted: effects.onBuyersValidated,
  },
  reserveItems: {
    name: 'RESERVE_ITEMS',
    do: bind(catalog.reserveItems, payloads.reservation),
    undo: bind(catalog.releaseItems, payloads.emptyPayload),
    onCompleted: effects.onItemsReserved,
  },
  processPayment: {
    name: 'PROCESS_PAYMENT',
    do: bind(payment.processPayment, payloads.payment),
    undo: bind(payment.revertPayment, payloads.emptyPayload),
    onWaiting: bind(catalog.extendHold, payloads.holdExtension),
    // After the payment, the checkout is always completed.
    pivot: true,
    onCompleted: effects.onPaymentsMade,
  },
  confirmItems: {
    name: 'CONFIRM_ITEMS',
    do: bind(catalog.confirmItems, ({ input: { userId } }) => ({ userId })),
    undo: bind(catalog.returnItems, payloads.emptyPayload),
  },
  generateTokens: {
    name: 'GENERATE_TOKENS',
    do: bind(order.generateTokens, ({ input: { orderId } }) => ({ orderId })),
    undo: bind(order.revokeTokens, ({ input: { orderId } }) => ({ orderId })),
  },
  countPurchase: {
    name: 'UPDATE_STATS',
    do: bind(account.addPurchase, payloads.purchaseCount),
    undo: bind(account.subtractPurchase, payloads.purchaseCount),
  },
  recordPurchase: {
    name: 'UPDATE_STATS',
    do: bind(social.recordPurchase, payloads.purchase),
    undo: bind(social.erasePurchase, payloads.purchase),
  },
} as const satisfies Record<string, SagaStep<CheckoutInput>>;

/** Names of the steps, of all versions. */
export type CheckoutStep = (typeof steps)[keyof typeof steps]['name'];

/**
 * The versions of the checkout saga, newest first, each with its steps in order. Compensation runs in reverse order. A
 * changed list is a further version, and the released ones stay: a running checkout ends by the version it began with.
 */
export const checkoutSagas: readonly [CheckoutSaga, ...CheckoutSaga[]] = [
  define(1, [
    steps.validateUser,
    steps.reserveItems,
    steps.processPayment,
    steps.confirmItems,
    steps.generateTokens,
    steps.countPurchase,
    steps.recordPurchase,
  ]),
];

/** The newest version, by which checkouts begin. */
export const checkoutSaga = checkoutSagas[0];

type CheckoutSaga = SagaDefinition<CheckoutInput, CheckoutStep>;

function define(version: number, list: CheckoutSaga['steps']): CheckoutSaga {
  return {
    name: 'checkout',
    version,
    parseInput: (input) => checkoutInput.parse(input),
    partitionKey: ({ userId }) => userId,
    steps: list,
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
}
