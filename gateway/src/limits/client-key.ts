import type { Identity } from '@souk/shared/auth/identity';
import { networkOf } from '@souk/shared/client-network';

/** The key that a client is counted by: the user, or the network of an anonymous caller. */
export function clientKey(identity: Pick<Identity, 'userId'> | null, address: string): string {
  return identity ? `user:${identity.userId}` : `address:${networkOf(address)}`;
}
