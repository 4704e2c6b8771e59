import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { canonicalLocale } from '@souk/shared/locale';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { TypeName } from './catalogue.js';
import { findType, notificationTypes } from './catalogue.js';
import type { BuiltInLocale, Channel, NotificationType } from './notification-type.js';
import { builtInLocales } from './notification-type.js';
import { builtInText, commonVariables } from './rendering.js';
import { parseTemplate, renderTemplate, templateInvalid, variablesOf } from './template-engine.js';

/** A template: built in, or stored by an administrator. */
export interface NotificationTemplate {
  /** UUID. */
  id: string;
  type: TypeName;
  channel: Channel;
  /** A BCP 47 tag. */
  locale: string;
  /** Null on channels without a subject. */
  subject: string | null;
  body: string;
  updatedAt: Date;
}

/** The content of a template that is saved. */
export type TemplateInput = Omit<NotificationTemplate, 'id' | 'updatedAt' | 'type'> & { type: string };

/** Maximum number of templates, built-in ones included. */
export const maxTemplates = 500;

/** Channels whose built-in texts are listed. Others fall back to the same texts. */
const listedChannels = ['IN_APP', 'EMAIL'] as const;
const builtInSince = new Date('2026-01-01T00:00:00Z');
const columns = 'id, type, channel, locale, subject, body, updated_at AS "updatedAt"';

/** All templates of a type, or of all types, oldest first. A stored one replaces the built-in one. */
export async function findTemplates(
  manager: EntityManager,
  type: string | null,
): Promise<NotificationTemplate[]> {
  const stored: NotificationTemplate[] = await manager.query(
    `SELECT ${columns} FROM notification_template WHERE $1::text IS NULL OR type = $1 ORDER BY id LIMIT $2`,
    [type, maxTemplates],
  );
  const byId = new Map(
    notificationTypes
      .filter(({ name }) => type === null || name === type)
      .flatMap(builtInTemplates)
      .map((template) => [template.id, template]),
  );
  for (const template of stored) if (findType(template.type)) byId.set(template.id, template);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function builtInTemplates(type: NotificationType): NotificationTemplate[] {
  return listedChannels.flatMap((channel) =>
    builtInLocales.map((locale) => ({
      id: builtInId({ type: type.name, channel, locale }),
      type: type.name as TypeName,
      channel,
      locale,
      ...builtInText(type, channel, locale),
      updatedAt: builtInSince,
    })),
  );
}

/** A UUIDv7 that is older than all others, the same in every process. */
function builtInId(key: { type: string; channel: string; locale: string }): string {
  const hash = createHash('sha256').update(`${key.type}/${key.channel}/${key.locale}`).digest('hex');
  return `00000000-0000-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

/** Names of the variables that templates of a type can use. */
export function variableNames(type: NotificationType): string[] {
  return [...Object.keys(type.variables.shape), ...commonVariables];
}

/**
 * Creates or replaces a template.
 * @throws Rejection INVALID for an unknown type, a language that is no tag, a subject on a channel without one or a missing
 * one, too many templates; TEMPLATE_INVALID for a text that does not parse, uses another variable than the type has, or
 * does not render with sample data
 */
export async function saveTemplate(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  input: TemplateInput,
  now: Date,
): Promise<NotificationTemplate> {
  const { type, locale } = checkTemplate(input);
  const { channel, subject, body } = input;
  // One transaction at a time, so that the maximum holds.
  await manager.query('LOCK TABLE notification_template IN SHARE ROW EXCLUSIVE MODE');
  const isBuiltIn =
    builtInLocales.includes(locale as BuiltInLocale) && listedChannels.some((listed) => listed === channel);
  const all = await findTemplates(manager, null);
  const replaced = all.find(
    (other) => other.type === type.name && other.channel === channel && other.locale === locale,
  );
  if (!replaced && all.length >= maxTemplates) {
    throw new Rejection('INVALID', `There can be at most ${maxTemplates} templates.`, { field: ['input'] });
  }
  const id = replaced?.id ?? (isBuiltIn ? builtInId({ type: type.name, channel, locale }) : newId());
  const [saved]: NotificationTemplate[] = await manager.query(
    `INSERT INTO notification_template (id, type, channel, locale, subject, body, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (id) DO UPDATE
       SET subject = excluded.subject, body = excluded.body, updated_at = excluded.updated_at
     RETURNING ${columns}`,
    [id, type.name, channel, locale, subject, body, now],
  );
  if (!saved) throw new Error('The template was not stored.');
  outbox.publish(socialEvents.notificationTemplateSaved, userId, {
    templateId: id,
    type: type.name,
    channel,
    locale,
  });
  recordAction(outbox, 'SAVE_NOTIFICATION_TEMPLATE', id, {
    before: replaced ? { subject: replaced.subject, body: replaced.body } : null,
    after: { type: type.name, channel, locale, subject, body },
  });
  return saved;
}

function checkTemplate(input: TemplateInput): { type: NotificationType; locale: string } {
  const type = findType(input.type);
  if (!type) throw invalid('This type of notification is not sent.', 'type');
  const locale = canonicalLocale(input.locale);
  if (locale === null) throw invalid('Must be a BCP 47 language tag.', 'locale');
  const hasSubject = input.channel !== 'SMS';
  if (hasSubject && !input.subject?.trim()) throw invalid('This channel needs a subject.', 'subject');
  if (!hasSubject && input.subject !== null) throw invalid('Text messages have no subject.', 'subject');
  checkText(type, input.subject ?? '', 'subject');
  checkText(type, input.body, 'body');
  return { type, locale };
}

function checkText(type: NotificationType, source: string, name: string): void {
  const field = ['input', name];
  const template = parseTemplate(source, field);
  const known = variableNames(type);
  const unknown = variablesOf(template).filter((variable) => !known.includes(variable));
  if (unknown.length > 0) {
    const message = `unknown variable ${unknown.join(', ')}; ${type.name} has ${known.join(', ')}`;
    throw templateInvalid(new Error(message), field);
  }
  const sample = { ...type.sample, recipientName: 'Ada', siteUrl: 'https://souk.test' };
  renderTemplate(template, sample, { locale: 'en', timeZone: 'UTC' }, field);
}

function invalid(message: string, name: string): Rejection {
  return new Rejection('INVALID', message, { field: ['input', name] });
}
