import type { paymentCommands } from '@souk/shared/contracts/payment';
import type { CommandHandlers } from '@souk/shared/saga/handler';
import type { CardDesk } from '../domain/card-desk.js';
import { processPayment } from './process-payment.js';
import { refundOrder } from './refund-order.js';
import { revertPayment } from './revert-payment.js';

/** What payment does in sagas. */
export function commandHandlers(desk: CardDesk): CommandHandlers<typeof paymentCommands> {
  return {
    processPayment: processPayment(desk),
    revertPayment: revertPayment(desk),
    refundOrder: refundOrder(desk),
  };
}
