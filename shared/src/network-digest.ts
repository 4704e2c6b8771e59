import { createHmac } from 'node:crypto';
import { networkOf } from './client-network.js';

const digestLength = 32;

/**
 * The keyed digest of the network that a request came from; null where its address is not known. Limits per address are
 * counted by it, so that no subgraph stores an address: without the key it cannot be traced back by trying addresses.
 */
export function networkDigest(address: string | null, key: string | null): string | null {
  if (address === null) return null;
  return createHmac('sha256', `client network ${key ?? ''}`)
    .update(networkOf(address))
    .digest('hex')
    .slice(0, digestLength);
}
