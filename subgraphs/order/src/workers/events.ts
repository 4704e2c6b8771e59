import { accountEvents } from '@souk/shared/contracts/account';
import { paymentEvents } from '@souk/shared/contracts/payment';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import { applyPaymentEvent } from '../domain/refund/order-payment.js';

/** The events that order subscribes to. */
export const subscribedEvents = {
  paymentRefunded: paymentEvents.paymentRefunded,
};

/** Events of earlier versions. Their content is the state `partners` now. */
export const retiredEvents = [accountEvents.partnerStatusChanged];

/** Handlers of events from other subgraphs. */
export const eventHandlers: EventHandlers<typeof subscribedEvents> = {
  paymentRefunded: applyPaymentEvent,
};
