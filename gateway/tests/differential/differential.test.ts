import { ApolloGateway } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import { createLog } from '@souk/shared/log';
import type {
  DocumentNode,
  FieldNode,
  FormattedExecutionResult,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import { isInterfaceType, Kind, parse, validate, visit } from 'graphql';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { accessRules } from '../../src/access/access-rules.js';
import { readSources } from '../../src/supergraph/composition.js';
import { compileOperation } from '../../src/execution/run/compiled-operation.js';
import { withEntityBatching } from '../../src/execution/batch/entity-batcher.js';
import { entityVariables } from '../../src/types/subgraph-operation.js';
import type { GraphSchema } from '../../src/execution/plan/graph-schema.js';
import { loadGraphSchema } from '../../src/execution/plan/graph-schema.js';
import type { PlanVariant } from '../../src/execution/plan/plan-variant.js';
import { PlanVariants } from '../../src/execution/plan/plan-variant.js';
import { plannedDocument } from '../../src/execution/plan/planned-document.js';
import type { PlannedKeys } from '../../src/execution/plan/planned-keys.js';
import type { SupergraphPlanner } from '../../src/execution/plan/supergraph-planner.js';
import { loadPlanner } from '../../src/execution/plan/supergraph-planner.js';
import { fragmentsOf } from '../../src/types/operation.js';
import type { RequestScope } from '../../src/types/request.js';
import type { Supergraph } from '../../src/supergraph/supergraph.js';
import { readSupergraph } from '../../src/supergraph/supergraph.js';
import { composed } from '../small-graph.js';
import type { Faults } from './mock-subgraph.js';
import { mockSubgraph } from './mock-subgraph.js';
import type { RandomOperation } from './random-operation.js';
import { randomOperation } from './random-operation.js';
import { Random } from './random.js';
import type { Subgraphs } from './supergraphs.js';
import { supergraphs } from './supergraphs.js';

// DIFFERENTIAL_SEED repeats a run, DIFFERENTIAL_OPERATIONS (per supergraph and kind of faults) makes it longer. Each run has
// another seed, except in CI: a difference found there must come from the change.
const anySeed = process.env['CI'] ? 1 : Date.now() % 1_000_000_000;
const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? anySeed);
const count = Number(process.env['DIFFERENTIAL_OPERATIONS'] ?? 60);
const log = createLog('test', 'silent');

type Path = readonly (string | number)[];
interface Result {
  data: unknown;
  paths: (Path | undefined)[];
  /** Of paths, those of nulls against the schema, beside errors of subgraphs: stock hides them then. */
  hidden: (Path | undefined)[];
}
type Run = (document: DocumentNode, operation: RandomOperation) => Promise<Result>;

interface Pair {
  schema: GraphQLSchema;
  /** Whether the subgraphs keep what their schemas promise. */
  isSound: boolean;
  hasInterfaceObjects: boolean;
  stock: Run;
  ours: Run;
  stop(): Promise<void>;
}

const sound: Faults = { nulls: 60, nullsAgainstTheSchema: 0, errors: 0 };
const faulty: Faults = { nulls: 100, nullsAgainstTheSchema: 25, errors: 0 };
const failing: Faults = { nulls: 60, nullsAgainstTheSchema: 10, errors: 40 };

type Keys = Pick<PlannedKeys, 'of'>;

/** Leaves response keys as they are. */
const clientKeys: Keys = { of: ({ alias, name }) => (alias ?? name).value };

/** A supergraph, loaded once for all kinds of faults. */
interface Loaded {
  supergraph: Supergraph;
  loaded: GraphSchema;
  planner: SupergraphPlanner;
}

const unlimited = { aliases: 9_999, rootFields: 9_999, directives: 9_999 };
const loadedSupergraphs = new Map<Subgraphs, Loaded>();

function loadedOf(subgraphs: Subgraphs): Loaded {
  const found = loadedSupergraphs.get(subgraphs);
  if (found) return found;
  const supergraph = readSupergraph(
    composed(Object.fromEntries(Object.entries(subgraphs).map(([name, sdl]) => [name, { sdl }]))),
  );
  const schema = loadGraphSchema(supergraph.sdl, { validate: false });
  const made = {
    supergraph,
    // The same plan for both: the suite `oracle` is for the keys.
    loaded: { ...schema, keys: { ...schema.keys, ...clientKeys } },
    planner: loadPlanner(supergraph.sdl, { depth: 99, counts: unlimited, introspection: false }),
  };
  loadedSupergraphs.set(subgraphs, made);
  return made;
}

