import type { ErrorRequestHandler, Router } from 'express';
import express from 'express';
import type { Log } from '@souk/shared/log';
import { SharedTransaction } from '@souk/shared/db/shared-transaction';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import type { ProviderEvent } from '../domain/provider/card-provider.js';
import { UnreadableEvent } from '../domain/provider/card-provider.js';
import { storeEvents } from '../domain/provider/provider-event.js';

const maxBytes = 1_000_000;

/**
 * POST /webhooks/stripe: verifies the signature on the raw body, stores the event with a message that syncs its object,
 * and responds with 200. A signed body that is not an event gets 400 with the reason and is not stored. After a 500,
 * Stripe delivers the event again. Concurrent events are stored in one transaction.
 */
export function webhookRouter({ database, cards, clock }: PaymentServices, log: Log): Router {
  const router = express.Router();
  const raw = express.raw({ type: () => true, limit: maxBytes });
  const store = new SharedTransaction<ProviderEvent, boolean>({
    database,
    work: async (manager, outbox, events) => {
      const fresh = await storeEvents(manager, outbox, events, clock.now());
      return events.map(({ id }) => ({ result: fresh.has(id) }));
    },
    parallel: 1,
  });

  router.post('/webhooks/stripe', raw, async (request, response) => {
    const body: unknown = request.body;
    const event = Buffer.isBuffer(body) ? cards.readEvent(body, request.get('stripe-signature') ?? '') : null;
    if (!event) {
      response.status(400).json({ error: 'The signature is not valid.' });
      return;
    }
    const isNew = await store.do(event);
    log.debug({ eventId: event.id, type: event.type, isNew }, 'webhook event received');
    response.json({ received: true });
  });

  const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof UnreadableEvent) {
      log.warn({ reason: error.message }, 'signed webhook request without a valid event');
      response.status(400).json({ error: error.message });
      return;
    }
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error }, 'webhook event not stored');
    response.status(status).json({ error: status < 500 ? 'The event cannot be read.' : 'Try again later.' });
  };
  router.use('/webhooks/stripe', onError);
  return router;
}

/** HTTP status from the body parser's error (413, 400), or 500. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
