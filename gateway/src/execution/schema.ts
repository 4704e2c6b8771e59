import type { Schema } from '@apollo/federation-internals';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { QueryPlanner } from '@apollo/query-planner';
import { commonResolvers } from '@souk/shared/graph/scalars';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { GraphQLScalarType, isAbstractType, isInterfaceType, isObjectType, isScalarType } from 'graphql';

/** A supergraph that plans can be made of. */
export interface GraphSchema {
  /** What clients see. */
  readonly api: GraphQLSchema;
  /** @throws GraphQLError where an operation asks for more than the planner takes. */
  plan(document: DocumentNode, operationName: string | null): QueryPlan;
  /** Whether an object that calls itself `typename` is one of `condition`, in the whole supergraph. */
  isOf(typename: string, condition: string): boolean;
  /** Whether a name is that of an interface of the whole supergraph. */
  isInterface(name: unknown): boolean;
}

/** What a supergraph is loaded with. */
export interface LoadOptions {
  /** Looks for faults in the file before it is used: for one that no build has checked. */
  validate: boolean;
}

/** Makes a planner. Both parts are what @apollo/gateway loads a supergraph by (docs/decisions/0040). */
export function loadGraphSchema(sdl: string, { validate }: LoadOptions): GraphSchema {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: validate });
  const apiDefinitions = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph);
  const all = supergraph.schema.toGraphQLJSSchema();
  const api = apiDefinitions.toGraphQLJSSchema();
  teachScalars(api);
  return {
    api,
    plan: (document, operationName) =>
      planner.buildQueryPlan(parsed(apiDefinitions, document, operationName)),
    isInterface: (name) => typeof name === 'string' && isInterfaceType(all.getType(name)),
    isOf: (typename, condition) => {
      if (typename === condition) return true;
      const type = all.getType(typename);
      const other = all.getType(condition);
      return (
        isAbstractType(other) && (isObjectType(type) || isInterfaceType(type)) && all.isSubType(other, type)
      );
    },
  };
}

function parsed(schema: Schema, document: DocumentNode, operationName: string | null) {
  return operationFromDocument(schema, document, {
    ...(operationName === null ? {} : { operationName }),
    // It was validated against the same schema before.
    validate: false,
  });
}

/** The API schema knows our scalars by name only; with their rules, bad values are refused before anything runs. */
function teachScalars(schema: GraphQLSchema): void {
  for (const [name, scalar] of Object.entries(commonResolvers)) {
    const type = schema.getType(name);
    if (!(scalar instanceof GraphQLScalarType) || !isScalarType(type)) continue;
    type.parseValue = scalar.parseValue;
    type.parseLiteral = scalar.parseLiteral;
  }
}
