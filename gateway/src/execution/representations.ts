import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { getResponseName } from '@apollo/query-planner';
import type { Data } from './data.js';
import { getterOf, isData, merge } from './data.js';
import type { GraphSchema } from './schema.js';
import { stringText } from './text.js';

/** The representation of an entity as JSON, or null where the entity lacks what the subgraph needs. */
export type Represent = (entity: Data) => string | null;

/** An object's part that a selection asks for; null where something of it is missing. */
type Pick = (source: Data) => Data | null;

/** Compiles what a fetch requires of the entities that it resolves. */
export function compileRequires(schema: GraphSchema, requires: readonly QueryPlanSelectionNode[]): Represent {
  const pick = compilePick(schema, requires);
  const thorough: Represent = (entity) => {
    const picked = pick(entity);
    return picked?.['__typename'] ? JSON.stringify(picked) : null;
  };
  const byType = new Map<string, Represent>();
  return (entity) => {
    const typename = entity['__typename'];
    if (typeof typename !== 'string') return thorough(entity);
    let represent = byType.get(typename);
    if (!represent) {
      represent = compileFlat(schema, requires, typename) ?? thorough;
      byType.set(typename, represent);
    }
    return represent(entity);
  };
}

/** The common case: one type condition holds, and below it are plain fields. Written without an object in between. */
function compileFlat(
  schema: GraphSchema,
  requires: readonly QueryPlanSelectionNode[],
  typename: string,
): Represent | null {
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
  const fields: { prefix: string; get: (object: Data) => unknown }[] = [];
  for (const node of only.selections) {
    if (node.kind !== 'Field' || node.selections) return null;
    const name = getResponseName(node);
    if (names.has(name)) continue;
    names.add(name);
    fields.push({ prefix: `${fields.length === 0 ? '{' : ','}"${name}":`, get: getterOf(name) });
  }
  if (!names.has('__typename')) return null;
  return (entity) => {
    let text = '';
    for (const { prefix, get } of fields) {
      const value = get(entity);
      if (value === undefined) return null;
      text += prefix + (typeof value === 'string' ? stringText(value) : JSON.stringify(value));
    }
    return `${text}}`;
  };
}

function compilePick(schema: GraphSchema, selections: readonly QueryPlanSelectionNode[]): Pick {
  const steps = selections.map((node) => compileStep(schema, node));
  return (source) => {
    const picked: Data = {};
    return steps.every((step) => step(source, picked)) ? picked : null;
  };
}

function compileStep(
  schema: GraphSchema,
  node: QueryPlanSelectionNode,
): (source: Data, picked: Data) => boolean {
  if (node.kind === 'InlineFragment') {
    const condition = node.typeCondition;
    if (!condition) return () => true;
    const pick = compilePick(schema, node.selections);
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
  const pick = node.selections ? compilePick(schema, node.selections) : null;
  const valueOf = (value: unknown): unknown => {
    if (!pick) return value;
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
