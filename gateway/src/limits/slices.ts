import { graphError } from '@souk/shared/graph/errors';
import type { FieldNode, GraphQLField } from 'graphql';
import { isListType, isNonNullType, Kind, valueFromASTUntyped } from 'graphql';
import type { FieldCost, ListSize } from './cost-directives.js';

/** The values of a field's arguments, by name; an argument that is neither sent nor has a default is absent. */
export type ArgumentValues = ReadonlyMap<string, unknown>;

// Slicing arguments and item fields of lists without @listSize (Relay's connections).
const usualArguments = ['first', 'last', 'limit'];
const usualFields = ['nodes', 'edges'];

/** Reads a field's arguments. A variable that is not sent and has no default leaves the argument at its default. */
export function argumentValues(
  node: FieldNode,
  definition: GraphQLField<unknown, unknown>,
  variables: Readonly<Record<string, unknown>>,
): ArgumentValues {
  const values = new Map<string, unknown>();
  for (const { name, defaultValue } of definition.args) {
    const sent = node.arguments?.find((argument) => argument.name.value === name);
    const isAbsent =
      !sent || (sent.value.kind === Kind.VARIABLE && variables[sent.value.name.value] === undefined);
    const value: unknown = isAbsent ? defaultValue : valueFromASTUntyped(sent.value, variables);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

/** Whether a field is a list. */
export function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/** How many items a list field has at most. */
export function listLength(
  costs: readonly FieldCost[],
  definition: GraphQLField<unknown, unknown>,
  values: ArgumentValues,
  assumedListSize: number,
): number {
  return Math.max(
    ...costs.map(({ listSize }) => {
      if (!listSize) return sliceBy(usualArguments, values) ?? assumedListSize;
      return lengthOf(listSize, definition, values, assumedListSize);
    }),
  );
}

/** How many items the lists below a field that is no list have at most, by their paths. */
export function lengthsBelow(
  costs: readonly FieldCost[],
  definition: GraphQLField<unknown, unknown>,
  values: ArgumentValues,
  assumedListSize: number,
): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  if (isList(definition)) return lengths;
  for (const { listSize } of costs) {
    const length = listSize
      ? lengthOf(listSize, definition, values, assumedListSize)
      : sliceBy(usualArguments, values);
    if (length === null) continue;
    for (const path of listSize ? listSize.sizedFields : usualFields) {
      lengths.set(path, Math.max(length, lengths.get(path) ?? 0));
    }
  }
  return lengths;
}

/** The lengths that hold one field further down. */
export function lengthsWithin(
  lengths: ReadonlyMap<string, number>,
  field: string,
): ReadonlyMap<string, number> {
  const prefix = `${field}.`;
  const within = new Map<string, number>();
  for (const [path, length] of lengths) {
    if (path.startsWith(prefix)) within.set(path.slice(prefix.length), length);
  }
  return within;
}

function lengthOf(
  listSize: ListSize,
  definition: GraphQLField<unknown, unknown>,
  values: ArgumentValues,
  assumedListSize: number,
): number {
  requireOne(listSize, definition, values);
  const slice = sliceBy(listSize.slicingArguments, values);
  if (slice !== null) return slice;
  if (listSize.assumedSize !== null) return listSize.assumedSize;
  // Null or a negative number: a subgraph may use the argument's default, or return any number of items.
  const byDefault = sliceBy(
    listSize.slicingArguments,
    new Map(definition.args.map(({ name, defaultValue }) => [name, defaultValue])),
  );
  return Math.max(byDefault ?? 0, assumedListSize);
}

/** The largest of some slicing arguments; null where none of them is a length. */
function sliceBy(paths: readonly string[], values: ArgumentValues): number | null {
  const slices = paths.flatMap((path) => {
    const value = valueAt(path, values);
    return typeof value === 'number' && value >= 0 ? [value] : [];
  });
  return slices.length > 0 ? Math.max(...slices) : null;
}

function valueAt(path: string, values: ArgumentValues): unknown {
  const [name = '', ...rest] = path.split('.');
  return rest.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    values.get(name),
  );
}

/** @throws GraphQLError if the schema requires exactly one slicing argument and there are none or several. */
function requireOne(
  { requiresOneSlicingArgument, slicingArguments }: ListSize,
  { name }: GraphQLField<unknown, unknown>,
  values: ArgumentValues,
): void {
  if (!requiresOneSlicingArgument || slicingArguments.length === 0) return;
  const given = slicingArguments.filter((path) => (valueAt(path, values) ?? null) !== null);
  if (given.length === 1) return;
  throw graphError(
    'BAD_USER_INPUT',
    `${name} needs exactly one of the arguments ${slicingArguments.join(', ')}; it has ${given.length}.`,
  );
}
