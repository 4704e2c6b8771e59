import type { Readable } from '../state/store.js';
import { invalidRequest, resourceMissing } from '../stripe-error.js';
import type { Parameters, TimeRange } from './parameters.js';

export const PAGE_PARAMETERS = ['created', 'ending_before', 'expand', 'limit', 'starting_after'] as const;

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

export interface PageInput {
  readonly limit: number;
  readonly startingAfter: string | undefined;
  readonly endingBefore: string | undefined;
  readonly created: TimeRange | undefined;
}

/** A page of a list as Stripe answers it: newest first. */
export interface ListPage<T> {
  readonly object: 'list';
  readonly url: string;
  readonly has_more: boolean;
  readonly data: readonly T[];
}

export function readPage(parameters: Parameters): PageInput {
  const limit = parameters.positiveInteger('limit') ?? DEFAULT_LIMIT;
  if (limit > MAX_LIMIT) {
    throw invalidRequest(
      `This value must be less than or equal to ${MAX_LIMIT} (it currently is '${limit}').`,
      {
        code: 'parameter_invalid_integer',
        param: 'limit',
      },
    );
  }
  const startingAfter = parameters.text('starting_after');
  const endingBefore = parameters.text('ending_before');
  if (startingAfter !== undefined && endingBefore !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: starting_after, ending_before.', {
      code: 'parameters_exclusive',
    });
  }
  return { limit, startingAfter, endingBefore, created: parameters.created() };
}

/** How a list endpoint presents its records, and its path. */
export interface ListView<R, T> {
  readonly noun: string;
  readonly url: string;
  readonly show: (record: R) => T;
  readonly wanted?: (object: T) => boolean;
}

/** One page out of all records of a kind. */
export function pageOf<R, T extends { readonly created: number }>(
  records: Readable<R>,
  { limit, startingAfter, endingBefore, created }: PageInput,
  { noun, url, show, wanted = () => true }: ListView<R, T>,
): ListPage<T> {
  for (const [param, id] of Object.entries({ starting_after: startingAfter, ending_before: endingBefore })) {
    if (id !== undefined && records.get(id) === undefined) throw resourceMissing(noun, id, param, 400);
  }
  const backwards = endingBefore !== undefined;
  const found: T[] = [];
  for (const record of backwards ? records.oldestFirst(endingBefore) : records.newestFirst(startingAfter)) {
    const object = show(record);
    const inTime =
      created === undefined || (object.created >= created.from && object.created <= created.until);
    if (inTime && wanted(object)) found.push(object);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return { object: 'list', url, has_more: found.length > limit, data: backwards ? data.reverse() : data };
}
