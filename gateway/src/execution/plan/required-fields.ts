import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import type {
  ConstDirectiveNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, parse, print, valueFromASTUntyped } from 'graphql';
import { fragmentsOf, usedFragments, withUsedVariables } from '../../types/operation.js';
import type { RequiredField, SeparatedSupergraph } from './required-arguments.js';
import { selectionOf, withRealFields } from './required-arguments.js';

/** The requirements of a supergraph's fields, by subgraph. */
interface RequiredFields {
  /** The names of the fields that `subgraph.Type.field` requires. */
  of(place: string): readonly string[];
  /** The keys of `subgraph.Type`: the names of the fields of each. */
  keysOf(place: string): readonly (readonly string[])[];
  /** Whether `subgraph.Type` is an interface object. */
  isInterfaceObject(place: string): boolean;
}

/**
 * Mends plans of Apollo's planner: what one field of a fetch requires is no condition for the others. A fetch is split
 * where its fields require different values of one name, and where it is of an interface object, some of whose types
 * may lack what others have.
 */
export function requirementsMended({ sdl, added }: SeparatedSupergraph): (plan: QueryPlan) => QueryPlan {
  const required = requiredFields(sdl);

  const mendFetch = (fetch: FetchNode): PlanNode => {
    const fetches = splitFetch(fetch, required, added).map((part) => {
      const renames = (part.requires ? addedPaths(part.requires, added) : []).map(({ path, name }) => ({
        kind: 'KeyRenamer' as const,
        path,
        renameKeyTo: name,
      }));
      const operation = withRealFields(part.operation, added);
      if (renames.length === 0) return { ...part, operation };
      return { ...part, operation, inputRewrites: [...renames, ...(part.inputRewrites ?? [])] };
    });
    const [only, ...more] = fetches;
    return only && more.length === 0 ? only : { kind: 'Parallel', nodes: fetches };
  };

  const mend = (node: PlanNode): PlanNode => {
    if (node.kind === 'Fetch') return mendFetch(node);
    if (node.kind === 'Sequence' || node.kind === 'Parallel') return { ...node, nodes: node.nodes.map(mend) };
    return node.kind === 'Flatten' ? { ...node, node: mend(node.node) } : node;
  };

  return (plan) => {
    const { node } = plan;
    if (!node) return plan;
    if (node.kind !== 'Subscription') return { ...plan, node: mend(node) };
    const primary = { ...node.primary, operation: withRealFields(node.primary.operation, added) };
    return { ...plan, node: { ...node, primary, ...(node.rest && { rest: mend(node.rest) }) } };
  };
}

/** The parts that a representation must have: the fields of one key, and the required fields. */
export interface CompleteRepresentation {
  keys: readonly (readonly string[])[];
  required: readonly string[];
}

/** A fetch that was split: its fragments may apply to objects that lack what others require. */
export interface FetchPart extends FetchNode {
  complete?: CompleteRepresentation;
}

/** Fields of a fetch that require the same. */
interface Group {
  complete: CompleteRepresentation;
  has: (type: string, field: string) => boolean;
}

function splitFetch(
  fetch: FetchNode,
  required: RequiredFields,
  added: ReadonlyMap<string, RequiredField>,
): FetchNode[] {
  const { requires, serviceName } = fetch;
  if (!requires) return [fetch];
  const { definitions } = parse(fetch.operation, { noLocation: true });
  const fragments = fragmentsOf(definitions);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const entities = operation?.selectionSet.selections[0];
  if (!operation || entities?.kind !== Kind.FIELD || !entities.selectionSet) return [fetch];

  const places = new Map<string, string>();
  const types = new Set<string>();
  eachField(entities.selectionSet, '', fragments, (type, field) => {
    types.add(type);
    if (field !== '__typename')
      places.set(`${type}.${field}`, required.of(`${serviceName}.${type}.${field}`).join(' '));
  });
  const texts = [...new Set(places.values())];
  const isSplit =
    texts.length > 1 &&
    (hasConflict(requires, added) ||
      [...types].some((type) => required.isInterfaceObject(`${serviceName}.${type}`)));
  if (!isSplit) return [fetch];

  const keys = [...types].flatMap((type) => required.keysOf(`${serviceName}.${type}`));
  const inKeys = new Set(keys.flat());
  const requiredOnly = new Set(
    texts.flatMap((text) => text.split(' ')).filter((name) => name !== '' && !inKeys.has(name)),
  );
  return texts.map((text) => {
    const group: Group = {
      complete: { keys, required: text === '' ? [] : text.split(' ') },
      has: (type, field) => field === '__typename' || places.get(`${type}.${field}`) === text,
    };
    return partOf(
      fetch,
      {
        operation,
        entities: entities.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] },
        fragments,
      },
      group,
      requiredOnly,
    );
  });
}

