import { newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import type { EmailChannel } from './email-channel.js';
import type { PushChannel } from './push-channel.js';
import type { SmsChannel } from './sms-channel.js';

/** A message that would have gone out. */
export interface MailboxEntry {
  channel: string;
  /** The address, or number. */
  to: string;
  /** Null on channels without one. */
  subject: string | null;
  text: string;
  /** Null on channels without one. */
  html: string | null;
  at: Date;
}

/** An entry as it is stored. */
export interface StoredEntry extends MailboxEntry {
  /** UUID. */
  id: string;
}

/** Entries that are stored; older ones are deleted. */
export const mailboxSize = 1_000;

const columns = 'id, channel, recipient AS "to", subject, text, html, at';

/** The development mailbox: messages in place of those that channels without a provider would send. */
export class Mailbox {
  readonly #manager: EntityManager;

  /** @param manager of social's database, so that all processes have one mailbox */
  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Adds a message. @param key identifies it: a repeated attempt adds nothing */
  async add(key: string, { channel, to, subject, text, html, at }: MailboxEntry): Promise<void> {
    await this.#manager.query(
      `INSERT INTO mailbox (id, key, channel, recipient, subject, text, html, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (key) DO NOTHING`,
      [newId(), key, channel, to, subject, text, html, at],
    );
    await this.#manager.query(
      'DELETE FROM mailbox WHERE id <= (SELECT id FROM mailbox ORDER BY id DESC OFFSET $1 LIMIT 1)',
      [mailboxSize],
    );
  }

  /** The newest entries first. */
  async list(limit: number): Promise<StoredEntry[]> {
    return this.#manager.query(`SELECT ${columns} FROM mailbox ORDER BY id DESC LIMIT $1`, [limit]);
  }

  /** One entry, or null. */
  async find(id: string): Promise<StoredEntry | null> {
    const [entry]: StoredEntry[] = await this.#manager.query(`SELECT ${columns} FROM mailbox WHERE id = $1`, [
      id,
    ]);
    return entry ?? null;
  }
}

/** Puts e-mails into the mailbox. */
export function mailboxEmailChannel(mailbox: Mailbox): EmailChannel {
  return {
    send: ({ messageId, to, subject, text, html, at }) =>
      mailbox.add(messageId, { channel: 'EMAIL', to, subject, text, html, at }),
    close: () => undefined,
  };
}

/** Puts text messages into the mailbox. */
export function mailboxSmsChannel(mailbox: Mailbox): SmsChannel {
  return {
    send: ({ notificationId, to, text, at }) =>
      mailbox.add(`${notificationId}.sms`, { channel: 'SMS', to, subject: null, text, html: null, at }),
  };
}

/** Puts pushes into the mailbox. */
export function mailboxPushChannel(mailbox: Mailbox): PushChannel {
  return {
    push: async ({ id, endpoint }, { topic, title, payload, at }) => {
      const to = new URL(endpoint).origin;
      const entry = { channel: 'PUSH', to, subject: title, text: payload, html: null, at };
      await mailbox.add(`${topic}.${id}.push`, entry);
      return { kind: 'sent' };
    },
    close: () => undefined,
  };
}
