import { Rejection } from '@souk/shared/errors';
import type sharp from 'sharp';
import type { Sharp, SharpOptions } from 'sharp';
import type { ImageFormat } from './image-sizes.js';
import { largest, widthsFor } from './image-sizes.js';

/** One file of a picture. */
export interface RenderedFile {
  width: number;
  format: ImageFormat;
  content: Buffer;
}

/** A picture in all its sizes and formats, without the metadata of the uploaded file. */
export interface RenderedImage {
  /** Pixels of the largest size. */
  width: number;
  height: number;
  files: RenderedFile[];
  /** A data address. */
  placeholder: string;
}

type SharpModule = typeof sharp;

/** Formats that a file may have, by its content. Its name and its stated type are ignored. */
const formats = new Set<string | undefined>(['jpeg', 'png', 'webp', 'gif', 'heif']);
const readers = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`);

/** Pixels of an uploaded picture: a whole decoded one takes 4 bytes each. */
const maxPixels = 40_000_000;
const timeoutSeconds = 20;
const placeholderPixels = 16;

const options: SharpOptions = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true };

/**
 * Renders pictures, one at a time: each takes one thread of the pool that the process shares, and up to 260 MB while a
 * large one is decoded. The library is loaded with the first picture.
 */
export class ImageRenderer {
  #last: Promise<unknown> = Promise.resolve();
  #library: Promise<SharpModule> | null = null;

  /** Renders an uploaded file. @throws Rejection INVALID if it is no picture of an allowed format and size */
  render(file: Buffer): Promise<RenderedImage> {
    const rendered = this.#last.then(async () => renderWith(await (this.#library ??= loadLibrary()), file));
    this.#last = rendered.catch(() => undefined);
    return rendered;
  }
}

async function loadLibrary(): Promise<SharpModule> {
  const { default: library } = await import('sharp');
  library.concurrency(1);
  library.cache(false);
  // Readers of SVG, PDF and other formats are not even tried.
  library.block({ operation: ['VipsForeignLoad'] });
  library.unblock({ operation: readers });
  return library;
}

async function renderWith(library: SharpModule, file: Buffer): Promise<RenderedImage> {
  const base = await decode(library, file);
  const { data, info } = base;
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const from = (): Sharp => library(data, { raw }).timeout({ seconds: timeoutSeconds });
  const files: RenderedFile[] = [];
  for (const width of widthsFor(info.width)) {
    const resized = (): Sharp => from().resize({ width });
    const webp = await resized().webp({ quality: 80 }).toBuffer();
    const avif = await resized().avif({ quality: 55, effort: 2 }).toBuffer();
    files.push({ width, format: 'WEBP', content: webp }, { width, format: 'AVIF', content: avif });
  }
  const tiny = await from()
    .resize({ width: placeholderPixels, height: placeholderPixels, fit: 'inside' })
    .webp({ quality: 40 })
    .toBuffer();
  return {
    width: info.width,
    height: info.height,
    files,
    placeholder: `data:image/webp;base64,${tiny.toString('base64')}`,
  };
}

/** Decodes the first frame, upright, in sRGB, no larger than the largest size. */
async function decode(
  library: SharpModule,
  file: Buffer,
): Promise<{ data: Buffer; info: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }> {
  try {
    const { format } = await library(file, options).metadata();
    if (!formats.has(format)) throw unreadable();
    return await library(file, options)
      .timeout({ seconds: timeoutSeconds })
      .autoOrient()
      .resize({ ...largest, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
  } catch (error) {
    throw isTooLarge(error)
      ? new Rejection('INVALID', 'The picture must have at most 40 million pixels.', { field: ['file'] })
      : unreadable(error);
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && error.message.includes('exceeds pixel limit');
}

function unreadable(cause?: unknown): Rejection {
  if (cause instanceof Rejection) return cause;
  const rejection = new Rejection(
    'INVALID',
    'The file must be a whole PNG, JPEG, GIF, WebP or AVIF picture.',
    {
      field: ['file'],
    },
  );
  rejection.cause = cause;
  return rejection;
}