async function pairOf(subgraphs: Subgraphs, faults: Faults): Promise<Pair> {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
  const { supergraph, loaded, planner } = loadedOf(subgraphs);
  const implementers = Object.fromEntries(
    Object.values(loaded.api.getTypeMap())
      .filter(isInterfaceType)
      .map((type) => [type.name, loaded.api.getPossibleTypes(type).map(({ name }) => name)]),
  );
  const mocks = new Map(
    Object.entries(subgraphs).map(([name, sdl]) => [name, mockSubgraph(sdl, faults, implementers)]),
  );
  // Both executors send the same calls, ours twice. Each call receives its own copy of one invented answer.
  let answers = new Map<string, Promise<string>>();
  const call = async (name: string, query: string, variables: string): Promise<FormattedExecutionResult> => {
    const mock = mocks.get(name);
    if (!mock) throw new Error(`There is no subgraph ${name}.`);
    const question = `${name} ${query} ${variables}`;
    let answer = answers.get(question);
    if (!answer) answers.set(question, (answer = mock(query, variables)));
    return JSON.parse(await answer) as FormattedExecutionResult;
  };

  let plan: QueryPlan | null = null;
  let planned = '';
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    validateSupergraph: false,
    // The best of so many plans will do: any of them is as hard to run.
    queryPlannerConfig: { debug: { maxEvaluatedPlans: 100 } },
    // The plan is the same for both: making it takes most of the time.
    experimental_didResolveQueryPlan: ({ queryPlan }) => (plan = queryPlan),
    logger: log,
    buildService: ({ name }) => ({
      process: async ({ request }) => {
        const answer = await call(name, request.query ?? '', JSON.stringify(request.variables ?? {}));
        return withoutInterfaces(answer, loaded.api);
      },
    }),
  });
  const { schema, executor } = await gateway.load();
  const rules = accessRules(supergraph.document, []);
  const variants = new PlanVariants([]);
  const variantOf = (document: DocumentNode, variables: Record<string, unknown>): PlanVariant => {
    const operation = document.definitions[0] as OperationDefinitionNode;
    const known = { source: '', document, operation, operationName: null };
    return variants.of(known, rules.grantOf(null), variables, {} as RequestScope);
  };
  // Stock loses what is required where a condition leaves it out: it receives the operation without its conditions.
  const textFor = (document: DocumentNode, variables: Record<string, unknown>, keys: Keys): string => {
    const operation = document.definitions[0] as OperationDefinitionNode;
    const selected = { operation, fragments: fragmentsOf(document.definitions) };
    const { skipInclude } = variantOf(document, variables);
    return plannedDocument(schema, selected, keys, skipInclude) ?? '{ __typename }';
  };

  return {
    schema,
    isSound: faults === sound,
    hasInterfaceObjects: loaded.hasInterfaceObjects,
    stop: () => gateway.stop(),
    stock: async (conditional, { variables }) => {
      answers = new Map();
      const query = textFor(conditional, variables, clientKeys);
      planned = query;
      const result = await executor({
        request: { query, variables },
        document: parse(query),
        queryHash: query,
        source: query,
        schema,
        metrics: {},
        logger: log,
        context: {},
      } as never);
      const completion = (result.extensions as { valueCompletion?: { path?: Path }[] } | undefined)
        ?.valueCompletion;
      return {
        data: JSON.parse(JSON.stringify(result.data ?? null)) as unknown,
        paths: [...(result.errors ?? []), ...(completion ?? [])].map(({ path }) => path),
        hidden: [],
      };
    },
    ours: async (document, { query: source, variables }) => {
      const operation = document.definitions[0] as OperationDefinitionNode;
      const known = { source, document, operation, operationName: null };
      const text = textFor(document, variables, loaded.keys);
      // As it comes from the planner's thread.
      const json =
        plan && text === planned
          ? JSON.stringify(plan)
          : planner.plan({ document: text, operationName: null, labels: [] });
      const plannedOperation = {
        plan: JSON.parse(json) as QueryPlan,
        planLength: json.length,
        refused: null,
      };
      const options = { joins: true, onGrown: () => undefined };
      const variant = variantOf(document, variables);
      const compiled = compileOperation(loaded, known, plannedOperation, variant, options);
      const run = () =>
        compiled.run(
          variables,
          withEntityBatching({
            fetch: (fetch, sent) => call(fetch.subgraph, fetch.query, sent),
            fetchEntities: (fetch, own, representations) =>
              call(fetch.subgraph, fetch.query, entityVariables(own, representations)),
          }),
        );
      const first = await run();
      // The compiled operation is reused. It must hold no state of the first run.
      const { data, errors } = await run();
      expect(data).toBe(first.data);
      const own = errors.filter(({ extensions }) => extensions['code'] === 'INVALID_GRAPHQL');
      return {
        data: JSON.parse(data) as unknown,
        paths: errors.map(({ path }) => path),
        hidden: own.length < errors.length ? own.map(({ path }) => path) : [],
      };
    },
  };
}

