import type { IdType } from '../ids.js';
import { fromApiId } from '../ids.js';
import { graphError } from './errors.js';
import { readLimit } from './pagination.js';

/** A part of a plain list: up to `limit` items that follow the one with the id `after`, or the first. */
export interface ListPage {
  limit: number;
  /** As the database has it. */
  after: string | null;
}

/** The length of a page: what a list gives where `first` is left out or null, and what it may be at most. */
export interface PageSize {
  byDefault: number;
  max: number;
}

/** Reads `first` and `after` of a plain list of items with ids of a type. @throws GraphQLError BAD_USER_INPUT */
export function readListPage(
  { first, after }: { first?: number | null | undefined; after?: string | null | undefined },
  size: PageSize,
  type: IdType,
): ListPage {
  const limit = readLimit(first, 'first', size.byDefault, size.max);
  if (after === null || after === undefined) return { limit, after: null };
  const id = fromApiId(type, after);
  if (id === null) throw unknownItem();
  return { limit, after: id };
}

/** The items of a list in memory that a page holds. @throws GraphQLError BAD_USER_INPUT for an unknown `after` */
export function pageOf<Item>(
  items: readonly Item[],
  { limit, after }: ListPage,
  idOf: (item: Item) => string,
): Item[] {
  if (after === null) return items.slice(0, limit);
  const index = items.findIndex((item) => idOf(item) === after);
  if (index < 0) throw unknownItem();
  return items.slice(index + 1, index + 1 + limit);
}

/** The error for an `after` that names no item of the list. */
export function unknownItem(): Error {
  return graphError('BAD_USER_INPUT', 'after is not the id of an item of this list.', { argument: 'after' });
}
