import type { ListPage } from '@souk/shared/graph/list-pages';
import { unknownItem } from '@souk/shared/graph/list-pages';
import { readLimit } from '@souk/shared/graph/pagination';

const size = { byDefault: 200, max: 1_000 };

/** The API's id of an entry of an order's history: opaque, since the database counts them across all orders. */
export function historyId(id: string): string {
  return Buffer.from(JSON.stringify(['history', id])).toString('base64url');
}

/** Reads the arguments of Order.history. @throws GraphQLError BAD_USER_INPUT */
export function readHistoryPage({
  first,
  after,
}: {
  first?: number | null | undefined;
  after?: string | null | undefined;
}): ListPage {
  const limit = readLimit(first, 'first', size.byDefault, size.max);
  if (after === null || after === undefined) return { limit, after: null };
  const [, id] = /^\["history","(\d{1,18})"\]$/.exec(Buffer.from(after, 'base64url').toString()) ?? [];
  if (id === undefined) throw unknownItem();
  return { limit, after: id };
}
