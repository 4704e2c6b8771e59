import type { AddressInfo } from 'node:net';
import type { ParsedMail } from 'mailparser';
import { simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { SMTPServer } from 'smtp-server';
import { until } from '../../../../tests/support/until.js';

/** A real SMTP server in this process, which keeps what it accepts. */
export class SmtpSink {
  readonly mails: ParsedMail[] = [];
  /** Recipients of all accepted commands, also of messages that were refused later. */
  readonly recipients: string[] = [];
  /** Decides about a recipient; an error with `responseCode` is the server's reply. */
  onRecipient: (address: string) => Error | null = () => null;
  /** Runs before a message is accepted. */
  onMessage: () => Promise<void> | void = () => undefined;
  readonly #server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      ...options,
      onRcptTo: ({ address }, _session, callback) => {
        const refusal = this.onRecipient(address);
        if (!refusal) this.recipients.push(address);
        callback(refusal);
      },
      onData: (stream, _session, callback) => {
        simpleParser(stream)
          .then(async (mail) => {
            await this.onMessage();
            this.mails.push(mail);
            callback(null);
          })
          .catch((error: unknown) => callback(error as Error));
      },
    });
    this.#server.on('error', () => undefined);
  }

  /** Listens on a free port. @returns its URL */
  async listen(protocol = 'smtp'): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => resolve());
    });
    const { port } = this.#server.server.address() as AddressInfo;
    return `${protocol}://127.0.0.1:${port}`;
  }

  /** Mails to an address so far. */
  to(address: string): ParsedMail[] {
    return this.mails.filter(({ to }) => [to].flat().some((header) => header?.text === address));
  }

  /** Waits for the nth mail to an address. */
  async mailTo(address: string, nth = 1): Promise<ParsedMail> {
    return until(`mail ${nth} to ${address}`, () => this.to(address)[nth - 1]);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** A reply of an SMTP server. */
export function smtpReply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
