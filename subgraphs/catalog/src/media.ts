import { ImageRenderer } from './domain/image/image-renderer.js';
import type { UploadLimits } from './domain/image/upload-limits.js';
import { DiskStore } from './media-store/disk-store.js';
import type { MediaStore } from './media-store/media-store.js';
import { S3Store } from './media-store/s3-store.js';
import type { MediaOptions } from './media-options.js';

/** Uploaded pictures, as resolvers and endpoints use them. */
export interface Media {
  store: MediaStore;
  renderer: ImageRenderer;
  limits: UploadLimits;
  /** Without a slash at the end, as `filesUrl`. */
  uploadsUrl: string;
  filesUrl: string;
}

/** Opens the media store. */
export function openMedia({ publicUrl, mediaUrl, directory, s3, limits }: MediaOptions): Media {
  const origin = publicUrl.replace(/\/$/, '');
  return {
    store: s3 ? new S3Store(s3) : new DiskStore(directory),
    renderer: new ImageRenderer(),
    limits,
    uploadsUrl: `${origin}/uploads`,
    filesUrl: (mediaUrl ?? `${origin}/media`).replace(/\/$/, ''),
  };
}
