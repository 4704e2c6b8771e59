import type { GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema, SelectionSetNode } from 'graphql';
import { defaultFieldResolver, isLeafType, isNonNullType, isObjectType, Kind } from 'graphql';
import type { RequestContext } from './context.js';
import type { RequestWork } from './request-work.js';

type Resolver = GraphQLFieldResolver<unknown, RequestContext, Record<string, unknown>>;

/** Selected fields that one counted object may have; an object of more counts for several. */
const fieldsPerObject = 20;
/** An error holds a stack and a path, so it counts for several objects. */
const objectsPerError = 10;
/** Arguments that limit the number of entries of a page. */
const sliceArguments = ['first', 'last', 'limit'] as const;
const maxPage = 100;

/**
 * Makes the resolvers of a schema respect the work of their request: none begins after its end, and the objects that
 * they return are counted, a list by its length. A running resolver counts for the number of entries that it requests;
 * otherwise thousands that wait for one statement would only be counted when all rows are there. Properties with single
 * values are not wrapped: they cost little, and their number follows from objects and selected fields.
 */
export function boundResolvers(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const isSingleValue = isLeafType(isNonNullType(field.type) ? field.type.ofType : field.type);
      if (isSingleValue && !field.resolve) continue;
      field.resolve = bounded(field.resolve ?? defaultFieldResolver, isSingleValue);
    }
  }
}

function bounded(resolve: Resolver, isSingleValue: boolean): Resolver {
  const take = (work: RequestWork, value: unknown, weight: number, expected: number): unknown => {
    if (!isSingleValue) work.count(weight * lengthOf(value) - expected);
    return work.hasEnded ? suspended() : value;
  };
  const fail = (work: RequestWork, error: unknown, expected: number): Promise<never> => {
    work.count(objectsPerError - expected);
    if (work.hasEnded) return suspended();
    throw error;
  };
  return (source, arguments_, context, info) => {
    const { work } = context;
    const weight = isSingleValue ? 0 : weightOf(info);
    const expected = isSingleValue ? 0 : weight * sliceOf(arguments_);
    work.count(expected);
    if (work.hasEnded) return suspended();
    try {
      const value = resolve(source, arguments_, context, info);
      return isPromise(value)
        ? value.then(
            (settled) => take(work, settled, weight, expected),
            (error: unknown) => fail(work, error, expected),
          )
        : take(work, value, weight, expected);
    } catch (error) {
      return fail(work, error, expected);
    }
  };
}

function lengthOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  return Array.isArray(value) ? value.length : 1;
}

/** The number of entries that a field requests; 1 where its arguments do not limit it. */
function sliceOf(arguments_: Record<string, unknown>): number {
  const { representations } = arguments_;
  if (Array.isArray(representations)) return representations.length;
  for (const name of sliceArguments) {
    const size = arguments_[name];
    if (typeof size === 'number') return Math.min(Math.max(size, 1), maxPage);
  }
  return 1;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/**
 * The pending promise of a field after the work has ended. The answer is sent by then; creating and locating an error
 * for each of thousands of fields would be wasted. It is collected with everything that waits for it.
 */
function suspended(): Promise<never> {
  return new Promise(() => undefined);
}

/** The number of objects that one object of a field counts for. */
function weightOf({ fieldNodes, fragments }: GraphQLResolveInfo): number {
  let fields = 0;
  for (const { selectionSet } of fieldNodes) if (selectionSet) fields += fieldsOf(selectionSet, fragments);
  return fields <= fieldsPerObject ? 1 : Math.ceil(fields / fieldsPerObject);
}

/** Caches the selections of cached documents. */
const knownFields = new WeakMap<SelectionSetNode, number>();

/** How many fields are selected of one object, those of its fragments included. Fragments of a valid document have an end. */
function fieldsOf(set: SelectionSetNode, fragments: GraphQLResolveInfo['fragments']): number {
  const known = knownFields.get(set);
  if (known !== undefined) return known;
  let fields = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      fields += 1;
      continue;
    }
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragments[selection.name.value]?.selectionSet;
    if (inner) fields += fieldsOf(inner, fragments);
  }
  knownFields.set(set, fields);
  return fields;
}
