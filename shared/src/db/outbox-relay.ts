import type { EntityManager } from 'typeorm';
import { crashPoint } from '../crash-point.js';
import { Intake } from '../intake.js';
import type { Log } from '../log.js';
import type { SendMessages } from '../message.js';
import type { OutboxRow } from './outbox.js';
import { deleteOutbox } from './outbox.js';

const relayBatch = 500;

/** A message on its way out; `id` is its row's, null where it has none. */
export type LeavingMessage = Omit<OutboxRow, 'id'> & { id: string | null };

/**
 * Sends messages whose transactions have committed, and deletes their rows. One batch leaves at a time and takes what has
 * come meanwhile: under load many share the round trips to the queue and back to the table.
 */
export class OutboxRelay {
  readonly #manager: EntityManager;
  readonly #send: SendMessages;
  readonly #log: Log;
  readonly #intake = new Intake<LeavingMessage>({
    run: (batch) => this.#leave(batch),
    maxBatch: relayBatch,
    parallel: 1,
  });

  constructor(manager: EntityManager, send: SendMessages, log: Log) {
    this.#manager = manager;
    this.#send = send;
    this.#log = log;
  }

  /** Takes a message that has committed. */
  add(message: LeavingMessage): void {
    this.#intake.add(message);
  }

  /** Resolves when nothing is on its way out. */
  async idle(): Promise<void> {
    await this.#intake.idle();
  }

  async #leave(batch: readonly LeavingMessage[]): Promise<void> {
    try {
      crashPoint('before a send');
      await this.#send(batch.map(({ message }) => message));
      crashPoint('after a send');
      const ids = batch.flatMap(({ id }) => (id === null ? [] : [id]));
      if (ids.length > 0) await deleteOutbox(this.#manager, ids);
    } catch (error) {
      // The rows stay, and the sweep sends them; what has none is asked for again.
      this.#log.warn({ err: error, messages: batch.length }, 'messages could not leave');
    }
  }
}
