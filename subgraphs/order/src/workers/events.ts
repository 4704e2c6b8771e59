import { accountEvents } from '@souk/shared/contracts/account';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { paymentEvents } from '@souk/shared/contracts/payment';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import { remindHoldersMessage } from '../domain/token/start-reminder.js';
import { applyPaymentEvent } from '../domain/refund/order-payment.js';

/** The events that order subscribes to. */
export const subscribedEvents = {
  paymentRefunded: paymentEvents.paymentRefunded,
  startApproaching: catalogEvents.startApproaching,
};

/** Events of earlier versions. Their content is the state `partners` now. */
export const retiredEvents = [accountEvents.partnerStatusChanged];

/** Handlers of events from other subgraphs. */
export const eventHandlers: EventHandlers<typeof subscribedEvents> = {
  paymentRefunded: applyPaymentEvent,
  startApproaching: (_manager, outbox, start) => {
    outbox.add(remindHoldersMessage({ start, after: null }));
    return Promise.resolve();
  },
};
