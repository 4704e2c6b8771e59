import { freePorts as findPorts } from '@souk/standalone/free-port';

// Below the ephemeral ports, so that the system does not assign a free port to another process before the test listens
// on it, which may be seconds later.
const firstPort = 20_000;
const regionSize = 1_500;
const regions = 8;

// Each Jest process has its own range and does not return the same port twice in a row.
const region = firstPort + (Number(process.env['JEST_WORKER_ID'] ?? 0) % regions) * regionSize;
let next = Math.floor(Math.random() * regionSize);

/** Finds consecutive free ports. Returns the first. @throws if there are none */
export function freePorts(count: number): Promise<number> {
  return findPorts(count, candidates(count));
}

/** Returns a free port. */
export function freePort(): Promise<number> {
  return freePorts(1);
}

/** The first ports of all groups in the region, each once, beginning where the last call ended. */
function* candidates(count: number): Generator<number> {
  for (let tried = 0; tried < regionSize; tried += count) {
    if (next + count > regionSize) next = 0;
    const first = region + next;
    next += count;
    yield first;
  }
}
