import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** A content coding of responses (RFC 9110, 8.4). */
export type ContentCoding = 'br' | 'gzip' | 'identity';

/** The result of a negotiation. */
export interface CodingChoice {
  coding: ContentCoding;
  /** Whether a response without coding is acceptable too. */
  allowsIdentity: boolean;
}

const available: readonly ContentCoding[] = ['br', 'gzip', 'identity'];
/** The order where the client has none. */
const preferred: readonly ContentCoding[] = ['br', 'gzip'];

/** The types of negotiator lack its second argument. */
interface EncodingNegotiator {
  encodings(available: readonly string[], options: { preferred: readonly string[] }): ContentCoding[];
}

// Clients send few different headers, and short ones.
const choices = new LRUCache<string, CodingChoice>({ max: 100 });
const maxCachedLength = 200;

/**
 * Chooses the content coding for an Accept-Encoding header: by its q-values, br before gzip where they are equal. A
 * client that accepts none of them gets no coding.
 */
export function chooseCoding(acceptEncoding: string | undefined): CodingChoice {
  if (acceptEncoding === undefined) return { coding: 'identity', allowsIdentity: true };
  const cached = choices.get(acceptEncoding);
  if (cached) return cached;
  const headers = { 'accept-encoding': acceptEncoding };
  const negotiator = new Negotiator({ headers }) as unknown as EncodingNegotiator;
  const accepted = negotiator.encodings(available, { preferred });
  const [coding = 'identity'] = accepted;
  const choice = { coding, allowsIdentity: accepted.length === 0 || accepted.includes('identity') };
  if (acceptEncoding.length <= maxCachedLength) choices.set(acceptEncoding, choice);
  return choice;
}
