import { graphError } from '@souk/shared/graph/errors';
import { toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import { createImageUpload } from '../domain/image/image-upload.js';
import type { ImageFormat } from '../domain/image/image-sizes.js';
import { bestWidth, keyOf } from '../domain/image/image-sizes.js';
import type { ListingImage, UploadedPicture } from '../entities/listing.js';
import type { ImageSize } from '../models.js';
import type {
  ImageResolvers,
  ImageSizeResolvers,
  MutationResolvers,
  Resolvers,
} from '../generated/resolvers.js';
import { runSellerMutation } from './seller-mutation.js';

const maxWidth = 10_000;

/** Mutations of uploads. */
const imageMutations: Required<Pick<MutationResolvers, 'createImageUpload'>> = {
  createImageUpload: (_parent, _arguments, context) =>
    runSellerMutation(
      context,
      { upload: null },
      (transaction) => createImageUpload(transaction, context.media.limits),
      ({ imageId, token, ...upload }) =>
        Promise.resolve({
          upload: {
            ...upload,
            imageId: toApiId('image', imageId),
            url: `${context.media.uploadsUrl}/${token}`,
          },
        }),
    ),
};

/** Image's fields. */
const imageFields: ImageResolvers = {
  id: ({ upload }) => (upload ? toApiId('image', upload.id) : null),
  url: ({ url, upload }, { width, format }, context) => {
    if (typeof width === 'number' && (width < 1 || width > maxWidth))
      throw graphError('BAD_USER_INPUT', `width must be between 1 and ${maxWidth}; it is ${width}.`, {
        argument: 'width',
      });
    return upload ? addressOf(context, upload, bestWidth(upload.widths, width ?? null), format) : url;
  },
  placeholder: ({ upload }) => upload?.placeholder ?? null,
  sizes: (image) => sizesOf(image),
};

/** ImageSize's fields. */
const imageSizeFields: ImageSizeResolvers = {
  url: ({ picture, width }, { format }, context) => addressOf(context, picture, width, format),
};

function sizesOf({ width, height, upload }: ListingImage): ImageSize[] {
  if (!upload || width === null || height === null) return [];
  const heightFor = (smaller: number): number => Math.max(1, Math.round((height * smaller) / width));
  return upload.widths.map((size) => ({ width: size, height: heightFor(size), picture: upload }));
}

function addressOf(
  { media }: Pick<Context, 'media'>,
  { name }: UploadedPicture,
  width: number,
  format: ImageFormat | null | undefined,
): string {
  return `${media.filesUrl}/${keyOf(name, width, format ?? 'WEBP')}`;
}

/** Resolvers of pictures. */
export const imageResolvers: Resolvers = {
  Mutation: imageMutations,
  Image: imageFields,
  ImageSize: imageSizeFields,
};
