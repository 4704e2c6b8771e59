import type { EntityManager } from 'typeorm';
import type { MessageHandler } from '@souk/shared/queue/worker';
import { z } from 'zod';
import type { CardDesk } from '../domain/card-desk.js';
import { lookAtPayment, lookAtRefund } from '../domain/card-desk.js';
import { isPaid } from '../domain/payment-status.js';
import { providerEventMessage } from '../domain/provider-event.js';
import { PaymentEntity } from '../entities/payment.js';
import { RefundEntity } from '../entities/refund.js';

const refundMessage = z.object({ refundId: z.uuid() });

/**
 * The handler of `providerEvent` messages. The event only says where to look: the object's present state is fetched,
 * so that order and doubling of events do not matter.
 */
export function providerEventHandler(desk: CardDesk): MessageHandler {
  return async (body) => {
    const { eventId, objectId, about, paymentId } = providerEventMessage.parse(body);
    const { reader } = desk.database;
    const source = { name: 'webhook', providerEventId: eventId } as const;
    if (about === 'refund') {
      // A refund that is not ours yet is at work in a handler, which reads its outcome itself.
      const refund = await reader.findOneBy(RefundEntity, { providerRefundId: objectId });
      if (refund) await lookAtRefund(desk, refund.id, source);
      return;
    }
    const payment = await findPayment(reader, objectId, paymentId);
    // Money that has come is known, and nothing that is told of an intent takes it away.
    if (payment && !isPaid(payment)) await lookAtPayment(desk, payment, source, objectId);
  };
}

/** The handler of `refundLate` messages. */
export function refundHandler(desk: CardDesk): MessageHandler {
  return async (body) => {
    const { refundId } = refundMessage.parse(body);
    await lookAtRefund(desk, refundId, { name: 'saga' });
  };
}

async function findPayment(
  reader: EntityManager,
  intentId: string,
  paymentId: string | null,
): Promise<PaymentEntity | null> {
  const known = await reader.findOneBy(PaymentEntity, { providerPaymentId: intentId });
  // The intent's id is written when the step is settled; the event may be quicker.
  return known ?? (paymentId === null ? null : reader.findOneBy(PaymentEntity, { id: paymentId }));
}
