import { isIPv4, isIPv6 } from 'node:net';

/** The network of clients whose address is missing or malformed: all of them count as one. */
export const unknownNetwork = 'unknown';

const groupsOfAddress = 8;
const groupsOfNetwork = 4;
/** ::ffff:0:0/96: IPv4 addresses as an IPv6 socket shows them, as the URL standard writes them. */
const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;
const maxLength = 100;

/**
 * The IP address in a value of a socket or of a proxy's header, in one spelling: without port, brackets, quotes and zone
 * id, an IPv4-mapped one as IPv4, IPv6 as RFC 5952 has it. Null where the value holds none.
 */
export function readAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  if (text.length > maxLength) return null;
  const bare = text.trim().replace(/^"(.*)"$/, '$1');
  const host =
    /^\[([^\]]*)\](?::\d{1,5})?$/.exec(bare)?.[1] ?? bare.replace(/^((?:::ffff:)?[\d.]+):\d{1,5}$/i, '$1');
  const address = host.replace(/%.*$/, '');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  // Compressed, in lower case, without dots.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [, high, low] = mapped.exec(canonical) ?? [];
  return high === undefined || low === undefined ? canonical : dotted(parseInt(high, 16), parseInt(low, 16));
}

/**
 * The network that a client is counted by: an IPv4 address, or the /64 of an IPv6 address, since one client has all
 * addresses of a /64. `unknown` for a missing or malformed address.
 */
export function networkOf(address: string | null): string {
  const read = address === null ? null : readAddress(address);
  if (read === null) return unknownNetwork;
  return isIPv4(read) ? read : `${groupsOf(read).slice(0, groupsOfNetwork).join(':')}::/64`;
}

/** The eight groups of an IPv6 address that is written without dots. */
function groupsOf(address: string): string[] {
  const [head = [], tail = null] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  if (tail === null) return head;
  const zeros = new Array<string>(groupsOfAddress - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail];
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}