interface EntityOperation {
  operation: OperationDefinitionNode;
  entities: SelectionSetNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

function partOf(
  fetch: FetchNode,
  { operation, entities, fragments }: EntityOperation,
  group: Group,
  requiredOnly: ReadonlySet<string>,
): FetchPart {
  const root = operation.selectionSet.selections[0] as SelectionNode;
  const selectionSet = { ...entities, selections: only(entities, '', fragments, group) };
  const whole = {
    ...operation,
    selectionSet: { ...operation.selectionSet, selections: [{ ...root, selectionSet } as SelectionNode] },
  };
  const used = usedFragments(whole, fragments);
  const own = withUsedVariables(whole, used);
  const variables = new Set(own.variableDefinitions?.map(({ variable }) => variable.name.value));
  const isNeeded = (node: QueryPlanSelectionNode): boolean =>
    node.kind !== 'Field' || !requiredOnly.has(node.name) || group.complete.required.includes(node.name);
  const requires = (fetch.requires ?? []).map((node) =>
    node.kind === 'InlineFragment' ? { ...node, selections: node.selections.filter(isNeeded) } : node,
  );
  return {
    ...fetch,
    operation: print({ kind: Kind.DOCUMENT, definitions: [own, ...used.values()] }),
    ...(fetch.variableUsages && {
      variableUsages: fetch.variableUsages.filter((name) => variables.has(name)),
    }),
    requires: requires.filter(isNeeded),
    complete: group.complete,
  };
}

function only(
  set: SelectionSetNode,
  type: string,
  fragments: EntityOperation['fragments'],
  group: Group,
): SelectionNode[] {
  return set.selections.flatMap((node): SelectionNode[] => {
    if (node.kind === Kind.FIELD) return group.has(type, node.name.value) ? [node] : [];
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    if (!fragment) return [];
    const condition = fragment.typeCondition;
    const selections = only(fragment.selectionSet, condition?.name.value ?? type, fragments, group);
    const isEmpty = selections.every((each) => each.kind === Kind.FIELD && each.name.value === '__typename');
    if (isEmpty) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(condition && { typeCondition: condition }),
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
    ];
  });
}

function eachField(
  set: SelectionSetNode,
  type: string,
  fragments: EntityOperation['fragments'],
  visitField: (type: string, field: string) => void,
): void {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      if (type !== '') visitField(type, node.name.value);
      continue;
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    if (fragment)
      eachField(fragment.selectionSet, fragment.typeCondition?.name.value ?? type, fragments, visitField);
  }
}

/** Whether a representation would need two values of one name. */
function hasConflict(
  selections: readonly QueryPlanSelectionNode[],
  added: ReadonlyMap<string, RequiredField>,
): boolean {
  if (added.size === 0) return false;
  const names = new Map<string, string>();
  return selections.some((node) => {
    if (node.selections && hasConflict(node.selections, added)) return true;
    if (node.kind !== 'Field') return false;
    const real = added.get(node.name)?.name ?? node.name;
    const other = names.get(real);
    names.set(real, node.name);
    return other !== undefined && other !== node.name;
  });
}

function addedPaths(
  selections: readonly QueryPlanSelectionNode[],
  added: ReadonlyMap<string, RequiredField>,
): { path: string[]; name: string }[] {
  if (added.size === 0) return [];
  return selections.flatMap((node) => {
    const below = node.selections ? addedPaths(node.selections, added) : [];
    if (node.kind !== 'Field') return below;
    const field = added.get(node.name);
    return [
      ...below.map(({ path, name }) => ({ path: [node.name, ...path], name })),
      ...(field ? [{ path: [node.name], name: field.name }] : []),
    ];
  });
}

function requiredFields(sdl: string): RequiredFields {
  const subgraphs = new Map<string, string>();
  const requires = new Map<string, string[]>();
  const keys = new Map<string, string[][]>();
  const interfaceObjects = new Set<string>();
  const { definitions } = parse(sdl, { noLocation: true });
  for (const node of definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') continue;
    for (const value of node.values ?? []) {
      for (const { name } of argumentsOf(value.directives, 'join__graph'))
        subgraphs.set(value.name.value, String(name));
    }
  }
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const type = node.name.value;
    for (const { graph, key, isInterfaceObject } of argumentsOf(node.directives, 'join__type')) {
      const place = `${subgraphs.get(String(graph)) ?? ''}.${type}`;
      if (typeof key === 'string') keys.set(place, [...(keys.get(place) ?? []), namesIn(key)]);
      if (isInterfaceObject === true) interfaceObjects.add(place);
    }
    for (const field of node.fields ?? []) {
      for (const { graph, requires: text } of argumentsOf(field.directives, 'join__field')) {
        if (typeof text !== 'string') continue;
        requires.set(`${subgraphs.get(String(graph)) ?? ''}.${type}.${field.name.value}`, namesIn(text));
      }
    }
  }
  return {
    of: (place) => requires.get(place) ?? [],
    keysOf: (place) => keys.get(place) ?? [],
    isInterfaceObject: (place) => interfaceObjects.has(place),
  };
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] = [],
  name: string,
): Record<string, unknown>[] {
  return directives
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map((node) => [node.name.value, valueFromASTUntyped(node.value)]),
      ),
    );
}

/** The fields of an object that a selection reads; with fragments, of all of its types. */
function namesIn(text: string): string[] {
  const collect = (set: SelectionSetNode): string[] =>
    set.selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return [node.name.value];
      return node.kind === Kind.INLINE_FRAGMENT ? collect(node.selectionSet) : [];
    });
  const set = selectionOf(text);
  return set ? [...new Set(collect(set))].sort() : [];
}
