import { lookup } from 'node:dns/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { withDeadline } from '@souk/shared/async/deadline';

/** Networks of IPv4 that are not the public internet (IANA's registry of special-purpose addresses). */
const specialNetworks: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

const special = new BlockList();
for (const [network, prefix] of specialNetworks) special.addSubnet(network, prefix, 'ipv4');

/** Of IPv6 only global unicast is public; within it Teredo, documentation and 6to4, which carries any IPv4 address, are not. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
const specialOfUnicast = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  specialOfUnicast.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is on the public internet; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      return globalUnicast.check(address, 'ipv6') && !specialOfUnicast.check(address, 'ipv6');
    default:
      return false;
  }
}

/** How hosts whose names users chose are reached. */
export interface Network {
  isAllowed: (address: string) => boolean;
  /** The addresses of a host name. */
  resolve: (hostname: string) => Promise<readonly string[]>;
  /** Certificates of further authorities that are trusted, as PEM. */
  ca?: string;
}

/** The internet. */
export const publicNetwork: Network = {
  isAllowed: isPublicAddress,
  resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
};

/** A request that was not sent, because its host has an address that is not allowed. */
export class AddressNotAllowed extends Error {
  constructor(hostname: string) {
    super(`${hostname} is not on the public internet.`);
    this.name = 'AddressNotAllowed';
  }
}

/** The host of a URL as an address or a name: without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

const resolveTimeoutMs = 5_000;
const requestTimeoutMs = 10_000;
const connectionsPerHost = 10;

/** Sends requests to hosts that users chose. */
export class PublicClient {
  readonly #network: Network;
  readonly #agent: Agent;

  constructor(network: Network) {
    this.#network = network;
    this.#agent = new Agent({ maxSockets: connectionsPerHost });
  }

  /**
   * Sends a POST by HTTPS. The host's name is resolved once, each of its addresses must be allowed, and the connection goes
   * to one of them: a name that changes its address meanwhile reaches no other host. Redirects are not followed.
   * @throws AddressNotAllowed, and other errors where there is no response in time
   */
  async post(
    url: URL,
    { headers, body }: { headers: Record<string, string>; body: Buffer },
  ): Promise<{ status: number; headers: IncomingHttpHeaders }> {
    const hostname = hostOf(url);
    const [address] = await this.#addressesOf(url);
    if (address === undefined) throw new Error(`${hostname} has no address.`);
    return new Promise((resolve, reject) => {
      const sending = request(
        {
          host: address,
          port: url.port === '' ? 443 : Number(url.port),
          path: `${url.pathname}${url.search}`,
          method: 'POST',
          headers: { ...headers, host: url.host, 'content-length': String(body.length) },
          agent: this.#agent,
          // The certificate is the name's; an address has no SNI.
          ...(isIP(hostname) === 0 && { servername: hostname }),
          ...(this.#network.ca !== undefined && { ca: this.#network.ca }),
          signal: AbortSignal.timeout(requestTimeoutMs),
        },
        (response) => {
          // The status says all; a body of any length is not read.
          response.on('error', () => undefined);
          resolve({ status: response.statusCode ?? 0, headers: response.headers });
          response.destroy();
        },
      );
      sending.on('error', reject);
      sending.end(body);
    });
  }

  /** Closes connections. */
  close(): void {
    this.#agent.destroy();
  }

  async #addressesOf(url: URL): Promise<readonly string[]> {
    const hostname = hostOf(url);
    if (url.protocol !== 'https:') throw new AddressNotAllowed(url.origin);
    const addresses =
      isIP(hostname) === 0
        ? await withDeadline(this.#network.resolve(hostname), {
            timeoutMs: resolveTimeoutMs,
            createError: () => new Error(`${hostname} was not resolved in time.`),
          })
        : [hostname];
    if (!addresses.every((address) => this.#network.isAllowed(address)))
      throw new AddressNotAllowed(hostname);
    return addresses;
  }
}
