import type { EntityManager } from 'typeorm';
import { countMatches } from '@souk/shared/db/row-count';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import { toConnection } from '@souk/shared/graph/pagination';
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
  const matching = () => {
    const query = manager
      .createQueryBuilder(LedgerEntryEntity, 'e')
      .where("e.account = 'partner_payable' AND e.partnerId = :partnerId", { partnerId });
    if (from) query.andWhere('e.at >= :from', { from });
    if (to) query.andWhere('e.at < :to', { to });
    return query;
  };
  const query = matching()
    .orderBy('e.id', 'DESC')
    .limit(page.limit + 1);
  if (page.cursor !== null) query.andWhere('e.id < :cursor', { cursor: page.cursor });
  const rows = await query.getMany();
  return toConnection(page, rows, { cursor: ({ id }) => id, node: (entry) => entry }, () =>
    countMatches(manager, matching()),
  );
}
