import type { PartnerItem } from '@souk/shared/contracts/account';
import { deleteLostKeys } from '@souk/shared/db/state-store';
import type { KeyRange } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';

/** Stores partners as account lists them. */
export async function storePartners(
  manager: EntityManager,
  partners: readonly PartnerItem[],
  covers: KeyRange | undefined,
): Promise<void> {
  await manager.query(
    `INSERT INTO partner_owner AS p (partner_id, user_id, status, at)
     SELECT "partnerId", "userId", status, at
     FROM json_to_recordset($1) AS item ("partnerId" uuid, "userId" uuid, status text, at timestamptz)
     ON CONFLICT (partner_id) DO UPDATE
       SET user_id = excluded.user_id, status = excluded.status, at = excluded.at
       WHERE (p.user_id, p.status, p.at) IS DISTINCT FROM (excluded.user_id, excluded.status, excluded.at)`,
    [JSON.stringify(partners)],
  );
  const ids = partners.map(({ partnerId }) => partnerId);
  await deleteLostKeys(manager, { table: 'partner_owner', key: 'partner_id' }, ids, covers);
}

/** Returns the order lines (UUIDs) that the user's verified partner sold. */
export async function linesSoldBy(
  manager: EntityManager,
  userId: string,
  lineIds: readonly string[],
): Promise<Set<string>> {
  const rows: { id: string }[] = await manager.query(
    `SELECT l.id FROM order_line l JOIN partner_owner p ON p.partner_id = l.partner_id
     WHERE l.id = ANY($2) AND p.user_id = $1 AND p.status = 'VERIFIED'`,
    [userId, lineIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Returns which of these partners (UUIDs) are verified and the user's. */
export async function partnersOwnedBy(
  manager: EntityManager,
  userId: string,
  partnerIds: readonly string[],
): Promise<Set<string>> {
  const rows: { id: string }[] = await manager.query(
    `SELECT partner_id AS id FROM partner_owner WHERE partner_id = ANY($2) AND user_id = $1 AND status = 'VERIFIED'`,
    [userId, partnerIds],
  );
  return new Set(rows.map(({ id }) => id));
}
