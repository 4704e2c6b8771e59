import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Outbox } from '@souk/shared/db/outbox';
import { fromApiId, newId } from '@souk/shared/ids';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { slugOf } from '@souk/shared/slug';
import type { ListPage } from '@souk/shared/graph/list-pages';
import { unknownItem } from '@souk/shared/graph/list-pages';
import type { EntityManager } from 'typeorm';
import { CategoryEntity } from '../../entities/category.js';
import { InputCheck } from '@souk/shared/input-check';
import { isSlug, maxGeneratedSlug, withFreeSlug } from '../slug.js';
import { insertUnlessTaken } from '../unique-insert.js';
import { categoriesTopic } from '../topics.js';

/** Input of a new category. `parentId` is an API id. */
export interface CategoryInput {
  name: string;
  slug?: string | null;
  parentId?: string | null;
}

/** Creates a category and returns its id. @throws Rejection INVALID, NOT_FOUND, SLUG_TAKEN */
export async function createCategory(
  manager: EntityManager,
  outbox: Outbox,
  input: CategoryInput,
): Promise<string> {
  const check = new InputCheck();
  const name = check.text(['name'], input.name);
  const slug = input.slug ?? null;
  if (slug !== null && !isSlug(slug))
    check.refuse(['slug'], 'A slug consists of lowercase letters, digits and hyphens.');
  const parentId = await readParent(manager, input.parentId, check);
  check.throwIfAny();
  const id = newId();
  const free = await withFreeSlug(
    slug,
    slugOf(name, { maxLength: maxGeneratedSlug, fallback: 'category' }),
    (candidate) => insertUnlessTaken(manager, CategoryEntity, { id, slug: candidate, name, parentId }),
  );
  if (free === null)
    throw new Rejection('SLUG_TAKEN', 'Another category has this slug.', { field: ['slug'] });
  outbox.publish(catalogEvents.categoryCreated, id, { categoryId: id, name, slug: free, parentId });
  publishChange(manager, [categoriesTopic]);
  return id;
}

async function readParent(
  manager: EntityManager,
  apiId: string | null | undefined,
  check: InputCheck,
): Promise<string | null> {
  if (apiId === null || apiId === undefined) return null;
  const id = fromApiId('category', apiId);
  if (id !== null && (await manager.existsBy(CategoryEntity, { id }))) return id;
  check.refuse(['parentId'], 'There is no such category.', 'NOT_FOUND');
  return null;
}

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

/** Returns the ids of a category and of all its descendants. */
export async function withDescendants(manager: EntityManager, id: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `WITH RECURSIVE below AS (
       SELECT id FROM category WHERE id = $1
       UNION
       SELECT c.id FROM category c JOIN below b ON c.parent_id = b.id
     ) SELECT id FROM below`,
    [id],
  );
  return rows.map((row) => row.id);
}
