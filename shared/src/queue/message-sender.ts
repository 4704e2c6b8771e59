import { withDeadline } from '../async/deadline.js';
import type { Message, SendMessages, SubgraphName } from '../message.js';
import type { JobQueue, QueueConnection } from './connection.js';
import type { Job } from './job.js';
import { carried, jobsOf } from './job.js';

const sendTimeoutMs = 10_000;

/** Sends messages to the subgraphs' queues: one round trip for each queue, a job for up to a hundred messages. */
export class MessageSender {
  readonly #connection: QueueConnection;
  readonly #queues = new Map<SubgraphName, JobQueue>();

  constructor(connection: QueueConnection) {
    this.#connection = connection;
  }

  /** Puts the messages on their queues. @throws when a queue is away or does not answer in time. */
  readonly send: SendMessages = async (messages) => {
    const byQueue = new Map<SubgraphName, Message[]>();
    for (const message of messages) {
      const group = byQueue.get(message.queue);
      if (group) group.push(message);
      else byQueue.set(message.queue, [message]);
    }
    await Promise.all(
      [...byQueue].map(([name, group]) => addJobs(this.#queue(name), jobsOf(group.map(carried)))),
    );
  };

  /** Closes the queues; the owner closes the connection. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()));
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
  await withDeadline(add(queue, jobs), {
    timeoutMs: sendTimeoutMs,
    createError: () => new Error('The queue did not answer in time.'),
  });
}

/** On PostgreSQL, BullMQ makes two temporary tables for a list of jobs, so that a list of one costs many times a job. */
async function add(queue: Pick<JobQueue, 'add' | 'addBulk'>, jobs: readonly Job[]): Promise<void> {
  const [job, ...others] = jobs;
  if (job && others.length === 0) await queue.add(job.name, job.data, job.opts);
  else await queue.addBulk([...jobs]);
}
