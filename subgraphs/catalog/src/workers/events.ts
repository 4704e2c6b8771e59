import { accountEvents } from '@souk/shared/contracts/account';

/** The events that catalog subscribes to. */
export const subscribedEvents = {};

/** Events of earlier versions. Their content is the state `partners` now. */
export const retiredEvents = [accountEvents.partnerStatusChanged];

/** Handlers of events from other subgraphs. */
export const eventHandlers = {};
