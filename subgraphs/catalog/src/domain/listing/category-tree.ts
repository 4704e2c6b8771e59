import type { ListPage } from '@souk/shared/graph/list-pages';
import { unknownItem } from '@souk/shared/graph/list-pages';
import type { EntityManager } from 'typeorm';
import { CategoryEntity } from '../../entities/category.js';

/** Levels of the category tree. */
export const maxCategoryLevels = 10;

/** Returns a page of all categories, by name. @throws BAD_USER_INPUT for an unknown `after` */
export async function readCategories(
  manager: EntityManager,
  { limit, after }: ListPage,
): Promise<CategoryEntity[]> {
  const query = manager
    .createQueryBuilder(CategoryEntity, 'c')
    .orderBy('c.name')
    .addOrderBy('c.id')
    .limit(limit);
  if (after !== null) {
    const last = await manager.findOneBy(CategoryEntity, { id: after });
    if (!last) throw unknownItem();
    query.where('(c.name, c.id) > (:name, :id)', { name: last.name, id: last.id });
  }
  return query.getMany();
}

/**
 * Returns the ids of the categories from the top down to each of these, at most `maxCategoryLevels`.
 */
export async function readCategoryPath(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  const rows: { id: string; path: string[] }[] = await manager.query(
    `WITH RECURSIVE above AS (
       SELECT id AS start, id, parent_id, 1 AS level FROM category WHERE id = ANY($1)
       UNION ALL
       SELECT a.start, c.id, c.parent_id, a.level + 1 FROM category c JOIN above a ON c.id = a.parent_id
       WHERE a.level < $2
     ) SELECT start AS id, array_agg(id ORDER BY level DESC) AS path FROM above GROUP BY start`,
    [ids, maxCategoryLevels],
  );
  return new Map(rows.map(({ id, path }) => [id, path]));
}
