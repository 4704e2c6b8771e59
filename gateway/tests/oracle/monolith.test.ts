import { Supergraph as ApolloSupergraph } from '@apollo/federation-internals';
import { createLog } from '@souk/shared/log';
import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { execute, parse, validate } from 'graphql';
import { isDeepStrictEqual } from 'node:util';
import { Planning } from '../../src/execution/plan/planning.js';
import { SchemaSnapshot } from '../../src/execution/schema-snapshot.js';
import { withEntityBatching } from '../../src/execution/batch/entity-batcher.js';
import { entityVariables } from '../../src/types/subgraph-operation.js';
import type { RequestScope } from '../../src/types/request.js';
import { readSupergraph } from '../../src/supergraph/supergraph.js';
import type { RandomOperation } from '../differential/random-operation.js';
import { randomOperation } from '../differential/random-operation.js';
import { Random } from '../differential/random.js';
import { composed } from '../small-graph.js';
import { declarationsOf } from './declarations.js';
import type { OracleFaults, OracleObject } from './oracle-data.js';
import { OracleData } from './oracle-data.js';
import { oracleGraphs, reportedOperations } from './oracle-graphs.js';
import { oracleSubgraph } from './oracle-subgraph.js';

// ORACLE_SEED repeats a run, ORACLE_OPERATIONS (per supergraph and kind of faults) makes it longer.
const anySeed = process.env['CI'] ? 1 : Date.now() % 1_000_000_000;
const seed = Number(process.env['ORACLE_SEED'] ?? anySeed);
const count = Number(process.env['ORACLE_OPERATIONS'] ?? 12);

type Args = Record<string, unknown>;
type Path = readonly (string | number)[];
interface Answer {
  data: unknown;
  errors: readonly { path: Path | undefined; message: string }[];
}
type Run = (operation: RandomOperation) => Promise<Answer>;

/** One supergraph, answered by the gateway and by one schema without federation. */
interface Pair {
  api: SchemaSnapshot['schema']['api'];
  gateway: Run;
  monolith: Run;
}

const limits = {
  depth: 99,
  counts: { aliases: 9_999, rootFields: 9_999, directives: 9_999 },
  introspection: false,
};
const caller = { client: 'test', address: 'test', cancellation: null, onPlanned: null };
const none: OracleFaults = { nulls: 50, nullsAgainstTheSchema: 0, errors: 0 };
const some: OracleFaults = { nulls: 60, nullsAgainstTheSchema: 90, errors: 60 };

/** A supergraph, loaded once for all kinds of faults. */
interface Loaded {
  snapshot: SchemaSnapshot;
  planning: Planning;
  full: GraphQLSchema;
}

const loaded = new Map<object, Loaded>();

async function loadedOf(subgraphs: Readonly<Record<string, string>>): Promise<Loaded> {
  const known = loaded.get(subgraphs);
  if (known) return known;
  const supergraph = readSupergraph(
    composed(Object.fromEntries(Object.entries(subgraphs).map(([name, sdl]) => [name, { sdl }]))),
  );
  const planning = new Planning({ thread: null, log: createLog('test', 'silent') });
  const options = {
    validate: false,
    maxPlanBytes: 1_000_000,
    documentLimits: limits,
    cost: { max: 1e9, assumedListSize: 10 },
    holdsPolicy: () => false,
    readCache: null,
    joins: true,
  };
  const snapshot = new SchemaSnapshot(supergraph, options, planning);
  await snapshot.planner.ready;
  const full = ApolloSupergraph.build(supergraph.sdl, {
    validateSupergraph: false,
  }).schema.toGraphQLJSSchema();
  const made = { snapshot, planning, full };
  loaded.set(subgraphs, made);
  return made;
}

