import { graphError } from '@souk/shared/graph/errors';
import { z } from 'zod';
import type { ChainPosition } from '../domain/audit/audit-verification.js';

const position = z.tuple([z.int().min(0), z.string().regex(/^[\da-f]{64}$/), z.int().min(0)]);

/** A place in the chain as an opaque text. */
export function encodePosition({ seq, hash, checked }: ChainPosition): string {
  return Buffer.from(JSON.stringify([seq, hash, checked])).toString('base64url');
}

/** Reads a text of `encodePosition`. @throws BAD_USER_INPUT for another one */
export function decodePosition(text: string | null): ChainPosition | null {
  if (text === null) return null;
  try {
    const [seq, hash, checked] = position.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { seq, hash, checked };
  } catch {
    throw graphError('BAD_USER_INPUT', 'after is not a cursor of this check.', { argument: 'after' });
  }
}
