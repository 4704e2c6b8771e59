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
 * POST /webhooks/stripe: the signature first, on the bytes as they came; then the event is stored with the message that
 * has it looked at, and 200 answers at once. A signed body that is no event is answered 400 with the reason and stored
 * nowhere. What fails with 500 Stripe sends again. Events that come together are stored together.
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
    log.debug({ eventId: event.id, type: event.type, isNew }, 'an event came');
    response.json({ received: true });
  });

  const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof UnreadableEvent) {
      log.warn({ reason: error.message }, 'a signed webhook request held no event');
      response.status(400).json({ error: error.message });
      return;
    }
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error }, 'an event could not be stored');
    response.status(status).json({ error: status < 500 ? 'The event cannot be read.' : 'Try again later.' });
  };
  router.use('/webhooks/stripe', onError);
  return router;
}

/** The status that the body's parser asks for (413, 400), or 500. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
  return typeof status === 'number' && status >= 400 ? status : 500;
}
