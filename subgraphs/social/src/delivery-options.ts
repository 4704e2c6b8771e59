/** How notifications leave Souk. */
export interface DeliveryOptions {
  /** smtp:// or smtps://; null: the development mailbox takes e-mails. */
  smtpUrl: string | null;
  /** The sender of e-mails: an address, or a name with an address in angle brackets. */
  mailFrom: string;
  /** Origin at which people reach Souk; links in messages begin with it. */
  publicUrl: string;
}

/** Options of a Souk for development. */
export const defaultDelivery: DeliveryOptions = {
  smtpUrl: null,
  mailFrom: 'Souk <no-reply@souk.test>',
  publicUrl: 'http://localhost:4000',
};
