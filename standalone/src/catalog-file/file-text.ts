import { createReadStream } from 'node:fs';

/** Reads a file as UTF-8 in pieces. `read` receives the bytes of each. @throws Error for another encoding */
export async function* readText(file: string, read: (bytes: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new Error(`${file} is not encoded in UTF-8.`, { cause: error });
    }
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    read(chunk.length);
    yield decode(chunk);
  }
  yield decode();
}
