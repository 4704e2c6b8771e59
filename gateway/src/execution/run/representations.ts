import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { getResponseName } from '@apollo/query-planner';
import type { Data } from '../../types/data.js';
import { getterOf, isData, merge } from '../../types/data.js';
import { ExactNumber, parseExact, stringifyExact } from '../../types/exact-json.js';
import type { GraphSchema } from '../plan/graph-schema.js';
import type { CompleteRepresentation } from '../plan/required-fields.js';
import type { Rewrite } from './rewrites.js';
import { jsonString } from '../serialize/json-string.js';

/** The representation of an entity as JSON, or null where the entity lacks what the subgraph needs. */
type Represent = (entity: Data) => string | null;

/** The part of an object that a selection selects; null where something of it is missing. */
type Pick = (source: Data) => Data | null;

/** The representations of some objects. */
export interface Representations {
  /** Distinct, as JSON. */
  texts: string[];
  /** For each object the index of its representation, or -1. */
  owners: number[];
}

/** How entities of one type are represented. */
interface Shape {
  /** The single key field of the type; null if there are several. */
  key: ((entity: Data) => unknown) | null;
  represent: Represent;
}

/**
 * Compiles what a fetch requires of the entities that it resolves.
 * @param rewriteInput changes a representation before it is sent
 * @param complete objects that lack a part of it are left out
 */
export function compileRequires(
  schema: GraphSchema,
  requires: readonly QueryPlanSelectionNode[],
  rewriteInput: Rewrite | null,
  complete: CompleteRepresentation | null = null,
): (objects: readonly Data[]) => Representations {
  const pick = compilePick(schema, requires, null);
  const thorough: Shape = {
    key: null,
    represent: (entity) => {
      const picked = pick(entity);
      if (!picked?.['__typename'] || (complete && !isComplete(picked, complete))) return null;
      return stringifyExact(picked);
    },
  };
  const byType = new Map<string, Shape>();
  const shapeOf = (typename: unknown): Shape => {
    if (typeof typename !== 'string') return thorough;
    let shape = byType.get(typename);
    if (!shape) {
      shape = (complete ? null : compileFlat(schema, requires, typename)) ?? thorough;
      byType.set(typename, shape);
    }
    return shape;
  };

  return (objects) => {
    const texts: string[] = [];
    const owners: number[] = [];
    const byText = new Map<string, number>();
    const byKey = new Map<Shape, Map<string, number>>();
    // Compared before rewriting: two implementers of an interface object keep their own type names.
    const indexOf = (text: string): number => {
      const known = byText.get(text);
      if (known !== undefined) return known;
      byText.set(text, texts.length);
      return texts.push(rewriteInput ? rewritten(text, rewriteInput) : text) - 1;
    };
    let typename: unknown;
    let shape = thorough;
    let keys = new Map<string, number>();
    for (const object of objects) {
      if (object['__typename'] !== typename) {
        typename = object['__typename'];
        shape = shapeOf(typename);
        keys = byKey.get(shape) ?? new Map<string, number>();
        byKey.set(shape, keys);
      }
      const key = shape.key?.(object);
      const known = typeof key === 'string' ? keys.get(key) : undefined;
      if (known !== undefined) {
        owners.push(known);
        continue;
      }
      const text = shape.represent(object);
      const index = text === null ? -1 : indexOf(text);
      if (typeof key === 'string') keys.set(key, index);
      owners.push(index);
    }
    return { texts, owners };
  };
}

function isComplete(picked: Data, { keys, required }: CompleteRepresentation): boolean {
  const has = (name: string): boolean => picked[name] !== undefined;
  return required.every(has) && (keys.length === 0 || keys.some((key) => key.every(has)));
}

function rewritten(text: string, rewrite: Rewrite): string {
  const representation = parseExact(text);
  rewrite(representation);
  return stringifyExact(representation);
}

/** The common case: one type condition holds, and below it are plain fields. Written without an object in between. */
function compileFlat(
  schema: GraphSchema,
  requires: readonly QueryPlanSelectionNode[],
  typename: string,
): Shape | null {
  const holding = requires.filter(
    (node) =>
      node.kind === 'InlineFragment' && node.typeCondition && schema.isOf(typename, node.typeCondition),
  );
  const [only] = holding;
  if (
    requires.some((node) => node.kind === 'Field') ||
    holding.length !== 1 ||
    only?.kind !== 'InlineFragment'
  ) {
    return null;
  }
  const names = new Set<string>();
  const fields: { prefix: string; get: (object: Data) => unknown; isId: boolean }[] = [];
  for (const node of only.selections) {
    if (node.kind !== 'Field' || node.selections) return null;
    const name = getResponseName(node);
    if (names.has(name)) continue;
    names.add(name);
    const prefix = `${fields.length === 0 ? '{' : ','}"${name}":`;
    fields.push({ prefix, get: getterOf(name), isId: schema.typeOfField(typename, node.name) === 'ID' });
  }
  if (!names.has('__typename')) return null;
  const [key, ...more] = [...names].filter((name) => name !== '__typename');
  return {
    key: key !== undefined && more.length === 0 ? getterOf(key) : null,
    represent: (entity) => {
      let text = '';
      for (const { prefix, get, isId } of fields) {
        const value = get(entity);
        if (value === undefined) return null;
        text +=
          prefix +
          (typeof value === 'string' ? jsonString(value) : stringifyExact(isId ? idOf(value) : value));
      }
      return `${text}}`;
    },
  };
}

/** An ID as it is written: a subgraph may send it as a number, and another compares it with a text. */
function idOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(idOf);
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  return value instanceof ExactNumber && value.isInteger ? value.text : value;
}

/** @param parent the name of the type that the selections are of; null where it is not known */
function compilePick(
  schema: GraphSchema,
  selections: readonly QueryPlanSelectionNode[],
  parent: string | null,
): Pick {
  const steps = selections.map((node) => compileStep(schema, node, parent));
  return (source) => {
    const picked: Data = {};
    return steps.every((step) => step(source, picked)) ? picked : null;
  };
}

function compileStep(
  schema: GraphSchema,
  node: QueryPlanSelectionNode,
  parent: string | null,
): (source: Data, picked: Data) => boolean {
  if (node.kind === 'InlineFragment') {
    const condition = node.typeCondition;
    if (!condition) return () => true;
    const pick = compilePick(schema, node.selections, condition);
    return (source, picked) => {
      const typename = source['__typename'];
      if (typeof typename !== 'string' || !schema.isOf(typename, condition)) return true;
      const below = pick(source);
      if (below) merge(picked, below);
      return true;
    };
  }
  const name = getResponseName(node);
  const get = getterOf(name);
  const type = parent === null ? null : schema.typeOfField(parent, node.name);
  const pick = node.selections ? compilePick(schema, node.selections, type) : null;
  const valueOf = (value: unknown): unknown => {
    if (!pick) return type === 'ID' ? idOf(value) : value;
    if (Array.isArray(value)) return value.map(valueOf);
    return isData(value) ? pick(value) : null;
  };
  return (source, picked) => {
    const value = get(source);
    if (value === undefined) return false;
    picked[name] = valueOf(value);
    return true;
  };
}
