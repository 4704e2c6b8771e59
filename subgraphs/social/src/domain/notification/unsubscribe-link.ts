import { deriveKey } from '@souk/shared/auth/authenticated-encryption';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** One kind of messages that somebody wants no more. */
export interface Subscription {
  /** UUID. */
  userId: string;
  /** The type of notifications. */
  type: string;
}

/** Where unsubscribe links lead. */
export const unsubscribePath = '/notifications/unsubscribe';

const format = /^([0-9a-f-]{36})\/([A-Z_]{1,60})$/;

/** Makes and reads the links by which recipients unsubscribe without signing in. They do not expire. */
export class UnsubscribeLinks {
  readonly #key: Buffer;
  readonly #publicUrl: string;

  /** @param secret GATEWAY_SECRET; null is a key that everybody knows. Links made with another secret do not work. */
  constructor(secret: string | null, publicUrl: string) {
    this.#key = deriveKey(secret ?? '', 'souk unsubscribe links');
    this.#publicUrl = publicUrl;
  }

  /** The link for a recipient and a type. */
  urlFor({ userId, type }: Subscription): string {
    const subject = `${userId}/${type}`;
    const token = `${Buffer.from(subject).toString('base64url')}.${this.#sign(subject).toString('base64url')}`;
    return `${this.#publicUrl}${unsubscribePath}?token=${token}`;
  }

  /** Reads a link's token; null if it was not made here. */
  read(token: string): Subscription | null {
    const [encoded = '', signature = ''] = token.split('.');
    const subject = Buffer.from(encoded, 'base64url').toString('utf8');
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(subject);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const [, userId, type] = format.exec(subject) ?? [];
    return userId === undefined || type === undefined ? null : { userId, type };
  }

  #sign(subject: string): Buffer {
    return createHmac('sha256', this.#key).update(subject).digest();
  }
}
