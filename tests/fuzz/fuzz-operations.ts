import * as fc from 'fast-check';
import type { GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { getNamedType, isAbstractType, isInterfaceType, isLeafType, isObjectType } from 'graphql';
import { argumentsOf } from './fuzz-inputs.js';
import type { FuzzArgument, FuzzField, FuzzOperation } from './fuzz-operation.js';
import { fuzzCallers } from './fuzz-operation.js';

/** A query or a mutation to fuzz. */
export interface FuzzTarget {
  /** `Mutation.checkout`. */
  coordinate: string;
  operations: fc.Arbitrary<FuzzOperation>;
}

/** Fields are selected in each operation anew, and their arguments take time to describe. */
const argumentsOfFields = new WeakMap<GraphQLField<unknown, unknown>, fc.Arbitrary<FuzzArgument[]>>();
/** Anonymous callers are refused most. */
const callers = fc.constantFrom(...fuzzCallers, ...fuzzCallers.slice(1), ...fuzzCallers.slice(1));
const maxDepth = 3;
const maxFields = 4;

/** All queries and mutations of a schema that are implemented. */
export function fuzzTargets(schema: GraphQLSchema, notImplemented: readonly string[]): FuzzTarget[] {
  const left = new Set(notImplemented);
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  return roots.flatMap(([root, type]) =>
    Object.values(type?.getFields() ?? {})
      .map((field) => ({ coordinate: `${type?.name ?? ''}.${field.name}`, field }))
      .filter(({ coordinate }) => !left.has(coordinate))
      .map(({ coordinate, field }) => ({
        coordinate,
        operations: fc
          .tuple(callers, fieldOf(schema, field, null, left, 1))
          .map(([caller, selected]): FuzzOperation => ({ caller, root, field: selected })),
      })),
  );
}

function fieldOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  on: string | null,
  left: ReadonlySet<string>,
  depth: number,
): fc.Arbitrary<FuzzField> {
  const selection = selectionOf(schema, getNamedType(field.type), left, depth);
  let args = argumentsOfFields.get(field);
  if (!args) argumentsOfFields.set(field, (args = argumentsOf(field)));
  return fc
    .tuple(args, selection)
    .map(([given, selected]) => ({ name: field.name, on, args: given, selection: selected }));
}

/** Some fields of a type. Refusals are always selected. */
function selectionOf(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  left: ReadonlySet<string>,
  depth: number,
): fc.Arbitrary<FuzzField[]> {
  if (isLeafType(type)) return fc.constant([]);
  const candidates = fieldsOf(schema, type, left).filter(
    ({ field }) => depth < maxDepth || isLeafType(getNamedType(field.type)),
  );
  const isPayload = isObjectType(type) && 'userErrors' in type.getFields();
  const others = candidates.filter(({ field }) => !isPayload || field.name !== 'userErrors');
  const typeName: FuzzField = { name: '__typename', on: null, args: [], selection: [] };
  return fc
    .shuffledSubarray(others, { minLength: 0, maxLength: Math.min(maxFields, others.length) })
    .chain((chosen) =>
      fc.tuple(...chosen.map(({ field, on }) => fieldOf(schema, field, on, left, depth + 1))),
    )
    .map((fields) => [...(isPayload ? [refusals] : [typeName]), ...fields]);
}

const refusals: FuzzField = {
  name: 'userErrors',
  on: null,
  args: [],
  selection: ['__typename', 'code', 'message', 'field'].map((name) => ({
    name,
    on: null,
    args: [],
    selection: [],
  })),
};

interface Candidate {
  field: GraphQLField<unknown, unknown>;
  on: string | null;
}

/** The fields of a type and of its implementers, without those that are not implemented. */
function fieldsOf(schema: GraphQLSchema, type: GraphQLNamedType, left: ReadonlySet<string>): Candidate[] {
  const own = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const parents = isObjectType(type) ? type.getInterfaces().map(({ name }) => name) : [];
  const places = [type.name, ...parents];
  const candidates = own
    .filter(({ name }) => !places.some((place) => left.has(`${place}.${name}`)))
    .map((field): Candidate => ({ field, on: null }));
  if (!isAbstractType(type)) return candidates;
  const known = new Set(own.map(({ name }) => name));
  const ofImplementers = schema.getPossibleTypes(type).flatMap((implementer) =>
    fieldsOf(schema, implementer, left)
      .filter(({ field }) => !known.has(field.name))
      .map((candidate): Candidate => ({ ...candidate, on: implementer.name })),
  );
  return [...candidates, ...ofImplementers];
}
