import { createServer } from 'node:net';

// Above 32768 the system gives ports to who asks for any, and to every connection that goes out: one that was free a
// moment ago may be taken before a process has come so far as to listen there.
const lowest = 20_000;
const highest = 32_000;
const tries = 200;

/**
 * A port that was free a moment ago; of `span` in a row, the first.
 * @throws where none was found
 */
export async function freePort(span = 1): Promise<number> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const base = lowest + Math.floor(Math.random() * (highest - lowest));
    const free = await Promise.all(Array.from({ length: span }, (_, offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('No free port was to be had.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
