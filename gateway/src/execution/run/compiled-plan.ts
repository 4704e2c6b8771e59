import type { FetchNode, FlattenNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { FormattedExecutionResult } from 'graphql';
import type { SubgraphOperation } from '../../types/subgraph-operation.js';
import type { Data } from '../../types/data.js';
import { isData, merge, objectsAt } from '../../types/data.js';
import { compileEntityFetch } from './entity-fetch.js';
import type { PlanSource } from './fetch.js';
import { compileVariables, downstream, operationOf, renamedKeys, suppliedKeys } from './fetch.js';
import type { Cursor, PlanRun, Step } from './plan-run.js';
import { compileRewrites } from './rewrites.js';

/** A plan, compiled. */
export type RunPlan = (run: PlanRun) => Promise<void> | void;

/** Compiles a plan into functions. A plan without nodes does nothing. */
export function compilePlan(source: PlanSource, { node }: QueryPlan): RunPlan {
  if (!node) return () => undefined;
  if (node.kind === 'Subscription') throw new Error('Subscriptions are executed event by event.');
  const step = compileNode(source, node);
  return (run) => step(run, { objects: [run.data], path: [] });
}

/** A subscription's plan, compiled: what opens the stream, and what is run for each event. */
export interface SubscriptionPlan {
  operation: SubgraphOperation;
  /** The variables sent to the subgraph, a JSON object. */
  variablesOf: (variables: PlanRun['variables']) => string;
  /** Takes an event in, and fetches what other subgraphs add to it. */
  runFor: (event: FormattedExecutionResult) => RunPlan;
}

/** Compiles the plan of a subscription. */
export function compileSubscription(
  source: PlanSource,
  { primary, rest }: SubscriptionNode,
): SubscriptionPlan {
  const { operation, variablesOf, receive } = compileRootFetch(source, primary);
  const step = rest ? compileNode(source, rest) : null;
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

function compileNode(source: PlanSource, node: PlanNode): Step {
  switch (node.kind) {
    case 'Sequence': {
      const steps = node.nodes.map((child) => compileNode(source, child));
      return async (run, cursor) => {
        for (const step of steps) await step(run, cursor);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => compileNode(source, child));
      return async (run, cursor) => {
        await Promise.all(steps.map(async (step) => step(run, cursor)));
      };
    }
    case 'Flatten':
      return compileFlatten(source, node);
    case 'Fetch':
      return compileFetch(source, node);
    case 'Condition':
      throw new Error('Operations are planned without conditions, and one is still in a plan.');
    case 'Defer':
      throw new Error('@defer is not part of the schema, and still in a plan.');
  }
}

function compileFlatten(source: PlanSource, { node, path }: FlattenNode): Step {
  const step = compileNode(source, node);
  return (run, cursor) => {
    const objects: Data[] = [];
    for (const object of cursor.objects) objectsAt(object, path, 0, objects);
    if (objects.length === 0) return;
    return step(run, { objects, path: [...cursor.path, ...path] });
  };
}

function compileFetch(source: PlanSource, node: FetchNode): Step {
  if (node.requires) return compileEntityFetch(source, node, node.requires);
  const { operation, variablesOf, receive } = compileRootFetch(source, node);
  return async (run, cursor) => {
    receive(run, cursor, await run.fetch(operation, `{${variablesOf(run.variables)}}`));
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

function compileRootFetch(source: PlanSource, node: FetchNode): RootFetch {
  const rewriteOutput = compileRewrites(source.schema, node.outputRewrites);
  const keys = suppliedKeys(node);
  const names = renamedKeys(node);
  return {
    operation: operationOf(node),
    variablesOf: compileVariables(node.variableUsages),
    receive: (run, cursor, { data, errors }) => {
      if (errors) {
        for (const error of errors) {
          const path = error.path && [
            ...cursor.path,
            ...error.path.map((step) => names.get(String(step)) ?? step),
          ];
          run.errors.push(downstream(error, node.serviceName, path));
        }
        if (!isData(data) || errors.some(({ path }) => !path))
          run.failed.push({ path: cursor.path, keys: keys() });
      }
      if (!isData(data)) return;
      rewriteOutput?.(data);
      for (const object of cursor.objects) merge(object, data);
    },
  };
}
