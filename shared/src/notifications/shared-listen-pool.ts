import { EventEmitter } from 'node:events';
import type { PoolClient, PoolConfig, QueryResult } from 'pg';
import { Pool } from 'pg';

/**
 * A pool for BullMQ's PostgreSQL backend. The backend would hold a connection for LISTEN for each worker; here all
 * workers share one, since each costs a server process and every NOTIFY wakes them all. Queries use the pool itself.
 */
export class SharedListenPool {
  readonly #pool: Pool;
  #shared: Promise<SharedConnection> | null = null;

  constructor(config: PoolConfig) {
    this.#pool = new Pool(config);
    // Each queue and worker adds an error listener, and BullMQ's never remove theirs.
    this.#pool.setMaxListeners(0);
  }

  /** The pool's options. */
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

  /** Opens a handle on the shared connection, not for transactions. A broken connection is replaced. */
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

/** The connection with its open handles. */
class SharedConnection {
  readonly #client: PoolClient;
  readonly #retire: () => void;
  readonly #lent = new Set<ListenHandle>();
  /** The end of the latest query: a connection runs one query at a time. */
  #lastQuery: Promise<unknown> = Promise.resolve();

  /** @param retire called when no more handles may be opened */
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
    const query = (): Promise<QueryResult> => this.#client.query(text, values);
    const answer = this.#lastQuery.then(query, query);
    this.#lastQuery = answer;
    return answer;
  }

  #closeHandle(lent: ListenHandle): void {
    if (!this.#lent.delete(lent) || this.#lent.size > 0) return;
    this.#retire();
    // It has listened, so it must not return to the pool.
    this.#client.release(true);
  }
}

/** One worker's handle on the shared connection, with its own listeners. */
export class ListenHandle extends EventEmitter {
  readonly query: (text: string, values?: unknown[]) => Promise<QueryResult>;
  readonly #takeBack: () => void;

  constructor(query: ListenHandle['query'], takeBack: () => void) {
    super();
    this.query = query;
    this.#takeBack = takeBack;
  }

  /** Closes the handle; the connection closes with the last one. */
  release(): void {
    this.removeAllListeners();
    this.#takeBack();
  }
}
