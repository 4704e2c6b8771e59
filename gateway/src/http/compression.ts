import { chooseCoding } from '@souk/shared/content-coding';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { headerOf } from '../types/request.js';

/** Bytes from which a response is compressed: a smaller one fits into one packet in any case. */
export const minCompressedBytes = 1_400;

type Compression = 'br' | 'gzip';

const compress: Readonly<Record<Compression, (bytes: Buffer) => Promise<Buffer>>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        // Level 4 takes as long as gzip, and saves more.
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 5 }),
};

/** Compressed forms by the object that a text belongs to. */
const compressed = new WeakMap<object, Partial<Record<Compression, Promise<Buffer>>>>();

/** A text that may be sent compressed. */
export interface CompressibleText {
  text: string;
  contentType: string;
  /** The object that this very text belongs to: its other responses are not compressed again. Null if there is none. */
  owner: object | null;
}

/**
 * Sends a complete response, compressed if the client accepts it and the text is large enough. Not for responses that
 * may hold secrets: their length would depend on the secrets (docs/security.md).
 */
export function sendCompressible(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  { text, contentType, owner }: CompressibleText,
): Promise<void> | void {
  const bytes = Buffer.from(text);
  response.statusCode = status;
  response.setHeader('content-type', contentType);
  addVary(response, 'accept-encoding');
  const { coding, allowsIdentity } = chooseCoding(headerOf(request, 'accept-encoding'));
  if (coding === 'identity' || (allowsIdentity && bytes.length < minCompressedBytes)) {
    response.setHeader('content-length', bytes.length);
    response.end(bytes);
    return;
  }
  return compressOnce(bytes, coding, owner).then((body) => {
    if (response.destroyed) return;
    response.setHeader('content-encoding', coding);
    response.setHeader('content-length', body.length);
    response.end(body);
  });
}

/** Adds a request header to those that the response depends on. */
export function addVary(response: ServerResponse, name: string): void {
  const vary = response.getHeader('vary');
  response.setHeader('vary', typeof vary === 'string' ? `${vary}, ${name}` : name);
}

function compressOnce(bytes: Buffer, coding: Compression, owner: object | null): Promise<Buffer> {
  if (!owner) return compress[coding](bytes);
  let forms = compressed.get(owner);
  if (!forms) compressed.set(owner, (forms = {}));
  return (forms[coding] ??= compress[coding](bytes));
}
