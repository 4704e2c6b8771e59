import type { PartnerStatusChanged } from '@souk/shared/contracts/account';
import { publishChange } from '@souk/shared/db/pending-changes';
import type { EntityManager } from 'typeorm';
import { anyContentTopic, sellerTopic } from './topics.js';

/** Stores a partner's status from account, unless a newer one is stored. From then on its offers are on sale or not. */
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
  // Lists have the listings of sellers who may sell.
  publishChange(manager, [sellerTopic(partner.partnerId), anyContentTopic]);
}
