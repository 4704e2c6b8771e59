import type { PartnerItem } from '@souk/shared/contracts/account';
import { deleteLostKeys } from '@souk/shared/db/state-store';
import { publishChange } from '@souk/shared/db/pending-changes';
import type { KeyRange } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';
import { anyContentTopic, sellerTopic } from './topics.js';

/** Stores partners as account lists them. From then on their offers are on sale or not. */
export async function storePartners(
  manager: EntityManager,
  partners: readonly PartnerItem[],
  covers: KeyRange | undefined,
): Promise<void> {
  const changed: { id: string }[] = await manager.query(
    `INSERT INTO partner_owner AS p (partner_id, user_id, status, at)
     SELECT "partnerId", "userId", status, at
     FROM json_to_recordset($1) AS item ("partnerId" uuid, "userId" uuid, status text, at timestamptz)
     ON CONFLICT (partner_id) DO UPDATE
       SET user_id = excluded.user_id, status = excluded.status, at = excluded.at
       WHERE (p.user_id, p.status, p.at) IS DISTINCT FROM (excluded.user_id, excluded.status, excluded.at)
     RETURNING partner_id AS id`,
    [JSON.stringify(partners)],
  );
  const lost = await deleteLostKeys(
    manager,
    { table: 'partner_owner', key: 'partner_id' },
    partners.map(({ partnerId }) => partnerId),
    covers,
  );
  const sellers = [...changed.map(({ id }) => id), ...lost];
  // Lists have the listings of sellers who may sell.
  if (sellers.length > 0) publishChange(manager, [...sellers.map(sellerTopic), anyContentTopic]);
}
