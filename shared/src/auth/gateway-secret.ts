import { createHash, timingSafeEqual } from 'node:crypto';

/** The header in which the gateway, or a subgraph that calls another one, sends the shared secret. */
export const gatewaySecretHeader = 'x-souk-gateway-secret';

/** Compares two secrets in constant time. */
export function sameSecret(a: string, b: string): boolean {
  // Hashing makes the lengths equal, which the comparison needs.
  return timingSafeEqual(digest(a), digest(b));
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
