import { accountEvents } from '@souk/shared/contracts/account';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import { savePartner } from '../domain/ledger/partner-projection.js';

/** The events that payment subscribes to. */
export const subscribedEvents = { partnerStatusChanged: accountEvents.partnerStatusChanged };

/** Handlers of events from other subgraphs. */
export const eventHandlers: EventHandlers<typeof subscribedEvents> = {
  partnerStatusChanged: (manager, _outbox, partner) => savePartner(manager, partner),
};
