import type { GraphQLInputType, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { isInputObjectType, isListType, isNonNullType, typeFromAST } from 'graphql';
import { isData } from '../../types/data.js';
import { ExactNumber, withDoubles } from '../../types/exact-json.js';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Variables as they are sent to subgraphs: an ID that a client sent as an integer past 2^53 is a text, since most
 * subgraphs would round the number before they make a text of it. All else is unchanged.
 */
export function withExactIds(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): Variables {
  if (withDoubles(variables) === variables) return variables;
  const exact = { ...variables };
  for (const { variable, type: node } of variableDefinitions) {
    const type = typeFromAST(schema, node) as GraphQLInputType | undefined;
    const name = variable.name.value;
    if (type && Object.hasOwn(exact, name)) exact[name] = valueOf(type, exact[name]);
  }
  return exact;
}

function valueOf(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, value);
  if (isListType(type)) {
    return Array.isArray(value)
      ? value.map((item) => valueOf(type.ofType, item))
      : valueOf(type.ofType, value);
  }
  if (isInputObjectType(type)) {
    if (!isData(value) || value instanceof ExactNumber) return value;
    const fields = type.getFields();
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
        return [name, field ? valueOf(field.type, item) : item];
      }),
    );
  }
  return type.name === 'ID' && value instanceof ExactNumber && value.isInteger ? value.text : value;
}