/**
 * For an entity of an interface object, stock @apollo/gateway takes the interface's name as the type, and then drops
 * the fields of the object type. So the mock hides that name from stock.
 */
function withoutInterfaces(answer: FormattedExecutionResult, api: GraphQLSchema): FormattedExecutionResult {
  const entities = answer.data?.['_entities'];
  for (const entity of Array.isArray(entities) ? (entities as ({ __typename?: string } | null)[]) : []) {
    if (entity?.__typename !== undefined && isInterfaceType(api.getType(entity.__typename))) {
      delete entity.__typename;
    }
  }
  return answer;
}

/** Without list indices: stock counts them wrong where entities in between have no representation. */
function erased(paths: readonly (Path | undefined)[]): string[] {
  return paths
    .map((path) =>
      (path ?? ['-'])
        .filter((step) => typeof step === 'string' && !['@', '_entities'].includes(step))
        .join('.'),
    )
    .sort();
}

/** Whether an answer has such a place, or null on the way to it. */
function isPlace(data: unknown, path: Path): boolean {
  let value = data;
  for (const step of path) {
    if (value === null || value === undefined) return true;
    if (typeof value !== 'object') return false;
    if (Array.isArray(value) && (typeof step === 'number' ? step >= value.length : true)) return false;
    value = (value as Record<string | number, unknown>)[step];
  }
  return true;
}

/** Whether some object at the way of a path has its keys, or null before it ends. */
function isSelected(data: unknown, path: Path): boolean {
  const [step, ...rest] = path;
  if (data === null || data === undefined || step === undefined) return true;
  if (Array.isArray(data)) {
    const below = typeof step === 'number' ? rest : path;
    return data.length === 0 || data.some((item) => isSelected(item, below));
  }
  if (['@', '_entities'].includes(String(step))) return isSelected(data, rest);
  if (typeof data !== 'object') return true;
  return Object.hasOwn(data, step) && isSelected((data as Record<string | number, unknown>)[step], rest);
}

/** Whether everything in `part` is in `whole`, which may have more fields. */
function isPartOf(part: unknown, whole: unknown, hasNulls = false): boolean {
  if (hasNulls && part === null && typeof whole === 'object') return true;
  if (typeof part !== 'object' || part === null) return part === whole;
  if (typeof whole !== 'object' || whole === null) return false;
  if (Array.isArray(part)) {
    return (
      Array.isArray(whole) &&
      part.length === whole.length &&
      part.every((item, index) => isPartOf(item, whole[index], hasNulls))
    );
  }
  return Object.entries(part).every(([key, value]) =>
    isPartOf(value, (whole as Record<string, unknown>)[key], hasNulls),
  );
}

function withTypenames(document: DocumentNode): DocumentNode {
  const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
  return visit(document, {
    SelectionSet: (node) => ({ ...node, selections: [...node.selections, typename] }),
  });
}

function withoutTypenames({ data, ...errors }: Result): Result {
  const text = JSON.stringify(data, (key, value: unknown) => (key === '__typename' ? undefined : value));
  return { data: JSON.parse(text) as unknown, ...errors };
}

/** The errors without those that stock hides. */
function withoutHidden(
  errors: readonly string[],
  told: readonly string[],
  hidden: readonly string[],
): string[] {
  const expected = [...told];
  const extra = [...hidden];
  return errors.filter((path) => {
    const at = expected.indexOf(path);
    if (at !== -1) expected.splice(at, 1);
    const isHidden = at === -1 && extra.includes(path);
    if (isHidden) extra.splice(extra.indexOf(path), 1);
    return !isHidden;
  });
}

