import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLFieldResolver, GraphQLLeafType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import {
  execute,
  GraphQLUnionType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  parse,
} from 'graphql';
import { hashOf } from './random.js';

interface Source {
  __typename: string;
  /** The seed of its field values. */
  root: string;
  [key: string]: unknown;
}

/** How often a subgraph breaks its promises, in thousandths of its fields. */
export interface Faults {
  nulls: number;
  nullsAgainstTheSchema: number;
  errors: number;
}

/** The object types behind each interface of the whole graph: a subgraph may know them as one object. */
export type Implementers = Readonly<Record<string, readonly string[]>>;

/**
 * A subgraph that invents its data: each value follows from the entity's representation, the field and the arguments,
 * so that equal questions have equal answers. Its faults are repeatable too. Variables and answers are JSON.
 */
export function mockSubgraph(
  sdl: string,
  faults: Faults,
  implementers: Implementers,
): (query: string, variables: string) => Promise<string> {
  const schema = buildSubgraphSchema(parse(sdl));
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities) {
    entities.resolve = (_root, { representations }) =>
      (representations as Record<string, unknown>[]).map((representation) => {
        // Fetches that require different fields of an entity are of the same entity.
        const root = hashOf(JSON.stringify(representation['id'] ?? representation));
        if (root % 1_000 < faults.nulls) return null;
        const named = schema.getType(String(representation['__typename']));
        const __typename = isAbstractType(named) ? typeInId(representation) : named?.name;
        return { ...representation, __typename, root: String(root) };
      });
  }
  const union = schema.getType('_Entity');
  if (union instanceof GraphQLUnionType) union.resolveType = (value: Source) => value.__typename;

  const fieldResolver: GraphQLFieldResolver<Source | undefined, unknown> = (source, args, _context, info) => {
    const { fieldName, returnType, parentType } = info;
    if (source && Object.hasOwn(source, fieldName) && isLeaf(returnType)) return source[fieldName];
    const hash = hashOf(`${parentType.name} ${source?.root ?? ''} ${fieldName} ${JSON.stringify(args)}`);
    if (hash % 1_000 < faults.errors) throw new Error(`${fieldName} failed`);
    const behind = implementers[parentType.name] ?? [];
    // The id alone decides the type, so that all subgraphs agree.
    const owner = behind[hash % behind.length] ?? parentType.name;
    return invent(schema, returnType, hash, faults, owner);
  };
  const documents = new Map<string, ReturnType<typeof parse>>();
  return async (query, variables) => {
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    const result = await execute({
      schema,
      document,
      variableValues: JSON.parse(variables) as Record<string, unknown>,
      fieldResolver,
      typeResolver: (value: Source) => value.__typename,
    });
    return JSON.stringify(result);
  };
}

function isLeaf(type: GraphQLOutputType): boolean {
  return isNonNullType(type) ? isLeaf(type.ofType) : isLeafType(type);
}

function anyOf(
  schema: GraphQLSchema,
  type: Parameters<GraphQLSchema['getPossibleTypes']>[0],
  hash: number,
): string {
  const possible = schema.getPossibleTypes(type);
  const chosen = possible[hash % possible.length];
  if (!chosen) throw new Error(`Nothing can stand for ${type.name}.`);
  return chosen.name;
}

function typeInId({ id }: Record<string, unknown>): string | undefined {
  return String(id).split('-')[1];
}

function invent(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  hash: number,
  faults: Faults,
  owner: string,
): unknown {
  const dice = hashOf(`null ${hash}`) % 1_000;
  if (isNonNullType(type)) {
    if (dice < faults.nullsAgainstTheSchema) return null;
    return invent(schema, type.ofType, hashOf(`value ${hash}`), { ...faults, nulls: 0 }, owner);
  }
  if (dice < faults.nulls) return null;
  if (isListType(type)) {
    const length = hash % 4;
    // The same item comes twice now and then: entities repeat.
    return Array.from({ length }, (_, index) =>
      invent(schema, type.ofType, hashOf(`item ${index % 2} ${hash}`), faults, owner),
    );
  }
  if (isLeafType(type)) return leafOf(type, hash, owner);
  const __typename = isAbstractType(type) || isInterfaceType(type) ? anyOf(schema, type, hash) : type.name;
  return { __typename, root: String(hash % 50) };
}

function leafOf(type: GraphQLLeafType, hash: number, owner: string): unknown {
  const name = String(type);
  if (isEnumType(type)) {
    const values = type.getValues();
    return values[hash % values.length]?.value;
  }
  if (name === 'Int') return hash % 1_000;
  if (name === 'Float') return (hash % 1_000) / 8;
  if (name === 'Boolean') return hash % 2 === 0;
  if (name === 'ID') return `id-${owner}-${hash % 50}`;
  return ['plain', 'with "quotes"', 'line\nbreak', 'ünï ☃ \ud83d\ude00', ''][hash % 5];
}
