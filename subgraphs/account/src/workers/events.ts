import type { TextSeal } from '@souk/shared/auth/text-seal';
import type { Clock } from '@souk/shared/clock';
import { accountEvents } from '@souk/shared/contracts/account';
import type { EventDefinition } from '@souk/shared/event';
import type { EventHandlers } from '@souk/shared/events/event-consumer';
import { sendPasswordReset } from '../domain/session/password-reset.js';

/** The events that account subscribes to: one of its own, whose work must not delay the answer. */
export const subscribedEvents = { passwordForgotten: accountEvents.passwordForgotten };

/** Events of earlier versions. */
export const retiredEvents: readonly EventDefinition[] = [];

/** Handlers of events. */
export function eventHandlers(clock: Clock, seal: TextSeal): EventHandlers<typeof subscribedEvents> {
  return {
    passwordForgotten: (manager, outbox, { email }) =>
      sendPasswordReset({ manager, outbox, now: clock.now() }, email, seal),
  };
}
