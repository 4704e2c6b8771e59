import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLNamedType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql';
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import type { CostDirectives, FieldCost } from './cost-directives.js';
import { readCostDirectives } from './cost-directives.js';
import { argumentCost } from './input-cost.js';
import type { KnownOperation } from '../types/operation.js';
import type { ArgumentValues } from './slices.js';
import { argumentValues, isList, lengthsBelow, lengthsWithin, listLength } from './slices.js';

/** Computes the costs of operations. */
export interface CostModel {
  /**
   * An upper bound of the cost, from the operation's arguments before it is executed.
   * @throws GraphQLError BAD_USER_INPUT where a list needs exactly one slicing argument.
   */
  estimate(known: KnownOperation, variables: Readonly<Record<string, unknown>>): number;
  /** The cost of the data that the operation gave; never above the estimate. */
  actual(known: KnownOperation, variables: Readonly<Record<string, unknown>>, data: unknown): number;
}

/** Fields that an estimate visits at most: fragments within fragments multiply. */
const maxVisits = 50_000;

/**
 * Costs after the Cost Directive Specification: an object, and an input object, costs 1 and a leaf nothing, unless
 * @cost says otherwise; a list costs as many items as @listSize says. Lists of a foreign supergraph without @listSize
 * are sized by `first`, `last` or `limit`, else they have `assumedListSize` items; Souk's own schema has no such list.
 * https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function costModel(
  schema: GraphQLSchema,
  supergraph: DocumentNode,
  assumedListSize: number,
): CostModel {
  const costs: Costs = { schema, directives: readCostDirectives(supergraph), assumedListSize };
  return {
    estimate: (known, variables) => {
      const root = schema.getRootType(known.operation.operation);
      return root ? new Estimate(costs, known, variables).of(known.operation.selectionSet, root) : 0;
    },
    actual: (known, variables, data) => {
      const root = schema.getRootType(known.operation.operation);
      if (!root || data === null || data === undefined) return 0;
      return new Actual(costs, known, variables).of(
        [{ set: known.operation.selectionSet, type: root }],
        data,
      );
    },
  };
}

interface Costs {
  schema: GraphQLSchema;
  directives: CostDirectives;
  assumedListSize: number;
}

/** The common part of estimates and actual costs: an operation with its variables. */
class OperationCosts {
  protected readonly costs: Costs;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: Readonly<Record<string, unknown>>;

  constructor(
    costs: Costs,
    { operation, document }: KnownOperation,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.costs = costs;
    this.#fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    );
    this.#variables = Object.fromEntries(
      (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) => {
        const name = variable.name.value;
        const sent = Object.hasOwn(variables, name) ? variables[name] : undefined;
        const value: unknown = sent === undefined ? defaultValue && valueFromASTUntyped(defaultValue) : sent;
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  }

  /** The direct fields of a selection set, and its fragments by type condition. */
  protected parts(set: SelectionSetNode, type: GraphQLNamedType): { fields: FieldNode[]; within: Part[] } {
    const fields: FieldNode[] = [];
    const within: Part[] = [];
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        fields.push(node);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
      if (!fragment) continue;
      const condition =
        fragment.typeCondition && this.costs.schema.getType(fragment.typeCondition.name.value);
      within.push({ set: fragment.selectionSet, type: condition ?? type });
    }
    return { fields, within };
  }

  protected field(node: FieldNode, parent: GraphQLNamedType): CostedField | null {
    const name = node.name.value;
    const definition = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (!definition) return null;
    const { directives } = this.costs;
    const stated = directives.fieldCosts(parent.name, name);
    const values = argumentValues(node, definition, this.#variables);
    const type = getNamedType(definition.type);
    const byType = directives.weightOf(type.name) ?? (isCompositeType(type) ? 1 : 0);
    const weights = stated.map(({ weight }) => weight ?? byType);
    return {
      node,
      definition,
      stated,
      values,
      type,
      weights,
      own: argumentCost(directives, definition, stated, values),
    };
  }
}

/** A selection set on a type. */
interface Part {
  set: SelectionSetNode;
  type: GraphQLNamedType;
}

interface CostedField {
  node: FieldNode;
  definition: GraphQLField<unknown, unknown>;
  stated: readonly FieldCost[];
  values: ArgumentValues;
  type: GraphQLNamedType;
  /** The weight of one item, for each possible type of the field. */
  weights: readonly number[];
  /** The cost of the arguments. */
  own: number;
}

const noLengths: ReadonlyMap<string, number> = new Map();

class Estimate extends OperationCosts {
  #visits = 0;
  /** Fragments are spread in many places: what they cost in each of them, and how many fields that visits. */
  readonly #known = new Map<SelectionSetNode, Map<GraphQLNamedType, { cost: number; visits: number }>>();

