import type { EntityManager } from 'typeorm';
import { newestPage } from '@souk/shared/graph/newest-page';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import { LedgerEntryEntity } from '../../entities/ledger-entry.js';

/** Period of a statement: `from` is inclusive, `to` is exclusive. */
export interface Period {
  from: Date | null;
  to: Date | null;
}

/** A page of entries on a partner's account, newest first. */
export async function statementOf(
  manager: EntityManager,
  partnerId: string,
  { from, to }: Period,
  page: Page<string>,
): Promise<Connection<LedgerEntryEntity>> {
  const query = manager
    .createQueryBuilder(LedgerEntryEntity, 'e')
    .where("e.account = 'partner_payable' AND e.partnerId = :partnerId", { partnerId });
  if (from) query.andWhere('e.at >= :from', { from });
  if (to) query.andWhere('e.at < :to', { to });
  return newestPage(manager, query, page);
}
