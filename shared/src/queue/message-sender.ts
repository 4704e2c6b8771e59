import { withDeadline } from '../async/deadline.js';
import { asError } from '../errors.js';
import type { Message, SendMessages, SubgraphName, UnsentMessage } from '../message.js';
import { UnsentMessages } from '../message.js';
import type { JobQueue, QueueConnection } from './connection.js';
import type { Job } from './job.js';
import { carried, jobsOf } from './job.js';
import { isRefusal } from './refusal.js';
import { replacementOf } from './unsent-replacement.js';

const sendTimeoutMs = 10_000;
const probeTimeoutMs = 2_000;

/**
 * Sends messages to the subgraphs' queues: one round trip for each queue, a job for up to a hundred messages. If a batch
 * fails although its queue answers, its messages are sent one by one, so that one that cannot be sent fails alone.
 */
export class MessageSender {
  readonly #connection: QueueConnection;
  readonly #queues = new Map<SubgraphName, JobQueue>();

  constructor(connection: QueueConnection) {
    this.#connection = connection;
  }

  /** Puts the messages on their queues. @throws UnsentMessages if some did not leave; all others have left */
  readonly send: SendMessages = async (messages) => {
    const byQueue = new Map<SubgraphName, Message[]>();
    for (const message of messages) {
      const group = byQueue.get(message.queue);
      if (group) group.push(message);
      else byQueue.set(message.queue, [message]);
    }
    const unsent = await Promise.all([...byQueue].map(([name, group]) => this.#sendTo(name, group)));
    if (unsent.some((some) => some.length > 0)) throw new UnsentMessages(unsent.flat());
  };

  /** Closes the queues; the owner closes the connection. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()));
  }

  async #sendTo(name: SubgraphName, messages: readonly Message[]): Promise<UnsentMessage[]> {
    try {
      await addJobs(this.#queue(name), jobsOf(messages.map(carried)));
      return [];
    } catch (error) {
      return this.#sendEach(name, messages, asError(error));
    }
  }

  /** @param first the error of all messages together */
  async #sendEach(name: SubgraphName, messages: readonly Message[], first: Error): Promise<UnsentMessage[]> {
    const unsent: UnsentMessage[] = [];
    let away = (await this.#answers(name)) ? null : first;
    for (const message of messages) {
      const error = away ?? (messages.length === 1 ? first : await this.#sendAlone(name, message));
      if (!error) continue;
      const isRefused = !away && isRefusal(error);
      if (!away && !isRefused && !(await this.#answers(name))) away = error;
      const reason = away ? 'unavailable' : isRefused ? 'refused' : 'failed';
      const replacement = away ? null : replacementOf(message, error);
      unsent.push({ message, error, reason, replacement });
    }
    return unsent;
  }

  async #sendAlone(name: SubgraphName, message: Message): Promise<Error | null> {
    try {
      await addJobs(this.#queue(name), jobsOf([carried(message)]));
      return null;
    } catch (error) {
      return asError(error);
    }
  }

  /** Whether the queue answers, so that a failure concerns the messages. */
  async #answers(name: SubgraphName): Promise<boolean> {
    try {
      const counts = this.#queue(name).getJobCounts('active');
      await withDeadline(counts, { timeoutMs: probeTimeoutMs, createError: createTimeoutError });
      return true;
    } catch {
      return false;
    }
  }

  #queue(name: SubgraphName): JobQueue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = this.#connection.queue(name);
      this.#queues.set(name, queue);
    }
    return queue;
  }
}

/** Puts jobs on a queue in one round trip. @throws when it is away or does not answer in time */
export async function addJobs(queue: Pick<JobQueue, 'add' | 'addBulk'>, jobs: readonly Job[]): Promise<void> {
  await withDeadline(add(queue, jobs), { timeoutMs: sendTimeoutMs, createError: createTimeoutError });
}

function createTimeoutError(): Error {
  return new Error('The queue did not answer in time.');
}

/** On PostgreSQL, BullMQ makes two temporary tables for a list of jobs, so that a list of one costs many times a job. */
async function add(queue: Pick<JobQueue, 'add' | 'addBulk'>, jobs: readonly Job[]): Promise<void> {
  const [job, ...others] = jobs;
  if (job && others.length === 0) await queue.add(job.name, job.data, job.opts);
  else await queue.addBulk([...jobs]);
}
