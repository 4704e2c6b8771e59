import type { EntityManager } from 'typeorm';
import { crashPoint } from '../crash-point.js';
import { Batcher } from '../async/batcher.js';
import type { Log } from '../log.js';
import type { SendMessages } from '../message.js';
import type { OutboxRow } from './outbox.js';
import { deleteOutbox } from './outbox.js';

const relayBatch = 500;

/** A message on its way out; `id` is its row's, null where it has none. */
export type OutgoingMessage = Omit<OutboxRow, 'id'> & { id: string | null };

/**
 * Sends messages whose transactions have committed, and deletes their rows. One batch leaves at a time and takes what has
 * come meanwhile: under load many share the round trips to the queue and back to the table.
 */
export class OutboxRelay {
  readonly #manager: EntityManager;
  readonly #send: SendMessages;
  readonly #log: Log;
  readonly #batcher = new Batcher<OutgoingMessage>({
    run: (batch) => this.#sendBatch(batch),
    maxBatch: relayBatch,
    parallel: 1,
  });

  constructor(manager: EntityManager, send: SendMessages, log: Log) {
    this.#manager = manager;
    this.#send = send;
    this.#log = log;
  }

  /** Takes a message that has committed. */
  add(message: OutgoingMessage): void {
    this.#batcher.add(message);
  }

  /** Resolves when nothing is on its way out. */
  async idle(): Promise<void> {
    await this.#batcher.idle();
  }

  async #sendBatch(batch: readonly OutgoingMessage[]): Promise<void> {
    try {
      crashPoint('before a send');
      await this.#send(batch.map(({ message }) => message));
      crashPoint('after a send');
      const ids = batch.flatMap(({ id }) => (id === null ? [] : [id]));
      if (ids.length > 0) await deleteOutbox(this.#manager, ids);
    } catch (error) {
      // The rows stay for the sweep; the saga's sweep repeats wake-ups, which have none.
      this.#log.warn({ err: error, messages: batch.length }, 'messages could not be sent');
    }
  }
}
