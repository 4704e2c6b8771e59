import { accountEvents, accountStates } from '@souk/shared/contracts/account';
import { readChangedRows } from '@souk/shared/db/changed-rows';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { publishStateChange } from '@souk/shared/db/pending-changes';
import type { Json } from '@souk/shared/errors';
import { Rejection } from '@souk/shared/errors';
import type { StoredSetting } from '@souk/shared/replication/settings-replica';
import type { StatePage } from '@souk/shared/state';
import type { SettingKey } from '@souk/shared/system-setting';
import { isSettingKey, settingKeys, settingProblem, systemSettings } from '@souk/shared/system-setting';
import type { EntityManager } from 'typeorm';
import { SystemSettingEntity } from '../../entities/system-setting.js';

/** A setting with its stored value, or with its default if none is stored. */
export interface SystemSettingState {
  key: SettingKey;
  value: Json;
  /** Null if no value is stored. */
  updatedAt: Date | null;
  /** UUID; null if no value is stored. */
  updatedBy: string | null;
}

/** Lists all settings. */
export async function listSystemSettings(manager: EntityManager): Promise<SystemSettingState[]> {
  const rows = await manager.find(SystemSettingEntity);
  const stored = new Map(rows.map((row) => [row.key, row]));
  return settingKeys.map((key) => {
    const row = stored.get(key);
    if (!row || row.value === null)
      return { key, value: systemSettings[key].default, updatedAt: null, updatedBy: null };
    return { key, value: row.value, updatedAt: row.updatedAt, updatedBy: row.updatedBy };
  });
}

/** Stores a value. @throws Rejection NOT_FOUND for an unknown key, INVALID for a value that does not fit */
export async function setSystemSetting(
  manager: EntityManager,
  outbox: Outbox,
  { key, value: given }: { key: string; value: Json },
  userId: string,
  now: Date,
): Promise<SystemSettingState> {
  if (!isSettingKey(key)) throw new Rejection('NOT_FOUND', 'Setting not found.', { field: ['key'] });
  const problem = settingProblem(key, given);
  if (problem !== null) throw new Rejection('INVALID', problem, { field: ['value'] });
  const value = given as number | boolean;
  const [row]: { previous: number | boolean | null }[] = await manager.query(
    `INSERT INTO system_setting (key, value, updated_at, updated_by) VALUES ($1, $2::jsonb, $3, $4)
     ON CONFLICT (key) DO UPDATE
       SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by
     RETURNING old.value AS previous`,
    [key, JSON.stringify(value), now, userId],
  );
  const previousValue = row?.previous ?? null;
  if (previousValue !== value) {
    outbox.publish(accountEvents.systemSettingChanged, key, { key, value, previousValue });
    recordAction(outbox, 'SET_SYSTEM_SETTING', key, { before: { value: previousValue }, after: { value } });
  }
  publishStateChange(manager, accountStates.systemSettings);
  return { key, value, updatedAt: now, updatedBy: userId };
}

/** Removes the stored value, if there is one. @throws Rejection NOT_FOUND for an unknown key */
export async function resetSystemSetting(
  manager: EntityManager,
  outbox: Outbox,
  key: string,
  userId: string,
  now: Date,
): Promise<SystemSettingState> {
  if (!isSettingKey(key)) throw new Rejection('NOT_FOUND', 'Setting not found.', { field: ['key'] });
  // The row stays: replicas learn from it that no value is stored any more.
  const [[row]]: [{ previous: number | boolean }[], number] = await manager.query(
    `UPDATE system_setting SET value = 'null', updated_at = $2, updated_by = $3
     WHERE key = $1 AND value <> 'null'
     RETURNING old.value AS previous`,
    [key, now, userId],
  );
  if (row) {
    outbox.publish(accountEvents.systemSettingReset, key, { key, previousValue: row.previous });
    const before = { value: row.previous };
    recordAction(outbox, 'RESET_SYSTEM_SETTING', key, { before, after: { value: null } });
    publishStateChange(manager, accountStates.systemSettings);
  }
  return { key, value: systemSettings[key].default, updatedAt: null, updatedBy: null };
}

/** Lists settings that were set since a cursor, for replicas. */
export function readSystemSettings(
  manager: EntityManager,
  since: string | null,
): Promise<StatePage<StoredSetting>> {
  const source = { table: 'system_setting', key: 'key', keyType: 'text', columns: 'key, value' } as const;
  return readChangedRows(manager, source, since);
}
