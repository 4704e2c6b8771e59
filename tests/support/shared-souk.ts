import { generateKeyPairSync } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import type { Topology } from '@souk/testing/supervisor-messages';
import { soukLog } from './log-level';
import { freePort } from './ports';
import type { TestRedis } from './redis';
import { redisAvailable, startRedis } from './redis';

interface RunningSouk {
  souk: TestSouk;
  /** An issuer whose access tokens it accepts; a suite may start one there. */
  externalIssuer: string;
  redis: TestRedis | null;
}

/**
 * Runs one Souk per topology for all its suites. The first suite starts it and the last one stops it, so that none idles
 * beside other suites. Suites run in several processes and call it by HTTP: POST and DELETE `/<topology>`. Souk ends with
 * the run's process, also if that is interrupted.
 */
export class SharedSouk {
  /** The private key of access tokens, as PEM. */
  readonly signingKey: string = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  readonly #remaining: Record<Topology, number>;
  readonly #starts = new Map<Topology, Promise<RunningSouk>>();
  readonly #ends: Promise<void>[] = [];
  readonly #server: Server;
  #closing: Promise<void> | null = null;

  /** @param suites number of suites per topology */
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

  /** Listens on a free port. Returns the address. */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Stops everything that still runs. @throws after closing the rest, if a Souk could not be stopped */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const topology of [...this.#starts.keys()]) this.#end(topology);
    const ends = await Promise.allSettled(this.#ends);
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async #enter(topology: Topology): Promise<string> {
    let start = this.#starts.get(topology);
    if (!start) {
      // Jest's processes start further suites while an interrupted run ends.
      if (this.#closing) throw new Error('The test run has ended.');
      start = startRunningSouk(topology, this.signingKey);
      this.#starts.set(topology, start);
    }
    const { souk, externalIssuer } = await start;
    return JSON.stringify({ addresses: souk.addresses, externalIssuer });
  }

  async #leave(topology: Topology): Promise<string> {
    this.#remaining[topology] -= 1;
    if (this.#remaining[topology] <= 0) this.#end(topology);
    return '';
  }

  #end(topology: Topology): void {
    const start = this.#starts.get(topology);
    this.#starts.delete(topology);
    // A failed start rejected for the suites and cleaned up.
    const end = start?.then(stopRunningSouk, () => undefined);
    if (!end) return;
    this.#ends.push(end);
    // `close` rejects with it later.
    end.catch(() => undefined);
  }
}

async function startRunningSouk(topology: Topology, signingKey: string): Promise<RunningSouk> {
  // The distributed topology uses Redis where one can be started, else the queue on PostgreSQL.
  const redis = topology === 'distributed' && redisAvailable ? await startRedis() : null;
  if (topology === 'distributed' && !redis) {
    process.stderr.write(
      'redis-server is not installed: testing the distributed topology with the PostgreSQL queue.\n',
    );
  }
  const externalIssuer = `http://127.0.0.1:${await freePort()}`;
  const issuers = [
    { issuer: externalIssuer, audience: 'souk-api', groupsClaim: 'groups', roles: { admins: 'ADMIN' } },
  ];
  try {
    const souk = await startSouk({
      topology,
      log: soukLog,
      environment: {
        JWT_PRIVATE_KEY: signingKey,
        OIDC_ISSUERS: JSON.stringify(issuers),
        ...(redis && { REDIS_URL: redis.url }),
      },
    });
    return { souk, externalIssuer, redis };
  } catch (error) {
    await redis?.stop();
    throw error;
  }
}

async function stopRunningSouk({ souk, redis }: Pick<RunningSouk, 'souk' | 'redis'>): Promise<void> {
  try {
    await souk.stop();
  } finally {
    if (process.env['TEST_LOG_LEVEL']) process.stderr.write(souk.output());
    await redis?.stop();
  }
}
