import type { EntityManager } from 'typeorm';
import { Batcher } from '../async/batcher.js';
import { crashPoint } from '../crash-point.js';
import type { Json } from '../errors.js';
import { asError } from '../errors.js';
import type { Log } from '../log.js';
import type { Message, SendMessages, UnsentMessage } from '../message.js';
import { UnsentMessages } from '../message.js';
import { messagesSetAside } from '../telemetry.js';
import { storable } from '../text.js';
import type { FailedSend, OutboxRow } from './outbox.js';
import { countFailures, deleteOutbox, setAsideMessages, writeOutbox } from './outbox.js';

const relayBatch = 500;
/** Failed attempts of one message, while its queue answers, before it is set aside: about five minutes. */
const maxFailures = 10;
const maxErrorLength = 500;

/** A message on its way out; `id` is its row's, null where it has none. */
export type OutgoingMessage = Omit<OutboxRow, 'id'> & { id: string | null };

/** The result of one attempt to send messages. */
interface Sent {
  /** How many have left. */
  left: number;
  /** Why others are sent again later; null if none is. */
  error: Error | null;
}

/**
 * Sends messages whose transactions have committed, and deletes their rows. One batch leaves at a time and takes what has
 * come meanwhile: under load many share the round trips to the queue and back to the table. Messages that their queue
 * refuses are set aside with their error, and replaced, so that their sagas do not wait for them.
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

  /** Sends messages in the transaction that has claimed their rows; what does not leave stays in the table. */
  async send(manager: EntityManager, batch: readonly OutgoingMessage[]): Promise<Sent> {
    crashPoint('before a send');
    const unsent = await this.#attempt(batch);
    crashPoint('after a send');
    const ids = batch.flatMap(({ id, message }) => (id === null || unsent.has(message) ? [] : [id]));
    if (ids.length > 0) await deleteOutbox(manager, ids);
    if (unsent.size > 0) await this.#keep(manager, batch, unsent);
    const later = [...unsent.values()].find(({ reason }) => reason !== 'refused');
    return { left: batch.length - unsent.size, error: later?.error ?? null };
  }

  async #sendBatch(batch: readonly OutgoingMessage[]): Promise<void> {
    try {
      const { error } = await this.send(this.#manager, batch);
      if (error) throw error;
    } catch (error) {
      // The rows stay for the sweep; the saga's sweep repeats wake-ups, which have none.
      this.#log.warn({ err: error, messages: batch.length }, 'messages could not be sent');
    }
  }

  /** Returns the messages that did not leave. */
  async #attempt(batch: readonly OutgoingMessage[]): Promise<ReadonlyMap<Message, UnsentMessage>> {
    const messages = batch.map(({ message }) => message);
    try {
      await this.#send(messages);
      return new Map();
    } catch (thrown) {
      const unsent: readonly UnsentMessage[] =
        thrown instanceof UnsentMessages
          ? thrown.unsent
          : messages.map((message) => ({
              message,
              error: asError(thrown),
              reason: 'unavailable' as const,
              replacement: null,
            }));
      return new Map(unsent.map((one) => [one.message, one]));
    }
  }

  /** Records what is known about messages that did not leave. */
  async #keep(
    manager: EntityManager,
    batch: readonly OutgoingMessage[],
    unsent: ReadonlyMap<Message, UnsentMessage>,
  ): Promise<void> {
    const failed = batch.flatMap(({ id, message }) => {
      const one = unsent.get(message);
      return one ? [{ ...one, id, error: storable(one.error.message, maxErrorLength) }] : [];
    });
    const counted = failed.filter(({ reason }) => reason === 'failed');
    const exhausted = new Set(await countFailures(manager, counted, maxFailures));
    const setAside = failed.filter(
      ({ reason, id }) => reason === 'refused' || (id !== null && exhausted.has(id)),
    );
    if (setAside.length === 0) return;
    for (const one of setAside) this.#report(one);
    const replacements = setAside.flatMap(({ replacement }) => replacement ?? []);
    // In one transaction: a message is not set aside without its replacement.
    const rows = await manager.transaction(async (within) => {
      await setAsideMessages(within, setAside);
      return writeOutbox(within, replacements);
    });
    for (const row of rows) this.add(row);
  }

  #report({ id, message: { queue, name, body }, error }: FailedSend): void {
    messagesSetAside.inc({ queue, name });
    const transactionId = transactionIdOf(body);
    this.#log.error(
      { outboxId: id, queue, message: name, error, ...(transactionId !== null && { transactionId }) },
      'a message cannot be sent and is set aside',
    );
  }
}

/** The saga's id for people, of a command or a reply. */
function transactionIdOf(body: Json): string | null {
  const id =
    body !== null && typeof body === 'object' && 'transactionId' in body ? body['transactionId'] : null;
  return typeof id === 'string' ? id : null;
}
