import { accountEvents } from '@souk/shared/contracts/account';
import { paymentEvents } from '@souk/shared/contracts/payment';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import { updatePartnerProjection } from '../domain/partner-projection.js';
import { applyPaymentEvent } from '../domain/refund/order-payment.js';

/** The events that order subscribes to. */
export const subscribedEvents = {
  partnerStatusChanged: accountEvents.partnerStatusChanged,
  paymentRefunded: paymentEvents.paymentRefunded,
};

/** Handlers of events from other subgraphs. */
export const eventHandlers: EventHandlers<typeof subscribedEvents> = {
  partnerStatusChanged: (manager, _outbox, partner) => updatePartnerProjection(manager, partner),
  paymentRefunded: applyPaymentEvent,
};
