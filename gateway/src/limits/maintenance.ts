import { graphError } from '@souk/shared/graph/errors';
import type { SettingsReplica } from '@souk/shared/replication/settings-replica';
import type { GraphQLError } from 'graphql';

/** Mutations that are executed during maintenance, so that administrators can sign in and end it. */
const allowedFields = new Set([
  'login',
  'verifyMfa',
  'beginPasskeyLogin',
  'finishPasskeyLogin',
  'refreshSession',
  'setSystemSetting',
  'resetSystemSetting',
  '__typename',
]);

/**
 * Resolves to the error that refuses a mutation with these root fields during maintenance, or null. A mutation right
 * after the start waits until the settings have been read, or could not be.
 */
export async function refuseInMaintenance(
  settings: Pick<SettingsReplica, 'get' | 'started'>,
  fields: readonly string[],
): Promise<GraphQLError | null> {
  if (fields.every((field) => allowedFields.has(field))) return null;
  await settings.started();
  if (!settings.get('platform.maintenance')) return null;
  return graphError(
    'SERVICE_UNAVAILABLE',
    'Souk is under maintenance. Nothing can be changed now; try again later.',
  );
}
