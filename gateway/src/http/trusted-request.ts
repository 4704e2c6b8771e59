import { countLimit } from '@souk/shared/telemetry';
import type { ServerResponse } from 'node:http';
import type { TrustedDocuments, Untrusted } from '../access/trusted-documents.js';
import { mismatchMessage, trustedBody } from '../access/trusted-documents.js';
import { sendError } from './errors.js';
import { paramsOfSearch } from './request-params.js';

/** The operation of a request, as it was sent. */
export interface SentOperation {
  /** The JSON of a POST; undefined for a GET. */
  body: unknown;
  /** The query string, with its question mark. */
  search: string;
}

/** Puts the trusted document that a request names into it, or says why the request is refused. */
export function trustedRequest(
  trusted: TrustedDocuments,
  method: string | undefined,
  { body, search }: SentOperation,
): SentOperation | { refused: Untrusted } {
  if (method === 'POST') {
    const checked = trustedBody(trusted, body);
    return 'refused' in checked ? checked : { body: checked.body, search };
  }
  const fields = new URLSearchParams(search);
  // A browser that loads the page.
  if (!['query', 'documentId', 'extensions'].some((name) => fields.has(name))) return { body, search };
  const sent = paramsOfSearch(search);
  // Refused later: its JSON cannot be read. Without its text nothing else of it is run.
  if (!sent) return trusted.only ? { refused: 'not trusted' } : { body, search };
  const checked = trustedBody(trusted, sent);
  if ('refused' in checked) return checked;
  const { query } = checked.body as { query?: string };
  if (query === undefined || query === sent['query']) return { body, search };
  fields.set('query', query);
  fields.delete('documentId');
  fields.delete('extensions');
  return { body, search: `?${fields.toString()}` };
}

/** Answers a request whose document is not trusted. */
export function refuseUntrusted(why: Untrusted, response: ServerResponse): void {
  if (why === 'not trusted') countLimit('untrusted');
  if (why === 'unknown')
    sendError(response, 404, 'PERSISTED_QUERY_NOT_FOUND', 'No trusted document has this id.');
  else if (why === 'mismatched') sendError(response, 400, 'BAD_REQUEST', mismatchMessage);
  else sendError(response, 403, 'FORBIDDEN', 'Only trusted documents are allowed.');
}
