import type { securityAlertKinds } from '@souk/shared/contracts/account';
import { accountEvents } from '@souk/shared/contracts/account';
import type { Transaction } from './transaction.js';

/** A kind of security alert. */
export type SecurityAlertKind = (typeof securityAlertKinds)[number];

const maxDeviceLength = 500;

/**
 * Warns a user of something that happened to their account, when the transaction commits.
 * @param details `device`: the User-Agent header of the device that it happened on; `subject`: its object, for the text
 */
export function alertUser(
  { outbox, now }: Pick<Transaction, 'outbox' | 'now'>,
  userId: string,
  kind: SecurityAlertKind,
  { device = null, subject = null }: { device?: string | null; subject?: string | null } = {},
): void {
  outbox.publish(accountEvents.securityAlert, userId, {
    userId,
    kind,
    at: now.toISOString(),
    device: device?.slice(0, maxDeviceLength) ?? null,
    subject,
  });
}
