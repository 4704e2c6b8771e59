import type { PersonItem } from '@souk/shared/contracts/account';
import { readChangedRows } from '@souk/shared/db/changed-rows';
import type { StatePage } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';

/** Lists people who changed since a cursor, for replicas. Nothing secret, and of deleted accounts no personal data. */
export function readPeople(manager: EntityManager, since: string | null): Promise<StatePage<PersonItem>> {
  const columns = `id AS "userId", status, CASE WHEN status <> 'DELETED' THEN json_build_object(
      'email', email, 'isEmailVerified', email_verified, 'phone', phone, 'displayName', display_name,
      'locale', locale, 'timeZone', time_zone) END AS contact`;
  return readChangedRows(manager, { table: 'user_account', key: 'id', keyType: 'uuid', columns }, since);
}
