import { graphError } from '@souk/shared/graph/errors';
import { readListPage } from '@souk/shared/graph/list-pages';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { withUserErrors } from '@souk/shared/graph/user-errors';
import { forgetReads } from '../context.js';
import { createCategory, deleteCategory, updateCategory } from '../domain/listing/category.js';
import { readCategories } from '../domain/listing/category-tree.js';
import { categoriesTopic } from '../domain/topics.js';
import type {
  CategoryResolvers,
  MutationResolvers,
  QueryResolvers,
  Resolvers,
} from '../generated/resolvers.js';

const size = { byDefault: 1_000, max: 1_000 };
const childrenSize = { byDefault: 50, max: 1_000 };

/** Queries of categories. */
const categoryQueries: Required<Pick<QueryResolvers, 'category' | 'categories'>> = {
  category: (_parent, { id, slug }, context) => {
    if (((id ?? null) === null) === ((slug ?? null) === null))
      throw graphError('BAD_USER_INPUT', 'category requires exactly one of id and slug.');
    if (typeof slug === 'string') return context.loaders.categoryBySlug.load(slug);
    const uuid = fromApiId('category', id ?? '');
    return uuid === null ? null : context.loaders.category.load(uuid);
  },
  categories: (_parent, page, context) => {
    context.cacheDependencies?.add(categoriesTopic);
    return readCategories(context.database.reader, readListPage(page, size, 'category'));
  },
};

/** Mutations of categories; the schema requires catalog:manage. */
const categoryMutations: Required<
  Pick<MutationResolvers, 'createCategory' | 'updateCategory' | 'deleteCategory'>
> = {
  createCategory: (_parent, { name, slug, parentId }, context) =>
    withUserErrors({ category: null }, async () => {
      const input = { name, slug: slug ?? null, parentId: parentId ?? null };
      const id = await context.database.transact((manager, outbox) => createCategory(manager, outbox, input));
      forgetReads(context);
      return { category: await context.loaders.category.load(id) };
    }),
  updateCategory: (_parent, change, context) =>
    withUserErrors({ category: null }, async () => {
      const id = await context.database.transact((manager, outbox) =>
        updateCategory(manager, outbox, change),
      );
      forgetReads(context);
      return { category: await context.loaders.category.load(id) };
    }),
  deleteCategory: (_parent, { id }, context) =>
    withUserErrors({ ok: false }, async () => {
      await context.database.transact((manager, outbox) => deleteCategory(manager, outbox, id));
      return { ok: true };
    }),
};

/** Category's fields. */
const categoryFields: CategoryResolvers = {
  __resolveReference: ({ id }, context) => {
    const uuid = fromApiId('category', id);
    return uuid === null ? null : context.loaders.category.load(uuid);
  },
  id: (category) => toApiId('category', category.id),
  parent: (category, _arguments, context) =>
    category.parentId === null ? null : context.loaders.category.load(category.parentId),
  path: (category, _arguments, context) => context.loaders.categoryPath.load(category.id),
  children: (category, page, context) =>
    context.loaders.childrenOf.load({
      group: category.id,
      ...readListPage(page, childrenSize, 'category'),
    }),
};

/** Resolvers of categories. */
export const categoryResolvers: Resolvers = {
  Query: categoryQueries,
  Mutation: categoryMutations,
  Category: categoryFields,
};
