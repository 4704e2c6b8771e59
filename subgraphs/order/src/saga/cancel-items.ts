import { accountCommands as account } from '@souk/shared/contracts/account';
import { catalogCommands as catalog } from '@souk/shared/contracts/catalog';
import { orderCommands as order } from '@souk/shared/contracts/order';
import { paymentCommands as payment } from '@souk/shared/contracts/payment';
import { socialCommands as social } from '@souk/shared/contracts/social';
import type { SagaDefinition } from '@souk/shared/saga/definition';
import { bind } from '@souk/shared/saga/definition';
import * as effects from './cancel-items-effects.js';
import type { CancelItemsInput } from './cancel-items-input.js';
import { cancelItemsInput } from './cancel-items-input.js';
import { onNeedsAttention } from './cancel-order-effects.js';
import type { CancelOrderStep } from './cancel-order-input.js';

/**
 * The cancellation of a part of an order: the steps of cancelOrder, for some units. The first two steps can be rejected;
 * from REFUND on, steps cannot be compensated and are retried until they succeed.
 */
export const cancelItemsSaga: SagaDefinition<CancelItemsInput, CancelOrderStep> = {
  name: 'cancel-items',
  version: 1,
  parseInput: (input) => cancelItemsInput.parse(input),
  partitionKey: ({ userId }) => userId,
  steps: [
    {
      name: 'VALIDATE_REFUND',
      do: bind(payment.validateRefund, ({ input: { checkoutId } }) => ({ checkoutId, isPartial: true })),
    },
    {
      name: 'REVOKE_TOKENS',
      do: bind(order.withdrawUnits, ({ input: { orderId, lines } }) => ({
        orderId,
        lines: lines.map(({ lineId, units }) => ({ lineId, units })),
      })),
    },
    {
      name: 'REFUND',
      do: bind(payment.refundItems, ({ input: { checkoutId, lines } }) => ({
        checkoutId,
        lines: lines.map(({ partnerId, amount }) => ({ partnerId, amount })),
      })),
      nonCompensatable: true,
      onCompleted: effects.onRefunded,
    },
    {
      name: 'RETURN_ITEMS',
      do: bind(catalog.returnSoldUnits, ({ input: { checkoutId, lines } }) => ({
        checkoutId,
        lines: lines.map(({ lineId, units, seatIds }) => ({ lineId, quantity: units.length, seatIds })),
      })),
      nonCompensatable: true,
    },
    {
      name: 'UPDATE_STATS',
      do: bind(account.withdrawUnits, ({ input: { checkoutId, lines, amount } }) => ({
        checkoutId,
        units: lines.reduce((sum, { units }) => sum + units.length, 0),
        total: amount,
      })),
      nonCompensatable: true,
    },
    {
      name: 'UPDATE_STATS',
      do: bind(
        social.recordItemCancellation,
        ({ input: { userId, orderId, orderNumber, reason, lines } }) => ({
          userId,
          orderId,
          orderNumber,
          reason,
          lines: lines.map(({ listingId, offerId, title, units, fulfilment }) => ({
            listingId,
            offerId,
            title,
            quantity: units.length,
            fulfilment,
          })),
        }),
      ),
      nonCompensatable: true,
    },
  ],
  onCompleted: effects.onCompleted,
  onNeedsAttention,
  onFailed: effects.onFailed,
};
