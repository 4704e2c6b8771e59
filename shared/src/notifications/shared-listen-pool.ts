import { EventEmitter } from 'node:events';
import type { PoolClient, PoolConfig, QueryResult } from 'pg';
import { Pool } from 'pg';

/**
 * A pool as BullMQ's PostgreSQL backend uses one. The backend would keep a connection for LISTEN for each of its
 * workers; here all of them share one, since each costs a process of the server and every NOTIFY wakes them all.
 * Queries go to the pool itself.
 */
export class SharedListenPool {
  readonly #pool: Pool;
  #shared: Promise<SharedConnection> | null = null;

  constructor(config: PoolConfig) {
    this.#pool = new Pool(config);
    // Each queue and each worker listens to the pool's errors, and BullMQ's never cease to.
    this.#pool.setMaxListeners(0);
  }

  /** As the pool was configured. */
  get options(): Pool['options'] {
    return this.#pool.options;
  }

  on(event: 'error', listener: (error: Error) => void): this {
    this.#pool.on(event, listener);
    return this;
  }

  query(text: string, values?: unknown[]): Promise<QueryResult> {
    return this.#pool.query(text, values);
  }

  /** Lends the shared connection, not for transactions. A broken one is not lent again. */
  async connect(): Promise<ListenHandle> {
    this.#shared ??= this.#open();
    return (await this.#shared).openHandle();
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #open(): Promise<SharedConnection> {
    const opening = this.#pool.connect().then(
      (client) =>
        new SharedConnection(client, () => {
          if (this.#shared === opening) this.#shared = null;
        }),
    );
    opening.catch(() => {
      if (this.#shared === opening) this.#shared = null;
    });
    return opening;
  }
}

/** A connection and all to whom it is lent. */
class SharedConnection {
  readonly #client: PoolClient;
  readonly #retire: () => void;
  readonly #lent = new Set<ListenHandle>();
  /** The end of the latest query: a connection runs one query at a time. */
  #lastQuery: Promise<unknown> = Promise.resolve();

  /** @param retire called when it must not be lent any more */
  constructor(client: PoolClient, retire: () => void) {
    this.#client = client;
    this.#retire = retire;
    client.on('notification', (message) => {
      for (const lent of this.#lent) lent.emit('notification', message);
    });
    client.on('error', (error) => {
      retire();
      for (const lent of [...this.#lent]) if (lent.listenerCount('error') > 0) lent.emit('error', error);
    });
  }

  openHandle(): ListenHandle {
    const lent: ListenHandle = new ListenHandle(
      (text, values) => this.#query(text, values),
      () => this.#closeHandle(lent),
    );
    this.#lent.add(lent);
    return lent;
  }

  #query(text: string, values: unknown[] | undefined): Promise<QueryResult> {
    const ask = (): Promise<QueryResult> => this.#client.query(text, values);
    const answer = this.#lastQuery.then(ask, ask);
    this.#lastQuery = answer;
    return answer;
  }

  #closeHandle(lent: ListenHandle): void {
    if (!this.#lent.delete(lent) || this.#lent.size > 0) return;
    this.#retire();
    // It has listened: nobody else is to be given it.
    this.#client.release(true);
  }
}

/** The shared connection in the hands of one worker: its own listeners, its own end. */
export class ListenHandle extends EventEmitter {
  readonly query: (text: string, values?: unknown[]) => Promise<QueryResult>;
  readonly #takeBack: () => void;

  constructor(query: ListenHandle['query'], takeBack: () => void) {
    super();
    this.query = query;
    this.#takeBack = takeBack;
  }

  /** Gives it back; the connection itself ends with the last who had it. */
  release(): void {
    this.removeAllListeners();
    this.#takeBack();
  }
}
