import type { DirectiveNode, SelectionNode, SelectionSetNode, ValidationRule } from 'graphql';
import { GraphQLError, Kind, OperationTypeNode } from 'graphql';

/**
 * Refuses subscriptions whose root field depends on a variable, or is left out: there is to be exactly one stream
 * (https://spec.graphql.org/September2025/#sec-Single-Root-Field). graphql-js throws where it meets such a variable.
 */
export const unconditionalRoot: ValidationRule = (context) => ({
  OperationDefinition: (node) => {
    if (node.operation !== OperationTypeNode.SUBSCRIPTION) return false;
    const seen = new Set<string>();
    let fields = 0;
    const visit = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        const conditions = conditionsOf(selection);
        const variable = conditions.find(({ value }) => value?.kind === Kind.VARIABLE);
        if (variable) {
          const message = `A subscription's root field cannot depend on a variable of @${variable.name}.`;
          context.reportError(new GraphQLError(message, { nodes: [variable.directive] }));
          fields += 1;
        } else if (conditions.every(({ isOn }) => isOn)) take(selection);
      }
    };
    const take = (selection: SelectionNode): void => {
      if (selection.kind === Kind.FIELD) fields += 1;
      else if (selection.kind === Kind.INLINE_FRAGMENT) visit(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = context.getFragment(selection.name.value);
        if (fragment) visit(fragment.selectionSet);
      }
    };
    visit(node.selectionSet);
    if (fields === 0)
      context.reportError(new GraphQLError('A subscription must select one root field.', { nodes: [node] }));
    return false;
  },
});

interface Condition {
  name: string;
  directive: DirectiveNode;
  value: NonNullable<DirectiveNode['arguments']>[number]['value'] | undefined;
  /** Whether the selection stays, as far as the document says it. */
  isOn: boolean;
}

function conditionsOf({ directives = [] }: SelectionNode): Condition[] {
  return directives
    .filter(({ name }) => name.value === 'skip' || name.value === 'include')
    .map((directive) => {
      const name = directive.name.value;
      const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
      const isTrue = value?.kind === Kind.BOOLEAN && value.value;
      return { name, directive, value, isOn: name === 'include' ? isTrue : !isTrue };
    });
}
