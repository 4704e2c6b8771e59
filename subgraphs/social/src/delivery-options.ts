import type { SmsOptions } from './channels/sms-webhook.js';
import type { WebPushOptions } from './channels/web-push.js';

/** How notifications leave Souk. */
export interface DeliveryOptions {
  /** smtp:// or smtps://; null: the development mailbox takes e-mails. */
  smtpUrl: string | null;
  /** The sender of e-mails: an address, or a name with an address in angle brackets. */
  mailFrom: string;
  /** Origin at which people reach Souk; links in messages begin with it. */
  publicUrl: string;
  /** The provider of text messages; null: none, or the development mailbox. */
  sms: SmsOptions | null;
  /** How browsers are reached; null: not at all, or the development mailbox. */
  push: WebPushOptions | null;
}

/** Options of a Souk for development. */
export const defaultDelivery: DeliveryOptions = {
  smtpUrl: null,
  mailFrom: 'Souk <no-reply@souk.test>',
  publicUrl: 'http://localhost:4000',
  sms: null,
  push: null,
};
