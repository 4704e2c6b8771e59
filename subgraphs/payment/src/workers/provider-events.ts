import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { BatchMessageHandler, MessageHandler } from '@souk/shared/queue/message-worker';
import { settleEach } from '@souk/shared/async/batch-with-fallback';
import { z } from 'zod';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { syncPayment, syncRefund, recordDisputes, recordRefunds } from '../domain/payment/provider-sync.js';
import { isPaid } from '../domain/payment-status.js';
import type { ProviderEventMessage } from '../domain/provider/provider-event.js';
import { providerEventMessage } from '../domain/provider/provider-event.js';
import { PaymentEntity } from '../entities/payment.js';

const refundMessage = z.object({ refundId: z.uuid() });

/** So many messages share a look at the payments that they are about; each asks the provider for itself. */
const together = 20;

/**
 * The handler of `providerEvent` messages. The event only says where to look: the object's present state is fetched,
 * so that order and doubling of events do not matter.
 */
export function providerEventHandler(services: PaymentServices): BatchMessageHandler {
  return {
    parallel: () => Number.POSITIVE_INFINITY,
    size: () => together,
    handle: async (deliveries) => {
      const messages = deliveries.map(({ body }) => providerEventMessage.safeParse(body));
      const payments = await findPayments(
        services.database.reader,
        messages.flatMap(({ data }) => (data?.about === 'payment' ? [data] : [])),
      );
      return settleEach(messages, async ({ data, error }) => {
        if (error) throw error;
        await syncObject(services, data, payments.get(data.objectId) ?? null);
      });
    },
  };
}

/** `payment` is the one that an event about a payment names, as far as it is one of ours. */
async function syncObject(
  services: PaymentServices,
  { eventId, objectId, about }: ProviderEventMessage,
  payment: PaymentEntity | null,
): Promise<void> {
  const { cards } = services;
  const source = { name: 'webhook', providerEventId: eventId } as const;
  switch (about) {
    case 'payment':
      // Money that has come is known, and nothing that is told of an intent takes it away.
      if (payment && !isPaid(payment)) await syncPayment(services, payment, source, objectId);
      return;
    case 'refund': {
      const shown = await cards.retrieveRefund(objectId);
      if (shown.intentId !== null) await recordRefunds(services, shown.intentId, [shown], source);
      return;
    }
    case 'refunds of payment':
      return recordRefunds(services, objectId, await cards.listRefunds(objectId), source);
    case 'dispute': {
      const shown = await cards.retrieveDispute(objectId);
      if (shown.intentId !== null) await recordDisputes(services, shown.intentId, [shown], source);
      return;
    }
  }
}

/** The handler of `sendRefund` messages. */
export function refundHandler(services: PaymentServices): MessageHandler {
  return async (body) => {
    const { refundId } = refundMessage.parse(body);
    await syncRefund(services, refundId, { name: 'saga' });
  };
}

/** Payments by the intents that events are about. */
async function findPayments(
  reader: EntityManager,
  events: readonly ProviderEventMessage[],
): Promise<Map<string, PaymentEntity>> {
  if (events.length === 0) return new Map();
  const payments = await reader.find(PaymentEntity, {
    where: [
      { providerPaymentId: In(events.map(({ objectId }) => objectId)) },
      { id: In(events.flatMap(({ paymentId }) => paymentId ?? [])) },
    ],
  });
  const byIntent = new Map(payments.map((payment) => [payment.providerPaymentId, payment]));
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  return new Map(
    events.flatMap(({ objectId, paymentId }) => {
      // The intent's id is written when the step is settled; the event may be quicker.
      const payment = byIntent.get(objectId) ?? byId.get(paymentId ?? '');
      return payment ? [[objectId, payment] as const] : [];
    }),
  );
}
