import type { RowCount } from '@souk/shared/db/row-count';
import { countMatches } from '@souk/shared/db/row-count';
import type { Page } from '@souk/shared/graph/pagination';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { PartnerStatus } from '../../entities/partner.js';
import { PartnerEntity } from '../../entities/partner.js';

/** Returns a page of partners, newest first, and one more if there is one. A null status matches all. */
export async function listPartners(
  manager: EntityManager,
  status: PartnerStatus | null,
  page: Page<string>,
): Promise<PartnerEntity[]> {
  const query = matching(manager, status);
  if (page.cursor !== null) query.andWhere('p.id < :cursor', { cursor: page.cursor });
  return query
    .orderBy('p.id', 'DESC')
    .limit(page.limit + 1)
    .getMany();
}

/** Counts the partners with a status, or all. */
export function countPartners(manager: EntityManager, status: PartnerStatus | null): Promise<RowCount> {
  return countMatches(manager, matching(manager, status));
}

function matching(manager: EntityManager, status: PartnerStatus | null): SelectQueryBuilder<PartnerEntity> {
  const query = manager.createQueryBuilder(PartnerEntity, 'p');
  return status === null ? query : query.where('p.status = :status', { status });
}
