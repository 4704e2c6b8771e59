import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Documents that were registered when clients were built. */
export interface TrustedDocuments {
  /** Documents by SHA-256 in hexadecimal, or by the file's own ids. */
  byId: ReadonlyMap<string, string>;
  /** Whether all other documents are refused. */
  only: boolean;
}

const file = z.record(z.string().min(1), z.string().min(1));

/** Reads persisted-documents.json: `{ "<id>": "<document>" }`, as GraphQL Code Generator writes it. */
export function readTrustedDocuments(json: string, only: boolean): TrustedDocuments {
  return { byId: new Map(Object.entries(file.parse(JSON.parse(json)))), only };
}

/** Why a body is refused; `mismatched` means that its hash is not that of its query. */
export type Untrusted = 'unknown' | 'not trusted' | 'mismatched';

/** The body to execute, or the reason to refuse it. */
export type TrustedBody = { body: unknown } | { refused: Untrusted };

/** Apollo Server's message when a hash does not match the query beside it. */
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
