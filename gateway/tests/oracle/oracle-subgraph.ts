import { buildSubgraphSchema } from '@apollo/subgraph';
import type {
  FormattedExecutionResult,
  GraphQLFieldResolver,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql';
import {
  execute,
  GraphQLList,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql';
import type { Declarations } from './declarations.js';
import type { OracleData, OracleObject } from './oracle-data.js';
import { readPlain } from './oracle-data.js';

/** A subgraph in this process. Variables are JSON. */
export type OracleSubgraph = (query: string, variables: string) => Promise<FormattedExecutionResult>;

const root: OracleObject = { __typename: '', identity: 'root' };

/**
 * A subgraph over the data.
 * @param isLoose sends nulls in places where the schema has none, and no error
 */
export function oracleSubgraph(
  name: string,
  sdl: string,
  data: OracleData,
  declared: Declarations,
  isLoose: boolean,
): OracleSubgraph {
  const schema = buildSubgraphSchema(parse(sdl));
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities) {
    entities.resolve = (_root, { representations }) =>
      (representations as Record<string, unknown>[]).map((representation) => {
        const type = String(representation['__typename']);
        const object = data.entity(representation, declared.keys.get(`${name}.${type}`) ?? []);
        // An interface object is its interface here.
        return isObjectType(schema.getType(object.__typename)) ? object : { ...object, __typename: type };
      });
  }
  if (isLoose) loosen(schema);
  const union = schema.getType('_Entity');
  if (isUnionType(union)) union.resolveType = (value: OracleObject) => value.__typename;
  const fieldResolver: GraphQLFieldResolver<OracleObject | undefined, unknown> = (
    source,
    args,
    _context,
    info,
  ) => {
    const { fieldName, parentType } = info;
    const object = source ?? root;
    const named = { ...object, __typename: source ? object.__typename : parentType.name };
    const needed = declared.requires.get(`${parentType.name}.${fieldName}`);
    const isRequiring = needed && isOwner(sdl, fieldName);
    const required = isRequiring ? JSON.stringify(readPlain(object.representation ?? {}, needed)) : null;
    return data.value(named, fieldName, args as Record<string, unknown>, required);
  };
  return async (query, variables) => {
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: JSON.parse(variables) as Record<string, unknown>,
      fieldResolver,
      typeResolver: (value: OracleObject) => value.__typename,
    });
    return JSON.parse(JSON.stringify(result)) as FormattedExecutionResult;
  };
}

function isOwner(sdl: string, field: string): boolean {
  return new RegExp(`\\b${field}\\b[^@]*@requires`).test(sdl);
}

function loosen(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const hasFields = isObjectType(type) || isInterfaceType(type);
    if (!hasFields || type.name.startsWith('_') || type.name === 'Query') continue;
    for (const field of Object.values(type.getFields())) field.type = loose(field.type);
  }
}

function loose(type: GraphQLOutputType): GraphQLOutputType {
  if (isNonNullType(type)) return loose(type.ofType);
  return isListType(type) ? new GraphQLList(loose(type.ofType)) : type;
}
