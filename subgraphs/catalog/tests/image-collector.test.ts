import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectImages } from '@souk/catalog/domain/image/image-collector';
import { planDeletion } from '@souk/catalog/domain/image/media-deletion';
import { DiskStore } from '@souk/catalog/media-store/disk-store';
import { Database } from '@souk/shared/db/database';
import { fromApiId } from '@souk/shared/ids';
import { until } from '../../../tests/support/until.js';
import type { Made, TestPartner } from './support/catalog.js';
import type { CatalogWithMedia } from './support/images.js';
import { picture, put, startCatalogWithMedia } from './support/images.js';

let media: CatalogWithMedia;
let seller: TestPartner;
let database: Database;
let store: DiskStore;

beforeAll(async () => {
  media = await startCatalogWithMedia();
  seller = await media.catalog.partner();
  const { source, sender, log } = media.catalog.subgraph.dependencies;
  database = new Database(source, sender.send, log);
  store = new DiskStore(media.directory);
});

afterAll(() => media.close());

beforeEach(async () => {
  await media.catalog.sql('DELETE FROM listing');
  await pass(3);
  await collect();
  await pass(3);
  await collect();
  expect(await media.files()).toEqual([]);
});

const collect = (): Promise<number> => collectImages(database, store);

/** Lets days pass for all pictures. */
async function pass(days: number): Promise<void> {
  await media.catalog.sql(
    `UPDATE image SET created_at = created_at - $1 * interval '1 day', checked_at = checked_at - $1 * interval '1 day',
       unused_since = unused_since - $1 * interval '1 day'`,
    [days],
  );
}

const small = (): Promise<Buffer> => picture(20, 20);

async function remaining(): Promise<string[]> {
  const rows = await media.catalog.sql<{ id: string }>('SELECT id FROM image ORDER BY id');
  return rows.map(({ id }) => id);
}

const uuidOf = (imageId: string): string => fromApiId('image', imageId) ?? '';

test('an unused picture is removed after a day, with its files', async () => {
  const kept = await media.upload(seller, await small());
  await media.draftWith([{ imageId: kept }], seller);
  await media.upload(seller, await small());
  await media.permission(seller);
  expect(await collect()).toBe(0);
  await pass(0.9);
  expect(await collect()).toBe(0);
  expect(await media.files()).toHaveLength(4);
  await pass(0.2);
  expect(await collect()).toBe(2);
  expect(await remaining()).toEqual([uuidOf(kept)]);
  expect(await media.files()).toHaveLength(2);
});

test('a picture stays while any listing uses it, and a day longer', async () => {
  const imageId = await media.upload(seller, await small());
  const listings = [await draft(imageId), await draft(imageId)];
  for (const listing of listings) {
    await pass(2);
    expect(await collect()).toBe(0);
    await media.catalog.sql('DELETE FROM listing WHERE id = $1', [listing.uuid]);
  }
  await pass(2);
  expect(await collect()).toBe(0);
  // Within that day it can be used again.
  const again = await draft(imageId);
  await pass(2);
  expect(await collect()).toBe(0);
  await media.catalog.sql("UPDATE listing SET images = '[]' WHERE id = $1", [again.uuid]);
  await pass(2);
  expect(await collect()).toBe(0);
  await pass(2);
  expect(await collect()).toBe(1);
  expect(await media.files()).toEqual([]);
});

function draft(imageId: string): Promise<Made> {
  return media.draftWith([{ imageId }], seller);
}

test('pictures with the same content do not share files', async () => {
  const file = await small();
  const kept = await media.upload(seller, file);
  const listing = await draft(kept);
  await media.upload(seller, file);
  await pass(2);
  expect(await collect()).toBe(1);
  const [image] = await media.imagesOf(listing, seller);
  expect((await fetch(image?.url ?? '')).status).toBe(200);
});

test('files of a process that died before it recorded them are deleted', async () => {
  const name = createHash('sha1').update('a crash').digest('hex');
  const keys = [`${name}/20.webp`, `${name}/20.avif`];
  await planDeletion(database.reader, { name, keys });
  await store.put(keys[0] ?? '', Buffer.from('half of it'));
  await collect();
  expect(await media.files()).toEqual(['20.webp']);
  await media.catalog.sql("UPDATE media_deletion SET due_at = due_at - interval '1 hour'");
  await collect();
  expect(await media.files()).toEqual([]);
  expect(await media.catalog.sql('SELECT FROM media_deletion')).toEqual([]);
});

test('files of a process that died before it deleted them are deleted later', async () => {
  await media.upload(seller, await small());
  await pass(2);
  const away = jest.spyOn(store, 'delete').mockRejectedValue(new Error('no answer'));
  await expect(collect()).rejects.toThrow('no answer');
  away.mockRestore();
  expect(await remaining()).toEqual([]);
  expect(await media.files()).toHaveLength(2);
  await collect();
  expect(await media.files()).toHaveLength(2);
  await media.catalog.sql("UPDATE media_deletion SET due_at = due_at - interval '10 minutes'");
  await collect();
  expect(await media.files()).toEqual([]);
});

test('an upload whose files are being deleted fails instead of losing them', async () => {
  const { url } = await media.permission(seller);
  const lock = media.catalog.subgraph.dependencies.source.createQueryRunner();
  await lock.connect();
  try {
    // The upload has stored its files and waits to record them.
    await lock.startTransaction();
    await lock.query('SELECT FROM image FOR UPDATE');
    const upload = put(url, await small());
    await until('the files are stored', async () => (await media.files()).length === 2);
    await media.catalog.sql('UPDATE media_deletion SET due_at = now()');
    await collect();
    await lock.commitTransaction();
    expect((await upload).status).toBe(500);
  } finally {
    await lock.release();
  }
  expect((await put(url, await small())).status).toBe(201);
  expect(await media.files()).toHaveLength(2);
});

test('of listings that begin to use pictures while they are removed, each has its files', async () => {
  const images: { user: TestPartner; imageId: string }[] = [];
  for (let count = 0; count < 12; count += 1) {
    const user = await media.catalog.partner();
    images.push({ user, imageId: await media.upload(user, await small()) });
  }
  await pass(2);
  const [created] = await Promise.all([
    Promise.all(
      images.map(async ({ user, imageId }, index) => {
        await sleep(index);
        return media.draftWith([{ imageId }], user).catch(() => null);
      }),
    ),
    collect(),
    collect(),
  ]);
  await media.catalog.sql('UPDATE media_deletion SET due_at = now()');
  await collect();
  const removed = images.length - (await remaining()).length;
  expect(created.filter((listing) => listing === null).length).toBeLessThanOrEqual(removed);
  for (const listing of created) {
    if (!listing) continue;
    const [image] = await media.imagesOf(listing, media.catalog.admin);
    expect((await fetch(image?.url ?? '')).status).toBe(200);
  }
});
