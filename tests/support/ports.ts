import { createServer } from 'node:net';

// Below the ports that systems give to connections, and to who listens on any: those that are found free here are not
// taken by chance before whoever asked for them listens, which may be seconds later.
const firstPort = 20_000;
const regionSize = 1_500;
const regions = 8;

// Each of Jest's processes has a region of its own, and gives no port of it twice in a row.
const region = firstPort + (Number(process.env['JEST_WORKER_ID'] ?? 0) % regions) * regionSize;
let next = Math.floor(Math.random() * regionSize);

/** So many ports in a row that were free a moment ago; the first. @throws where there are none */
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

/** A port that was free a moment ago. */
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
