/** A browser that messages are pushed to. */
export interface PushTarget {
  /** UUID of the subscription. */
  id: string;
  /** HTTPS URL of the browser's push service. A caller who has it can send: it is not logged. */
  endpoint: string;
  /** The browser's public key, an uncompressed point of P-256 in base64url. */
  p256dh: string;
  /** The authentication secret, 16 bytes in base64url. */
  auth: string;
}

/** A message to one browser. */
export interface PushMessage {
  /** Identifies the message: a service replaces one that it has not delivered yet by a repeat. At most 32 characters. */
  topic: string;
  /** Plain text, which is encrypted for the browser; at most `maxPushBytes`. */
  payload: string;
  title: string;
  at: Date;
}

/** Maximum size of a payload, in bytes: every service takes as much, with what the encryption adds. */
export const maxPushBytes = 3_000;

/** How a push ended. */
export type PushResult =
  | { kind: 'sent' }
  /** The subscription has ended: the browser, or its user, has withdrawn it. */
  | { kind: 'gone'; error: string }
  /** The service refuses this message for good. */
  | { kind: 'refused'; error: string }
  /** It may be taken later. */
  | { kind: 'failed'; error: string };

/** A way to push messages to browsers. */
export interface PushChannel {
  push(target: PushTarget, message: PushMessage): Promise<PushResult>;
  /** Closes connections. */
  close(): void;
}
