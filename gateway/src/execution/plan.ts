import type { FetchNode, FlattenNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { GraphQLError } from 'graphql';
import type { SubgraphOperation } from '../link.js';
import type { Data, Path } from './data.js';
import { eachAt, isData, merge, objectsAt } from './data.js';
import { compileRequires } from './representations.js';
import { compileRewrites } from './rewrites.js';
import type { GraphSchema } from './schema.js';
import type { Switches } from './selection.js';

/** One run of a plan. */
export interface PlanRun {
  /** What the fetches have brought together, in the shape of the supergraph. */
  readonly data: Data;
  readonly errors: GraphQLError[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly switches: Switches;
  /** Asks a subgraph; never rejects: a subgraph that is away is an error of the answer. `variables` is JSON. */
  ask(operation: SubgraphOperation, variables: string): Promise<FormattedExecutionResult>;
  /**
   * Asks for entities: the fetch's own variables are the inside of a JSON object, representations are JSON; its answer has
   * them in their order. Never rejects.
   */
  askEntities(
    operation: SubgraphOperation,
    own: string,
    representations: readonly string[],
  ): Promise<FormattedExecutionResult>;
}

/** How a run asks subgraphs. */
export type Asking = Pick<PlanRun, 'ask' | 'askEntities'>;

/** The variables of a fetch of entities. */
export function entityVariables(own: string, representations: readonly string[]): string {
  return `{${own}${own === '' ? '' : ','}"representations":[${representations.join(',')}]}`;
}

/** The objects that a part of a plan works on, and the way to them. */
interface Cursor {
  objects: readonly Data[];
  path: Path;
}

type Step = (run: PlanRun, cursor: Cursor) => Promise<void> | void;

/** A plan, compiled. */
export type RunPlan = (run: PlanRun) => Promise<void> | void;

/** Compiles a plan into functions. A plan without nodes does nothing. */
export function compilePlan(schema: GraphSchema, { node }: QueryPlan): RunPlan {
  if (!node) return () => undefined;
  if (node.kind === 'Subscription') throw new Error('A subscription is run event by event.');
  const step = compileNode(schema, node);
  return (run) => step(run, { objects: [run.data], path: [] });
}

/** A subscription's plan, compiled: what opens the stream, and what is run for each event. */
export interface SubscriptionPlan {
  operation: SubgraphOperation;
  /** What the subgraph is sent, a JSON object. */
  variablesOf: (variables: PlanRun['variables']) => string;
  /** Takes an event in, and fetches what other subgraphs add to it. */
  runFor: (event: FormattedExecutionResult) => RunPlan;
}

/** Compiles the plan of a subscription. */
export function compileSubscription(
  schema: GraphSchema,
  { primary, rest }: SubscriptionNode,
): SubscriptionPlan {
  const { operation, variablesOf, receive } = compileRootFetch(schema, primary);
  const step = rest ? compileNode(schema, rest) : null;
  return {
    operation,
    variablesOf: (variables) => `{${variablesOf(variables)}}`,
    runFor: (event) => (run) => {
      const cursor: Cursor = { objects: [run.data], path: [] };
      receive(run, cursor, event);
      return step?.(run, cursor);
    },
  };
}

function compileNode(schema: GraphSchema, node: PlanNode): Step {
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((child) => compileNode(schema, child));
      return async (run, cursor) => {
        for (const step of steps) await step(run, cursor);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => compileNode(schema, child));
      return async (run, cursor) => {
        await Promise.all(steps.map(async (step) => step(run, cursor)));
      };
    }
    case 'Flatten':
      return compileFlatten(schema, node);
    case 'Condition': {
      const whenOn = node.ifClause ? compileNode(schema, node.ifClause) : null;
      const whenOff = node.elseClause ? compileNode(schema, node.elseClause) : null;
      return (run, cursor) => (run.switches.get(node.condition) ? whenOn : whenOff)?.(run, cursor);
    }
    case 'Fetch':
      return compileFetch(schema, node);
    case 'Defer':
      throw new Error('@defer is not part of the schema, and still in a plan.');
  }
}

function compileFlatten(schema: GraphSchema, { node, path }: FlattenNode): Step {
  const step = compileNode(schema, node);
  return (run, cursor) => {
    const objects: Data[] = [];
    for (const object of cursor.objects) objectsAt(object, path, 0, objects);
    if (objects.length === 0) return;
    return step(run, { objects, path: [...cursor.path, ...path] });
  };
}

function compileFetch(schema: GraphSchema, node: FetchNode): Step {
  if (node.requires) return compileEntityFetch(schema, node, node.requires);
  const { operation, variablesOf, receive } = compileRootFetch(schema, node);
  return async (run, cursor) => {
    receive(run, cursor, await run.ask(operation, `{${variablesOf(run.variables)}}`));
  };
}

function operationOf(node: FetchNode): SubgraphOperation {
  if (node.contextRewrites?.length) throw new Error('@fromContext is not supported.');
  return {
    subgraph: node.serviceName,
    query: node.operation,
    operationName: node.operationName,
    isQuery: (node.operationKind as string) === 'query',
    bodyStart: bodyStart(node),
  };
}

function bodyStart({ operation, operationName }: FetchNode): string {
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return `{"query":${JSON.stringify(operation)},${name}"variables":`;
}

