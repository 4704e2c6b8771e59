import type { DataSource, EntityManager } from 'typeorm';
import type { Cancellation } from '../cancellation.js';
import { crashPoint } from '../crash-point.js';
import { rejectionsOf } from '../errors.js';
import type { Cause } from '../event.js';
import { noCause } from '../event.js';
import type { Log } from '../log.js';
import type { SendMessages } from '../message.js';
import { sqlStateOf } from '../postgres.js';
import type { PublishChanges } from '../topic.js';
import { cancellableSource } from './cancellable-source.js';
import { claimDueEvents, writeEvents } from './event-outbox.js';
import { pendingChanges } from './pending-changes.js';
import { claimStaleMessages, countSetAside, Outbox, writeOutbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';

/** The work of one transaction: rules use the manager, messages go to the outbox. */
export type Work<T> = (manager: EntityManager, outbox: Outbox) => Promise<T>;

// Deadlock, serialization failure: the transaction did nothing and may be tried again.
const retriable = new Set(['40P01', '40001']);
const maxTries = 4;
const staleAfterMs = 2_000;
const sweepBatch = 200;

/**
 * A subgraph's database: transactions whose messages leave right after the commit, and the sweep that sends what
 * a crash left behind.
 */
export class Database {
  readonly source: DataSource;
  readonly #send: SendMessages;
  readonly #log: Log;
  readonly #publish: PublishChanges;
  readonly #relay: OutboxRelay;
  readonly #cause: Cause;

  /** @param signal publishes changes; by default they are not published */
  constructor(
    source: DataSource,
    send: SendMessages,
    log: Log,
    signal: PublishChanges = () => undefined,
    { relay, cause } = { relay: new OutboxRelay(source.manager, send, log), cause: noCause },
  ) {
    this.source = source;
    this.#send = send;
    this.#log = log;
    this.#publish = signal;
    this.#relay = relay;
    this.#cause = cause;
  }

  /**
   * This database for one request: its statements and transactions end with the cancellation (see `cancellableSource`).
   * Messages leave as ever: what has committed is sent. Events carry the cause.
   */
  within(cancellation: Cancellation, cause: Cause): Database {
    return this.#with(cancellableSource(this.source, cancellation), cause);
  }

  /** This database for work that a request begins and that goes on when the request is cancelled. */
  causedBy(cause: Cause): Database {
    return this.#with(this.source, cause);
  }

  #with(source: DataSource, cause: Cause): Database {
    return new Database(source, this.#send, this.#log, this.#publish, { relay: this.#relay, cause });
  }

  /** For reading outside a transaction. */
  get reader(): EntityManager {
    return this.source.manager;
  }

  /**
   * Runs `work` in one transaction; its messages are written with it and leave after the commit. The work runs
   * again after a deadlock, so it must change nothing outside the transaction.
   */
  async transact<T>(work: Work<T>, cause = this.#cause): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      const begun: { manager?: EntityManager } = {};
      try {
        const { result, leaving, changes } = await this.source.transaction(async (manager) => {
          begun.manager = manager;
          const outbox = new Outbox(cause);
          const result = await work(manager, outbox);
          const rows = await writeOutbox(manager, outbox.messages);
          const events = await writeEvents(manager, outbox.events, new Date());
          crashPoint('before a commit');
          const unstored = [...events, ...outbox.wakeUps].map((message) => ({ id: null, message }));
          const leaving = [...rows, ...unstored];
          return { result, leaving, changes: pendingChanges(manager) };
        });
        crashPoint('after a commit');
        for (const message of leaving) this.#relay.add(message);
        this.#publish(changes);
        return result;
      } catch (error) {
        const code = sqlStateOf(error);
        if (tries < maxTries && code !== null && retriable.has(code)) continue;
        if (begun.manager && rejectionsOf(error) === null) this.#publishAfterFault(begun.manager);
        throw error;
      }
    }
  }

  /**
   * Sends what a crash, or a queue that was away, left behind. Returns how many messages left.
   * @throws the error of messages that are sent again later
   */
  async sweepOutbox(): Promise<number> {
    const { left, error } = await this.source.transaction(async (manager) => {
      const rows = await claimStaleMessages(manager, staleAfterMs, sweepBatch);
      return rows.length === 0 ? { left: 0, error: null } : this.#relay.send(manager, rows);
    });
    // After the commit: the others have left.
    if (error) throw error;
    return left;
  }

  /** Sends events again that were not confirmed in time. Returns how many. */
  async sweepEvents(): Promise<number> {
    const due = await claimDueEvents(this.reader, sweepBatch);
    for (const message of due) this.#relay.add({ id: null, message });
    return due.length;
  }

  /** How long the oldest message has been waiting to leave, in seconds; 0 where none is. Without those set aside. */
  async oldestInOutbox(): Promise<number> {
    const rows: { seconds: number | null }[] = await this.source.query(
      'SELECT extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS seconds FROM outbox WHERE set_aside_at IS NULL',
    );
    return rows[0]?.seconds ?? 0;
  }

  /** Number of messages that are set aside, because their queue refuses them. */
  setAsideInOutbox(): Promise<number> {
    return countSetAside(this.reader);
  }

  /** Waits for messages that are leaving, then closes the connections. */
  async close(): Promise<void> {
    await this.#relay.idle();
    await this.source.destroy();
  }

  /**
   * After a fault the changes may have happened all the same: a commit whose answer was lost, or a write to another
   * store. A subscriber reads the current state anyway.
   */
  #publishAfterFault(manager: EntityManager): void {
    const changes = [...pendingChanges(manager)];
    if (changes.length > 0) this.#publish(changes);
  }
}
