import { graphError } from '@souk/shared/graph/errors';
import type { FloatValueNode, IntValueNode, ValidationRule } from 'graphql';
import { GraphQLError } from 'graphql';

/**
 * Refuses literals of numbers that are not finite when they are read, e.g. 1e999. GraphQL's Float takes them, and JSON,
 * by which values travel to subgraphs, would make null of them.
 */
export function finiteNumbers(): ValidationRule {
  return (context) => {
    const look = (node: FloatValueNode | IntValueNode): void => {
      if (Number.isFinite(Number(node.value))) return;
      const { message, extensions } = graphError(
        'GRAPHQL_VALIDATION_FAILED',
        'A number of the operation is not finite: it is too large to be represented.',
      );
      context.reportError(new GraphQLError(message, { nodes: [node], extensions }));
    };
    return { FloatValue: look, IntValue: look };
  };
}
