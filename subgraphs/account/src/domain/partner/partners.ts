import type { PartnerItem } from '@souk/shared/contracts/account';
import { readChangedRows } from '@souk/shared/db/changed-rows';
import type { StatePage } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';

/** Lists partners whose status or commission changed since a cursor, for replicas. */
export function readPartners(manager: EntityManager, since: string | null): Promise<StatePage<PartnerItem>> {
  const columns = `id AS "partnerId", owner_id AS "userId", status,
    commission_basis_points AS "commissionBasisPoints",
    to_char(status_changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;
  return readChangedRows(manager, { table: 'partner', key: 'id', keyType: 'uuid', columns }, since);
}
