import type { Topology } from '@souk/testing/supervisor-messages';
import { SharedSouk } from './shared-souk';

declare global {
  /** Number of suites per project, counted by suite-order.cjs. */
  var suitesOfProject: Record<string, number> | undefined;
  var sharedSouk: SharedSouk | undefined;
}

const suitesOf = (topology: Topology): number => globalThis.suitesOfProject?.[`e2e-${topology}`] ?? Infinity;

/** Opens the server of the shared Souks. The test processes get its address and their signing key from variables. */
async function setUp(): Promise<void> {
  const sharedSouk = new SharedSouk({
    standalone: suitesOf('standalone'),
    distributed: suitesOf('distributed'),
  });
  globalThis.sharedSouk = sharedSouk;
  process.env['SHARED_SOUK_URL'] = await sharedSouk.open();
  process.env['SHARED_SOUK_SIGNING_KEY'] = sharedSouk.signingKey;
}

module.exports = setUp;
