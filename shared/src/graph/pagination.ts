import type { RowCount } from '../db/row-count.js';
import { isUuid } from '../ids.js';
import { graphError } from './errors.js';

/** Arguments of a connection; forward with `first` and `after`, backward with `last` and `before`. */
export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** A requested page. Fetch `limit + 1` rows beyond `cursor`, in reverse order when `backward`. */
export interface Page<Cursor> {
  limit: number;
  cursor: Cursor | null;
  backward: boolean;
}

/** A Relay connection. Its items are counted where totalCount or totalCountIsEstimate is selected, once for both. */
export interface Connection<Node, Edge = { cursor: string; node: Node }> {
  edges: Edge[];
  nodes: Node[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: () => Promise<number>;
  totalCountIsEstimate: () => Promise<boolean>;
}

const maxPage = 100;

/** The number of items of a bounded list. @throws BAD_USER_INPUT below 0 or above `max`. */
export function readLimit(
  value: number | null | undefined,
  argument: string,
  fallback = 20,
  max = maxPage,
): number {
  const limit = value ?? fallback;
  if (limit < 0 || limit > max) {
    throw graphError('BAD_USER_INPUT', `${argument} must be between 0 and ${max}; it is ${limit}.`, {
      argument,
    });
  }
  return limit;
}

/** Reads a connection's arguments. @throws BAD_USER_INPUT for numbers out of bounds or a cursor that is not ours. */
export function readPage<Cursor>(
  arguments_: PageArguments,
  isCursor: (value: unknown) => value is Cursor,
  fallback = 20,
): Page<Cursor> {
  const backward = (arguments_.last ?? null) !== null || (arguments_.before ?? null) !== null;
  if (backward && ((arguments_.first ?? null) !== null || (arguments_.after ?? null) !== null)) {
    throw graphError('BAD_USER_INPUT', 'Use first and after, or last and before, not both.', {
      argument: (arguments_.last ?? null) === null ? 'before' : 'last',
    });
  }
  const text = backward ? arguments_.before : arguments_.after;
  return {
    limit: backward
      ? readLimit(arguments_.last, 'last', fallback)
      : readLimit(arguments_.first, 'first', fallback),
    cursor:
      text === null || text === undefined
        ? null
        : decodeCursor(text, isCursor, backward ? 'before' : 'after'),
    backward,
  };
}

/**
 * Builds the connection from up to `limit + 1` rows as they were fetched. `of.edge` may add fields to an edge; `count`
 * runs at most once.
 */
export function toConnection<Row, Cursor, Node, Extra extends object = object>(
  page: Page<Cursor>,
  fetched: readonly Row[],
  of: { cursor: (row: Row) => Cursor; node: (row: Row) => Node; edge?: (row: Row) => Extra },
  count: () => Promise<RowCount>,
): Connection<Node, { cursor: string; node: Node } & Extra> {
  const more = fetched.length > page.limit;
  const rows = fetched.slice(0, page.limit);
  if (page.backward) rows.reverse();
  const edges = rows.map((row) => ({
    cursor: encodeCursor(of.cursor(row)),
    node: of.node(row),
    ...(of.edge?.(row) ?? ({} as Extra)),
  }));
  let counted: Promise<RowCount> | undefined;
  const countOnce = (): Promise<RowCount> => (counted ??= count());
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.backward ? page.cursor !== null : more,
      hasPreviousPage: page.backward ? more : page.cursor !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: async () => (await countOnce()).count,
    totalCountIsEstimate: async () => (await countOnce()).isEstimate,
  };
}

/** For connections that are cut by one id: the newest first, UUIDv7. */
export function isIdCursor(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value);
}

function encodeCursor(cursor: unknown): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function decodeCursor<Cursor>(
  text: string,
  isCursor: (value: unknown) => value is Cursor,
  argument: string,
): Cursor {
  try {
    const cursor: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (isCursor(cursor)) return cursor;
  } catch {
    // The caller reports it.
  }
  throw graphError('BAD_USER_INPUT', `${argument} is not a cursor of this list.`, { argument });
}
