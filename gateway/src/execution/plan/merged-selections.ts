import type {
  ArgumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLCompositeType,
  GraphQLSchema,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import {
  doTypesOverlap,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  print,
} from 'graphql';
import { applies } from '../serialize/selection.js';

/** Selections without fragments to spread, each field once: equal selections, however they were written, are equal. */
export interface MergedSelections {
  readonly selections: readonly SelectionNode[];
  /** Number of fields, with those below them. */
  readonly size: number;
  /** Equal for equal selections on one type, in one order. */
  readonly id: number;
}

/** A field of a scope, with the selection sets of all nodes of its key. */
interface MergedField {
  node: FieldNode;
  sets: SelectionSetNode[];
}

interface Scope {
  fields: Map<string, MergedField>;
  /** Sets below type conditions that hold for some objects of the scope only. */
  conditions: Map<string, SelectionSetNode[]>;
}

interface BuiltField {
  node: FieldNode;
  size: number;
  id: number;
}

interface OuterScope {
  type: GraphQLCompositeType;
  scope: Scope;
  fields: ReadonlyMap<string, BuiltField>;
}

/** The selections of one operation lead to more sets than anybody needs. */
export class TooManySelections extends Error {}

/** Parts of an operation that are merged at most. */
const maxParts = 20_000;

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** The selections as a set. An object of which nothing is selected is still to be found. */
export function selectionSetOf({ selections }: Pick<MergedSelections, 'selections'>): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: selections.length > 0 ? selections : [typename] };
}

/**
 * Merges selections as CollectFields of the specification does, before an operation is planned: the planner's work grows
 * with each way in which fragments lead to a field, and clients can write many ways in few characters. Each part is merged
 * once, however often it is spread.
 * https://spec.graphql.org/October2021/#CollectFields()
 */
export class SelectionMerger {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #merged = new Map<string, MergedSelections>();
  readonly #setIds = new Map<SelectionSetNode, number>();
  readonly #ids = new Map<string, number>();

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  /**
   * Merges selection sets on a type. The document is valid, and without conditions. Introspection is left out: the
   * gateway answers it itself.
   * @throws TooManySelections
   */
  merge(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): MergedSelections {
    const key = `${type.name} ${this.#keyOf(sets)}`;
    const known = this.#merged.get(key);
    if (known) return known;
    if (this.#merged.size >= maxParts) throw new TooManySelections();
    const merged = this.#assemble(type, this.#collect(type, sets), null);
    this.#merged.set(key, merged);
    return merged;
  }

  /** @param outer the scope around a type condition: what it has is not repeated for some of its objects */
  #assemble(type: GraphQLCompositeType, scope: Scope, outer: OuterScope | null): MergedSelections {
    const fields = new Map<string, BuiltField>();
    for (const [key, field] of scope.fields)
      if (!outer || !this.#isCovered(type, key, field, outer)) fields.set(key, this.#field(type, field));
    const conditions = [...scope.conditions].flatMap(([name, below]) => {
      const narrower = this.#compositeType(name);
      const within = this.#collect(narrower, below);
      const merged = this.#assemble(narrower, within, { type, scope, fields });
      return merged.selections.length > 0 ? [{ name, merged }] : [];
    });
    const parts = [
      ...[...fields.values()].map(({ id }) => String(id)),
      ...conditions.map(({ name, merged }) => `${name} ${merged.id}`),
    ];
    const size =
      [...fields.values()].reduce((sum, field) => sum + field.size, 0) +
      conditions.reduce((sum, { merged }) => sum + merged.size, 0);
    return {
      selections: [
        ...[...fields.values()].map(({ node }) => node),
        ...conditions.map(({ name, merged }): SelectionNode => ({
          kind: Kind.INLINE_FRAGMENT,
          typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
          selectionSet: selectionSetOf(merged),
        })),
      ],
      size,
      id: this.#idOf(`set ${parts.join(',')}`),
    };
  }

  /** Whether the scope around a type condition has the field with all that is below it. */
  #isCovered(type: GraphQLCompositeType, key: string, field: MergedField, outer: OuterScope): boolean {
    const same = outer.scope.fields.get(key);
    if (!same || this.#typeBelow(outer.type, same.node) !== this.#typeBelow(type, field.node)) return false;
    if (field.sets.length === 0) return true;
    const both = this.#field(outer.type, { node: same.node, sets: [...same.sets, ...field.sets] });
    return both.id === outer.fields.get(key)?.id;
  }

  /** The fields of a scope, and what is below type conditions that not all of its objects meet. */
  #collect(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Scope {
    const scope: Scope = { fields: new Map(), conditions: new Map() };
    const seen = new Set<SelectionSetNode>();
    const collect = (set: SelectionSetNode): void => {
      if (seen.has(set)) return;
      seen.add(set);
      for (const node of set.selections) {
        if (node.kind === Kind.FIELD) {
          if (isIntrospection(node)) continue;
          const key = node.alias?.value ?? node.name.value;
          const field = scope.fields.get(key) ?? { node, sets: [] };
          scope.fields.set(key, field);
          if (node.selectionSet) field.sets.push(node.selectionSet);
          continue;
        }
        const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value);
        if (!fragment) continue;
        const condition = fragment.typeCondition?.name.value ?? type.name;
        if (applies(this.#schema, condition, type)) collect(fragment.selectionSet);
        else if (doTypesOverlap(this.#schema, this.#compositeType(condition), type))
          scope.conditions.set(condition, [
            ...(scope.conditions.get(condition) ?? []),
            fragment.selectionSet,
          ]);
      }
    };
    sets.forEach(collect);
    return scope;
  }

  #field(type: GraphQLCompositeType, { node, sets }: MergedField): BuiltField {
    const below = this.#typeBelow(type, node);
    const head = `${node.alias?.value ?? ''}:${node.name.value}(${argumentsText(node.arguments)})`;
    if (sets.length === 0 || !below) return { node, size: 1, id: this.#idOf(`field ${head}`) };
    const merged = this.merge(below, sets);
    return {
      node: { ...node, selectionSet: selectionSetOf(merged) },
      size: 1 + merged.size,
      id: this.#idOf(`field ${head} ${below.name} ${merged.id}`),
    };
  }

  #typeBelow(type: GraphQLCompositeType, node: FieldNode): GraphQLCompositeType | null {
    if (!isObjectType(type) && !isInterfaceType(type)) return null;
    const below = getNamedType(type.getFields()[node.name.value]?.type);
    return isCompositeType(below) ? below : null;
  }

  #compositeType(name: string): GraphQLCompositeType {
    const type = this.#schema.getType(name);
    if (!isCompositeType(type)) throw new Error(`${name} has no fields.`);
    return type;
  }

  #keyOf(sets: readonly SelectionSetNode[]): string {
    const ids = sets.map((set) => {
      const id = this.#setIds.get(set) ?? this.#setIds.size;
      this.#setIds.set(set, id);
      return id;
    });
    return [...new Set(ids)].join(',');
  }

  #idOf(text: string): number {
    const id = this.#ids.get(text) ?? this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }
}

function isIntrospection({ name: { value } }: FieldNode): boolean {
  return value === '__schema' || value === '__type';
}

function argumentsText(given: readonly ArgumentNode[] = []): string {
  return given.map(print).sort().join(',');
}
