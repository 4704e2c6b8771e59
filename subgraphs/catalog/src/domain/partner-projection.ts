import type { PartnerVerified } from '@souk/shared/contracts/account';
import type { EntityManager } from 'typeorm';

/** Stores a partner's status from account, unless a newer one is stored. */
export async function updatePartnerProjection(
  manager: EntityManager,
  partner: PartnerVerified,
): Promise<void> {
  await manager.query(
    `INSERT INTO partner_owner AS p (partner_id, user_id, status, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (partner_id) DO UPDATE
       SET user_id = excluded.user_id, status = excluded.status, at = excluded.at WHERE p.at <= excluded.at`,
    [partner.partnerId, partner.userId, partner.status, partner.at],
  );
}
