import type { GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  OperationTypeNode,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { AccessRow } from './access-row.js';

/** The operation that a row sends. */
export interface AccessDocument {
  text: string;
  operation: OperationTypeNode;
  /** Names of the fields from the root to the one that the row is about. */
  path: readonly string[];
}

/** The type and the field of a row's key: `Query.cart (a guest's)` is about Query.cart. */
export function coordinateOf(key: string): { type: string; field: string; coordinate: string } {
  const coordinate = key.split(' ')[0] ?? '';
  const [type = '', field = ''] = coordinate.split('.');
  return { type, field, coordinate };
}

/**
 * Writes the operation of a row. It passes all given variables and selects as little as possible.
 * @throws if the schema has no such field
 */
export function documentOf(
  schema: GraphQLSchema,
  key: string,
  row: AccessRow,
  variables: Readonly<Record<string, unknown>>,
): AccessDocument {
  const { type, field, coordinate } = coordinateOf(key);
  const parent = schema.getType(type);
  if ((!isObjectType(parent) && !isInterfaceType(parent)) || !parent.getFields()[field])
    throw new Error(`There is no ${coordinate}.`);
  const operation = row.from === null ? operationOf(type) : OperationTypeNode.QUERY;
  const names = Object.keys(variables);
  const passed =
    row.from === null && names.length > 0 ? `(${names.map((name) => `${name}: $${name}`).join(', ')})` : '';
  const steps = [...(row.from?.split(' > ') ?? []), `${field}${passed}${selectionOf(parent, field)}`];
  const selection = steps.reduceRight((inner, step) => `${step} { ${inner} }`);
  return {
    text: withVariables(schema, `${operation} { ${selection} }`),
    operation,
    path: steps.flatMap((step) => /^(?!\.\.\.)\w+/.exec(step)?.[0] ?? []),
  };
}

function operationOf(type: string): OperationTypeNode {
  if (type === 'Mutation') return OperationTypeNode.MUTATION;
  if (type === 'Subscription') return OperationTypeNode.SUBSCRIPTION;
  if (type === 'Query') return OperationTypeNode.QUERY;
  throw new Error(`A row of ${type} needs a place where its object is read.`);
}

function selectionOf(parent: GraphQLObjectType | GraphQLInterfaceType, field: string): string {
  const type = getNamedType(parent.getFields()[field]?.type);
  if (!type || isLeafType(type)) return '';
  const isPayload = isObjectType(type) && 'userErrors' in type.getFields();
  return isPayload ? ' { userErrors { code message } }' : ' { __typename }';
}

/** Declares the variables that an operation uses with the types of their places. */
function withVariables(schema: GraphQLSchema, text: string): string {
  const document = parse(text);
  const types = new TypeInfo(schema);
  const declared = new Map<string, string>();
  visit(
    document,
    visitWithTypeInfo(types, {
      Variable: ({ name }) => void declared.set(name.value, String(types.getInputType())),
    }),
  );
  if (declared.size === 0) return print(document);
  const list = [...declared].map(([name, type]) => `$${name}: ${type}`).join(', ');
  return text.replace(/^\w+/, (operation) => `${operation} (${list})`);
}
