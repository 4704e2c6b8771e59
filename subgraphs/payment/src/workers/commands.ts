import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import { done } from '@souk/shared/saga/handler-result';
import { findObstacles } from '../domain/deletion/deletion-obstacles.js';
import { erasePerson } from '../domain/deletion/person-erasure.js';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { processPayment } from './process-payment.js';
import { refundItems } from './refund-items.js';
import { refundOrder } from './refund-order.js';
import { revertPayment } from './revert-payment.js';
import { validateRefund } from './validate-refund.js';

/** Handlers of payment's saga commands. */
export function commandHandlers(services: PaymentServices): CommandHandlers<typeof paymentCommands> {
  return {
    processPayment: processPayment(services),
    revertPayment: revertPayment(services),
    validateRefund: validateRefund(services),
    refundOrder: refundOrder(services),
    refundItems: refundItems(services),
    validateDeletion: {
      batch: (manager, commands) =>
        Promise.all(
          commands.map(async ({ payload }) => ({
            kind: 'done',
            output: { obstacles: await findObstacles(manager, payload) },
          })),
        ),
    },
    erasePerson: {
      batch: async (manager, commands) => {
        for (const { payload } of commands) await erasePerson(manager, payload.userId);
        return commands.map(() => done);
      },
    },
  };
}
