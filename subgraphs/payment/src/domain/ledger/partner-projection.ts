import type { PartnerStatusChanged } from '@souk/shared/contracts/account';
import type { EntityManager } from 'typeorm';

/** The platform's commission until account publishes a partner's own rate, in hundredths of a percent. */
const defaultCommission = 1_000;

/** Stores a partner event from account unless a newer one is stored. An event without a rate keeps the stored rate. */
export async function savePartner(manager: EntityManager, partner: PartnerStatusChanged): Promise<void> {
  await manager.query(
    `INSERT INTO partner AS p (id, user_id, status, commission_basis_points, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE
       SET user_id = excluded.user_id, status = excluded.status, at = excluded.at,
         commission_basis_points = coalesce(excluded.commission_basis_points, p.commission_basis_points)
       WHERE p.at <= excluded.at`,
    [partner.partnerId, partner.userId, partner.status, partner.commissionBasisPoints ?? null, partner.at],
  );
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

/** Whether payment knows a partner from an event or from a ledger entry. */
export async function isPartner(manager: EntityManager, partnerId: string): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `SELECT 1 FROM partner WHERE id = $1
     UNION ALL (SELECT 1 FROM ledger_entry WHERE partner_id = $1 LIMIT 1)`,
    [partnerId],
  );
  return rows.length > 0;
}
