import Negotiator from 'negotiator';

/**
 * Those of the available media types that an Accept header takes (RFC 9110, 12.5.1), by its q-values; where they are
 * equal, in the order of the header, or of `available` for a wildcard. All of them without a header.
 */
export function acceptedTypes(accept: string | undefined, available: readonly string[]): string[] {
  if (accept === undefined || accept.trim() === '') return [...available];
  return new Negotiator({ headers: { accept } }).mediaTypes([...available]);
}
