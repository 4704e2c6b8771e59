import { createSecretToken, hashSecretToken } from '@souk/shared/auth/secret-token';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { ImageEntity } from '../../entities/image.js';
import { lockUploader } from '../locks.js';
import { ownerOf } from '../permissions.js';
import type { SellerTransaction } from '../seller-transaction.js';
import type { UploadLimits } from './upload-limits.js';

const uploadMinutes = 15;

/** An upload that may begin. */
export interface ImageUpload {
  /** UUID of the picture. */
  imageId: string;
  /** Secret of the upload address; only its hash is stored. */
  token: string;
  expiresAt: Date;
  maxBytes: number;
}

/**
 * Permits an upload of one picture to its owner. The address expires after 15 minutes.
 * @throws Rejection TOO_MANY_UPLOADS
 */
export async function createImageUpload(
  { manager, outbox, seller }: SellerTransaction,
  limits: UploadLimits,
): Promise<ImageUpload> {
  const { userId } = seller;
  if (userId === null) throw new Error('Only users upload pictures: uploads are limited by user.');
  await lockUploader(manager, userId);
  await checkLimits(manager, userId, limits);
  const id = newId();
  const token = createSecretToken();
  const partnerId = ownerOf(seller);
  const [created]: { upload_expires_at: Date }[] = await manager.query(
    `INSERT INTO image (id, partner_id, uploaded_by, token_hash, upload_expires_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(mins => $5)) RETURNING upload_expires_at`,
    [id, partnerId, userId, hashSecretToken(token), uploadMinutes],
  );
  if (!created) throw new Error('The upload was not stored.');
  outbox.publish(catalogEvents.imageUploadCreated, id, { imageId: id, partnerId });
  const after = { partnerId: partnerId && toApiId('partner', partnerId) };
  recordAction(outbox, 'CREATE_IMAGE_UPLOAD', id, { before: null, after });
  return { imageId: id, token, expiresAt: created.upload_expires_at, maxBytes: limits.maxBytes };
}

async function checkLimits(manager: EntityManager, userId: string, limits: UploadLimits): Promise<void> {
  const [used]: { uploads: number; bytes: number; next: Date | null }[] = await manager.query(
    `SELECT count(*)::int AS uploads,
       coalesce(sum(CASE WHEN bytes IS NOT NULL THEN bytes WHEN upload_expires_at > now() THEN $2 ELSE 0 END), 0)::float8
         AS bytes,
       min(created_at) + interval '1 day' AS next
     FROM image WHERE uploaded_by = $1 AND created_at > now() - interval '1 day'`,
    [userId, limits.maxBytes],
  );
  if (!used || (used.uploads < limits.perDay && used.bytes + limits.maxBytes <= limits.bytesPerDay)) return;
  throw new Rejection(
    'TOO_MANY_UPLOADS',
    `At most ${limits.perDay} pictures and ${limits.bytesPerDay} bytes may be uploaded within 24 hours. ` +
      `The next upload is possible from ${used.next?.toISOString() ?? 'then'} on.`,
  );
}

/** Returns the picture that a token may upload, or has uploaded; null if the token is unknown or expired. */
export async function findUpload(manager: EntityManager, token: string): Promise<ImageEntity | null> {
  return manager
    .createQueryBuilder(ImageEntity, 'image')
    .where('image.token_hash = :hash AND image.upload_expires_at > now()', { hash: hashSecretToken(token) })
    .getOne();
}

/** The content of an accepted file. */
export type AcceptedContent = Pick<
  ImageEntity,
  'contentHash' | 'bytes' | 'name' | 'width' | 'height' | 'widths' | 'placeholder'
>;

/**
 * Records that the files of a picture are stored.
 * @returns false if the upload has ended meanwhile, by a concurrent request
 */
export async function completeUpload(
  manager: EntityManager,
  outbox: Outbox,
  { id, partnerId }: Pick<ImageEntity, 'id' | 'partnerId'>,
  content: AcceptedContent,
): Promise<boolean> {
  const { contentHash, bytes, name, width, height, widths, placeholder } = content;
  const [rows]: [unknown[], number] = await manager.query(
    `UPDATE image SET content_hash = $2, bytes = $3, name = $4, width = $5, height = $6, widths = $7, placeholder = $8
     WHERE id = $1 AND name IS NULL RETURNING id`,
    [id, contentHash, bytes, name, width, height, widths, placeholder],
  );
  if (rows.length === 0) return false;
  outbox.publish(catalogEvents.imageUploaded, id, {
    imageId: id,
    partnerId,
    width: width ?? 0,
    height: height ?? 0,
    bytes: bytes ?? 0,
  });
  return true;
}
