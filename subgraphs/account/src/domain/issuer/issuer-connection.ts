import { cachedKeys } from '@souk/shared/auth/keys';
import type { JsonWebKeySet, KeySource } from '@souk/shared/auth/keys';
import { Unavailable } from '@souk/shared/errors';
import { z } from 'zod';
import type { ExternalIssuer } from './external-issuer.js';
import { isSecureUrl } from './external-issuer.js';

/** An external issuer and what is read from it. */
export interface IssuerConnection extends ExternalIssuer {
  keys: KeySource;
  /** The claims of its userinfo endpoint; null if it has none. @throws Unavailable */
  readProfile(token: string): Promise<unknown>;
}

const timeoutMs = 3_000;
const maxBytes = 1_000_000;
const metadataMs = 3_600_000;
const retryAfterSeconds = 5;

const metadata = z.object({
  issuer: z.string(),
  jwks_uri: z.string().refine(isSecureUrl),
  userinfo_endpoint: z.string().refine(isSecureUrl).optional(),
});
const keySet = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional() })).max(100) });

/** Opens an issuer. It is read when the first of its tokens comes, and may be away before and after. */
export function openIssuer(config: ExternalIssuer): IssuerConnection {
  let known: { document: z.infer<typeof metadata>; readAt: number } | null = null;

  const discover = async (): Promise<z.infer<typeof metadata>> => {
    if (known && Date.now() - known.readAt < metadataMs) return known.document;
    const url = `${config.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    try {
      const document = metadata.parse(await readJson(url));
      if (document.issuer !== config.issuer) throw new Error(`The issuer calls itself ${document.issuer}.`);
      known = { document, readAt: Date.now() };
      return document;
    } catch (error) {
      // An old document serves as long as there is no other.
      if (known) return known.document;
      throw error;
    }
  };
  const whileAvailable = async <Value>(read: () => Promise<Value>): Promise<Value> => {
    try {
      return await read();
    } catch (error) {
      throw new Unavailable(`The issuer ${config.name} does not answer: ${String(error)}`, retryAfterSeconds);
    }
  };
  const keys = cachedKeys(async () => {
    const address = config.jwksUri ?? (await discover()).jwks_uri;
    return keySet.parse(await readJson(address)) as JsonWebKeySet;
  });
  return {
    ...config,
    keys: { find: (kid) => whileAvailable(() => keys.find(kid)) },
    readProfile: (token) =>
      whileAvailable(async () => {
        const { userinfo_endpoint: url } = await discover();
        return url === undefined ? null : readJson(url, { authorization: `Bearer ${token}` });
      }),
  };
}

/** Reads JSON within a time and a size. */
async function readJson(url: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...headers },
    // A token is sent to its issuer only.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > maxBytes) throw new Error(`${url} answered more than ${maxBytes} bytes.`);
    chunks.push(chunk as Uint8Array);
  }
  return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
}
