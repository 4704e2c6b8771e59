import type { TextSeal } from '@souk/shared/auth/text-seal';
import type { Clock } from '@souk/shared/clock';
import { accountEvents } from '@souk/shared/contracts/account';
import { auditEvents } from '@souk/shared/contracts/audit';
import type { EventDefinition } from '@souk/shared/event';
import type { EventHandler, EventHandlers } from '@souk/shared/events/event-consumer';
import { storePendingAction } from '../domain/audit/pending-action.js';
import { sendPasswordReset } from '../domain/session/password-reset.js';

/**
 * The events that account subscribes to: one of its own, whose work must not delay the answer, and the audited actions
 * of all subgraphs.
 */
export const subscribedEvents = {
  passwordForgotten: accountEvents.passwordForgotten,
  actionOfAccount: auditEvents.account,
  actionOfCatalog: auditEvents.catalog,
  actionOfOrder: auditEvents.order,
  actionOfPayment: auditEvents.payment,
  actionOfSocial: auditEvents.social,
};

/** Events of earlier versions. */
export const retiredEvents: readonly EventDefinition[] = [];

const recordAction: EventHandler<(typeof auditEvents)['account']> = (manager, _outbox, action, { cause }) =>
  storePendingAction(manager, action, cause);

/** Handlers of events. */
export function eventHandlers(clock: Clock, seal: TextSeal): EventHandlers<typeof subscribedEvents> {
  return {
    passwordForgotten: (manager, outbox, { email }) =>
      sendPasswordReset({ manager, outbox, now: clock.now() }, email, seal),
    actionOfAccount: recordAction,
    actionOfCatalog: recordAction,
    actionOfOrder: recordAction,
    actionOfPayment: recordAction,
    actionOfSocial: recordAction,
  };
}
