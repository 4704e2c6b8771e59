import type { DeliveryOptions } from './delivery-options.js';
import type { EmailChannel } from './channels/email-channel.js';
import type { Mailbox } from './channels/mailbox.js';
import { mailboxEmailChannel, mailboxPushChannel, mailboxSmsChannel } from './channels/mailbox.js';
import type { PushChannel } from './channels/push-channel.js';
import type { SmsChannel } from './channels/sms-channel.js';
import { createSmsChannel } from './channels/sms-webhook.js';
import { createSmtpChannel } from './channels/smtp.js';
import { createWebPushChannel } from './channels/web-push.js';

/** The ways in which messages leave Souk. Null: there is no provider, and no mailbox in its place. */
export interface DeliveryChannels {
  email: EmailChannel;
  sms: SmsChannel | null;
  push: PushChannel | null;
  /** Closes connections. */
  close(): void;
}

/** Opens the channels. @param mailbox takes the messages of channels without a provider; null in production */
export function openChannels(
  { smtpUrl, mailFrom, publicUrl, sms, push }: DeliveryOptions,
  mailbox: Mailbox | null,
): DeliveryChannels {
  const email = mailbox
    ? mailboxEmailChannel(mailbox)
    : createSmtpChannel({ url: smtpUrl ?? '', from: mailFrom });
  const pushChannel = push ? createWebPushChannel(push) : mailbox && mailboxPushChannel(mailbox);
  return {
    email,
    sms: sms ? createSmsChannel(sms, publicUrl) : mailbox && mailboxSmsChannel(mailbox),
    push: pushChannel,
    close: () => {
      email.close();
      pushChannel?.close();
    },
  };
}
