import type { ServerResponse } from 'node:http';
import type { CacheInfo } from '../types/graphql-response.js';

const depends = 'accept, authorization, accept-language';

/**
 * Sets Cache-Control, Age and Cache-Status (https://www.rfc-editor.org/rfc/rfc9211) for the client and the caches on
 * the way.
 */
export function setCacheHeaders(response: ServerResponse, note: CacheInfo | null): void {
  if (!note) return;
  const { status, maxAgeS, ageMs, restriction } = note;
  if (status === 'bypass') {
    response.setHeader('cache-status', 'souk; fwd=bypass');
    return;
  }
  if (restriction !== undefined) {
    response.setHeader('cache-control', restriction);
    response.setHeader('cache-status', 'souk; fwd=uri-miss');
    return;
  }
  const ageS = Math.floor(ageMs / 1_000);
  response.setHeader('cache-control', `public, max-age=${maxAgeS}`);
  response.setHeader('age', String(ageS));
  response.setHeader(
    'cache-status',
    status === 'hit' ? `souk; hit; ttl=${Math.max(0, maxAgeS - ageS)}` : 'souk; fwd=uri-miss',
  );
  const vary = response.getHeader('vary');
  response.setHeader('vary', typeof vary === 'string' ? `${vary}, ${depends}` : depends);
}
