import { hash } from 'node:crypto';

/** The hash before the first entry, in hexadecimal. */
export const chainStart = '00'.repeat(32);

/** The content that the hash of an entry covers beside the hash before it. Digests are in hexadecimal. */
export interface ChainedContent {
  /** The place in the chain, from 1. */
  seq: number;
  /** UUIDv7 */
  id: string;
  actorId: string | null;
  action: string;
  targetType: string;
  targetId: string;
  requestId: string | null;
  /** Null for an action of a person whose account was deleted before it was appended. */
  changeDigest: string | null;
  /** Null where the address is unknown. */
  addressDigest: string | null;
}

/**
 * The hash of an entry, in hexadecimal: SHA-256 of a JSON array of its content and of the hash before it. docs/audit-log.md
 * describes it for others who check the log: it never changes.
 */
export function hashEntry(content: ChainedContent, previousHash: string): string {
  const { seq, id, actorId, action, targetType, targetId, requestId, changeDigest, addressDigest } = content;
  return sha256(
    JSON.stringify([
      seq,
      id,
      actorId,
      action,
      targetType,
      targetId,
      requestId,
      changeDigest,
      addressDigest,
      previousHash,
    ]),
  );
}

/** The digest of a part that may be erased, in hexadecimal: SHA-256 of its salt (hexadecimal) and its text. */
export function digestDetail(salt: string, text: string): string {
  return sha256(salt + text);
}

function sha256(text: string): string {
  return hash('sha256', text);
}
