import type { PartnerItem } from '@souk/shared/contracts/account';
import { deleteLostKeys } from '@souk/shared/db/state-store';
import type { KeyRange } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';

/** The platform's commission while a partner has no rate of their own, in hundredths of a percent. */
const defaultCommission = 1_000;

/** Stores partners as account lists them. Sales from then on are booked with their commissions. */
export async function storePartners(
  manager: EntityManager,
  partners: readonly PartnerItem[],
  covers: KeyRange | undefined,
): Promise<void> {
  await manager.query(
    `INSERT INTO partner AS p (id, user_id, status, commission_basis_points, at)
     SELECT "partnerId", "userId", status, "commissionBasisPoints", at
     FROM json_to_recordset($1) AS item (
       "partnerId" uuid, "userId" uuid, status text, "commissionBasisPoints" int, at timestamptz)
     ON CONFLICT (id) DO UPDATE
       SET user_id = excluded.user_id, status = excluded.status, at = excluded.at,
         commission_basis_points = excluded.commission_basis_points
       WHERE (p.user_id, p.status, p.commission_basis_points, p.at)
         IS DISTINCT FROM (excluded.user_id, excluded.status, excluded.commission_basis_points, excluded.at)`,
    [JSON.stringify(partners)],
  );
  const ids = partners.map(({ partnerId }) => partnerId);
  await deleteLostKeys(manager, { table: 'partner', key: 'id' }, ids, covers);
}

/** Current commissions of partners, in hundredths of a percent. */
export async function commissionsOf(
  manager: EntityManager,
  partnerIds: readonly string[],
): Promise<(partnerId: string) => number> {
  const rows: { id: string; rate: number | null }[] =
    partnerIds.length === 0
      ? []
      : await manager.query('SELECT id, commission_basis_points AS rate FROM partner WHERE id = ANY($1)', [
          partnerIds,
        ]);
  const rates = new Map(rows.map(({ id, rate }) => [id, rate]));
  return (partnerId) => rates.get(partnerId) ?? defaultCommission;
}

/** Whether a user acts for a partner. A suspended partner still sees their balance. */
export async function actsFor(manager: EntityManager, userId: string, partnerId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query('SELECT 1 FROM partner WHERE id = $1 AND user_id = $2', [
    partnerId,
    userId,
  ]);
  return rows.length > 0;
}

/** Whether payment knows a partner from account or from a ledger entry. */
export async function isPartner(manager: EntityManager, partnerId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM partner WHERE id = $1
     UNION ALL (SELECT 1 FROM ledger_entry WHERE partner_id = $1 LIMIT 1)`,
    [partnerId],
  );
  return rows.length > 0;
}