async function pairOf(
  subgraphs: Readonly<Record<string, string>>,
  faults: OracleFaults,
  isLoose: boolean,
): Promise<Pair> {
  const { snapshot, full } = await loadedOf(subgraphs);
  const { api } = snapshot.schema;
  const declared = declarationsOf(subgraphs);
  const data = new OracleData(full, declared, faults);
  const services = new Map(
    Object.entries(subgraphs).map(([name, sdl]) => [
      name,
      oracleSubgraph(name, sdl, data, declared, isLoose),
    ]),
  );
  const call = (name: string, query: string, variables: string) => {
    const service = services.get(name);
    if (!service) throw new Error(`There is no subgraph ${name}.`);
    return service(query, variables);
  };
  const known = ({ query }: RandomOperation) => {
    const document = parse(query);
    return {
      source: query,
      document,
      operation: document.definitions[0] as OperationDefinitionNode,
      operationName: null,
    };
  };
  return {
    api,
    gateway: async (random) => {
      const operation = known(random);
      const grant = snapshot.rules.grantOf(null);
      const variant = snapshot.variants.of(operation, grant, random.variables, {} as RequestScope);
      const compiled = await snapshot.compiled(operation, variant, () => caller);
      const { data: text, errors } = await compiled.run(
        random.variables,
        withEntityBatching({
          fetch: (fetch, sent) => call(fetch.subgraph, fetch.query, sent),
          fetchEntities: (fetch, own, representations) =>
            call(fetch.subgraph, fetch.query, entityVariables(own, representations)),
        }),
      );
      return { data: JSON.parse(text), errors: errors.map(shortened) };
    },
    monolith: async ({ query, variables }) => {
      const result = await execute({
        schema: api,
        document: parse(query),
        variableValues: variables,
        fieldResolver: (source: OracleObject | undefined, args, _context, { fieldName, parentType }) =>
          data.value(
            source ?? { __typename: parentType.name, identity: 'root' },
            fieldName,
            args as Args,
            null,
          ),
        typeResolver: (value: OracleObject) => value.__typename,
      });
      return {
        data: JSON.parse(JSON.stringify(result.data ?? null)) as unknown,
        errors: (result.errors ?? []).map(shortened),
      };
    },
  };
}

function shortened({ path, message }: GraphQLError): Answer['errors'][number] {
  return { path, message };
}

/** The nulls that errors stand for: the highest on the way to each. */
function nullPlaces({ data, errors }: Answer): string[] {
  const places = errors.map(({ path, message }) => {
    if (!path) return `without a path: ${message}`;
    let value = data;
    for (const [length, step] of path.entries()) {
      if (value === null || value === undefined) return path.slice(0, length).join('.');
      value = (value as Record<string | number, unknown>)[step];
    }
    return value === null ? path.join('.') : `not null: ${path.join('.')}`;
  });
  return [...new Set(places)].sort();
}

async function compare(pair: Pair, operation: RandomOperation): Promise<void> {
  const place = `${operation.query}\n${JSON.stringify(operation.variables)}\nORACLE_SEED=${seed}`;
  const right = await pair.monolith(operation);
  let ours: Answer;
  try {
    ours = await pair.gateway(operation);
  } catch (error) {
    throw new Error(`Not planned: ${place}`, { cause: error });
  }
  if (isDeepStrictEqual(ours.data, right.data) && isDeepStrictEqual(nullPlaces(ours), nullPlaces(right)))
    return;
  expect({ place, data: ours.data, nulls: nullPlaces(ours), errors: ours.errors }).toEqual({
    place,
    data: right.data,
    nulls: nullPlaces(right),
    errors: right.errors,
  });
}

async function compareMany(pair: Pair, random: Random): Promise<void> {
  const kinds = pair.api.getMutationType() ? (['query', 'mutation'] as const) : (['query'] as const);
  let compared = 0;
  for (let tries = 0; compared < count && tries < count * 9; tries += 1) {
    const operation = randomOperation(pair.api, random, random.pick(kinds), 'hostile');
    if (validate(pair.api, parse(operation.query)).length > 0) continue;
    await compare(pair, operation);
    compared += 1;
  }
  expect(compared).toBe(count);
}

describe(`random operations, answered as one schema without federation answers them (seed ${seed})`, () => {
  afterAll(() => Promise.all([...loaded.values()].map(({ planning }) => planning.close())));

  for (const [name, subgraphs] of Object.entries(oracleGraphs)) {
    test.each([
      ['sound', none, false],
      ['failing', some, false],
      ['sending nulls against the schema', some, true],
    ])(`${name}; subgraphs are %s`, async (_name, faults, isLoose) => {
      const pair = await pairOf(subgraphs, faults, isLoose);
      for (const query of reportedOperations[name] ?? [])
        await compare(pair, { query, variables: { on: false } });
      await compareMany(pair, new Random(seed));
    });
  }
});
