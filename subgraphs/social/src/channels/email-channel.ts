/** An e-mail, ready to be sent. */
export interface Email {
  /** RFC 5322, without angle brackets. The same for each attempt, so that receivers recognize repeats. */
  messageId: string;
  /** The recipient's address. */
  to: string;
  /** One line. */
  subject: string;
  text: string;
  html: string;
  /** Unsubscribes with one POST (RFC 8058); null for messages that cannot be switched off. */
  unsubscribeUrl: string | null;
  at: Date;
}

/** A way to send e-mails. */
export interface EmailChannel {
  /** Hands an e-mail over. @throws MessageRefused for one that will never be taken, other errors for a failed attempt */
  send(email: Email): Promise<void>;
  /** Closes connections. */
  close(): void;
}

/** A message that the receiving side refuses for good. */
export class MessageRefused extends Error {
  /** Whether the address is the reason. */
  readonly isAddress: boolean;

  constructor(message: string, isAddress: boolean) {
    super(message);
    this.name = 'MessageRefused';
    this.isAddress = isAddress;
  }
}
