import { createHash } from 'node:crypto';

/** A key of everything that an answer depends on; no two lists of parts have the same. */
export function keyOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64url');
}
