import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '@souk/shared/db/database';
import { Rejection } from '@souk/shared/errors';
import type { Cause } from '@souk/shared/event';
import type { ImageEntity } from '../../entities/image.js';
import type { MediaStore } from '../../media-store/media-store.js';
import type { ImageRenderer, RenderedImage } from './image-renderer.js';
import { keyOf, mediaTypes } from './image-sizes.js';
import type { AcceptedContent } from './image-upload.js';
import { completeUpload } from './image-upload.js';
import { cancelDeletion, hastenDeletion, planDeletion } from './media-deletion.js';

/** Services that store a picture. */
export interface ImageStorage {
  database: Database;
  store: MediaStore;
  renderer: ImageRenderer;
}

/**
 * Renders an uploaded file, stores its sizes, and completes the upload. The same file again returns the same picture.
 * @throws Rejection INVALID (no picture), CONFLICT (another file was uploaded before)
 */
export async function storeImage(
  { database, store, renderer }: ImageStorage,
  upload: ImageEntity,
  file: Buffer,
  cause: Cause,
): Promise<AcceptedContent> {
  const contentHash = createHash('sha256').update(file).digest();
  if (upload.name !== null) return repeated(upload, contentHash);
  const rendered = await renderer.render(file);
  const name = nameOf(contentHash);
  const content = { ...contentOf(rendered), contentHash, bytes: file.length, name };
  const keys = rendered.files.map(({ width, format }) => keyOf(name, width, format));
  await planDeletion(database.reader, { name, keys });
  try {
    for (const { width, format, content: bytes } of rendered.files)
      await store.put(keyOf(name, width, format), bytes, mediaTypes[format.toLowerCase()] ?? '');
    const isFirst = await database.transact(async (manager, outbox) => {
      if (!(await completeUpload(manager, outbox, upload, content))) return false;
      if (!(await cancelDeletion(manager, name)))
        throw new Error('The upload took too long: its files are gone.');
      return true;
    }, cause);
    if (isFirst) return content;
  } catch (error) {
    await hastenDeletion(database.reader, name);
    throw error;
  }
  await hastenDeletion(database.reader, name);
  const current = await database.reader.findOneBy<ImageEntity>('image', { id: upload.id });
  return repeated(current, contentHash);
}

function repeated(image: ImageEntity | null, contentHash: Buffer): AcceptedContent {
  if (image?.contentHash?.equals(contentHash)) return image;
  throw new Rejection('CONFLICT', 'Another file was uploaded to this address.');
}

function contentOf({ width, height, files, placeholder }: RenderedImage) {
  return { width, height, widths: [...new Set(files.map((file) => file.width))], placeholder };
}

/** Names begin with the hash of the content. The rest makes each upload's name its own, so that no file has two owners. */
function nameOf(contentHash: Buffer): string {
  return `${contentHash.toString('hex').slice(0, 32)}${randomBytes(4).toString('hex')}`;
}
