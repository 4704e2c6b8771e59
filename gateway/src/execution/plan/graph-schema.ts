import { Supergraph } from '@apollo/federation-internals';
import { commonResolvers } from '@souk/shared/graph/scalars';
import type { GraphQLSchema } from 'graphql';
import {
  getNamedType,
  GraphQLScalarType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { overrideLabels } from './override-labels.js';
import type { PlannedKeys } from './planned-keys.js';
import { plannedKeys } from './planned-keys.js';

/** A supergraph, as operations are validated against it and run on it. */
export interface GraphSchema {
  /** The schema that clients see. */
  readonly api: GraphQLSchema;
  readonly keys: PlannedKeys;
  /** Whether a subgraph knows several types as one, by their interface. */
  readonly hasInterfaceObjects: boolean;
  /** The labels of @override. */
  readonly overrideLabels: readonly string[];
  /** Whether an object that calls itself `typename` is one of `condition`, in the whole supergraph. */
  isOf(typename: string, condition: string): boolean;
  /** Whether a name is that of an interface of the whole supergraph. */
  isInterface(name: unknown): boolean;
  /** The name of the type of a field, without lists, in the whole supergraph; null where there is no such field. */
  typeOfField(type: string, field: string): string | null;
}

/** Options for loading a supergraph. */
export interface LoadOptions {
  /** Looks for faults in the file before it is used: for one that no build has checked. */
  validate: boolean;
}

/** Loads a supergraph as @apollo/gateway does (docs/decisions/0016). */
export function loadGraphSchema(sdl: string, { validate }: LoadOptions): GraphSchema {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: validate });
  const all = supergraph.schema.toGraphQLJSSchema();
  const api = supergraph.apiSchema().toGraphQLJSSchema();
  applyScalars(api);
  return {
    api,
    keys: plannedKeys(supergraph),
    hasInterfaceObjects: /\bisInterfaceObject: *true\b/.test(sdl),
    overrideLabels: overrideLabels(supergraph),
    isInterface: (name) => typeof name === 'string' && isInterfaceType(all.getType(name)),
    typeOfField: (name, field) => {
      const type = all.getType(name);
      const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
      return definition ? getNamedType(definition.type).name : null;
    },
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

/** The API schema knows our scalars by name only; with their rules, bad values are refused before anything runs. */
export function applyScalars(schema: GraphQLSchema): void {
  for (const [name, scalar] of Object.entries(commonResolvers)) {
    const type = schema.getType(name);
    if (!(scalar instanceof GraphQLScalarType) || !isScalarType(type)) continue;
    type.parseValue = scalar.parseValue;
    type.parseLiteral = scalar.parseLiteral;
  }
}
