import { accountEvents } from '@souk/shared/contracts/account';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import { updatePartnerProjection } from '../domain/partner-projection.js';

/** The events that catalog subscribes to. */
export const subscribedEvents = { partnerStatusChanged: accountEvents.partnerStatusChanged };

/** Handlers of events from other subgraphs. */
export const eventHandlers: EventHandlers<typeof subscribedEvents> = {
  partnerStatusChanged: (manager, _outbox, partner) => updatePartnerProjection(manager, partner),
};