  /** Adds up the fragments on all types: an upper bound. */
  of(
    set: SelectionSetNode,
    type: GraphQLNamedType,
    lengths: ReadonlyMap<string, number> = noLengths,
  ): number {
    if (lengths.size > 0) return this.#add(set, type, lengths);
    const found = this.#known.get(set)?.get(type);
    if (found) {
      this.#visits += found.visits;
      return this.#visits > maxVisits ? Infinity : found.cost;
    }
    const before = this.#visits;
    const cost = this.#add(set, type, lengths);
    const byType = this.#known.get(set) ?? new Map<GraphQLNamedType, { cost: number; visits: number }>();
    this.#known.set(set, byType.set(type, { cost, visits: this.#visits - before }));
    return cost;
  }

  #add(set: SelectionSetNode, type: GraphQLNamedType, lengths: ReadonlyMap<string, number>): number {
    const { fields, within } = this.parts(set, type);
    let cost = 0;
    for (const node of fields) cost += this.#field(node, type, lengths);
    for (const part of within) {
      if (cost === Infinity) break;
      cost += this.of(part.set, part.type, lengths);
    }
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLNamedType, lengths: ReadonlyMap<string, number>): number {
    this.#visits += 1;
    if (this.#visits > maxVisits) return Infinity;
    const field = this.field(node, parent);
    if (!field) return 0;
    const { definition, stated, values } = field;
    const { assumedListSize } = this.costs;
    const name = node.name.value;
    const size = isList(definition)
      ? (lengths.get(name) ?? listLength(stated, definition, values, assumedListSize))
      : 1;
    const within = lengthsWithin(lengths, name);
    const stating = lengthsBelow(stated, definition, values, assumedListSize);
    const below = within.size > 0 ? new Map([...within, ...stating]) : stating;
    const each =
      Math.max(...field.weights) + (node.selectionSet ? this.of(node.selectionSet, field.type, below) : 0);
    return field.own + (each === 0 ? 0 : size * each);
  }
}

/** Selections of one name in a response are one value, which counts once. */
class Actual extends OperationCosts {
  of(parts: readonly Part[], value: unknown): number {
    const data = value as Readonly<Record<string, unknown>>;
    let cost = 0;
    for (const [key, fields] of this.#collect(parts, data)) {
      if (!(key in data)) continue;
      // The type behind an abstract one is often not in the data: the least of what may be.
      const weight = Math.min(...fields.flatMap(({ weights }) => weights));
      cost += Math.min(...fields.map(({ own }) => own));
      const below = fields.flatMap(({ node: { selectionSet: set }, type }) => (set ? [{ set, type }] : []));
      for (const item of itemsOf(data[key])) {
        cost += weight + (typeof item === 'object' && below.length > 0 ? this.of(below, item) : 0);
      }
    }
    return cost;
  }

  /**
   * The fields by their names in the response. A fragment on another type than the value's, where that is known, gives
   * none.
   */
  #collect(parts: readonly Part[], data: Readonly<Record<string, unknown>>): Map<string, CostedField[]> {
    const found = new Map<string, CostedField[]>();
    const pending = [...parts];
    for (let part = pending.shift(); part; part = pending.shift()) {
      if (!this.#mayBe(data['__typename'], part.type)) continue;
      const { fields, within } = this.parts(part.set, part.type);
      pending.push(...within);
      for (const node of fields) {
        const field = this.field(node, part.type);
        const key = node.alias?.value ?? node.name.value;
        if (field) found.set(key, [...(found.get(key) ?? []), field]);
      }
    }
    return found;
  }

  #mayBe(typename: unknown, type: GraphQLNamedType): boolean {
    const actual = typeof typename === 'string' ? this.costs.schema.getType(typename) : undefined;
    if (!isObjectType(actual)) return true;
    return actual === type || (isAbstractType(type) && this.costs.schema.isSubType(type, actual));
  }
}

function itemsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(itemsOf);
  return value === null || value === undefined ? [] : [value];
}
