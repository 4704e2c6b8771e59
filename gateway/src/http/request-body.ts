import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { parseExact } from '../types/exact-json.js';
import { headerOf } from '../types/request.js';

/** The body of a request is refused. */
export class BodyRefused extends Error {
  readonly reason: 'too large' | 'not JSON' | 'unreadable';

  constructor(reason: BodyRefused['reason']) {
    super(`The body is ${reason}.`);
    this.reason = reason;
  }
}

const json = /^application\/json\s*(?:;|$)/i;
const foreignCharset = /charset\s*=(?!\s*"?utf-?8)/i;

const decoders = new Map<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Reads the JSON body of a request and its decoded size. The value is undefined for another content type or no body.
 * @throws BodyRefused where it is larger than `limit` bytes, or cannot be read.
 */
export async function readJson(
  request: IncomingMessage,
  limit: number,
): Promise<{ value: unknown; bytes: number }> {
  const type = headerOf(request, 'content-type') ?? '';
  if (!json.test(type)) {
    request.resume();
    return { value: undefined, bytes: 0 };
  }
  if (foreignCharset.test(type)) throw new BodyRefused('unreadable');
  const bytes = await decoded(await readAll(request, limit), headerOf(request, 'content-encoding'), limit);
  if (bytes.length === 0) return { value: undefined, bytes: 0 };
  try {
    const value = parseExact(withoutMark(bytes.toString()));
    if (typeof value === 'object' && value !== null) return { value, bytes: bytes.length };
  } catch {
    // Thrown below.
  }
  throw new BodyRefused('not JSON');
}

/** Some clients send a byte order mark before JSON, which parsers may ignore (RFC 8259, 8.1). */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function readAll(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      request.resume();
      reject(new BodyRefused('too large'));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      settle();
      request.resume();
      reject(new BodyRefused('too large'));
    };
    const onEnd = (): void => {
      settle();
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    };
    const onFailure = (): void => {
      settle();
      reject(new BodyRefused('unreadable'));
    };
    // The request lives as long as its response, which may be a stream, and must not hold its body.
    const settle = (): void => {
      request.off('data', onData).off('end', onEnd).off('error', onFailure).off('close', onFailure);
    };
    request.on('data', onData).on('end', onEnd).on('error', onFailure).on('close', onFailure);
  });
}

async function decoded(bytes: Buffer, encoding: string | undefined, limit: number): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return bytes;
  const decode = decoders.get(encoding.toLowerCase());
  if (!decode) throw new BodyRefused('unreadable');
  try {
    return await decode(bytes, { maxOutputLength: limit });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BodyRefused(code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'unreadable');
  }
}
