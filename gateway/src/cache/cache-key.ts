import { createHash } from 'node:crypto';

/** The cache key of the parts that a response depends on. Different lists of parts have different keys. */
export function keyOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url');
}
