import type { Json } from '../errors.js';
import type { Log } from '../log.js';
import type { SubgraphName } from '../message.js';
import type { JobWorker, QueueConnection } from './connection.js';

/** Which try of a message this is. */
export interface Attempt {
  /** 1 for the first. */
  number: number;
  /** Whether the queue gives up after this one. */
  last: boolean;
}

/** Handles messages of one name. It may see each more than once; what it throws is a fault, and retried. */
export type MessageHandler = (body: Json, attempt: Attempt) => Promise<void>;

/** What a subgraph's worker handles, by message name. */
export type MessageHandlers = Readonly<Record<string, MessageHandler>>;

// A job whose worker was killed is taken up again after this long.
const lockDurationMs = 10_000;
const stalledIntervalMs = 5_000;
const maxStalledCount = 20;
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** Works a subgraph's queue, and stays calm while the store is away. */
export class MessageWorker {
  readonly #worker: JobWorker;
  readonly #log: Log;
  #pauseMs = firstPauseMs;
  #paused: NodeJS.Timeout | null = null;
  #closing = false;

  constructor(
    connection: QueueConnection,
    queue: SubgraphName,
    handlers: MessageHandlers,
    options: { concurrency: number; log: Log },
  ) {
    this.#log = options.log;
    this.#worker = connection.worker(
      queue,
      async (job) => {
        const handler = handlers[job.name];
        if (!handler) throw new Error(`${queue} handles no message ${JSON.stringify(job.name)}.`);
        const number = job.attemptsMade + 1;
        try {
          await handler(job.data as Json, { number, last: number >= (job.opts.attempts ?? 1) });
        } catch (error) {
          options.log.warn({ err: error, message: job.name, attempt: number }, 'a message failed');
          throw error;
        }
      },
      {
        concurrency: options.concurrency,
        lockDuration: lockDurationMs,
        stalledInterval: stalledIntervalMs,
        maxStalledCount,
      },
    );
    this.#worker.on('error', (error) => this.#rest(error));
    this.#worker.on('active', () => {
      this.#pauseMs = firstPauseMs;
    });
  }

  /** Resolves when the worker can take jobs. */
  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  /** Takes no more jobs and waits for those at work. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#paused) clearTimeout(this.#paused);
    await this.#worker.close();
  }

  // A worker whose store is gone would ask for jobs without a pause and keep a core busy: it rests, longer each
  // time, and comes back by itself.
  #rest(error: Error): void {
    if (this.#closing || this.#paused) return;
    this.#log.warn({ err: error, pauseMs: this.#pauseMs }, 'the queue is away; the worker rests');
    void this.#worker.pause(true).catch(() => undefined);
    this.#paused = setTimeout(() => {
      this.#paused = null;
      if (!this.#closing) this.#worker.resume();
    }, this.#pauseMs);
    this.#paused.unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}