async function compare(pair: Pair, random: Random, kind: 'query' | 'mutation'): Promise<boolean> {
  const operation = randomOperation(pair.schema, random, kind);
  const document = parse(operation.query);
  if (validate(pair.schema, document).length > 0) return false;
  let stock = await pair.stock(document, operation);
  let ours = await pair.ours(document, operation);
  if (!isDeepStrictEqual(stock.data, ours.data)) {
    // Stock drops a fragment on an object type within one on its interface, unless the object has a __typename. So the
    // test repeats the operation with __typename everywhere; our response without it must be the same.
    const first = withoutTypenames(stock);
    const typed = withTypenames(document);
    stock = withoutTypenames(await pair.stock(typed, operation));
    ours = withoutTypenames(ours);
    const consistent = isDeepStrictEqual(withoutTypenames(await pair.ours(typed, operation)).data, ours.data);
    // Where a field of such a fragment fails, or is null against the schema, stock with __typename loses the object around
    // it, without a word, and some such fragments it drops even then: then what it said first is what must be in ours.
    // Stock has null for an object that is known as an interface object alone; ours has the fields that were found.
    const isSame = pair.hasInterfaceObjects
      ? isPartOf(first.data, ours.data, true)
      : consistent && isPartOf(first.data, ours.data);
    if (isSame) stock = { ...first, data: ours.data };
  }
  // Only the first of several fields that null their parent is reported. Stock may report another one if it drops a
  // fragment, or if a field has a condition: stock resolves those last.
  const mayBeAnother = !pair.isSound || /@(?:skip|include)\b/.test(operation.query);
  const namesObjectsOnly = mayBeAnother && !isDeepStrictEqual(erased(ours.paths), erased(stock.paths));
  const place = `${operation.query}\n${JSON.stringify(operation.variables)}\nDIFFERENTIAL_SEED=${seed}`;
  const reported = (paths: Result['paths']): string[] =>
    erased(namesObjectsOnly ? paths.map((path) => path?.slice(0, -1)) : paths);
  // To a subgraph with an interface object all types are one: stock reports errors of fields that nobody selected.
  const own = reported(ours.paths);
  const told = reported(
    stock.paths.filter(
      (path) => !path || isSelected(ours.data, path) || reported([path]).every((each) => own.includes(each)),
    ),
  );
  const errors = withoutHidden(own, told, reported(ours.hidden));
  expect({ place, data: ours.data, errors }).toEqual({
    place,
    data: stock.data,
    errors: told,
  });
  const misplaced = ours.paths.filter((path) => path && !isPlace(ours.data, path));
  expect({ place, misplaced }).toEqual({ place, misplaced: [] });
  return true;
}

async function compareMany(
  subgraphs: Subgraphs,
  faults: Faults,
  random: Random,
  wanted: number,
): Promise<void> {
  const pair = await pairOf(subgraphs, faults);
  try {
    const kinds = pair.schema.getMutationType() ? (['query', 'mutation'] as const) : (['query'] as const);
    let compared = 0;
    for (let tries = 0; compared < wanted && tries < wanted * 5; tries += 1) {
      if (await compare(pair, random, random.pick(kinds))) compared += 1;
    }
    expect(compared).toBe(wanted);
  } finally {
    await pair.stop();
  }
}

describe(`random operations, answered as @apollo/gateway answers them (seed ${seed})`, () => {
  const random = new Random(seed);

  for (const [name, subgraphs] of Object.entries(supergraphs)) {
    test.each([
      ['sound', sound],
      ['sending nulls against the schema', faulty],
      ['failing', failing],
    ])(`${name}; subgraphs are %s`, (_name, faults) => compareMany(subgraphs, faults, random, count));
  }

  const sources = readSources(join(__dirname, '../../../supergraph.yaml'));
  const soukSubgraphs = Object.fromEntries(sources.map(({ name, sdl }) => [name, sdl]));
  test.each([
    ['sound', sound],
    ['failing', failing],
  ])("Souk's own supergraph; subgraphs are %s", async (_name, faults) => {
    await compareMany(soukSubgraphs, faults, random, count);
  });
});
