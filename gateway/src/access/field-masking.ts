import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { getNamedType, isInterfaceType, isObjectType, Kind, typeFromAST, visit } from 'graphql';
import type { AccessRules, Grant } from '../types/access.js';
import { usedFragments, withUsedVariables } from '../types/operation.js';

/** An operation without the fields that the caller may not see. */
export interface MaskedOperation {
  /** The document to plan: the operation and the fragments that it still uses, with placeholders for refused fields. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** The refused fields, as nodes of the client's document. */
  refused: ReadonlySet<FieldNode>;
}

/**
 * Removes the fields that the grant does not allow. `<placeholder>: __typename` replaces each of them, so that
 * selections stay valid and objects keep their type names. The operation must be valid for the schema.
 * @returns null where nothing is refused.
 */
export function maskFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  rules: AccessRules,
  grant: Grant,
): MaskedOperation | null {
  const placeholder = unusedName(document);
  const refused = new Set<FieldNode>();

  const rewriteField = (node: FieldNode, parent: GraphQLNamedType): FieldNode => {
    const definition =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    // Introspection is open: whether it is allowed at all is a setting of the server.
    if (!definition) return node;
    const requirement = rules.requirementOf(parent.name, node.name.value);
    if (requirement && !grant.allows(requirement)) {
      refused.add(node);
      return {
        kind: Kind.FIELD,
        alias: { kind: Kind.NAME, value: placeholder },
        name: { kind: Kind.NAME, value: '__typename' },
      };
    }
    if (!node.selectionSet) return node;
    return { ...node, selectionSet: rewriteSelections(node.selectionSet, getNamedType(definition.type)) };
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
  const definition = withUsedVariables(rewritten, used);
  if (!uses([definition, ...used.values()], placeholder)) return null;
  return {
    document: { kind: Kind.DOCUMENT, definitions: [definition, ...used.values()] },
    operation: definition,
    refused,
  };
}

/** A name that the document does not use. */
function unusedName(document: DocumentNode): string {
  const names = new Set<string>();
  visit(document, { Name: ({ value }) => void names.add(value) });
  let name = 'refused_';
  while (names.has(name)) name = `_${name}`;
  return name;
}

function uses(
  nodes: readonly (OperationDefinitionNode | FragmentDefinitionNode)[],
  placeholder: string,
): boolean {
  let isFound = false;
  for (const node of nodes) {
    visit(node, { Field: ({ alias }) => void (isFound ||= alias?.value === placeholder) });
  }
  return isFound;
}
