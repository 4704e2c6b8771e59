import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { refreshCookieHeader } from '@souk/shared/graph/refresh-cookie';

/** Where a request to a subgraph is sent. */
export interface SubgraphTarget {
  origin: string;
  path: string;
  /** The Authorization that the address itself has (`http://user:password@host`); null: that of the caller. */
  authorization: string | null;
  /** Whether a redirect has led to another server, which gets no credentials. */
  isForeign: boolean;
  /** How many redirects have led here. */
  redirects: number;
}

const maxRedirects = 5;
const credentials: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  gatewaySecretHeader,
  refreshCookieHeader,
]);

/** The target of an address. */
export function targetOf(address: string): SubgraphTarget {
  const url = new URL(address);
  return { ...placeOf(url), authorization: basicOf(url), isForeign: false, redirects: 0 };
}

/**
 * The target of a redirect that keeps the method (307, 308); null where it is not followed. Another server gets no
 * credentials, but for the same host by HTTPS.
 */
export function redirectedTarget(from: SubgraphTarget, location: string): SubgraphTarget | null {
  const before = new URL(from.path, from.origin);
  if (from.redirects >= maxRedirects || !URL.canParse(location, before)) return null;
  const url = new URL(location, before);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (before.protocol === 'https:' && url.protocol === 'http:') return null;
  const isUpgraded =
    before.hostname === url.hostname && before.protocol === 'http:' && url.protocol === 'https:';
  const isForeign = from.isForeign || (before.origin !== url.origin && !isUpgraded);
  const authorization = basicOf(url) ?? (isForeign ? null : from.authorization);
  return { ...placeOf(url), authorization, isForeign, redirects: from.redirects + 1 };
}

/** Headers as undici likes them best, names and values by turns: those that the target may have. */
export function flatHeaders(
  headers: Readonly<Record<string, string>>,
  { authorization, isForeign }: SubgraphTarget,
): string[] {
  const flat: string[] = [];
  for (const name in headers) {
    if (name === 'authorization' && authorization !== null) continue;
    if (!isForeign || !credentials.has(name)) flat.push(name, headers[name] ?? '');
  }
  if (authorization !== null) flat.push('authorization', authorization);
  return flat;
}

function placeOf({ origin, pathname, search }: URL): Pick<SubgraphTarget, 'origin' | 'path'> {
  return { origin, path: `${pathname}${search}` };
}

function basicOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
