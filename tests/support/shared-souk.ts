import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestRedis } from './redis';
import { redisAvailable, startRedis } from './redis';
import type { TestSouk, Topology } from './souk';
import { startSouk } from './souk';

interface RunningSouk {
  souk: TestSouk;
  redis: TestRedis | null;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Keeps one Souk for all suites of a topology: the first that enters has it started, and with the last that leaves it is
 * ended, so that none idles beside other suites. Suites run in several processes, and speak with it by HTTP: POST and
 * DELETE of `/<topology>`.
 */
export class SharedSouk {
  readonly #remaining: Record<Topology, number>;
  readonly #starts = new Map<Topology, Promise<RunningSouk>>();
  readonly #ends: Promise<void>[] = [];
  readonly #server: Server;
  #closing: Promise<void> | null = null;

  /** @param suites how many suites of each topology will enter and leave */
  constructor(suites: Record<Topology, number>) {
    this.#remaining = { ...suites };
    this.#server = createServer((request, response) => {
      const topology = request.url?.slice(1) as Topology;
      const done = request.method === 'POST' ? this.#enter(topology) : this.#leave(topology);
      done.then(
        (text) => response.end(text),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  /** Opens its door on a free port; the address. */
  async open(): Promise<string> {
    for (const signal of signals) process.on(signal, this.#interrupted);
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends whatever still runs. @throws what one of its Souks could not be ended for, after everything else is closed */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const topology of [...this.#starts.keys()]) this.#end(topology);
    const ends = await Promise.allSettled(this.#ends);
    // Not before: a terminal's signal comes twice, npm passes its own on, and the second would leave Souk behind.
    for (const signal of signals) process.off(signal, this.#interrupted);
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** Jest would leave at once, and its teardown would not run. Not `once`: who else listens would take it for nobody. */
  readonly #interrupted = (signal: NodeJS.Signals): void => {
    void this.close()
      .catch(() => undefined)
      .finally(() => process.kill(process.pid, signal));
  };

  async #enter(topology: Topology): Promise<string> {
    let start = this.#starts.get(topology);
    if (!start) {
      // Jest's processes go on to their next suites while an interrupted run ends.
      if (this.#closing) throw new Error('The run is over.');
      start = startRunningSouk(topology);
      this.#starts.set(topology, start);
    }
    return (await start).souk.url;
  }

  async #leave(topology: Topology): Promise<string> {
    this.#remaining[topology] -= 1;
    if (this.#remaining[topology] <= 0) this.#end(topology);
    return '';
  }

  #end(topology: Topology): void {
    const start = this.#starts.get(topology);
    this.#starts.delete(topology);
    // A start that failed has told the suites why, and has ended what it began.
    const end = start?.then(stopRunningSouk, () => undefined);
    if (!end) return;
    this.#ends.push(end);
    // `close` tells why, which may be long after.
    end.catch(() => undefined);
  }
}

async function startRunningSouk(topology: Topology): Promise<RunningSouk> {
  // The distributed topology stands on Redis wherever one can be started, else on PostgreSQL's queue.
  const redis = topology === 'distributed' && redisAvailable ? await startRedis() : null;
  if (topology === 'distributed' && !redis) {
    process.stderr.write(
      'No redis-server on this machine: the distributed topology is tested on the PostgreSQL queue.\n',
    );
  }
  try {
    const souk = await startSouk({ topology, environment: redis ? { REDIS_URL: redis.url } : {} });
    return { souk, redis };
  } catch (error) {
    await redis?.stop();
    throw error;
  }
}

async function stopRunningSouk({ souk, redis }: RunningSouk): Promise<void> {
  try {
    await souk.stop();
    await souk.clean();
  } finally {
    if (process.env['TEST_LOG_LEVEL']) process.stderr.write(souk.output());
    await redis?.stop();
  }
}
