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

/** Batch size: messages of a batch share one query for their payments; each calls the provider separately. */
const batchSize = 20;

/**
 * Handler of `providerEvent` messages. It retrieves the current state of the event's object, so that the order and
 * duplication of events do not matter.
 */
export function providerEventHandler(services: PaymentServices): BatchMessageHandler {
  return {
    parallel: () => Number.POSITIVE_INFINITY,
    size: () => batchSize,
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

/** Syncs the event's object. `payment` is the payment of an event about a payment, or null if it is not ours. */
async function syncObject(
  services: PaymentServices,
  { eventId, objectId, about }: ProviderEventMessage,
  payment: PaymentEntity | null,
): Promise<void> {
  const { cards } = services;
  const source = { name: 'webhook', providerEventId: eventId } as const;
  switch (about) {
    case 'payment':
      // Events about the intent do not change a paid payment.
      if (payment && !isPaid(payment)) await syncPayment(services, payment, source, objectId);
      return;
    case 'refund': {
      const refund = await cards.retrieveRefund(objectId);
      if (refund.intentId !== null) await recordRefunds(services, refund.intentId, [refund], source);
      return;
    }
    case 'refunds of payment':
      return recordRefunds(services, objectId, await cards.listRefunds(objectId), source);
    case 'dispute': {
      const dispute = await cards.retrieveDispute(objectId);
      if (dispute.intentId !== null) await recordDisputes(services, dispute.intentId, [dispute], source);
      return;
    }
  }
}

/** Handler of `sendRefund` messages. */
export function refundHandler(services: PaymentServices): MessageHandler {
  return async (body) => {
    const { refundId } = refundMessage.parse(body);
    await syncRefund(services, refundId, { name: 'saga' });
  };
}

/** Finds payments by the intents of events. */
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
      // The event may arrive before the step has stored the intent's id.
      const payment = byIntent.get(objectId) ?? byId.get(paymentId ?? '');
      return payment ? [[objectId, payment] as const] : [];
    }),
  );
}
