import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import type { BrotliOptions, ZlibOptions } from 'node:zlib';
import {
  brotliDecompress,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzip,
  inflate,
  inflateRaw,
} from 'node:zlib';

interface Decoder {
  all(bytes: Buffer, options: { maxOutputLength: number }): Promise<Buffer>;
  /** A stream that gives what it can with each chunk. `first` is the first chunk. */
  open(first: Buffer): Transform;
}

const sync: ZlibOptions = { flush: constants.Z_SYNC_FLUSH };
const syncBrotli: BrotliOptions = { flush: constants.BROTLI_OPERATION_FLUSH };

const gzip: Decoder = { all: promisify(gunzip), open: () => createGunzip(sync) };
// Some servers send deflate without zlib's header (RFC 9110, 8.4.1.2).
const deflate: Decoder = {
  all: (bytes, options) => promisify(hasZlibHeader(bytes) ? inflate : inflateRaw)(bytes, options),
  open: (first) => (hasZlibHeader(first) ? createInflate(sync) : createInflateRaw(sync)),
};
const decoders: Readonly<Record<string, Decoder>> = {
  gzip,
  'x-gzip': gzip,
  deflate,
  br: { all: promisify(brotliDecompress), open: () => createBrotliDecompress(syncBrotli) },
};

/** A response has a content coding that cannot be decoded. */
export class UnknownCoding extends Error {}

/** The decoders of a Content-Encoding header, in the order in which they decode. @throws UnknownCoding */
function decodersOf(header: string): Decoder[] {
  return header
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
    .reverse()
    .map((coding) => {
      const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
      if (!decoder) throw new UnknownCoding(`The content coding ${coding} is not known.`);
      return decoder;
    });
}

/** Decodes a body of at most so many bytes. @throws where it cannot be decoded, or is larger */
export async function decodeBody(bytes: Buffer, header: string, maxBytes: number): Promise<Buffer> {
  let decoded = bytes;
  for (const decoder of decodersOf(header)) {
    decoded = await decoder.all(decoded, { maxOutputLength: maxBytes });
  }
  return decoded;
}

/** Decodes a body while it arrives. */
export class StreamDecoder {
  readonly #decoders: Decoder[];
  readonly #onData: (chunk: Buffer) => void;
  readonly #onEnd: (error: Error | null) => void;
  /** One for each decoder, opened with the first chunk that comes to it. */
  readonly #streams: Transform[] = [];

  /**
   * @param onEnd called once, with the error that ends it or null
   * @throws UnknownCoding
   */
  constructor(header: string, onData: (chunk: Buffer) => void, onEnd: (error: Error | null) => void) {
    this.#decoders = decodersOf(header);
    this.#onData = onData;
    this.#onEnd = onEnd;
  }

  write(chunk: Buffer): void {
    this.#write(0, chunk);
  }

  end(): void {
    this.#finish(0);
  }

  #write(index: number, chunk: Buffer): void {
    const decoder = this.#decoders[index];
    if (!decoder) {
      this.#onData(chunk);
      return;
    }
    let stream = this.#streams[index];
    if (!stream) {
      stream = decoder.open(chunk);
      this.#streams[index] = stream;
      stream.on('data', (decoded: Buffer) => this.#write(index + 1, decoded));
      stream.on('end', () => this.#finish(index + 1));
      stream.on('error', (error) => this.#onEnd(error));
    }
    stream.write(chunk);
  }

  #finish(index: number): void {
    const stream = this.#streams[index];
    if (stream) stream.end();
    else this.#onEnd(null);
  }
}

function hasZlibHeader(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
