import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { defaultFieldResolver, getDirectiveValues, isObjectType, parse } from 'graphql';
import { boundResolvers } from './bounded-resolvers.js';
import type { RequestContext } from './context.js';
import { graphError, unauthenticated, scopeRequired } from './errors.js';
import { applyInputRules } from './input-pass.js';
import { joinSchema } from './joined-schema.js';
import { commonResolvers } from './scalars.js';

/** Resolvers by type and field; each subgraph's own are typed by its generated `Resolvers`. */
export type ResolverMap = Record<string, object | undefined>;

/** Coordinates (`Mutation.logout`) of fields that answer NOT_IMPLEMENTED. */
export type NotImplemented = readonly `${string}.${string}`[];

/**
 * An executable subgraph schema: the joined SDL, the resolvers, access rules and rules of inputs enforced where the SDL
 * states them.
 * @throws where a root field has neither a resolver nor a place among those not implemented, or has both; where an input
 * takes text and states no bound.
 */
export function loadSchema(
  sdl: string,
  resolvers: ResolverMap,
  notImplemented: NotImplemented,
): GraphQLSchema {
  const typeDefs = parse(joinSchema(sdl));
  const refused = refusals(notImplemented);
  for (const coordinate of notImplemented) {
    const [type = '', field = ''] = coordinate.split('.');
    if (field in (resolvers[type] ?? {}))
      throw new Error(`${coordinate} has a resolver and is listed as not implemented.`);
  }
  const modules: ResolverMap[] = [commonResolvers, refused, resolvers];
  const schema = buildSubgraphSchema(
    modules.map((module, index) => ({
      typeDefs: index === 0 ? typeDefs : empty,
      resolvers: module as never,
    })),
  );
  checkRoots(schema, modules, notImplemented);
  applyInputRules(schema);
  // The guard runs first: a caller without access learns nothing about a field's arguments.
  guard(schema);
  boundResolvers(schema);
  return schema;
}

// Only the first module carries definitions.
const empty = { kind: 'Document', definitions: [] } as unknown as ReturnType<typeof parse>;

function refusals(notImplemented: NotImplemented): ResolverMap {
  const map: Record<string, Record<string, object>> = {};
  for (const coordinate of notImplemented) {
    const [type = '', field = ''] = coordinate.split('.');
    const refuse = (): never => {
      throw graphError('NOT_IMPLEMENTED', `${coordinate} is not implemented yet.`, { field: coordinate });
    };
    (map[type] ??= {})[field] = type === 'Subscription' ? { subscribe: refuse } : refuse;
  }
  return map;
}

function checkRoots(
  schema: GraphQLSchema,
  modules: readonly ResolverMap[],
  notImplemented: NotImplemented,
): void {
  for (const coordinate of notImplemented) {
    const [typeName = '', field = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    if (!isObjectType(type) || !(field in type.getFields()))
      throw new Error(`There is no field ${coordinate}.`);
  }
  for (const root of ['Query', 'Mutation', 'Subscription']) {
    const type = schema.getType(root);
    if (!isObjectType(type)) continue;
    for (const field of Object.keys(type.getFields())) {
      if (field.startsWith('_')) continue;
      if (!modules.some((module) => field in (module[root] ?? {})))
        throw new Error(`${root}.${field} has no resolver.`);
    }
  }
}

/** Wraps the resolvers of fields with access rules. The gateway checks them too; this is the second check. */
function guard(schema: GraphQLSchema): void {
  const authenticated = schema.getDirective('authenticated');
  const requiresScopes = schema.getDirective('requiresScopes');
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.astNode) continue;
      const scopes = requiresScopes && getDirectiveValues(requiresScopes, field.astNode);
      const signedIn = authenticated && getDirectiveValues(authenticated, field.astNode);
      if (!scopes && !signedIn) continue;
      const allowed = (scopes?.['scopes'] ?? null) as string[][] | null;
      field.resolve = guarded(field.resolve ?? defaultFieldResolver, allowed);
      if (field.subscribe) field.subscribe = guarded(field.subscribe, allowed);
    }
  }
}

type Resolver = GraphQLFieldResolver<unknown, RequestContext>;

function guarded(resolve: Resolver, allowed: readonly (readonly string[])[] | null): Resolver {
  return (source, arguments_, context, info) => {
    const { identity } = context;
    if (!identity) throw unauthenticated();
    if (allowed && !allowed.some((all) => all.every((scope) => identity.scopes.has(scope)))) {
      throw scopeRequired();
    }
    return resolve(source, arguments_, context, info);
  };
}
