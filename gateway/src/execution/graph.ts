import { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { graphError } from '@souk/shared/graph/errors';
import { commonResolvers } from '@souk/shared/graph/scalars';
import type { Log } from '@souk/shared/log';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { execute, getVariableValues, GraphQLScalarType, isScalarType, OperationTypeNode } from 'graphql';
import { createHash } from 'node:crypto';
import type { Grant } from '../access.js';
import { accessRules } from '../access.js';
import { turnTelemetryOff } from '../config.js';
import type { Link } from '../link.js';
import { dataSource } from '../link.js';
import type { RefusedOperation } from '../refusal.js';
import { refuseFields } from '../refusal.js';
import type { Data } from '../refused-answer.js';
import { answerRefused } from '../refused-answer.js';
import type { GatewayContext } from '../request.js';
import type { Supergraph } from '../supergraph.js';
import { WeighedCache } from './weighed-cache.js';

/** What Apollo Server runs operations on. */
export type Graph = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Graph['load']>>['executor']>;
type Operation = Parameters<Executor>[0];
type Answer = Awaited<ReturnType<Executor>>;

/** What the graph is made of. */
export interface GraphOptions {
  supergraph: Supergraph;
  links: readonly Link[];
  gatewaySecret: string;
  production: boolean;
  log: Log;
}

const maxInputErrors = 20;
// Characters of source; the parsed form takes some hundred bytes for each.
const maxRefusedSource = 400_000;

/** Runs operations: access first, then Apollo's planner and executor on what is left. */
export function createGraph({ supergraph, links, gatewaySecret, production, log }: GraphOptions): Graph {
  turnTelemetryOff();
  const rules = accessRules(supergraph.document, supergraph.rules);
  const byName = new Map(links.map((link) => [link.name, link]));
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    // Composition has validated it, and the build refuses a stale one.
    validateSupergraph: false,
    __exposeQueryPlanExperimental: !production,
    logger: log,
    buildService: ({ name }) => {
      const link = byName.get(name);
      if (!link) throw new Error(`There is no link to the subgraph ${name}.`);
      return dataSource(link, gatewaySecret, log);
    },
  });
  const known = new WeighedCache<RefusedOperation | null>(maxRefusedSource);

  const refusedOf = (request: Operation, grant: Grant): RefusedOperation | null =>
    known.get(`${request.queryHash} ${request.operationName ?? ''} ${grant.key}`, request.source.length, () =>
      refuseFields(request.schema, request.document, request.operation, rules, grant),
    );

  const run = async (request: Operation, inner: Executor): Promise<Answer> => {
    const problems = inputProblems(request);
    if (problems) return { errors: problems };
    const grant = rules.grantOf((request.context as GatewayContext).identity);
    const refused = refusedOf(request, grant);
    if (!refused) return settled(await inner(request));
    const {
      data,
      errors = [],
      ...rest
    } = refused.isEmpty
      ? await execute({
          schema: request.schema,
          document: refused.document,
          variableValues: request.request.variables,
        })
      : settled(
          await inner({
            ...request,
            document: refused.document,
            operation: refused.operation,
            // Plans are kept by it.
            queryHash: createHash('sha256').update(`${request.queryHash} ${grant.key}`).digest('hex'),
          }),
        );
    if (!data) return { ...rest, ...(data === null ? { data } : {}), errors };
    const answer = answerRefused(refused, data as Data, grant.isAnonymous);
    const all = [...errors, ...answer.errors];
    return { ...rest, data: answer.data, ...(all.length > 0 ? { errors: all } : {}) };
  };

  return {
    onSchemaLoadOrUpdate: (listener) =>
      gateway.onSchemaLoadOrUpdate((loaded) => {
        teachScalars(loaded.apiSchema);
        listener(loaded);
      }),
    load: async (options) => {
      const { executor } = await gateway.load(options);
      return { executor: (request) => run(request, executor as Executor) };
    },
    stop: () => gateway.stop(),
  };
}

/** What can be said against a request before it is planned. */
function inputProblems({ operation, schema, request }: Operation): GraphQLError[] | null {
  if (!(operation as typeof operation | undefined)) {
    // A valid document has at least one operation: fragments alone are unused ones.
    return [
      graphError(
        'OPERATION_RESOLUTION_FAILURE',
        request.operationName
          ? `There is no operation "${request.operationName}" in the document.`
          : 'The document has several operations: operationName must say which one to run.',
      ),
    ];
  }
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    return [graphError('NOT_IMPLEMENTED', 'Subscriptions are not implemented yet.')];
  }
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
    maxErrors: maxInputErrors,
  });
  return errors ? errors.map(({ message }) => graphError('BAD_USER_INPUT', message)) : null;
}

/** A null that a subgraph gave where the schema promises a value is an error, not a remark in the extensions. */
function settled({ extensions, errors, data }: Answer): Answer {
  const { valueCompletion, ...rest } = (extensions ?? {}) as { valueCompletion?: GraphQLError[] };
  const all = [...(errors ?? []), ...(valueCompletion ?? [])];
  return {
    ...(data === undefined ? {} : { data }),
    ...(all.length > 0 ? { errors: all } : {}),
    ...(Object.keys(rest).length > 0 ? { extensions: rest } : {}),
  };
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
