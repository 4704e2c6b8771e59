import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import {
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  typeFromAST,
  visit,
} from 'graphql';
import type { AccessRules, Grant } from './access.js';

/** A field that the caller may not see, at its place in the operation. */
export interface Refused {
  /** The key that the client reads it by. */
  responseKey: string;
  /** Whether the schema promises a value: then the null that stands for it climbs. */
  isNonNull: boolean;
}

/** An operation without the fields that the caller may not see. */
export interface RefusedOperation {
  /** The operation and the fragments that it still uses; placeholders stand where fields were refused. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** By the response key of the placeholder. */
  placeholders: ReadonlyMap<string, Refused>;
  /** The types of those fields that have selections. */
  types: ReadonlyMap<FieldNode, GraphQLOutputType>;
  /** Whether nothing is left that a subgraph could answer. */
  isEmpty: boolean;
}

/**
 * Takes out of an operation what the grant does not allow. `<placeholder>: __typename` stands in for each refused
 * field: it keeps its type condition, @skip and @include, and answers once for each object. The operation must be
 * valid for the schema.
 * @returns null where nothing is refused.
 */
export function refuseFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  rules: AccessRules,
  grant: Grant,
): RefusedOperation | null {
  const prefix = unusedPrefix(document);
  const keys = new Map<string, string>();
  const placeholders = new Map<string, Refused>();
  const types = new Map<FieldNode, GraphQLOutputType>();

  const placeholderFor = (refused: Refused): string => {
    const identity = `${refused.responseKey} ${refused.isNonNull ? '!' : ''}`;
    const key = keys.get(identity) ?? `${prefix}${keys.size}`;
    keys.set(identity, key);
    placeholders.set(key, refused);
    return key;
  };

  const rewriteField = (node: FieldNode, parent: GraphQLNamedType): FieldNode => {
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // Introspection is open: whether it is allowed at all is a setting of the server.
    if (!definition) return node;
    const requirement = rules.requirementOf(parent.name, node.name.value);
    if (requirement && !grant.allows(requirement)) {
      const responseKey = node.alias?.value ?? node.name.value;
      const key = placeholderFor({ responseKey, isNonNull: isNonNullType(definition.type) });
      return {
        kind: Kind.FIELD,
        alias: { kind: Kind.NAME, value: key },
        name: { kind: Kind.NAME, value: '__typename' },
        ...(node.directives ? { directives: node.directives } : {}),
      };
    }
    if (!node.selectionSet) return node;
    const rewritten = {
      ...node,
      selectionSet: rewriteSelections(node.selectionSet, getNamedType(definition.type)),
    };
    types.set(rewritten, definition.type);
    return rewritten;
  };

  const rewriteSelections = (set: SelectionSetNode, parent: GraphQLNamedType): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FIELD) return rewriteField(selection, parent);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
      const condition = selection.typeCondition && typeFromAST(schema, selection.typeCondition);
      return { ...selection, selectionSet: rewriteSelections(selection.selectionSet, condition ?? parent) };
    }),
  });

  const root = schema.getRootType(operation.operation);
  if (!root) return null;
  const rewritten = { ...operation, selectionSet: rewriteSelections(operation.selectionSet, root) };
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const type = typeFromAST(schema, definition.typeCondition);
    if (!type) continue;
    const selectionSet = rewriteSelections(definition.selectionSet, type);
    fragments.set(definition.name.value, { ...definition, selectionSet });
  }
  const used = usedFragments(rewritten, fragments);
  const kept = withUsedVariables(rewritten, used);
  if (!hasPlaceholder([kept, ...used.values()], placeholders)) return null;
  return {
    document: { kind: Kind.DOCUMENT, definitions: [kept, ...used.values()] },
    operation: kept,
    fragments: used,
    placeholders,
    types,
    isEmpty: isAnsweredHere(kept.selectionSet, used),
  };
}

/** A prefix that no name of the document begins with, so that nobody can forge a placeholder. */
function unusedPrefix(document: DocumentNode): string {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  let prefix = 'refused_';
  while ([...names].some((name) => name.startsWith(prefix))) prefix = `_${prefix}`;
  return prefix;
}

function usedFragments(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Map<string, FragmentDefinitionNode> {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        collect(fragment);
      },
    });
  };
  collect(operation);
  return used;
}

function withUsedVariables(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): OperationDefinitionNode {
  const used = new Set<string>();
  const { variableDefinitions = [], ...rest } = operation;
  for (const node of [rest, ...fragments.values()]) {
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
  }
  return {
    ...rest,
    variableDefinitions: variableDefinitions.filter(({ variable }) => used.has(variable.name.value)),
  };
}

function hasPlaceholder(
  nodes: readonly (OperationDefinitionNode | FragmentDefinitionNode)[],
  placeholders: ReadonlyMap<string, unknown>,
): boolean {
  let isFound = false;
  for (const node of nodes) {
    visit(node, {
      Field: ({ alias }) => void (isFound ||= alias !== undefined && placeholders.has(alias.value)),
    });
  }
  return isFound;
}

function isAnsweredHere(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__');
    if (selection.kind === Kind.INLINE_FRAGMENT) return isAnsweredHere(selection.selectionSet, fragments);
    const fragment = fragments.get(selection.name.value);
    return fragment === undefined || isAnsweredHere(fragment.selectionSet, fragments);
  });
}
