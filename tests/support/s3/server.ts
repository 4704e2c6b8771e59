import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import type { S3Options } from '@souk/catalog/media-store/s3-store';
import { freePort } from '../ports.js';
import { ended } from '../redis.js';

/** An S3-compatible server for a suite, with a bucket. */
export interface TestS3 {
  options: S3Options;
  /** Sends a signed request to the server. */
  send(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

// The first start on a machine fetches 50 MB of jars.
const startWithinMs = 240_000;

/** Starts a server on a free port with a directory of its own. Needs `javaAvailable`. */
export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'souk-s3-'));
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const keys = { accessKeyId: 'a-test-key', secretAccessKey: 'a-test-secret' };
  const logFile = join(directory, 'output.log');
  const log = await open(logFile, 'w');
  const given = [directory, new URL(endpoint).port, keys.accessKeyId, keys.secretAccessKey];
  const child = spawn('bash', [join(__dirname, 'start.sh'), ...given], { stdio: ['ignore', log.fd, log.fd] });
  await log.close();
  const stop = async (): Promise<void> => {
    await ended(child);
    await rm(directory, { recursive: true, force: true });
  };
  const client = new AwsClient({ ...keys, service: 's3', region: 'us-east-1', retries: 0 });
  const send = (path: string, init: RequestInit = {}): Promise<Response> =>
    client.fetch(`${endpoint}/${path}`, init);
  const deadline = Date.now() + startWithinMs;
  const makesBucket = (): Promise<boolean> =>
    send('pictures', { method: 'PUT' }).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await makesBucket())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const output = await readFile(logFile, 'utf8');
      await stop();
      throw new Error(`S3Proxy did not start: ${output.slice(-2_000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { options: { endpoint, bucket: 'pictures', region: 'us-east-1', ...keys }, send, stop };
}
