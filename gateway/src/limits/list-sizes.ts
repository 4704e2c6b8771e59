import type { GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { getNamedType, isInterfaceType, isNonNullType, isObjectType } from 'graphql';
import type { CostDirectives, ListSize } from './cost-directives.js';
import { readCostDirectives } from './cost-directives.js';
import { apiSchema } from '../supergraph/composition.js';
import { isList } from './slices.js';
import { readSupergraph } from '../supergraph/supergraph.js';

/** The fields of the API that return lists, e.g. `Order.items`. */
export function listFields(schema: GraphQLSchema): string[] {
  return outputTypes(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => (isList(field) ? [`${type.name}.${field.name}`] : [])),
  );
}

/**
 * The lists of a supergraph whose length nothing states: neither `@listSize` of their own, nor the `sizedFields` of
 * every field that returns the type that holds them.
 */
export function unsizedLists(supergraphSdl: string): string[] {
  const schema = apiSchema(supergraphSdl);
  const directives = readCostDirectives(readSupergraph(supergraphSdl).document);
  return outputTypes(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      if (!isList(field)) return [];
      const isSized =
        hasOwnSize(directives, type, field.name) || isSizedByParents(schema, directives, type, field.name);
      return isSized ? [] : [`${type.name}.${field.name}`];
    }),
  );
}

function hasOwnSize(
  directives: CostDirectives,
  type: GraphQLObjectType | GraphQLInterfaceType,
  field: string,
): boolean {
  return directives
    .fieldCosts(type.name, field)
    .every(({ listSize }) => listSize !== null && isBounded(type, field, listSize));
}

/** A page whose slicing argument is optional needs an assumed size. */
function isBounded(
  type: GraphQLObjectType | GraphQLInterfaceType,
  field: string,
  { assumedSize, slicingArguments }: ListSize,
): boolean {
  if (assumedSize !== null) return true;
  const args = type.getFields()[field]?.args ?? [];
  return slicingArguments.some((name) => {
    const argument = args.find((each) => each.name === name);
    return argument && (isNonNullType(argument.type) || typeof argument.defaultValue === 'number');
  });
}

function isSizedByParents(
  schema: GraphQLSchema,
  directives: CostDirectives,
  type: GraphQLObjectType | GraphQLInterfaceType,
  field: string,
): boolean {
  const parents = outputTypes(schema).flatMap((parent) =>
    Object.values(parent.getFields())
      .filter((candidate) => getNamedType(candidate.type) === type)
      .map((candidate) => ({ parent, name: candidate.name })),
  );
  return (
    parents.length > 0 &&
    parents.every(({ parent, name }) =>
      directives
        .fieldCosts(parent.name, name)
        .every(({ listSize }) => listSize?.sizedFields.includes(field) && isBounded(parent, name, listSize)),
    )
  );
}

function outputTypes(schema: GraphQLSchema): (GraphQLObjectType | GraphQLInterfaceType)[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__') ? [type] : [],
  );
}
