import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import type { MediaStore, StoredFile } from './media-store.js';

/** A bucket of an S3-compatible store. */
export interface S3Options {
  /** Origin of the store, without the bucket: https://s3.eu-central-1.amazonaws.com */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Until the response begins. */
const timeoutMs = 10_000;
const maxTries = 3;
const retryMs = 100;

/** Stores files in a bucket, addressed by path, which every S3-compatible store understands. */
export class S3Store implements MediaStore {
  readonly location: string;
  readonly #client: AwsClient;

  constructor({ endpoint, bucket, ...credentials }: S3Options) {
    this.location = `${endpoint.replace(/\/$/, '')}/${bucket}`;
    // Its own retries do not cover failed connections.
    this.#client = new AwsClient({ ...credentials, service: 's3', retries: 0 });
  }

  async put(key: string, content: Buffer, contentType: string): Promise<void> {
    const response = await this.#send('PUT', key, {
      // A Buffer may be a part of a larger one.
      body: new Uint8Array(content),
      headers: {
        'content-type': contentType,
        // For a CDN that reads the bucket itself.
        'cache-control': 'public, max-age=31536000, immutable',
        'x-amz-content-sha256': createHash('sha256').update(content).digest('hex'),
      },
    });
    await response.body?.cancel();
  }

  async get(key: string): Promise<StoredFile | null> {
    const response = await this.#send('GET', key);
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    const length = response.headers.get('content-length');
    if (!response.body || length === null)
      throw new Error(`The media store responded to GET ${key} without a body or its length.`);
    return {
      size: Number(length),
      body: Readable.fromWeb(response.body),
    };
  }

  async delete(key: string): Promise<void> {
    const response = await this.#send('DELETE', key);
    await response.body?.cancel();
  }

  /** Returns a response of success, or 404 where nothing is stored. All calls may be repeated. */
  async #send(method: string, key: string, init: RequestInit = {}): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const timeout = new AbortController();
      const timer = setTimeout(() => timeout.abort(), timeoutMs);
      try {
        const url = `${this.location}/${key}`;
        const response = await this.#client.fetch(url, { ...init, method, signal: timeout.signal });
        if (response.ok || (response.status === 404 && method !== 'PUT')) return response;
        throw new Error(`The media store responded to ${method} ${key} with ${await problemOf(response)}.`);
      } catch (error) {
        if (tries === maxTries) throw error;
      } finally {
        clearTimeout(timer);
      }
      await sleep(retryMs * 2 ** tries * Math.random());
    }
  }
}

/** The status and the store's code, never its whole response. */
async function problemOf(response: Response): Promise<string> {
  const text = await response.text();
  return `${response.status} ${/<Code>([\w.-]{1,100})<\/Code>/.exec(text)?.[1] ?? ''}`.trim();
}
