import { TextSeal } from '@souk/shared/auth/text-seal';
import type { accountEvents } from '@souk/shared/contracts/account';
import { tokenContext } from '@souk/shared/contracts/account';
import type { EventPayload } from '@souk/shared/event';
import { until } from '../../../../tests/support/until.js';
import type { PublishedEvents } from '../../../../tests/support/published-events.js';

/** The events that have an e-mail with a token sent. */
export type EmailEvent = 'emailVerificationRequested' | 'passwordResetRequested';

/** An e-mail with a token, as its sender learns of it. */
export type RequestedEmail = EventPayload<(typeof accountEvents)[EmailEvent]>;

/** The e-mails that account requested for an address, oldest first. */
export function requestedEmails(
  published: PublishedEvents,
  event: EmailEvent,
  email: string,
): RequestedEmail[] {
  return published.all
    .filter(({ event: { name } }) => name === event)
    .map(({ payload }) => payload as RequestedEmail)
    .filter((requested) => requested.email === email);
}

/** Waits for the latest of `count` e-mails, and opens its token as the sender does. */
export async function tokenOfEmail(
  published: PublishedEvents,
  event: EmailEvent,
  email: string,
  count = 1,
): Promise<string> {
  const { userId, token } = await until(
    `${count} of ${event} for ${email}`,
    () => requestedEmails(published, event, email)[count - 1],
  );
  return new TextSeal(null).open(token, tokenContext(event, userId));
}
