import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Outbox } from '@souk/shared/db/outbox';
import type { AuditedValues } from '@souk/shared/db/recorded-action';
import { changedValues, recordAction } from '@souk/shared/db/recorded-action';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { slugOf } from '@souk/shared/slug';
import type { EntityManager } from 'typeorm';
import { CategoryEntity } from '../../entities/category.js';
import { ListingEntity } from '../../entities/listing.js';
import { changedFields } from '@souk/shared/changed-fields';
import { InputCheck } from '@souk/shared/input-check';
import { lockCategoryTree } from '../locks.js';
import { maxCategoryLevels, readCategoryPath } from './category-tree.js';
import { isGeneratedFrom, isSlug, maxGeneratedSlug, withFreeSlug } from '../slug.js';
import { insertUnlessTaken, updateUnlessTaken } from '../unique-write.js';
import { anyContentTopic, categoriesTopic } from '../topics.js';

/** Input of a new category. `parentId` is an API id. */
export interface CategoryInput {
  name: string;
  slug?: string | null;
  parentId?: string | null;
}

/** Creates a category and returns its id. @throws Rejection(s) INVALID, NOT_FOUND, SLUG_TAKEN */
export async function createCategory(
  manager: EntityManager,
  outbox: Outbox,
  input: CategoryInput,
): Promise<string> {
  await lockCategoryTree(manager);
  const check = new InputCheck();
  const name = check.text(['name'], input.name);
  const slug = readSlug(input.slug ?? null, check);
  const parentId = await readParent(manager, input.parentId ?? null, check);
  if (parentId !== null) await checkLevels(manager, parentId, 1, check);
  check.throwIfAny();
  const id = newId();
  const free = await withFreeSlug(slug, slugOfName(name), (candidate) =>
    insertUnlessTaken(manager, CategoryEntity, { id, slug: candidate, name, parentId }),
  );
  if (free === null) throw slugTaken();
  outbox.publish(catalogEvents.categoryCreated, id, { categoryId: id, name, slug: free, parentId });
  recordAction(outbox, 'CREATE_CATEGORY', id, {
    before: null,
    after: audited({ name, slug: free, parentId }),
  });
  publishChange(manager, [categoriesTopic]);
  return id;
}

/** A change of a category; an absent field stays. Ids are API ids. */
export interface CategoryChange {
  id: string;
  name?: string | null;
  /** Null: generated from the name. */
  slug?: string | null;
  /** Null: to the top. */
  parentId?: string | null;
}

/**
 * Changes a category and returns its id. A change to the present state has no effect.
 * @throws Rejection(s) INVALID, NOT_FOUND, CONFLICT (a circle of parents), SLUG_TAKEN
 */
export async function updateCategory(
  manager: EntityManager,
  outbox: Outbox,
  change: CategoryChange,
): Promise<string> {
  await lockCategoryTree(manager);
  const category = await categoryToChange(manager, change.id);
  const { id } = category;
  const check = new InputCheck();
  const name = change.name === undefined ? category.name : check.text(['name'], change.name);
  const slug = change.slug === undefined ? undefined : readSlug(change.slug, check);
  const parentId =
    change.parentId === undefined ? category.parentId : await readParent(manager, change.parentId, check);
  if (parentId !== null && parentId !== category.parentId) await checkMove(manager, id, parentId, check);
  check.throwIfAny();
  const changed = changedFields<Pick<CategoryEntity, 'name' | 'parentId'>>({ name, parentId }, category);
  const hasNewSlug = slug !== undefined && (await changeSlug(manager, category, slug, name));
  if (changed.length === 0 && !hasNewSlug) return id;
  await manager.update(CategoryEntity, { id }, { name, parentId });
  const { slug: currentSlug } = await manager.findOneByOrFail(CategoryEntity, { id });
  outbox.publish(catalogEvents.categoryUpdated, id, {
    categoryId: id,
    name,
    slug: currentSlug,
    parentId,
    changed: [...(hasNewSlug ? ['slug'] : []), ...changed],
  });
  const after = audited({ name, slug: currentSlug, parentId });
  recordAction(outbox, 'UPDATE_CATEGORY', id, changedValues(audited(category), after));
  // Lists of a category's listings contain those of the categories below it.
  publishChange(manager, [categoriesTopic, ...(changed.includes('parentId') ? [anyContentTopic] : [])]);
  return id;
}

