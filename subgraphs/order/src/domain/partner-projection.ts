import type { PartnerStatusChanged } from '@souk/shared/contracts/account';
import type { EntityManager } from 'typeorm';

/** Stores a partner's status from account, unless a newer one is stored. */
export async function updatePartnerProjection(
  manager: EntityManager,
  partner: PartnerStatusChanged,
): Promise<void> {
  await manager.query(
    `INSERT INTO partner_owner AS p (partner_id, user_id, status, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (partner_id) DO UPDATE
       SET user_id = excluded.user_id, status = excluded.status, at = excluded.at WHERE p.at <= excluded.at`,
    [partner.partnerId, partner.userId, partner.status, partner.at],
  );
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
