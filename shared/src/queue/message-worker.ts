import { UnrecoverableError } from 'bullmq';
import { crashPoint } from '../crash-point.js';
import type { Json } from '../errors.js';
import { asError } from '../errors.js';
import { Batcher } from '../async/batcher.js';
import type { Log } from '../log.js';
import type { SubgraphName } from '../message.js';
import { batchSize, messagesFailed } from '../telemetry.js';
import { storable } from '../text.js';
import type { SpanIds } from '../tracing.js';
import { spanIds } from '../tracing.js';
import type { JobQueue, JobWorker, QueueConnection } from './connection.js';
import type { CarriedMessage } from './job.js';
import { jobsOf, maxMessages, retryDelayMs } from './job.js';
import { addJobs } from './message-sender.js';
import { isRefusal } from './refusal.js';

/** The attempt of a message. */
export interface Attempt {
  /** 1 for the first. */
  number: number;
  /** Whether the queue gives up after this one. */
  last: boolean;
}

/** A received message. */
export interface Delivery {
  body: Json;
  attempt: Attempt;
  /** The sender's partition key. */
  lane?: string;
}

/** Handles messages of one name. It may receive each more than once; an error is a fault, and retried. */
export type MessageHandler = (body: Json, attempt: Attempt) => Promise<void>;

/** Handles messages of one name in batches. */
export interface BatchMessageHandler {
  /** Messages of different groups never share a batch; by default there is one group. */
  groupOf?(body: Json): string;
  /** Concurrent batches of a group; with 1, messages that arrive meanwhile share the next batch. */
  parallel(group: string): number;
  /** Maximum number of messages in a batch of the group. */
  size(group: string): number;
  /** Returns null for each handled message, or the fault of one to be retried, in order. */
  handle(deliveries: readonly Delivery[]): Promise<readonly (Error | null)[]>;
}

/** The handlers of a subgraph's worker, by message name. */
export type MessageHandlers = Readonly<Record<string, MessageHandler | BatchMessageHandler>>;

/** A message in progress, with the callback for its end. */
interface Work {
  delivery: Delivery;
  settle: (fault: Error | null) => void;
}

// The job of a killed worker is taken over after this time.
const lockDurationMs = 10_000;
const stalledIntervalMs = 5_000;
const maxStalledCount = 20;
const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Concurrent jobs. Their messages are handled in batches, so this only bounds how far ahead the worker reads. */
const concurrentJobs = 40;
const maxReasonLength = 1_000;

/** Handles the messages of a subgraph's queue, and pauses while the store is unavailable. */
export class MessageWorker {
  readonly #name: SubgraphName;
  readonly #handlers: MessageHandlers;
  readonly #concurrency: number;
  readonly #batchers = new Map<string, Batcher<Work>>();
  /** For retries. */
  readonly #queue: JobQueue;
  readonly #worker: JobWorker;
  readonly #log: Log;
  #pauseMs = firstPauseMs;
  #paused: NodeJS.Timeout | null = null;
  #closing = false;

