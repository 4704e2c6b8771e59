import { rm } from 'node:fs/promises';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { TestPartner } from './support/catalog.js';
import { refusals } from './support/catalog.js';
import type { CatalogWithMedia } from './support/images.js';
import { startCatalogWithMedia } from './support/images.js';

let media: CatalogWithMedia;
let seller: TestPartner;

beforeAll(async () => {
  media = await startCatalogWithMedia();
  seller = await media.catalog.partner();
});

afterAll(() => media.close());

describe('a picture on a listing', () => {
  test('is its uploader’s, or on the listing’s side of catalog:manage', async () => {
    const other = await media.catalog.partner();
    const theirs = await media.upload(other);
    const platforms = await media.upload(media.catalog.admin);
    const notFound = ['NOT_FOUND input.listing.images.0.imageId'];
    expect(await media.refusalsOf([{ imageId: theirs }], seller)).toEqual(notFound);
    expect(await media.refusalsOf([{ imageId: platforms }], seller)).toEqual(notFound);
    expect(await media.refusalsOf([{ imageId: 'image_unknown' }], seller)).toEqual(notFound);
    expect(await media.refusalsOf([{ imageId: theirs }], media.catalog.admin)).toEqual([]);
  });

  test('stays when the listing is updated, also one that somebody else uploaded', async () => {
    const platforms = await media.upload(media.catalog.admin);
    const draft = await media.draftWith([], seller);
    const update = (images: object[], user: TestUser) =>
      media.catalog.mutate(
        'updateProduct($id: ID!, $input: ProductInput!)',
        'listing { images { id alt } }',
        { id: draft.id, input: { listing: { images } } },
        user,
      );
    expect(refusals(await update([{ imageId: platforms }], seller))).toEqual([
      'NOT_FOUND input.listing.images.0.imageId',
    ]);
    await update([{ imageId: platforms }], media.catalog.admin);
    const own = await media.upload(seller);
    const changed = await update([{ imageId: own }, { imageId: platforms, alt: 'Kept' }], seller);
    expect(changed).toMatchObject({
      listing: {
        images: [
          { id: own, alt: null },
          { id: platforms, alt: 'Kept' },
        ],
      },
      userErrors: [],
    });
    // Once it is gone from the listing, the platform's picture is the platform's again.
    await update([], seller);
    expect(refusals(await update([{ imageId: platforms }], seller))).toEqual([
      'NOT_FOUND input.listing.images.0.imageId',
    ]);
  });

  test('is given by exactly one of url and imageId', async () => {
    const imageId = await media.upload(seller);
    expect(
      await media.refusalsOf([{}, { url: 'https://cdn.test/a.png', imageId }, { imageId }], seller),
    ).toEqual(['INVALID input.listing.images.0', 'INVALID input.listing.images.1']);
  });

  test('elsewhere keeps its address, whatever size is wanted', async () => {
    const url = 'http://cdn.test/a.svg';
    const [image] = await media.imagesOf(await media.draftWith([{ url }], seller), seller);
    expect(image).toEqual({
      id: null,
      url,
      small: url,
      medium: url,
      alt: null,
      width: null,
      height: null,
      placeholder: null,
      sizes: [],
    });
  });

  test('of an older version is read as before', async () => {
    const draft = await media.draftWith([], seller);
    await media.catalog.sql('UPDATE listing SET images = $2 WHERE id = $1', [
      draft.uuid,
      JSON.stringify([{ url: 'https://cdn.test/old.png', alt: 'Old', width: 9, height: 8 }]),
    ]);
    expect(await media.imagesOf(draft, seller)).toMatchObject([
      { id: null, url: 'https://cdn.test/old.png', alt: 'Old', width: 9, height: 8, sizes: [] },
    ]);
  });

  test.each([0, -1, 10_001])('has no width of %d', async (width) => {
    const draft = await media.draftWith([{ url: 'https://cdn.test/a.png' }], seller);
    expect(
      await media.catalog.failure(
        'query ($id: ID!, $width: Int) { listing(id: $id) { images { url(width: $width) } } }',
        { id: draft.id, width },
        seller,
      ),
    ).toBe('BAD_USER_INPUT');
  });
});

describe('the files', () => {
  let base: string;
  beforeAll(async () => {
    const [image] = await media.imagesOf(
      await media.draftWith([{ imageId: await media.upload(seller) }], seller),
      seller,
    );
    base = image?.url.replace('700.webp', '') ?? '';
  });

  test('are public, immutable and inert', async () => {
    for (const format of ['webp', 'avif']) {
      const response = await fetch(`${base}320.${format}`);
      const { headers } = response;
      expect(response.status).toBe(200);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': `image/${format}`,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
      });
      const content = Buffer.from(await response.arrayBuffer());
      expect(headers.get('content-length')).toBe(String(content.length));
      const again = await fetch(`${base}320.${format}`, {
        headers: { 'if-none-match': headers.get('etag') ?? '' },
        // By default fetch sends such a request with `cache-control: no-cache`.
        cache: 'force-cache',
      });
      expect([again.status, await again.text()]).toEqual([304, '']);
      const head = await fetch(`${base}320.${format}`, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(content.length)]);
    }
  });

  test.each([
    '321.webp',
    '0320.webp',
    '320.png',
    '320.svg',
    '320.webp.part',
    '..%2f320.webp',
    '%2e%2e/%2e%2e/image',
    '',
  ])('%j is none of them', async (file) => {
    const response = await fetch(`${base}${file}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control') ?? '').not.toContain('immutable');
  });

  test('whose store is away are unavailable for now', async () => {
    const url = `${media.origin}/media/${'0'.repeat(40)}/320.webp`;
    expect((await fetch(url)).status).toBe(404);
    const broken = await startCatalogWithMedia({
      s3: {
        endpoint: 'http://127.0.0.1:1',
        bucket: 'none',
        region: 'r',
        accessKeyId: 'k',
        secretAccessKey: 's',
      },
    });
    try {
      const response = await fetch(url.replace(media.origin, broken.origin));
      expect(response.status).toBe(503);
      expect(response.headers.get('cache-control')).toBe('no-store');
    } finally {
      await broken.close();
    }
  });
});

test('the media directory can be lost without losing listings', async () => {
  const [image] = await media.imagesOf(
    await media.draftWith([{ imageId: await media.upload(seller) }], seller),
    seller,
  );
  await rm(media.directory, { recursive: true });
  expect((await fetch(image?.url ?? '')).status).toBe(404);
  expect(await media.upload(seller)).toMatch(/^image_/);
});
