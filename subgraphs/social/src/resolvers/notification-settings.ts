import { callerOf } from '@souk/shared/graph/context';
import { pageOf, readListPage } from '@souk/shared/graph/list-pages';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { announce } from '../domain/notification/announcement.js';
import { findType } from '../domain/notification/catalogue.js';
import { findPreferences, setPreference } from '../domain/notification/preference.js';
import { previewNotification } from '../domain/notification/preview.js';
import {
  findTemplates,
  maxTemplates,
  saveTemplate,
  variableNames,
} from '../domain/notification/stored-template.js';
import type {
  MutationResolvers,
  NotificationTemplateResolvers,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers.js';

const templatePage = { byDefault: 100, max: 100 };

const queries: Pick<QueryResolvers, 'notificationTemplates' | 'previewNotification'> = {
  notificationTemplates: async (_root, { type, ...page }, { database }) => {
    const slice = readListPage(page, templatePage, 'template');
    const templates = await findTemplates(database.reader, type ?? null);
    return pageOf(templates.slice(0, maxTemplates), slice, ({ id }) => id);
  },
  previewNotification: (_root, { type, channel, locale, data }, { database, publicUrl }) =>
    withUserErrors({ subject: null, body: null, html: null }, () =>
      previewNotification(database.reader, publicUrl, { type, channel, locale: locale ?? null, data }),
    ),
};

const mutations: Pick<
  MutationResolvers,
  'setNotificationPreference' | 'saveNotificationTemplate' | 'announce'
> = {
  setNotificationPreference: (_root, { type, channels }, context) =>
    withUserErrors({ preferences: [] }, async () => {
      const { userId } = callerOf(context);
      return context.database.transact(async (manager, outbox) => {
        await setPreference(manager, outbox, userId, { type, channels });
        return { preferences: await findPreferences(manager, userId) };
      });
    }),

  saveNotificationTemplate: (_root, { input }, context) =>
    withUserErrors({ template: null }, async () => {
      const { userId } = callerOf(context);
      const now = context.clock.now();
      const template = { ...input, subject: input.subject ?? null };
      return {
        template: await context.database.transact((manager, outbox) =>
          saveTemplate(manager, outbox, userId, template, now),
        ),
      };
    }),

  announce: (_root, { title, body, listingId }, context) =>
    withUserErrors({ ok: false }, async () => {
      const { userId } = callerOf(context);
      const listing = listingId == null ? null : parseListingId(listingId);
      const now = context.clock.now();
      await context.database.transact((manager, outbox) =>
        announce(manager, outbox, userId, { title, body, listingId: listing }, now),
      );
      return { ok: true };
    }),
};

function parseListingId(id: string): string {
  const uuid = fromApiId('listing', id);
  if (uuid === null) throw new Rejection('NOT_FOUND', 'Listing not found.', { field: ['listingId'] });
  return uuid;
}

const templateFields: NotificationTemplateResolvers = {
  id: ({ id }) => toApiId('template', id),
  variables: ({ type }) => {
    const known = findType(type);
    return known ? variableNames(known) : [];
  },
};

/** Resolvers of preferences, templates and announcements. */
export const notificationSettingsResolvers: Resolvers = {
  Query: queries,
  Mutation: mutations,
  NotificationTemplate: templateFields,
};
