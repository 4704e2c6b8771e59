import type { RowCount } from '@souk/shared/db/row-count';
import { countRowsByKey } from '@souk/shared/db/row-count';
import { groupBy } from '@souk/shared/group-by';
import type { EntityManager } from 'typeorm';

/** A row of an offer's history, with a UUIDv7: rows are added and never changed. */
export interface HistoryRow {
  id: string;
  offerId: string;
}

/** A page of an offer's history, newest first. */
export interface HistoryPage {
  limit: number;
  /** Id of a row: the page begins before it in time. */
  after: string | null;
}

type HistoryEntity<Row extends HistoryRow> = new () => Row;

/** Returns at most `limit + 1` rows of each offer, newest first, in one statement. */
export async function readHistories<Row extends HistoryRow>(
  manager: EntityManager,
  entity: HistoryEntity<Row>,
  offerIds: readonly string[],
  { limit, after }: HistoryPage,
): Promise<Row[][]> {
  const beyond = after === null ? '' : 'AND t.id < :after';
  const rows = await manager
    .createQueryBuilder(entity, 'r')
    .where(
      `(r.offer_id, r.id) IN (SELECT n.offer_id, n.id FROM unnest(:offerIds::uuid[]) AS o (id) CROSS JOIN LATERAL (
         SELECT t.offer_id, t.id FROM ${tableOf(manager, entity)} t
         WHERE t.offer_id = o.id ${beyond} ORDER BY t.id DESC LIMIT :rows) n)`,
      { offerIds, rows: limit + 1, ...(after !== null && { after }) },
    )
    .orderBy('r.id', 'DESC')
    .getMany();
  const histories = groupBy(rows, ({ offerId }) => offerId);
  return offerIds.map((id) => histories.get(id) ?? []);
}

/** Counts the rows of each offer. */
export function countHistories<Row extends HistoryRow>(
  manager: EntityManager,
  entity: HistoryEntity<Row>,
  offerIds: readonly string[],
): Promise<RowCount[]> {
  const table = tableOf(manager, entity);
  return countRowsByKey(
    manager,
    (offerId) => `SELECT 1 FROM ${table} WHERE offer_id = ${offerId}`,
    offerIds,
    [],
  );
}

function tableOf<Row extends HistoryRow>(manager: EntityManager, entity: HistoryEntity<Row>): string {
  return manager.dataSource.getMetadata(entity).tablePath;
}
