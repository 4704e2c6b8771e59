import { callerOf } from '@souk/shared/graph/context';
import { systemSettings } from '@souk/shared/system-setting';
import {
  listSystemSettings,
  resetSystemSetting,
  setSystemSetting,
} from '../domain/setting/system-setting.js';
import { RemovedUser } from '../domain/identity/user.js';
import type {
  MutationResolvers,
  QueryResolvers,
  Resolvers,
  SystemSettingResolvers,
} from '../generated/resolvers.js';
import { mutate } from './mutation.js';

const settingQueries: Pick<QueryResolvers, 'systemSettings'> = {
  systemSettings: (_parent, _arguments, context) => listSystemSettings(context.database.reader),
};

const settingMutations: Pick<MutationResolvers, 'setSystemSetting' | 'resetSystemSetting'> = {
  setSystemSetting: (_parent, { key, value }, context) =>
    mutate(context, { setting: null }, async () => ({
      setting: await context.database.transact((manager, outbox) =>
        setSystemSetting(manager, outbox, { key, value }, callerOf(context).userId, context.clock.now()),
      ),
    })),
  resetSystemSetting: (_parent, { key }, context) =>
    mutate(context, { setting: null }, async () => ({
      setting: await context.database.transact((manager, outbox) =>
        resetSystemSetting(manager, outbox, key, callerOf(context).userId, context.clock.now()),
      ),
    })),
};

const settingFields: SystemSettingResolvers = {
  defaultValue: ({ key }) => systemSettings[key].default,
  description: ({ key }) => systemSettings[key].description,
  updatedBy: async ({ updatedBy }, _arguments, { loaders }) =>
    updatedBy === null ? null : ((await loaders.users.load(updatedBy)) ?? new RemovedUser(updatedBy)),
};

/** Resolvers of system settings. */
export const systemSettingResolvers: Resolvers = {
  Query: settingQueries,
  Mutation: settingMutations,
  SystemSetting: settingFields,
};
