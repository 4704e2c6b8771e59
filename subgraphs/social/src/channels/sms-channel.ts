/** A text message, ready to be sent. */
export interface TextMessage {
  /** Identifies the delivery, for reports about it. UUID of the notification. */
  notificationId: string;
  /** E.164. */
  to: string;
  /** At most `maxSmsLength` characters. */
  text: string;
  at: Date;
}

/** Maximum length of a text message, in characters: three segments, or seven of a script beyond Latin. */
export const maxSmsLength = 459;

/** A way to send text messages. */
export interface SmsChannel {
  /** Hands a message over. @throws MessageRefused for one that will never be taken, other errors for a failed attempt */
  send(message: TextMessage): Promise<void>;
}
