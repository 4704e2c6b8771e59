import { createServer } from 'node:net';

// Below the ephemeral ports, so that the system does not assign a free port to another process before the test listens
// on it, which may be seconds later.
const firstPort = 20_000;
const regionSize = 1_500;
const regions = 8;

// Each Jest process has its own range and does not return the same port twice in a row.
const region = firstPort + (Number(process.env['JEST_WORKER_ID'] ?? 0) % regions) * regionSize;
let next = Math.floor(Math.random() * regionSize);

/** Finds consecutive free ports. Returns the first. @throws if there are none */
export async function freePorts(count: number): Promise<number> {
  for (let looked = 0; looked < regionSize; looked += count) {
    if (next + count > regionSize) next = 0;
    const base = region + next;
    next += count;
    const free = await Promise.all(Array.from({ length: count }, (_, offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('No free ports were to be had.');
}

/** Returns a free port. */
export function freePort(): Promise<number> {
  return freePorts(1);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
