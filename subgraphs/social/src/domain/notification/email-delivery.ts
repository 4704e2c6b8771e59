import type { TextSeal } from '@souk/shared/auth/text-seal';
import { UnopenableText } from '@souk/shared/auth/text-seal';
import { messageOf, rejectionsOf } from '@souk/shared/errors';
import type { Email, EmailChannel } from '../../channels/email-channel.js';
import { MessageRefused } from '../../channels/email-channel.js';
import type { ClaimedDelivery, DeliveryResult } from './delivery.js';
import { layOutEmail } from './email-layout.js';
import { renderDelivery } from './digest.js';
import type { NotificationType } from './notification-type.js';
import type { FindText } from './rendering.js';
import { singleLine } from './rendering.js';
import type { UnsubscribeLinks } from './unsubscribe-link.js';

/** Dependencies of e-mail deliveries. */
export interface EmailDeliveryOptions {
  channel: EmailChannel;
  /** Opens secret variables. */
  seal: TextSeal;
  links: UnsubscribeLinks;
  /** Origin at which people reach Souk; links begin with it. */
  publicUrl: string;
  /** Domain of Message-IDs. */
  messageDomain: string;
}

/** Sends the e-mail of a delivery, and returns how the attempt ended. */
export async function deliverEmail(
  options: EmailDeliveryOptions,
  delivery: ClaimedDelivery,
  type: NotificationType,
  findText: FindText,
): Promise<DeliveryResult> {
  const to = delivery.address;
  if (to === null)
    return delivery.isKnown
      ? { status: 'FAILED', error: 'The recipient has no e-mail address.' }
      : { status: 'RETRY', error: 'The recipient is not known yet.' };
  let email: Email;
  try {
    email = composeEmail(options, { type, delivery, to, findText });
  } catch (error) {
    if (error instanceof UnopenableText || rejectionsOf(error) !== null)
      return { status: 'FAILED', error: messageOf(error) };
    throw error;
  }
  try {
    await options.channel.send(email);
    return { status: 'SENT' };
  } catch (error) {
    if (!(error instanceof MessageRefused)) return { status: 'RETRY', error: messageOf(error) };
    const { message } = error;
    return error.isAddress
      ? { status: 'BOUNCED', error: message, address: to }
      : { status: 'FAILED', error: message };
  }
}

function composeEmail(
  { seal, links, publicUrl, messageDomain }: EmailDeliveryOptions,
  parts: { type: NotificationType; delivery: ClaimedDelivery; to: string; findText: FindText },
): Email {
  const { type, delivery, to, findText } = parts;
  const { sealed, sealedFor, userId } = delivery;
  const recipientName = singleLine(delivery.displayName ?? '') || to;
  const secret =
    type.secret !== null && sealed !== null ? { [type.secret]: seal.open(sealed, sealedFor ?? '') } : {};
  const data = { ...secret, recipientName, siteUrl: publicUrl };
  const rendered = renderDelivery(type, delivery, data, findText);
  const unsubscribeUrl = type.isOptional ? links.urlFor({ userId, type: type.name }) : null;
  return {
    messageId: `${delivery.notificationId}.email@${messageDomain}`,
    to,
    subject: rendered.subject,
    ...layOutEmail(rendered, recipientName, unsubscribeUrl),
    unsubscribeUrl,
    at: delivery.createdAt,
  };
}
