import type { Topology } from './souk';
import { SoukKeeper } from './souk-keeper';

declare global {
  /** How many suites of each project are to run; suite-order.cjs counts them. */
  var suitesOfProject: Record<string, number> | undefined;
  var soukKeeper: SoukKeeper | undefined;
}

const suitesOf = (topology: Topology): number => globalThis.suitesOfProject?.[`e2e-${topology}`] ?? Infinity;

/** Opens the keeper's door, whose address travels in the environment to the suites' processes. */
async function setUp(): Promise<void> {
  const keeper = new SoukKeeper({ standalone: suitesOf('standalone'), distributed: suitesOf('distributed') });
  globalThis.soukKeeper = keeper;
  process.env['SOUK_KEEPER_URL'] = await keeper.open();
}

module.exports = setUp;
