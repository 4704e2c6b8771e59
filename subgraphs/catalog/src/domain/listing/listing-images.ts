import { fromApiId } from '@souk/shared/ids';
import { visibleText } from '@souk/shared/text';
import type { ImageEntity } from '../../entities/image.js';
import type { ListingImage } from '../../entities/listing.js';
import { lockImages } from '../locks.js';
import { owns } from '../permissions.js';
import { validateImageAddress } from './image-address.js';
import type { ImageInput, ListingWrite } from './listing-input.js';

const path = ['input', 'listing', 'images'];
const maxImages = 20;

/**
 * Reads the pictures of a listing and reports violations to `check`. Locks uploaded ones, so that they stay until the
 * listing is stored. A listing may keep its pictures, whoever uploaded them.
 */
export async function readImages(
  { manager, seller, check, images: present = [] }: ListingWrite,
  inputs: readonly ImageInput[] | null,
): Promise<ListingImage[]> {
  const given = inputs ?? [];
  if (given.length > maxImages) {
    check.refuse(path, `At most ${maxImages} images are allowed.`);
    return [];
  }
  const ids = given.map(({ imageId }) => (imageId ? fromApiId('image', imageId) : null));
  const found = await lockImages(manager, [...new Set(ids.filter((id) => id !== null))]);
  const isPresent = new Set(present.map(({ upload }) => upload?.id));
  const usable = new Map(
    found.filter((image) => owns(seller, image) || isPresent.has(image.id)).map((image) => [image.id, image]),
  );
  return given.map(({ url, imageId, alt }, index) => {
    const at = [...path, `${index}`];
    const image = usable.get(ids[index] ?? '');
    if (Boolean(url) === Boolean(imageId)) check.refuse(at, 'An image needs exactly one of url and imageId.');
    else if (imageId && !image)
      check.refuse([...at, 'imageId'], 'There is no such uploaded image.', 'NOT_FOUND');
    return {
      ...(image ? uploaded(image) : foreign(check.url([...at, 'url'], url, validateImageAddress))),
      alt: visibleText(alt),
    };
  });
}

function uploaded({ id, name, width, height, widths, placeholder }: ImageEntity): Omit<ListingImage, 'alt'> {
  const upload = { id, name: name ?? '', widths: widths ?? [], placeholder: placeholder ?? '' };
  return { url: '', width, height, upload };
}

function foreign(url: string | null): Omit<ListingImage, 'alt'> {
  return { url: url ?? '', width: null, height: null };
}
