import type {
  DirectiveNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { isAbstractType, isInterfaceType, isObjectType, Kind, valueFromASTUntyped, visit } from 'graphql';

/** An operation with the fragments of its document. */
export interface Selected {
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The variables that decide what is skipped and included, each with its value. */
export type SkipIncludeValues = ReadonlyMap<string, boolean>;

/** The nodes of each response key, in the order in which an answer has them. */
export type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** The names of the variables that @skip and @include read. */
export function skipIncludeNames({ operation, fragments }: Selected): string[] {
  const names = new Set<string>();
  for (const node of [operation, ...fragments.values()]) {
    visit(node, {
      Directive: (directive) => {
        const value = conditionOf(directive);
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    });
  }
  return [...names].sort();
}

/** The value of each switch in a request: what was sent, else the variable's default. */
export function skipIncludeValues(
  names: readonly string[],
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): SkipIncludeValues {
  return new Map(
    names.map((name) => {
      const sent = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (sent !== undefined) return [name, sent === true];
      const { defaultValue } =
        operation.variableDefinitions?.find((node) => node.variable.name.value === name) ?? {};
      return [name, defaultValue !== undefined && valueFromASTUntyped(defaultValue) === true];
    }),
  );
}

/**
 * The fields that an object of a type has in the answer.
 * https://spec.graphql.org/October2021/#CollectFields()
 */
export function collectFields(
  schema: GraphQLSchema,
  fragments: Selected['fragments'],
  skipInclude: SkipIncludeValues,
  type: GraphQLNamedType,
  sets: readonly SelectionSetNode[],
): Fields {
  const fields = new Map<string, FieldNode[]>();
  const seen = new Set<string>();
  const collect = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (!isIncluded(node, skipInclude)) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const same = fields.get(key);
        if (same) same.push(node);
        else fields.set(key, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (!node.typeCondition || applies(schema, node.typeCondition.name.value, type))
          collect(node.selectionSet);
      } else {
        const fragment = fragments.get(node.name.value);
        if (!fragment || seen.has(node.name.value)) continue;
        seen.add(node.name.value);
        if (applies(schema, fragment.typeCondition.name.value, type)) collect(fragment.selectionSet);
      }
    }
  };
  sets.forEach(collect);
  return fields;
}

/** Whether a type condition holds for all objects of a type. */
export function applies(schema: GraphQLSchema, condition: string, type: GraphQLNamedType): boolean {
  if (condition === type.name) return true;
  const wanted = schema.getType(condition);
  return (
    isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
  );
}

/** Whether conditions leave a selection in. */
export function isIncluded(node: SelectionNode, skipInclude: SkipIncludeValues): boolean {
  return (node.directives ?? []).every((directive) => {
    const value = conditionOf(directive);
    if (!value) return true;
    const isOn =
      value.kind === Kind.VARIABLE
        ? (skipInclude.get(value.name.value) ?? false)
        : value.kind === Kind.BOOLEAN && value.value;
    return directive.name.value === 'include' ? isOn : !isOn;
  });
}

/** Whether a directive is @skip or @include. */
export function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

function conditionOf(directive: DirectiveNode) {
  if (!isCondition(directive)) return null;
  return directive.arguments?.find(({ name }) => name.value === 'if')?.value ?? null;
}
