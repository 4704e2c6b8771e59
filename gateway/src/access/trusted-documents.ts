import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Documents that were known when clients were built. */
export interface TrustedDocuments {
  /** By their SHA-256 in hexadecimal digits, or whatever id the file gives them. */
  byId: ReadonlyMap<string, string>;
  /** Whether nothing else is run. */
  only: boolean;
}

const file = z.record(z.string().min(1), z.string().min(1));

/** Reads persisted-documents.json: `{ "<id>": "<document>" }`, as GraphQL Code Generator writes it. */
export function readTrustedDocuments(json: string, only: boolean): TrustedDocuments {
  return { byId: new Map(Object.entries(file.parse(JSON.parse(json)))), only };
}

/** Why nothing of a body is run; `mismatched` where its query is not the one that its hash names. */
export type Untrusted = 'unknown' | 'not trusted' | 'mismatched';

/** What is to be said of a body: the one to go on with, or why nothing of it is run. */
export type TrustedBody = { body: unknown } | { refused: Untrusted };

/** What Apollo Server says to a hash beside the query of another. */
export const mismatchMessage = 'provided sha does not match query';

/**
 * Puts the document of an id into a body. An id comes as `documentId` (GraphQL over HTTP), with or without "sha256:",
 * or as that of an automatic persisted query.
 */
export function trustedBody(trusted: TrustedDocuments, body: unknown): TrustedBody {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return trusted.only ? { refused: 'not trusted' } : { body };
  }
  const { documentId, query, extensions, ...rest } = body as Record<string, unknown>;
  const named = idOf(documentId);
  const id = named ?? idOf(persistedHash(extensions));
  const known = id === null ? undefined : trusted.byId.get(id);
  if (known !== undefined && named === null && typeof query === 'string' && query !== known) {
    return { refused: 'mismatched' };
  }
  if (known !== undefined) return { body: { ...rest, query: known } };
  if (documentId !== undefined) return { refused: 'unknown' };
  if (!trusted.only) return { body };
  if (typeof query === 'string' && isTrusted(trusted, query)) return { body };
  return { refused: query === undefined && id !== null ? 'unknown' : 'not trusted' };
}

/** Whether a document is one of the trusted. */
export function isTrusted({ byId }: TrustedDocuments, document: string): boolean {
  return byId.get(createHash('sha256').update(document).digest('hex')) === document;
}

function idOf(value: unknown): string | null {
  return typeof value === 'string' ? value.replace(/^sha256:/, '') : null;
}

function persistedHash(extensions: unknown): unknown {
  if (typeof extensions !== 'object' || extensions === null) return undefined;
  const { persistedQuery } = extensions as { persistedQuery?: unknown };
  if (typeof persistedQuery !== 'object' || persistedQuery === null) return undefined;
  return (persistedQuery as { sha256Hash?: unknown }).sha256Hash;
}
