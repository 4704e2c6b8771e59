import type { Message, SendMessages, SubgraphName } from '../message.js';
import type { JobQueue, QueueConnection } from './connection.js';

const defaultAttempts = 6;
const firstRetryMs = 150;
const sendTimeoutMs = 10_000;

/** Sends messages to the subgraphs' queues: one round trip for each queue. */
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
    await Promise.all([...byQueue].map(([queue, group]) => withTimeout(this.#addAll(queue, group))));
  };

  /** Closes the queues; the connection is its owner's to close. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()));
  }

  async #addAll(name: SubgraphName, messages: readonly Message[]): Promise<void> {
    await this.#queue(name).addBulk(
      messages.map((message) => ({
        name: message.name,
        data: message.body,
        opts: {
          attempts: message.attempts ?? defaultAttempts,
          backoff: { type: 'exponential', delay: firstRetryMs, jitter: 1 },
          removeOnComplete: true,
          removeOnFail: 1_000,
        },
      })),
    );
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

async function withTimeout(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The queue did not answer in time.')), sendTimeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