/** Deletes a category. @throws Rejection NOT_FOUND, IN_USE (it has children or listings, with their numbers) */
export async function deleteCategory(manager: EntityManager, outbox: Outbox, apiId: string): Promise<void> {
  await lockCategoryTree(manager);
  const category = await categoryToChange(manager, apiId, 'pessimistic_write');
  const { id } = category;
  const children = await manager.countBy(CategoryEntity, { parentId: id });
  const listings = await manager.countBy(ListingEntity, { categoryId: id });
  if (children > 0 || listings > 0)
    throw new Rejection(
      'IN_USE',
      `The category has ${count(listings, 'listing', 'listings')} and ${count(children, 'category', 'categories')} below it.`,
      { field: ['id'], typename: 'CategoryInUseError', details: { listings, children } },
    );
  await manager.delete(CategoryEntity, { id });
  outbox.publish(catalogEvents.categoryDeleted, id, { categoryId: id });
  recordAction(outbox, 'DELETE_CATEGORY', id, { before: audited(category), after: null });
  publishChange(manager, [categoriesTopic]);
}

/** The values of a category for the audit log. */
function audited({ name, slug, parentId }: Omit<CategoryEntity, 'id'>): AuditedValues {
  return { name, slug, parentId: parentId && toApiId('category', parentId) };
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function slugOfName(name: string): string {
  return slugOf(name, { maxLength: maxGeneratedSlug, fallback: 'category' });
}

function slugTaken(): Rejection {
  return new Rejection('SLUG_TAKEN', 'Another category has this slug.', { field: ['slug'] });
}

function readSlug(slug: string | null, check: InputCheck): string | null {
  if (slug !== null && !isSlug(slug))
    check.refuse(['slug'], 'A slug consists of lowercase letters, digits and hyphens.');
  return slug;
}

/** Returns whether the slug changed. @throws Rejection SLUG_TAKEN */
async function changeSlug(
  manager: EntityManager,
  { id, slug: former }: CategoryEntity,
  given: string | null,
  name: string,
): Promise<boolean> {
  const generated = slugOfName(name);
  if (given === former || (given === null && isGeneratedFrom(former, generated))) return false;
  const free = await withFreeSlug(given, generated, (candidate) =>
    updateUnlessTaken(manager, (savepoint) => savepoint.update(CategoryEntity, { id }, { slug: candidate })),
  );
  if (free === null) throw slugTaken();
  return true;
}

async function categoryToChange(
  manager: EntityManager,
  apiId: string,
  mode: 'for_no_key_update' | 'pessimistic_write' = 'for_no_key_update',
): Promise<CategoryEntity> {
  const id = fromApiId('category', apiId);
  const category = id && (await manager.findOne(CategoryEntity, { where: { id }, lock: { mode } }));
  if (!category) throw new Rejection('NOT_FOUND', 'There is no such category.', { field: ['id'] });
  return category;
}

async function readParent(
  manager: EntityManager,
  apiId: string | null,
  check: InputCheck,
): Promise<string | null> {
  if (apiId === null) return null;
  const id = fromApiId('category', apiId);
  if (id !== null && (await manager.existsBy(CategoryEntity, { id }))) return id;
  check.refuse(['parentId'], 'There is no such category.', 'NOT_FOUND');
  return null;
}

/** Reports a move of a category below itself, or too far down. */
async function checkMove(
  manager: EntityManager,
  id: string,
  parentId: string,
  check: InputCheck,
): Promise<void> {
  const [tree]: { isCircle: boolean; levels: number }[] = await manager.query(
    `WITH RECURSIVE below AS (
       SELECT id, 1 AS level FROM category WHERE id = $1
       UNION ALL
       SELECT c.id, b.level + 1 FROM category c JOIN below b ON c.parent_id = b.id
     ) SELECT COALESCE(bool_or(id = $2), false) AS "isCircle", max(level) AS levels FROM below`,
    [id, parentId],
  );
  if (tree?.isCircle)
    check.refuse(['parentId'], 'A category cannot be below itself: this would be a circle.', 'CONFLICT');
  else await checkLevels(manager, parentId, tree?.levels ?? 1, check);
}

/** Reports levels below a category that would be too many in all. */
async function checkLevels(
  manager: EntityManager,
  parentId: string,
  levels: number,
  check: InputCheck,
): Promise<void> {
  const above = await readCategoryPath(manager, [parentId]);
  if ((above.get(parentId)?.length ?? 0) + levels > maxCategoryLevels)
    check.refuse(['parentId'], `A category tree has at most ${maxCategoryLevels} levels.`);
}
