import type { Request } from 'express';

/** Why a file was not read. */
export class UnreadFile extends Error {
  readonly reason: 'too large' | 'too slow' | 'incomplete';

  constructor(reason: UnreadFile['reason']) {
    super(`The file was not read: ${reason}.`);
    this.name = 'UnreadFile';
    this.reason = reason;
  }
}

/**
 * Reads the whole body of a request, uncompressed.
 * @throws UnreadFile if it has more bytes than `maxBytes`, takes longer than `timeoutMs`, or ends early
 */
export async function readFileOf(request: Request, maxBytes: number, timeoutMs: number): Promise<Buffer> {
  if (Number(request.get('content-length') ?? 0) > maxBytes) throw new UnreadFile('too large');
  const chunks: Buffer[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new UnreadFile('too slow')), timeoutMs);
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) reject(new UnreadFile('too large'));
        else chunks.push(chunk);
      });
      request.once('end', resolve);
      request.once('error', () => reject(new UnreadFile('incomplete')));
      request.once('close', () => reject(new UnreadFile('incomplete')));
    });
  } finally {
    clearTimeout(timer);
    request.removeAllListeners('data');
  }
  return Buffer.concat(chunks);
}
