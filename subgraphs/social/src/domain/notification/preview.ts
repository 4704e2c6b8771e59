import type { Json } from '@souk/shared/errors';
import { Rejection } from '@souk/shared/errors';
import { canonicalLocale } from '@souk/shared/locale';
import type { EntityManager } from 'typeorm';
import { findType } from './catalogue.js';
import { layOutEmail } from './email-layout.js';
import type { Channel } from './notification-type.js';
import { formatFor, renderText } from './rendering.js';
import { templateInvalid } from './template-engine.js';
import { loadTexts } from './text-finder.js';

/** A notification as its recipient would get it. */
export interface Preview {
  /** Null on channels without a subject. */
  subject: string | null;
  body: string;
  /** The HTML part of an e-mail; null on other channels. */
  html: string | null;
}

/**
 * Renders a notification with given data.
 * @throws Rejection NOT_FOUND for an unknown type, TEMPLATE_INVALID for data that lack a variable of the template
 */
export async function previewNotification(
  manager: EntityManager,
  publicUrl: string,
  request: { type: string; channel: Channel; locale: string | null; data: unknown },
): Promise<Preview> {
  const { type: name, channel, data } = request;
  const type = findType(name);
  if (!type)
    throw new Rejection('NOT_FOUND', 'This type of notification has no template.', { field: ['type'] });
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw templateInvalid(new Error('the data must be an object with the variables'), ['data']);
  const locale = canonicalLocale(request.locale ?? 'en') ?? 'en';
  const findText = await loadTexts(manager, [name]);
  const given = data as Record<string, Json>;
  const recipientName = typeof given['recipientName'] === 'string' ? given['recipientName'] : 'Ada';
  const variables = { siteUrl: publicUrl, ...given, recipientName };
  const text = renderText(findText(type, channel, locale), variables, formatFor(locale, null), ['data']);
  const unsubscribeUrl = type.isOptional ? `${publicUrl}/notifications/unsubscribe` : null;
  return {
    subject: channel === 'SMS' ? null : text.subject,
    body: text.body,
    html: channel === 'EMAIL' ? layOutEmail(text, recipientName, unsubscribeUrl).html : null,
  };
}
