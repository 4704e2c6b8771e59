import { graphError } from '@souk/shared/graph/errors';
import type { FieldNode, GraphQLOutputType, SelectionSetNode } from 'graphql';
import { GraphQLError, isListType, isNonNullType, Kind } from 'graphql';
import type { Refused, RefusedOperation } from './refusal.js';

/** Data by response keys, as JSON has it. */
export type Data = Record<string, unknown>;

const maxErrors = 100;

/** A step of a response path, from its end: paths are spelled out only where an error needs one. */
interface Step {
  key: string | number;
  parent: Step | null;
}

/** The fields at one response path that may hold refused ones. Equal paths have equal wrappers in a valid operation. */
interface Shape {
  fields: Map<string, { type: GraphQLOutputType; nodes: FieldNode[] }>;
  shapes: Map<string, Shape>;
}

/**
 * Puts null where placeholders stand, with an error for each, at most 100; a null that the schema does not allow
 * climbs, as in any other answer.
 */
export function answerRefused(
  refused: RefusedOperation,
  data: Data,
  isAnonymous: boolean,
): { data: Data | null; errors: GraphQLError[] } {
  const walker = new Walker(refused, isAnonymous);
  return {
    data: walker.object(data, walker.shapeOf([refused.operation.selectionSet]), null),
    errors: walker.errors,
  };
}

class Walker {
  readonly errors: GraphQLError[] = [];
  readonly #refused: RefusedOperation;
  readonly #isAnonymous: boolean;
  /** Whether something is refused below a selection set. */
  readonly #tainted = new Map<SelectionSetNode, boolean>();

  constructor(refused: RefusedOperation, isAnonymous: boolean) {
    this.#refused = refused;
    this.#isAnonymous = isAnonymous;
  }

  object(value: Data, shape: Shape, path: Step | null): Data | null {
    // Without a prototype: clients choose the keys.
    const completed = Object.create(null) as Data;
    let isNulled = false;
    for (const [key, item] of Object.entries(value)) {
      const refused = this.#refused.placeholders.get(key);
      if (refused) {
        isNulled ||= refused.isNonNull;
        completed[refused.responseKey] = null;
        this.#refuse(refused, path);
        continue;
      }
      // Another type condition may have been refused the same key before.
      if (completed[key] === null) continue;
      const field = shape.fields.get(key);
      if (!field) {
        completed[key] = item;
        continue;
      }
      const below = shape.shapes.get(key) ?? this.shapeOf(selectionsOf(field.nodes));
      shape.shapes.set(key, below);
      completed[key] = this.#value(item, field.type, below, { key, parent: path });
      isNulled ||= completed[key] === null && isNonNullType(field.type);
    }
    return isNulled ? null : completed;
  }

  shapeOf(sets: readonly SelectionSetNode[]): Shape {
    const fields: Shape['fields'] = new Map();
    const seen = new Set<string>();
    const collect = (set: SelectionSetNode): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const fragment = this.#refused.fragments.get(selection.name.value);
          if (!fragment || seen.has(selection.name.value)) continue;
          seen.add(selection.name.value);
          collect(fragment.selectionSet);
        } else {
          const type = this.#refused.types.get(selection);
          if (!type || !selection.selectionSet || !this.#isTainted(selection.selectionSet)) continue;
          const key = selection.alias?.value ?? selection.name.value;
          const field = fields.get(key);
          if (field) field.nodes.push(selection);
          else fields.set(key, { type, nodes: [selection] });
        }
      }
    };
    sets.forEach(collect);
    return { fields, shapes: new Map() };
  }

  #value(value: unknown, type: GraphQLOutputType, shape: Shape, path: Step): unknown {
    if (value === null || value === undefined) return null;
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (!isListType(nullable)) return this.object(value as Data, shape, path);
    const items = (value as unknown[]).map((item, key) =>
      this.#value(item, nullable.ofType, shape, { key, parent: path }),
    );
    return isNonNullType(nullable.ofType) && items.includes(null) ? null : items;
  }

  #refuse({ responseKey }: Refused, parent: Step | null): void {
    if (this.errors.length >= maxErrors) return;
    const path: (string | number)[] = [];
    for (let step: Step | null = { key: responseKey, parent }; step; step = step.parent)
      path.unshift(step.key);
    const { message, extensions } = this.#isAnonymous
      ? graphError('UNAUTHENTICATED', 'This needs an access token.')
      : graphError('FORBIDDEN', 'The access token lacks a scope that this needs.');
    this.errors.push(new GraphQLError(message, { path, extensions }));
  }

  #isTainted(set: SelectionSetNode): boolean {
    const known = this.#tainted.get(set);
    if (known !== undefined) return known;
    const isTainted = set.selections.some((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = this.#refused.fragments.get(selection.name.value);
        return fragment !== undefined && this.#isTainted(fragment.selectionSet);
      }
      if (selection.kind === Kind.FIELD && this.#refused.placeholders.has(selection.alias?.value ?? ''))
        return true;
      return selection.selectionSet !== undefined && this.#isTainted(selection.selectionSet);
    });
    this.#tainted.set(set, isTainted);
    return isTainted;
  }
}

function selectionsOf(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
}
