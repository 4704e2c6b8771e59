import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import getPort from 'get-port';

/** Returns a free port of the loopback interface. */
export function freePort(): Promise<number> {
  return getPort({ host: '127.0.0.1' });
}

/**
 * Finds consecutive ports that are free on all interfaces.
 * @param candidates first ports to try, in this order
 * @returns the first port
 * @throws if no candidate has enough free ports
 */
export async function freePorts(count: number, candidates: Iterable<number>): Promise<number> {
  for (const first of candidates) {
    const wanted = Array.from({ length: count }, (_, offset) => first + offset);
    // get-port returns another port if the wanted one is taken.
    const found = await Promise.all(wanted.map((port) => getPort({ port })));
    if (found.every((port, index) => port === wanted[index])) return first;
  }
  throw new Error(`No ${count} consecutive ports are free.`);
}

/** Below the ephemeral ports, which the system may assign to another process before this one listens. */
const unusedFrom = 20_000;
const unusedTo = 32_000;
const tries = 200;

/** Finds consecutive free ports at a random place. Returns the first. @throws if there are none */
export function unusedPorts(count: number): Promise<number> {
  const candidates = Array.from({ length: tries }, () => randomInt(unusedFrom, unusedTo - count));
  return freePorts(count, candidates);
}

/** A configured port is already in use. */
export class PortTaken extends Error {
  constructor(port: number, variable: string) {
    super(`Port ${port} is taken by another program. Set ${variable} to a free one.`);
    this.name = 'PortTaken';
  }
}

/**
 * Checks that a port is free before anything is started.
 * @param host the listen address
 * @param variable the environment variable of the port
 * @throws PortTaken
 */
export function requirePort(host: string, port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port, variable) : error),
    );
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
