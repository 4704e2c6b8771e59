import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskStore } from '@souk/catalog/media-store/disk-store';
import type { MediaStore } from '@souk/catalog/media-store/media-store';
import { S3Store } from '@souk/catalog/media-store/s3-store';
import { javaAvailable } from '../../../tests/support/java.js';
import type { TestS3 } from '../../../tests/support/s3/server.js';
import { startS3 } from '../../../tests/support/s3/server.js';

if (!javaAvailable) process.stderr.write('java and mvn are not installed: the S3 store is not tested.\n');

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-media-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

function openDisk(path: string): MediaStore {
  return new DiskStore(path);
}

async function contentOf(store: MediaStore, key: string): Promise<Buffer | null> {
  const stored = await store.get(key);
  if (!stored) return null;
  const content = await buffer(stored.body);
  expect(stored.size).toBe(content.length);
  return content;
}

const newKey = (): string => `${randomBytes(20).toString('hex')}/320.webp`;

/** The guarantees of each store. */
function conformance(open: () => MediaStore): void {
  test('a stored file is read whole', async () => {
    const store = open();
    for (const size of [1, 100_000, 3_000_000]) {
      const key = newKey();
      const content = randomBytes(size);
      await store.put(key, content, 'image/webp');
      expect((await contentOf(store, key))?.equals(content)).toBe(true);
    }
  });

  test('a part of a buffer is stored as that part', async () => {
    const store = open();
    const key = newKey();
    await store.put(key, Buffer.from('a whole text').subarray(2, 7), 'image/webp');
    expect((await contentOf(store, key))?.toString()).toBe('whole');
  });

  test('an unknown file is null, and deleting it succeeds', async () => {
    const store = open();
    const key = newKey();
    expect(await store.get(key)).toBeNull();
    await store.delete(key);
  });

  test('a deleted file is gone, and those beside it stay', async () => {
    const store = open();
    const key = newKey();
    const beside = key.replace('320', '640');
    await store.put(key, Buffer.from('one'), 'image/webp');
    await store.put(beside, Buffer.from('two'), 'image/webp');
    await store.delete(key);
    expect(await contentOf(store, key)).toBeNull();
    expect((await contentOf(store, beside))?.toString()).toBe('two');
  });

  test('concurrent writes of one file leave one of them whole', async () => {
    const store = open();
    const key = newKey();
    const contents = Array.from({ length: 8 }, () => randomBytes(200_000));
    await Promise.all(contents.map((content) => store.put(key, content, 'image/webp')));
    const left = await contentOf(store, key);
    expect(contents.filter((content) => left?.equals(content))).toHaveLength(1);
  });
}

describe('a directory', () => {
  conformance(() => openDisk(directory));

  test('leaves no empty folder or part of a file behind', async () => {
    const own = join(directory, 'own');
    const store = openDisk(own);
    const key = newKey();
    await store.put(key, Buffer.from('one'), 'image/webp');
    expect((await readdir(own, { recursive: true })).sort()).toEqual([
      key.slice(0, 2),
      join(key.slice(0, 2), key.split('/')[0] ?? ''),
      join(key.slice(0, 2), key),
    ]);
    await store.delete(key);
    expect(await readdir(own, { recursive: true })).toEqual([key.slice(0, 2)]);
  });

  test('a write that fails says so', async () => {
    await expect(openDisk('/dev/null/media').put(newKey(), Buffer.from('x'), 'image/webp')).rejects.toThrow(
      'ENOTDIR',
    );
  });
});

(javaAvailable ? describe : describe.skip)('a bucket', () => {
  let s3: TestS3;

  beforeAll(async () => {
    s3 = await startS3();
  }, 250_000);

  afterAll(() => s3.stop());

  conformance(() => new S3Store(s3.options));

  test('objects state their type and that they never change, for a CDN', async () => {
    const key = newKey();
    await new S3Store(s3.options).put(key, Buffer.from('one'), 'image/avif');
    const { headers } = await s3.send(`pictures/${key}`);
    expect(headers.get('content-type')).toBe('image/avif');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  test('a wrong key is a fault that names the reason and no secret', async () => {
    const store = new S3Store({ ...s3.options, secretAccessKey: 'another-secret' });
    const failure = await store.put(newKey(), Buffer.from('x'), 'image/webp').catch(String);
    expect(failure).toMatch(/PUT \S+ with 403 SignatureDoesNotMatch/);
    expect(failure).not.toContain('another-secret');
  });

  test('an unknown bucket is a fault of a write', async () => {
    const store = new S3Store({ ...s3.options, bucket: 'none' });
    await expect(store.put(newKey(), Buffer.from('x'), 'image/webp')).rejects.toThrow('404 NoSuchBucket');
  });
});

test('a store that fails twice is tried a third time, and not a fourth', async () => {
  let calls = 0;
  let failures = 2;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume().on('end', () => {
      if (calls % 2 === 1 && calls <= failures) request.socket.destroy();
      else response.writeHead(calls <= failures ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = new S3Store({ endpoint, bucket: 'b-1', region: 'r', accessKeyId: 'k', secretAccessKey: 's' });
  try {
    await store.put(newKey(), Buffer.from('x'), 'image/webp');
    expect(calls).toBe(3);
    calls = 0;
    failures = 9;
    await expect(store.delete(newKey())).rejects.toThrow();
    expect(calls).toBe(3);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
