import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { countMatches } from '../db/row-count.js';
import type { Connection, Page } from './pagination.js';
import { toConnection } from './pagination.js';

/** Returns a page of the entities that a query matches, newest first: by their ids, UUIDv7. */
export async function newestPage<Entity extends ObjectLiteral & { id: string }>(
  manager: EntityManager,
  query: SelectQueryBuilder<Entity>,
  page: Page<string>,
): Promise<Connection<Entity>> {
  const id = `${query.alias}.id`;
  const selection = query
    .clone()
    .orderBy(id, 'DESC')
    .limit(page.limit + 1);
  if (page.cursor !== null) selection.andWhere(`${id} < :cursor`, { cursor: page.cursor });
  const rows = await selection.getMany();
  return toConnection(page, rows, { cursor: (row) => row.id, node: (row) => row }, () =>
    countMatches(manager, query),
  );
}
