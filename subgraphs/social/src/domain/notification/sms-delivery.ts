import { messageOf } from '@souk/shared/errors';
import { MessageRefused } from '../../channels/email-channel.js';
import type { SmsChannel } from '../../channels/sms-channel.js';
import { maxSmsLength } from '../../channels/sms-channel.js';
import type { ClaimedDelivery, DeliveryResult } from './delivery.js';
import { renderDelivery } from './digest.js';
import type { NotificationType } from './notification-type.js';
import type { FindText } from './rendering.js';
import { singleLine } from './rendering.js';

/** Dependencies of text messages. */
export interface SmsDeliveryOptions {
  channel: SmsChannel;
  /** Origin at which people reach Souk. */
  publicUrl: string;
}

/** Sends the text message of a delivery, and returns how the attempt ended. */
export async function deliverSms(
  { channel, publicUrl }: SmsDeliveryOptions,
  delivery: ClaimedDelivery,
  type: NotificationType,
  findText: FindText,
): Promise<DeliveryResult> {
  const { notificationId, address, displayName, createdAt: at } = delivery;
  if (address === null)
    return delivery.isKnown
      ? { status: 'FAILED', error: 'The recipient has no phone number.' }
      : { status: 'RETRY', error: 'The recipient is not known yet.' };
  const to = internationalNumber(address);
  if (to === null)
    return {
      status: 'FAILED',
      error: 'The phone number is not an international one, with + and country code.',
    };
  const data = { recipientName: singleLine(displayName ?? ''), siteUrl: publicUrl };
  const { subject, body } = renderDelivery(type, delivery, data, findText);
  try {
    await channel.send({ notificationId, to, text: shorten(`${subject}\n${body}`.trim()), at });
    return { status: 'SENT' };
  } catch (error) {
    if (!(error instanceof MessageRefused)) return { status: 'RETRY', error: messageOf(error) };
    const { message } = error;
    return error.isAddress
      ? { status: 'BOUNCED', error: message, address }
      : { status: 'FAILED', error: message };
  }
}

/** A number as E.164 has it; null for one without country code, which nobody can complete. */
export function internationalNumber(phone: string): string | null {
  const number = phone.replaceAll(/[ ()./-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(number) ? number : null;
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= maxSmsLength ? text : `${characters.slice(0, maxSmsLength - 1).join('')}…`;
}
