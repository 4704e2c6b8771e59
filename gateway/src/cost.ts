import type {
  ConstDirectiveNode,
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import type { GraphQLNamedType, GraphQLOutputType } from 'graphql';
import type { KnownOperation } from './execution/operation.js';

/** Knows what operations cost. */
export interface CostModel {
  /** Before it runs, from its arguments. */
  estimate(known: KnownOperation, variables: Readonly<Record<string, unknown>>): number;
  /** From the data that it gave. */
  actual(known: KnownOperation, variables: Readonly<Record<string, unknown>>, data: unknown): number;
}

interface ListSize {
  assumedSize: number | null;
  slicingArguments: readonly string[];
  sizedFields: readonly string[];
}

interface FieldCost {
  weight: number | null;
  argumentWeights: ReadonlyMap<string, number>;
  listSize: ListSize | null;
}

// What lists are sliced by, and what holds their items, where the schema says nothing (Relay's connections).
const usualArguments = ['first', 'last', 'limit'];
const usualFields = ['nodes', 'edges'];
const maxVisits = 50_000;

/**
 * Costs after the Cost Directive Specification: an object costs 1 and a leaf nothing, unless @cost says otherwise; a
 * list costs as many items as @listSize or the usual arguments tell, else `assumedListSize`.
 * https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function costModel(
  schema: GraphQLSchema,
  supergraph: DocumentNode,
  assumedListSize: number,
): CostModel {
  const { types, fields } = readCosts(supergraph);

  const walk = (
    { operation, document }: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
    data: unknown,
  ): number => {
    let visits = 0;
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const node of document.definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    }
    const given: Record<string, unknown> = {};
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      const sent = Object.hasOwn(variables, variable.name.value) ? variables[variable.name.value] : undefined;
      given[variable.name.value] = sent ?? (defaultValue && valueFromASTUntyped(defaultValue));
    }

    /** `sizes` tells how long lists right below are. `value` is undefined for estimates. */
    const setCost = (
      set: SelectionSetNode,
      type: GraphQLNamedType,
      sizes: ReadonlyMap<string, number>,
      value: unknown,
    ): number => {
      let cost = 0;
      for (const node of set.selections) {
        if (node.kind === Kind.FIELD) cost += fieldCost(node, type, sizes, value);
        else {
          const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
          const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
          if (fragment) cost += setCost(fragment.selectionSet, condition ?? type, sizes, value);
        }
        if (cost === Infinity) return cost;
      }
      return cost;
    };

    const fieldCost = (
      node: FieldNode,
      parent: GraphQLNamedType,
      sizes: ReadonlyMap<string, number>,
      value: unknown,
    ): number => {
      visits += 1;
      // Fragments within fragments multiply: what takes so long to count costs too much.
      if (visits > maxVisits && value === undefined) return Infinity;
      const name = node.name.value;
      const definition =
        isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
      if (!definition) return 0;
      const stated = fields.get(`${parent.name}.${name}`);
      const args = Object.fromEntries(
        definition.args.map((argument) => {
          const sent = node.arguments?.find((other) => other.name.value === argument.name);
          return [argument.name, sent ? valueFromASTUntyped(sent.value, given) : argument.defaultValue];
        }),
      );
      let own = 0;
      for (const [argument, weight] of stated?.argumentWeights ?? []) {
        if (args[argument] !== undefined) own += weight;
      }
      const named = getNamedType(definition.type);
      const weight = stated?.weight ?? types.get(named.name) ?? (isCompositeType(named) ? 1 : 0);
      const slice = sliceOf(args, stated?.listSize ?? null);
      const below = sizesBelow(stated?.listSize ?? null, definition.type, slice);

      if (value !== undefined) {
        const items = itemsOf((value as Record<string, unknown>)[node.alias?.value ?? name]);
        let cost = own;
        for (const item of items) {
          cost += weight + (node.selectionSet ? setCost(node.selectionSet, named, below, item) : 0);
        }
        return cost;
      }
      const isList = isListType(isNonNullType(definition.type) ? definition.type.ofType : definition.type);
      const size = isList
        ? (sizes.get(name) ?? slice ?? stated?.listSize?.assumedSize ?? assumedListSize)
        : 1;
      const each = weight + (node.selectionSet ? setCost(node.selectionSet, named, below, undefined) : 0);
      return own + size * each;
    };

    const root = schema.getRootType(operation.operation);
    return root ? setCost(operation.selectionSet, root, new Map(), data) : 0;
  };

  return {
    estimate: (known, variables) => walk(known, variables, undefined),
    actual: (known, variables, data) => (data === null ? 0 : walk(known, variables, data)),
  };
}

function sliceOf(args: Readonly<Record<string, unknown>>, listSize: ListSize | null): number | null {
  const names = listSize?.slicingArguments.length ? listSize.slicingArguments : usualArguments;
  const slices = names.flatMap((name) => {
    const value = args[name];
    return typeof value === 'number' && value >= 0 ? [value] : [];
  });
  return slices.length > 0 ? Math.max(...slices) : null;
}

function sizesBelow(
  listSize: ListSize | null,
  type: GraphQLOutputType,
  slice: number | null,
): ReadonlyMap<string, number> {
  const size = slice ?? listSize?.assumedSize ?? null;
  if (size === null || isListType(isNonNullType(type) ? type.ofType : type)) return new Map();
  const names = listSize?.sizedFields.length ? listSize.sizedFields : usualFields;
  return new Map(names.map((name) => [name, size]));
}

function itemsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(itemsOf);
  if (value === null || value === undefined) return [];
  return [typeof value === 'object' ? (value as Record<string, unknown>) : {}];
}

function readCosts(document: DocumentNode): {
  types: ReadonlyMap<string, number>;
  fields: ReadonlyMap<string, FieldCost>;
} {
  const types = new Map<string, number>();
  const fields = new Map<string, FieldCost>();
  for (const node of document.definitions) {
    if (!('directives' in node) || !('name' in node)) continue;
    const name = node.name.value;
    const weight = weightOf((node.directives ?? []) as readonly ConstDirectiveNode[]);
    if (weight !== null) types.set(name, weight);
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of node.fields ?? []) {
      fields.set(`${name}.${field.name.value}`, {
        weight: weightOf(field.directives ?? []),
        listSize: listSizeOf(field.directives ?? []),
        argumentWeights: new Map(
          (field.arguments ?? []).flatMap((argument) => {
            const own = weightOf(argument.directives ?? []);
            return own === null ? [] : [[argument.name.value, own]];
          }),
        ),
      });
    }
  }
  return { types, fields };
}

function weightOf(directives: readonly ConstDirectiveNode[]): number | null {
  const weight = argumentsOf(directives, 'cost')?.['weight'];
  return weight === undefined ? null : Number(weight);
}

function listSizeOf(directives: readonly ConstDirectiveNode[]): ListSize | null {
  const args = argumentsOf(directives, 'listSize');
  if (!args) return null;
  return {
    assumedSize: typeof args['assumedSize'] === 'number' ? args['assumedSize'] : null,
    slicingArguments: (args['slicingArguments'] ?? []) as string[],
    sizedFields: (args['sizedFields'] ?? []) as string[],
  };
}

/** Composition may prefix the name of a directive with that of its specification. */
function argumentsOf(
  directives: readonly ConstDirectiveNode[],
  name: string,
): Record<string, unknown> | null {
  const directive = directives.find(
    (node) => node.name.value === name || node.name.value === `cost__${name}`,
  );
  if (!directive) return null;
  return Object.fromEntries(
    (directive.arguments ?? []).map((node) => [node.name.value, valueFromASTUntyped(node.value)]),
  );
}
