import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Returns a port that was free just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
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
