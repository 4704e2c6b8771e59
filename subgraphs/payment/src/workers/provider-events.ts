import type { EntityManager } from 'typeorm';
import type { MessageHandler } from '@souk/shared/queue/worker';
import { z } from 'zod';
import type { CardDesk } from '../domain/card-desk.js';
import { lookAtPayment, lookAtRefund, recordDisputes, recordRefunds } from '../domain/card-desk.js';
import { isPaid } from '../domain/payment-status.js';
import { providerEventMessage } from '../domain/provider-event.js';
import { PaymentEntity } from '../entities/payment.js';

const refundMessage = z.object({ refundId: z.uuid() });

/**
 * The handler of `providerEvent` messages. The event only says where to look: the object's present state is fetched,
 * so that order and doubling of events do not matter.
 */
export function providerEventHandler(desk: CardDesk): MessageHandler {
  const { cards, database } = desk;
  return async (body) => {
    const { eventId, objectId, about, paymentId } = providerEventMessage.parse(body);
    const source = { name: 'webhook', providerEventId: eventId } as const;
    switch (about) {
      case 'payment': {
        const payment = await findPayment(database.reader, objectId, paymentId);
        // Money that has come is known, and nothing that is told of an intent takes it away.
        if (payment && !isPaid(payment)) await lookAtPayment(desk, payment, source, objectId);
        return;
      }
      case 'refund': {
        const shown = await cards.retrieveRefund(objectId);
        if (shown.intentId !== null) await recordRefunds(desk, shown.intentId, [shown], source);
        return;
      }
      case 'refunds of payment':
        return recordRefunds(desk, objectId, await cards.listRefunds(objectId), source);
      case 'dispute': {
        const shown = await cards.retrieveDispute(objectId);
        if (shown.intentId !== null) await recordDisputes(desk, shown.intentId, [shown], source);
        return;
      }
    }
  };
}

/** The handler of `sendRefund` messages. */
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
