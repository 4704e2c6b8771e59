import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { Kind } from 'graphql';

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
