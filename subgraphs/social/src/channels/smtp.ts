import { withDeadline } from '@souk/shared/async/deadline';
import { createTransport } from 'nodemailer';
import type { EmailChannel } from './email-channel.js';
import { MessageRefused } from './email-channel.js';

/** How e-mails are sent. */
export interface SmtpOptions {
  /** smtp: upgraded by STARTTLS where the server offers it; smtps: TLS from the start. */
  url: string;
  /** The sender: an address, or a name with an address in angle brackets. */
  from: string;
}

const timeouts = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 5_000,
};
/** Shorter than the lease of a delivery. */
const sendTimeoutMs = 60_000;
const maxConnections = 5;

/** Sends e-mails to an SMTP server. */
export function createSmtpChannel({ url, from }: SmtpOptions): EmailChannel {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections,
      // A message is built from texts only: nothing may make it read a file or an address.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...timeouts,
    },
    { from },
  );
  return {
    send: async ({ messageId, to, subject, text, html, unsubscribeUrl, at }) => {
      const sending = transport.sendMail({
        messageId: `<${messageId}>`,
        to: { name: '', address: to },
        subject,
        text,
        html,
        date: at,
        headers: {
          // RFC 3834: no vacation messages in return.
          'Auto-Submitted': 'auto-generated',
          ...(unsubscribeUrl !== null && {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      });
      try {
        await withDeadline(sending, {
          timeoutMs: sendTimeoutMs,
          createError: () => new Error('The SMTP server did not answer in time.'),
        });
      } catch (error) {
        throw refusalOf(error) ?? error;
      }
    },
    close: () => transport.close(),
  };
}

/** A reply of the kind 5yz to the recipient or the message is final (RFC 5321, 4.2.1). Others may pass. */
function refusalOf(error: unknown): MessageRefused | null {
  if (!(error instanceof Error) || !('responseCode' in error)) return null;
  const { responseCode } = error;
  const command = 'command' in error ? error.command : null;
  if (typeof responseCode !== 'number' || responseCode < 500) return null;
  if (command === 'RCPT TO') return new MessageRefused(error.message, true);
  // The server refuses this message; it may take others.
  return command === 'DATA' ? new MessageRefused(error.message, false) : null;
}

/** The domain of Message-IDs: that of the sender's address. */
export function domainOf(from: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}
