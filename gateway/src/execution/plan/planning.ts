import { LRUCache } from 'lru-cache';
import { graphError } from '@souk/shared/graph/errors';
import type { Log } from '@souk/shared/log';
import { countLimit, planningSeconds } from '@souk/shared/telemetry';
import type { GraphQLError } from 'graphql';
import type { DocumentLimits } from '../../limits/document-rules.js';
import type { PlanningClient } from './planning-queue.js';
import { PlanningQueue, QueueRefusal } from './planning-queue.js';
import type { PlannerTask } from './planner-worker.js';
import type { TaskExecutor, ThreadFile } from './planner-thread.js';
import { InlineExecutor, PlannerThread, ThreadFailed } from './planner-thread.js';
import type { DocumentProblem, PlanRequest } from './supergraph-planner.js';
import { errorOf, tooManyWays } from './supergraph-planner.js';

/** On whose behalf an operation is planned. */
export interface PlanningCaller extends PlanningClient {
  /** Called with the planning time if this caller's request started the planning. */
  onPlanned: ((ms: number) => void) | null;
}

/** How operations are planned. */
export interface PlanningOptions {
  /** Null plans in the calling thread. */
  thread: ThreadFile | null;
  log: Log;
}

/** Plans the operations of one supergraph; errors that are thrown are meant for the client. */
export interface SnapshotPlanner {
  /** Resolves when the supergraph is loaded. @throws where it cannot be planned on */
  readonly ready: Promise<void>;
  /** The problems of a document; empty if it is valid. */
  check(
    source: string,
    operationName: string | null,
    caller: PlanningCaller,
  ): Promise<readonly GraphQLError[]>;
  /** @returns a QueryPlan as JSON */
  plan(request: PlanRequest, caller: PlanningCaller): Promise<string>;
  /** Lets the planner go. */
  forget(): void;
}

/**
 * Jobs that wait for the planner. With 20 ms for each the last of 250 waits for the longest time that a client does.
 */
const queueLimits = { total: 400, perAddress: 200, perClient: 100, waitMs: 5_000 };
/** Timeout of checking or planning one document. */
const maxTaskMs = 5_000;
const retryAfterS = 1;
/** Documents that ended the planner's thread are refused at once for a while. */
const fatalForMs = 600_000;
const maxFatal = 1_000;

let supergraphs = 0;

/** The planner of a gateway: one thread, and the queue in front of it. */
export class Planning {
  readonly #executor: TaskExecutor;
  readonly #queue = new PlanningQueue(queueLimits);
  readonly #fatal = new LRUCache<string, number>({ max: maxFatal });

  constructor({ thread, log }: PlanningOptions) {
    this.#executor = thread ? new PlannerThread(thread, maxTaskMs, log) : new InlineExecutor();
  }

  /** Loads a supergraph. */
  load(sdl: string, limits: DocumentLimits): SnapshotPlanner {
    supergraphs += 1;
    const supergraph = supergraphs;
    const ready = this.#executor.run({ kind: 'load', supergraph, sdl, limits }).then(() => undefined);
    // Callers that await `ready` receive the failure.
    ready.catch(() => undefined);
    return {
      ready,
      check: async (source, operationName, caller) => {
        const key = `check ${supergraph} ${JSON.stringify(operationName)} ${source}`;
        const task = { kind: 'check', supergraph, source, operationName } as const;
        const problems = (await this.#do(key, task, caller)) as DocumentProblem[];
        return problems.map((problem) => errorOf(problem, source));
      },
      plan: async (request, caller) => {
        const { document, operationName, labels } = request;
        const key = `plan ${supergraph} ${JSON.stringify([operationName, ...labels])} ${document}`;
        const task = { kind: 'plan', supergraph, request } as const;
        return (await this.#do(key, task, caller)) as string;
      },
      forget: () => void this.#executor.run({ kind: 'forget', supergraph }).catch(() => undefined),
    };
  }

  /** Refuses all that waits, and ends the thread. */
  async close(): Promise<void> {
    this.#queue.close();
    await this.#executor.close();
  }

  async #do(
    key: string,
    task: PlannerTask,
    caller: PlanningCaller,
  ): Promise<DocumentProblem[] | string | null> {
    if (performance.now() < (this.#fatal.get(key) ?? 0)) throw tooSlow();
    try {
      return await this.#queue.enqueue(key, caller, async () => {
        const begun = performance.now();
        try {
          const { value, ms } = await this.#executor.run(task);
          planningSeconds.observe({ step: task.kind }, ms / 1_000);
          caller.onPlanned?.(ms);
          return value;
        } catch (error) {
          if (error instanceof ThreadFailed || isUnplannable(error)) {
            this.#fatal.set(key, performance.now() + fatalForMs);
            caller.onPlanned?.(performance.now() - begun);
          }
          throw error;
        }
      });
    } catch (error) {
      throw clientErrorOf(error);
    }
  }
}

function clientErrorOf(error: unknown): unknown {
  if (error instanceof QueueRefusal) {
    countLimit('planning');
    if (error.reason === 'flooded') {
      const message = 'Too many new operations of this client wait to be planned.';
      return graphError('RATE_LIMITED', message, { retryAfter: retryAfterS, http: { status: 429 } });
    }
    return unavailable();
  }
  if (isUnplannable(error)) return tooSlow();
  return error instanceof ThreadFailed ? unavailable() : error;
}

function isUnplannable(error: unknown): boolean {
  return error instanceof Error && tooManyWays.test(error.message);
}

function unavailable(): GraphQLError {
  const message = 'New operations cannot be planned at the moment. Try again.';
  return graphError('SERVICE_UNAVAILABLE', message, { retryAfter: retryAfterS, http: { status: 503 } });
}

function tooSlow(): GraphQLError {
  countLimit('planning');
  return graphError('OPERATION_TOO_LARGE', 'The operation takes too long to plan.');
}
