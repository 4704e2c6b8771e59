import type { EntityManager } from 'typeorm';
import type { Channel, NotificationType } from './notification-type.js';
import { channels } from './notification-type.js';

/** A recipient at the time when a notification is created. */
export interface Recipient {
  /** Null for a person whom account's list does not have yet. */
  displayName: string | null;
  /** A BCP 47 tag, or null. */
  locale: string | null;
  /** An IANA time zone name, or null. */
  timeZone: string | null;
  isDeleted: boolean;
  /** The channels that they chose for the type; null without a choice. */
  chosen: readonly string[] | null;
}

const unknownRecipient: Recipient = {
  displayName: null,
  locale: null,
  timeZone: null,
  isDeleted: false,
  chosen: null,
};

/** Finds recipients, in order. */
export async function findRecipients(
  manager: EntityManager,
  recipients: readonly { userId: string; type: string }[],
): Promise<Recipient[]> {
  const rows: {
    n: string;
    status: string | null;
    display_name: string | null;
    locale: string | null;
    time_zone: string | null;
    channels: string[] | null;
  }[] = await manager.query(
    `SELECT r.n, k.status, k.display_name, k.locale, k.time_zone, p.channels
     FROM unnest($1::uuid[], $2::text[]) WITH ORDINALITY AS r (user_id, type, n)
     LEFT JOIN known_user k ON k.user_id = r.user_id
     LEFT JOIN notification_preference p ON p.user_id = r.user_id AND p.type = r.type`,
    [recipients.map(({ userId }) => userId), recipients.map(({ type }) => type)],
  );
  const found = new Map(
    rows.map((row) => [
      Number(row.n),
      {
        displayName: row.display_name,
        locale: row.locale,
        timeZone: row.time_zone,
        isDeleted: row.status === 'DELETED',
        chosen: row.channels,
      },
    ]),
  );
  return recipients.map((_recipient, index) => found.get(index + 1) ?? unknownRecipient);
}

/**
 * The channels of a type for a recipient: those that they chose, or the type's defaults. Mandatory types keep their
 * defaults, whatever was chosen before they became mandatory. Types with a secret have their defaults alone: it proves
 * that an address is the recipient's.
 */
export function channelsFor(type: NotificationType, chosen: readonly string[] | null): Channel[] {
  if (chosen === null || type.secret !== null) return [...type.channels];
  const mandatory = type.isOptional ? [] : type.channels;
  return channels.filter((channel) => chosen.includes(channel) || mandatory.includes(channel));
}
