import type {
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind, visit } from 'graphql';

/** An operation of a valid document. */
export interface KnownOperation {
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** The operationName of the request; null if it had none. */
  operationName: string | null;
}

/** The fragments of a document, by name. */
export function fragmentsOf(
  definitions: readonly { kind: Kind }[],
): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[(definition as FragmentDefinitionNode).name.value, definition as FragmentDefinitionNode]]
        : [],
    ),
  );
}

/** The fragments that an operation spreads, and those that they spread. */
export function usedFragments(
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

/** The operation without the variables that neither it nor its fragments use. */
export function withUsedVariables(
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

/** Whether no subgraph is needed for a selection on a root type. */
export function isAnsweredHere(
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