  /** @param options `concurrency`: concurrent messages of handlers without batches */
  constructor(
    connection: QueueConnection,
    queue: SubgraphName,
    handlers: MessageHandlers,
    options: { concurrency: number; log: Log },
  ) {
    this.#name = queue;
    this.#handlers = handlers;
    this.#concurrency = options.concurrency;
    this.#log = options.log;
    this.#queue = connection.queue(queue);
    this.#worker = connection.worker(queue, (job) => this.#work(job.data as CarriedMessage[]), {
      concurrency: concurrentJobs,
      lockDuration: lockDurationMs,
      stalledInterval: stalledIntervalMs,
      maxStalledCount,
    });
    this.#worker.on('error', (error) => this.#pause(error));
    this.#worker.on('active', () => {
      this.#pauseMs = firstPauseMs;
    });
  }

  /** Resolves when the worker can take jobs. */
  async ready(): Promise<void> {
    await this.#worker.waitUntilReady();
  }

  /** Takes no more jobs and waits for those in progress. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#paused) clearTimeout(this.#paused);
    await this.#worker.close();
    await this.#queue.close();
  }

  async #work(messages: readonly CarriedMessage[]): Promise<void> {
    const faults = await Promise.all(messages.map((message) => this.#handle(message)));
    const failed = messages.flatMap((message, index) => {
      const fault = faults[index] ?? null;
      return fault === null ? [] : [{ message, fault }];
    });
    crashPoint('before a job is done');
    const [first] = failed;
    if (!first) return;
    // A job with a single message, at its last attempt: it stays among the failed jobs for inspection.
    if (messages.length === 1 && first.message.attempt >= first.message.attempts) {
      // The queue stores the text: one that it refuses would keep the job from ending.
      throw new UnrecoverableError(storable(first.fault.message, maxReasonLength));
    }
    await Promise.all(failed.map(({ message }) => this.#retry(message)));
  }

  /** Adds a message to its batcher. Resolves with null, or with the fault. */
  #handle(message: CarriedMessage): Promise<Error | null> {
    const { name, body, attempt: number, attempts, lane } = message;
    const handler = this.#handlers[name];
    if (!handler) {
      const fault = new Error(`${this.#name} handles no message ${JSON.stringify(name)}.`);
      this.#report(message, fault);
      return Promise.resolve(fault);
    }
    const delivery: Delivery = {
      body,
      attempt: { number, last: number >= attempts },
      ...(lane !== undefined && { lane }),
    };
    return new Promise((resolve) => {
      const settle = (fault: Error | null): void => {
        if (fault !== null) this.#report(message, fault);
        resolve(fault);
      };
      this.#batcher(name, handler, body).add({ delivery, settle }, lane);
    });
  }

  #batcher(name: string, handler: MessageHandler | BatchMessageHandler, body: Json): Batcher<Work> {
    const group = typeof handler === 'function' ? '' : (handler.groupOf?.(body) ?? '');
    const key = `${name}/${group}`;
    let intake = this.#batchers.get(key);
    if (!intake) {
      intake = new Batcher(
        typeof handler === 'function'
          ? { run: (work) => runEach(handler, work), maxBatch: 1, parallel: this.#concurrency }
          : {
              run: (work) => {
                batchSize.observe({ queue: this.#name, name: group || name }, work.length);
                return runTogether(handler, work);
              },
              maxBatch: Math.min(handler.size(group), maxMessages),
              parallel: Math.min(handler.parallel(group), this.#concurrency),
            },
      );
      this.#batchers.set(key, intake);
    }
    return intake;
  }

  async #retry(message: CarriedMessage): Promise<void> {
    // A message from a batch is given up only in a job of its own.
    const attempt = Math.min(message.attempt + 1, message.attempts);
    try {
      await addJobs(this.#queue, jobsOf([{ ...message, attempt }], retryDelayMs(message.attempt)));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Its job must not return because of it, with the messages that were handled. Its saga's sweep sends it again.
      this.#report({ ...message, attempt: message.attempts }, asError(error));
    }
  }

  #report({ name, body, attempt, attempts }: CarriedMessage, fault: Error): void {
    const note = { err: fault, message: name, attempt, ...sagaOf(body) };
    messagesFailed.inc({ queue: this.#name, name, set_aside: String(attempt >= attempts) });
    if (attempt < attempts) this.#log.warn(note, 'a message failed');
    else this.#log.error(note, 'a message failed for the last time');
  }

  // Without its store the worker would poll without a pause and keep a core busy: it pauses, longer each time, and
  // resumes by itself.
  #pause(error: Error): void {
    if (this.#closing || this.#paused) return;
    this.#log.warn({ err: error, pauseMs: this.#pauseMs }, 'the queue is unavailable; worker paused');
    void this.#worker.pause(true).catch(() => undefined);
    this.#paused = setTimeout(() => {
      this.#paused = null;
      if (!this.#closing) this.#worker.resume();
    }, this.#pauseMs);
    this.#paused.unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
  }
}

/** The saga and trace of a message, for the log. */
function sagaOf(body: Json): { transactionId?: string } & Partial<SpanIds> {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return {};
  const { transactionId, traceparent } = body;
  return {
    ...(typeof transactionId === 'string' && { transactionId }),
    ...(typeof traceparent === 'string' && spanIds(traceparent)),
  };
}

async function runEach(handler: MessageHandler, work: readonly Work[]): Promise<void> {
  await Promise.all(
    work.map(async ({ delivery, settle }) => {
      try {
        await handler(delivery.body, delivery.attempt);
        settle(null);
      } catch (error) {
        settle(asError(error));
      }
    }),
  );
}

async function runTogether(handler: BatchMessageHandler, work: readonly Work[]): Promise<void> {
  let faults: readonly (Error | null)[];
  try {
    faults = await handler.handle(work.map(({ delivery }) => delivery));
  } catch (error) {
    const fault = asError(error);
    faults = work.map(() => fault);
  }
  work.forEach(({ settle }, index) => settle(faults[index] ?? null));
}
