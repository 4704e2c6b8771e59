import { crc32, deflateSync } from 'node:zlib';
import { rejectionsOf } from '@souk/shared/errors';
import sharp from 'sharp';
import { ImageRenderer } from './image-renderer.js';

const renderer = new ImageRenderer();

/** A picture that is red on the left and blue on the right. */
function twoColors(width: number, height: number): sharp.Sharp {
  const blue = { create: { width: width / 2, height, channels: 3, background: 'blue' } } as const;
  return sharp({ create: { width, height, channels: 3, background: 'red' } }).composite([
    { input: blue, left: width / 2, top: 0 },
  ]);
}

/** A black PNG with alpha channel, as a file of a thousandth of its pixels. */
function black(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits, RGBA.
  header.set([8, 6, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((4 * width + 1) * height), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const location = {
  IFD0: { Model: 'Secret Camera' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 42/1 0/1' },
};

async function refusalOf(file: Buffer): Promise<unknown> {
  const found = await renderer.render(file).then(() => null, rejectionsOf);
  return found?.map(({ code, field }) => ({ code, field }));
}

const refused = [{ code: 'INVALID', field: ['file'] }];

test('a photograph becomes WebP and AVIF files of several widths, upright and without metadata', async () => {
  const file = await twoColors(1_000, 600)
    .withExif(location)
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect((await sharp(file).metadata()).orientation).toBe(6);
  const { width, height, files, placeholder } = await renderer.render(file);
  // Orientation 6 is a quarter turn clockwise: the left becomes the top.
  expect({ width, height }).toEqual({ width: 600, height: 1_000 });
  expect(files.map((one) => `${one.width} ${one.format}`)).toEqual([
    '320 WEBP',
    '320 AVIF',
    '600 WEBP',
    '600 AVIF',
  ]);
  for (const { width: wide, format, content } of files) {
    const metadata = await sharp(content).metadata();
    expect(metadata.width).toBe(wide);
    expect(metadata.height).toBe(Math.round((wide * 1_000) / 600));
    expect(metadata.format).toBe(format === 'WEBP' ? 'webp' : 'heif');
    expect([metadata.exif, metadata.icc, metadata.xmp, metadata.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(content.includes('Secret Camera')).toBe(false);
    const corner = await sharp(content).extract({ left: 10, top: 10, width: 4, height: 4 }).toBuffer();
    const top = await sharp(corner).stats();
    expect(top.dominant.r).toBeGreaterThan(200);
    expect(top.dominant.b).toBeLessThan(60);
  }
  expect(placeholder).toMatch(/^data:image\/webp;base64,[A-Za-z0-9+/]+=*$/);
  expect(placeholder.length).toBeLessThan(500);
});

test.each([
  ['jpeg', () => twoColors(40, 30).jpeg().toBuffer()],
  ['png', () => twoColors(40, 30).png().toBuffer()],
  ['webp', () => twoColors(40, 30).webp().toBuffer()],
  ['gif', () => twoColors(40, 30).gif().toBuffer()],
  ['avif', () => twoColors(40, 30).avif().toBuffer()],
])('a small %s keeps its size', async (_format, make) => {
  const { width, height, files } = await renderer.render(await make());
  expect({ width, height }).toEqual({ width: 40, height: 30 });
  expect(files).toHaveLength(2);
});

test('a large picture is made smaller, and one of 39 million pixels is accepted', async () => {
  const { width, height, files } = await renderer.render(black(7_800, 5_000));
  expect({ width, height }).toEqual({ width: 1_920, height: 1_231 });
  expect(files.map((one) => one.width)).toEqual([320, 320, 640, 640, 1_280, 1_280, 1_920, 1_920]);
});

test('a decompression bomb is refused before it is decoded', async () => {
  const bomb = black(20_000, 10_000);
  expect(bomb.length).toBeLessThan(4_000_000);
  const before = process.memoryUsage.rss();
  expect(await refusalOf(bomb)).toEqual(refused);
  // Decoded, it would take 800 MB.
  expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000);
});

test('what follows or precedes a picture is not in its files', async () => {
  const picture = await twoColors(40, 30).png().toBuffer();
  const script = Buffer.from('<script>alert(1)</script>');
  const { files } = await renderer.render(Buffer.concat([picture, script]));
  for (const { content } of files) expect(content.includes('script')).toBe(false);
  expect(await refusalOf(Buffer.concat([script, picture]))).toEqual(refused);
});

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
const png = (): Promise<Buffer> => twoColors(400, 300).png().toBuffer();

test.each([
  ['nothing', () => Buffer.alloc(0)],
  ['a page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['an SVG', () => Buffer.from(svg)],
  ['an SVG with a declaration', () => Buffer.from(`<?xml version="1.0"?>${svg}`)],
  ['a PDF', () => Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\n')],
  ['a TIFF', async () => Buffer.from([0x49, 0x49, 0x2a, 0x00, ...(await png())])],
  ['a PPM', () => Buffer.from('P3 1 1 255 9 9 9\n')],
  ['half a picture', async () => (await png()).subarray(0, 300)],
  ['a signature alone', async () => (await png()).subarray(0, 8)],
  ['random bytes', () => Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 7_919) % 251))],
])('%s is refused', async (_what, make) => {
  expect(await refusalOf(await make())).toEqual(refused);
});

test('pictures are rendered one at a time, and a refused one does not stop the next', async () => {
  const file = await twoColors(400, 300).png().toBuffer();
  const order: string[] = [];
  await Promise.all([
    renderer.render(file).then(() => order.push('first')),
    refusalOf(Buffer.from('no picture')).then(() => order.push('refused')),
    renderer.render(file).then(() => order.push('last')),
  ]);
  expect(order).toEqual(['first', 'refused', 'last']);
});
