import { newestPage } from '@souk/shared/graph/newest-page';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import type { EntityManager } from 'typeorm';
import type { PartnerStatus } from '../../entities/partner.js';
import { PartnerEntity } from '../../entities/partner.js';

/** Returns a page of partners, newest first. A null status matches all. */
export function listPartners(
  manager: EntityManager,
  status: PartnerStatus | null,
  page: Page<string>,
): Promise<Connection<PartnerEntity>> {
  const query = manager.createQueryBuilder(PartnerEntity, 'p');
  if (status !== null) query.where('p.status = :status', { status });
  return newestPage(manager, query, page);
}