/** The variables of a fetch that the client sent, as the inside of a JSON object. */
function compileVariables(usages: readonly string[] = []): (variables: PlanRun['variables']) => string {
  if (usages.length === 0) return () => '';
  return (variables) => {
    let text = '';
    for (const name of usages) {
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value !== undefined) text += `${text === '' ? '' : ','}"${name}":${JSON.stringify(value)}`;
    }
    return text;
  };
}

/** A fetch of root fields. */
interface RootFetch {
  operation: SubgraphOperation;
  /** The inside of a JSON object. */
  variablesOf: (variables: PlanRun['variables']) => string;
  /** Takes an answer in. */
  receive: (run: PlanRun, cursor: Cursor, answer: FormattedExecutionResult) => void;
}

function compileRootFetch(schema: GraphSchema, node: FetchNode): RootFetch {
  const rewriteOutput = compileRewrites(schema, node.outputRewrites);
  return {
    operation: operationOf(node),
    variablesOf: compileVariables(node.variableUsages),
    receive: (run, cursor, { data, errors }) => {
      if (errors) {
        for (const error of errors) {
          run.errors.push(downstream(error, node.serviceName, error.path && [...cursor.path, ...error.path]));
        }
      }
      if (!isData(data)) return;
      rewriteOutput?.(data);
      for (const object of cursor.objects) merge(object, data);
    },
  };
}

function compileEntityFetch(
  schema: GraphSchema,
  node: FetchNode,
  requires: NonNullable<FetchNode['requires']>,
): Step {
  const operation = operationOf(node);
  const variablesOf = compileVariables(node.variableUsages);
  const represent = compileRequires(schema, requires);
  const rewriteInput = compileRewrites(schema, node.inputRewrites);
  const rewriteOutput = compileRewrites(schema, node.outputRewrites);

  return async (run, cursor) => {
    const { texts, owners } = representationsOf(cursor.objects, represent, rewriteInput);
    if (texts.length === 0) return;
    const { data, errors } = await run.askEntities(operation, variablesOf(run.variables), texts);
    if (errors) reportEntityErrors(run, cursor, node, errors, owners);
    if (!isData(data)) return;
    const received = data['_entities'];
    if (!Array.isArray(received) || received.length !== texts.length) {
      // With errors, the null of the list is theirs.
      if (!errors) {
        const message = `A subgraph answered another number of entities than were asked: ${node.serviceName}.`;
        run.errors.push(new GraphQLError(message));
      }
      return;
    }
    const { objects } = cursor;
    if (rewriteOutput) {
      for (const [index, object] of objects.entries()) {
        const entity: unknown = received[owners[index] ?? -1];
        // What is rewritten depends on the type; an entity that does not tell has that of its representation.
        if (isData(entity)) entity['__typename'] ??= object['__typename'];
      }
      for (const entity of received) rewriteOutput(entity);
    }
    for (let index = 0; index < objects.length; index += 1) {
      const entity: unknown = received[owners[index] ?? -1];
      const object = objects[index];
      if (object && isData(entity)) merge(object, entity);
    }
  };
}

interface Representations {
  /** Distinct, as JSON. */
  texts: string[];
  /** For each object the index of its representation, or -1. */
  owners: number[];
}

function representationsOf(
  objects: readonly Data[],
  represent: (entity: Data) => string | null,
  rewriteInput: ((value: unknown) => void) | null,
): Representations {
  const texts: string[] = [];
  const owners: number[] = [];
  const known = new Map<string, number>();
  for (const object of objects) {
    const text = represent(object);
    if (text === null) {
      owners.push(-1);
      continue;
    }
    // Told apart before they are rewritten: two implementers of an interface object keep their own type names.
    let index = known.get(text);
    if (index === undefined) {
      index = texts.length;
      known.set(text, index);
      texts.push(rewriteInput ? rewritten(text, rewriteInput) : text);
    }
    owners.push(index);
  }
  return { texts, owners };
}

function rewritten(text: string, rewrite: (value: unknown) => void): string {
  const representation = JSON.parse(text) as unknown;
  rewrite(representation);
  return JSON.stringify(representation);
}

/** An error of an entity is told at each place where the entity stands. */
function reportEntityErrors(
  run: PlanRun,
  cursor: Cursor,
  node: FetchNode,
  errors: readonly GraphQLFormattedError[],
  owners: readonly number[],
): void {
  const places: Path[][] = [];
  const placesOf = (index: number): Path[] => {
    if (places.length === 0) {
      let position = 0;
      eachAt(run.data, cursor.path, (_object, at) => {
        const owner = owners[position] ?? -1;
        position += 1;
        if (owner >= 0) (places[owner] ??= []).push([...at]);
      });
    }
    return places[index] ?? [];
  };
  for (const error of errors) {
    const [field, index, ...below] = error.path ?? [];
    const at = field === '_entities' && typeof index === 'number' ? placesOf(index) : [];
    if (at.length === 0) {
      run.errors.push(downstream(error, node.serviceName, error.path && withoutMarks(cursor.path)));
    }
    for (const place of at) run.errors.push(downstream(error, node.serviceName, [...place, ...below]));
  }
}

/** Where the place in a list is not known, the path ends at the list. */
function withoutMarks(path: Path): Path {
  const mark = path.indexOf('@');
  return mark === -1 ? path : path.slice(0, mark);
}

function downstream(error: GraphQLFormattedError, serviceName: string, path: Path | undefined): GraphQLError {
  return new GraphQLError(error.message || `The subgraph ${serviceName} reported an error.`, {
    originalError: Object.assign(new Error(error.message), error),
    ...(path ? { path } : {}),
    extensions: { ...error.extensions, serviceName },
  });
}
