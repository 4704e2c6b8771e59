import type { Topology } from './souk';
import { SharedSouk } from './shared-souk';

declare global {
  /** How many suites of each project are to run; suite-order.cjs counts them. */
  var suitesOfProject: Record<string, number> | undefined;
  var sharedSouk: SharedSouk | undefined;
}

const suitesOf = (topology: Topology): number => globalThis.suitesOfProject?.[`e2e-${topology}`] ?? Infinity;

/** Opens the keeper's door, whose address travels in the environment to the suites' processes. */
async function setUp(): Promise<void> {
  const sharedSouk = new SharedSouk({
    standalone: suitesOf('standalone'),
    distributed: suitesOf('distributed'),
  });
  globalThis.sharedSouk = sharedSouk;
  process.env['SHARED_SOUK_URL'] = await sharedSouk.open();
}

module.exports = setUp;
