import { isIPv6 } from 'node:net';
import { z } from 'zod';

/** The default address: only this machine can connect. */
export const loopback = '127.0.0.1';

/** The variable HOST: an address or a name of this machine; 0.0.0.0 or :: for all of its addresses. */
export const listenHost = z
  .string()
  .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be an address or a host name, without a port')
  .default(loopback);

/** The address at which this machine reaches a process that listens on `host`. */
export function originOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://${loopback}:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Whether only this machine reaches a process that listens on `host`. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Whether only this machine reaches the server of a URL. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname.replace(/^\[|\]$/g, ''));
}
