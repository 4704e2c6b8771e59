import { join } from 'node:path';
import type { UploadLimits } from './domain/image/upload-limits.js';
import { defaultUploadLimits } from './domain/image/upload-limits.js';
import type { S3Options } from './media-store/s3-store.js';

/** Settings of uploaded pictures. */
export interface MediaOptions {
  /** Origin at which clients reach the gateway: uploads go there. */
  publicUrl: string;
  /** Address below which clients find the files; null: `/media` of the gateway. */
  mediaUrl: string | null;
  /** Directory of the files, unless a bucket is configured. */
  directory: string;
  s3: S3Options | null;
  limits: UploadLimits;
}

/** Default settings: files are in the data directory of the launcher. */
export const defaultMedia: MediaOptions = {
  publicUrl: 'http://localhost:4000',
  mediaUrl: null,
  directory: join(__dirname, '../../../.souk/media'),
  s3: null,
  limits: defaultUploadLimits,
};
