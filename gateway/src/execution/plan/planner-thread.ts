import type { Log } from '@souk/shared/log';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PlannerCall, PlannerReply, PlannerTask } from './planner-worker.js';
import { TaskRunner } from './planner-worker.js';
import type { DocumentProblem } from './supergraph-planner.js';

/** The file that the planner's thread runs. */
export interface ThreadFile {
  file: string;
  /** Options of node for the thread. */
  execArgv?: readonly string[];
}

/** Where planner tasks are done. */
export interface TaskExecutor {
  /** @throws ThreadFailed where the thread ended, or took too long; Error where the task itself failed */
  run(task: PlannerTask): Promise<Done>;
  close(): Promise<void>;
}

/** A task that is done. */
export interface Done {
  value: DocumentProblem[] | string | null;
  /** Of the thread's time. */
  ms: number;
}

/** The thread ended while it worked on a task. */
export class ThreadFailed extends Error {}

const compiled = join(__dirname, 'planner-worker.js');

/** The thread of a compiled gateway; null where the gateway runs from sources. */
export const plannerThreadFile: ThreadFile | null = existsSync(compiled) ? { file: compiled } : null;

/** Does tasks in the calling thread: for gateways that run from sources. */
export class InlineExecutor implements TaskExecutor {
  readonly #runner = new TaskRunner();

  run(task: PlannerTask): Promise<Done> {
    return new Promise((resolve) => {
      const begun = performance.now();
      const value = this.#runner.run(task);
      resolve({ value, ms: performance.now() - begun });
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

interface Pending {
  resolve: (done: Done) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

// A plan that needs more memory ends the thread, and not the process.
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 };
const maxLoadMs = 120_000;

/**
 * Does tasks in a thread of their own, one after the other. A task that takes longer than `maxTaskMs` ends the thread;
 * the next task starts another one, which loads the same supergraphs first. A thread that has loaded does not keep the
 * process alive.
 */
export class PlannerThread implements TaskExecutor {
  readonly #file: ThreadFile;
  readonly #maxTaskMs: number;
  readonly #log: Log;
  readonly #loaded = new Map<number, PlannerTask>();
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #calls = 0;
  #loading: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(file: ThreadFile, maxTaskMs: number, log: Log) {
    this.#file = file;
    this.#maxTaskMs = maxTaskMs;
    this.#log = log;
  }

  async run(task: PlannerTask): Promise<Done> {
    if (task.kind === 'load') {
      const loading = this.#send(task, maxLoadMs);
      this.#loading = loading.catch(() => undefined);
      const worker = this.#worker;
      // A process that starts may have nothing else to wait for.
      worker?.ref();
      try {
        const done = await loading;
        this.#loaded.set(task.supergraph, task);
        return done;
      } finally {
        worker?.unref();
      }
    }
    if (task.kind === 'forget') this.#loaded.delete(task.supergraph);
    // The time of a task does not begin while the thread starts, or loads a supergraph.
    if (!this.#isClosed) this.#started();
    await this.#loading;
    return this.#send(task, this.#maxTaskMs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #send(task: PlannerTask, maxMs: number): Promise<Done> {
    if (this.#isClosed) return Promise.reject(new ThreadFailed('The gateway is closing.'));
    const worker = this.#started();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#log.error({ kind: task.kind, maxMs }, 'planner thread ended: a task took too long');
        this.#abandon(worker, new ThreadFailed('The task took too long.'));
        void worker.terminate();
      }, maxMs);
      timer.unref();
      this.#calls += 1;
      this.#pending.set(this.#calls, { resolve, reject, timer });
      worker.postMessage({ call: this.#calls, task } satisfies PlannerCall);
    });
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const { file, execArgv } = this.#file;
    const worker = new Worker(file, { resourceLimits, ...(execArgv && { execArgv: [...execArgv] }) });
    worker.on('message', (reply: PlannerReply) => this.#take(reply));
    worker.on('error', (error) => {
      this.#log.error({ err: error }, 'planner thread failed');
      this.#abandon(worker, new ThreadFailed('The planner failed.', { cause: error }));
    });
    worker.on('exit', () => this.#abandon(worker, new ThreadFailed('The planner has ended.')));
    // After the listeners: adding a message listener refs the worker again.
    worker.unref();
    this.#worker = worker;
    const loads = [...this.#loaded.values()].map((task) => this.#send(task, maxLoadMs));
    if (loads.length > 0) this.#loading = Promise.allSettled(loads);
    return worker;
  }

  #take(reply: PlannerReply): void {
    const pending = this.#pending.get(reply.call);
    if (!pending) return;
    this.#pending.delete(reply.call);
    clearTimeout(pending.timer);
    if ('failure' in reply) pending.reject(new Error(reply.failure));
    else pending.resolve({ value: reply.value, ms: reply.ms });
  }

  /** Fails what the thread has not done; the next task starts another thread. */
  #abandon(worker: Worker, error: ThreadFailed): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject, timer } of pending) {
      clearTimeout(timer);
      reject(error);
    }
  }
}
