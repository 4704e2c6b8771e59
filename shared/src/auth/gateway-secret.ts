import { createHash, timingSafeEqual } from 'node:crypto';

/** The header in which the gateway, and a subgraph that asks another, shows the secret of the house. */
export const gatewaySecretHeader = 'x-souk-gateway-secret';

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export function sameSecret(a: string, b: string): boolean {
  // Hashing makes the lengths equal, which the comparison needs.
  return timingSafeEqual(digest(a), digest(b));
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
