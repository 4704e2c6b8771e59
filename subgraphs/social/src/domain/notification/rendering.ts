import type { Json } from '@souk/shared/errors';
import { rejectionsOf } from '@souk/shared/errors';
import type { BuiltInLocale, Channel, NotificationType, TemplateText } from './notification-type.js';
import { builtInLocales } from './notification-type.js';
import type { ParsedTemplate, TextFormat } from './template-engine.js';
import { parseTemplate, renderTemplate } from './template-engine.js';

/** A text as its recipient reads it. */
export interface RenderedText {
  /** One line, at most 200 characters. */
  subject: string;
  /** Plain text. */
  body: string;
  /** The language that it is written in. */
  locale: string;
}

/** Data of every template, beside those of its type. */
export const commonVariables = ['recipientName', 'siteUrl'] as const;

/** The data of a rendering: those of the type and the common ones. */
export type TemplateData = Readonly<Record<string, Json>>;

const maxSubject = 200;
const maxBody = 20_000;

/** The built-in language for a BCP 47 tag: that of `de-AT` is German; English for languages without templates. */
export function builtInLocale(tag: string | null): BuiltInLocale {
  const [language = ''] = (tag ?? '').toLowerCase().split('-');
  return builtInLocales.find((locale) => locale === language) ?? 'en';
}

/** The text that Souk brings along for a type, a channel and a language. */
export function builtInText(type: NotificationType, channel: Channel, locale: BuiltInLocale): TemplateText {
  return (type.channelTexts?.[channel] ?? type.text)[locale];
}

/** Finds the text of a type that a message is rendered from, with its language. */
export type FindText = (
  type: NotificationType,
  channel: Channel,
  locale: string | null,
) => { text: TemplateText; locale: string };

/** The built-in texts alone. */
export const findBuiltInText: FindText = (type, channel, tag) => {
  const locale = builtInLocale(tag);
  return { text: builtInText(type, channel, locale), locale };
};

/** The format for a recipient: amounts and times are written as in their country, `de-AT` in a German text. */
export function formatFor(locale: string | null, timeZone: string | null): TextFormat {
  return { locale: locale ?? 'en', timeZone: timeZone ?? 'UTC' };
}

/** Renders a text. @throws Rejection TEMPLATE_INVALID */
export function renderText(
  { text, locale }: ReturnType<FindText>,
  data: TemplateData,
  format: TextFormat,
  field: readonly string[] = [],
): RenderedText {
  const { subject, body } = parsed(text);
  return {
    subject: singleLine(renderTemplate(subject, data, format, field)),
    body: renderTemplate(body, data, format, field).trim().slice(0, maxBody),
    locale,
  };
}

/**
 * Renders the text of a message to a recipient. A stored template that cannot be rendered, because it was saved for another
 * release's variables, gives way to the built-in text: nobody's message waits for it.
 */
export function renderFor(
  type: NotificationType,
  channel: Channel,
  recipient: { locale: string | null; timeZone: string | null },
  data: TemplateData,
  findText: FindText,
): RenderedText {
  const { locale, timeZone } = recipient;
  const format = formatFor(locale, timeZone);
  try {
    return renderText(findText(type, channel, locale), data, format);
  } catch (error) {
    if (rejectionsOf(error) === null) throw error;
    return renderText(findBuiltInText(type, channel, locale), data, format);
  }
}

const parsedTexts = new WeakMap<TemplateText, { subject: ParsedTemplate; body: ParsedTemplate }>();

function parsed(text: TemplateText): { subject: ParsedTemplate; body: ParsedTemplate } {
  let found = parsedTexts.get(text);
  if (!found) {
    found = { subject: parseTemplate(text.subject, ['subject']), body: parseTemplate(text.body, ['body']) };
    parsedTexts.set(text, found);
  }
  return found;
}

/** A text in one line, without control characters: a header of an e-mail ends at a line break. */
export function singleLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= maxSubject ? line : `${characters.slice(0, maxSubject - 1).join('')}…`;
}
