import type { UploadedPicture } from '../../entities/listing.js';

/** Formats in which pictures are served. */
export type ImageFormat = 'WEBP' | 'AVIF';

/** Media types by file extension. */
export const mediaTypes: Readonly<Record<string, string>> = { webp: 'image/webp', avif: 'image/avif' };

/** Widths in which a picture is stored, in pixels, where it is at least as wide. */
const standardWidths = [320, 640, 1_280, 1_920];
/** Largest stored picture, in pixels. Higher ones are made smaller. */
export const largest = { width: 1_920, height: 3_840 };

/** The widths for a picture whose largest stored size has this width: the standard ones below it, and itself. */
export function widthsFor(width: number): number[] {
  return [...standardWidths.filter((standard) => standard < width), width];
}

/** The key of one file of a picture. */
export function keyOf(name: string, width: number, format: ImageFormat): string {
  return `${name}/${width}.${format.toLowerCase()}`;
}

/** The keys of all files of a picture. */
export function keysOf({ name, widths }: Pick<UploadedPicture, 'name' | 'widths'>): string[] {
  return widths.flatMap((width) => [keyOf(name, width, 'WEBP'), keyOf(name, width, 'AVIF')]);
}

/** The smallest stored width that is at least the wanted one, or the largest there is. */
export function bestWidth(widths: readonly number[], wanted: number | null): number {
  return widths.find((width) => wanted !== null && width >= wanted) ?? widths.at(-1) ?? 0;
}
