import { parentPort } from 'node:worker_threads';
import type { DocumentLimits } from '../../limits/document-rules.js';
import type { DocumentProblem, PlanRequest, SupergraphPlanner } from './supergraph-planner.js';
import { loadPlanner } from './supergraph-planner.js';

/** A task of the planner's thread. A supergraph is loaded under a number before operations are planned on it. */
export type PlannerTask =
  | { kind: 'load'; supergraph: number; sdl: string; limits: DocumentLimits }
  | { kind: 'forget'; supergraph: number }
  | { kind: 'check'; supergraph: number; source: string; operationName: string | null }
  | { kind: 'plan'; supergraph: number; request: PlanRequest };

/** A task, and the number by which it is answered. */
export interface PlannerCall {
  call: number;
  task: PlannerTask;
}

/** The outcome of a task. `ms` is the time that it took. */
export type PlannerReply =
  | { call: number; ms: number; value: DocumentProblem[] | string | null }
  | { call: number; ms: number; failure: string };

/** Does tasks in the calling thread. */
export class TaskRunner {
  readonly #planners = new Map<number, SupergraphPlanner>();

  /** @returns the problems of a document, a plan as JSON, or null for the other kinds */
  run(task: PlannerTask): DocumentProblem[] | string | null {
    if (task.kind === 'load') this.#planners.set(task.supergraph, loadPlanner(task.sdl, task.limits));
    else if (task.kind === 'forget') this.#planners.delete(task.supergraph);
    else {
      const planner = this.#planners.get(task.supergraph);
      if (!planner) throw new Error('The supergraph has not been loaded.');
      return task.kind === 'check'
        ? planner.check(task.source, task.operationName)
        : planner.plan(task.request);
    }
    return null;
  }
}

// This module is also the thread's entry: there it has a parent.
const port = parentPort;
if (port) {
  const runner = new TaskRunner();
  port.on('message', ({ call, task }: PlannerCall) => {
    const begun = performance.now();
    let reply: PlannerReply;
    try {
      const value = runner.run(task);
      reply = { call, ms: performance.now() - begun, value };
    } catch (error) {
      const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
      reply = { call, ms: performance.now() - begun, failure };
    }
    port.postMessage(reply);
  });
}
