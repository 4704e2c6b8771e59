import type { Identity } from '@souk/shared/auth/identity';
import { isIPv6 } from 'node:net';

/** By what a client is counted: his user, else his address, of IPv6 its network. */
export function clientKey(identity: Pick<Identity, 'userId'> | null, address: string): string {
  return identity ? `user:${identity.userId}` : `address:${networkOf(address)}`;
}

const groupsOfNetwork = 4;
const groupsOfAddress = 8;

/** Who has one address of IPv6 has all of its network (/64), and could come from another one each time. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  if (tail !== undefined)
    groups.push(...new Array<string>(Math.max(0, groupsOfAddress - groups.length - end.length)).fill('0'));
  const network = [...groups, ...end].slice(0, groupsOfNetwork);
  return `${network.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
