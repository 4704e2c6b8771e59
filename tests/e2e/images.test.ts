import sharp from 'sharp';
import type { TestClient } from '@souk/testing/test-client';
import { administrator, anonymous, newUser, souk, soukUrl } from '../support/suite-clients.js';

// A seller uploads pictures through the gateway.

let partner: TestClient;

beforeAll(async () => {
  partner = await souk.as('partner');
});

interface Permission {
  imageId: string;
  url: string;
}

async function permission(client: TestClient): Promise<Permission> {
  const { upload } = (await client.mutate(
    'mutation { createImageUpload { upload { imageId url } userErrors { code message } } }',
  )) as { upload: Permission };
  return upload;
}

interface Answer {
  imageId?: string;
  errors?: { message: string; extensions: { code: string; requestId: string } }[];
}

async function put(url: string, file: Buffer | string, headers = {}): Promise<[number, Answer]> {
  const body = typeof file === 'string' ? file : new Uint8Array(file);
  const response = await fetch(url, { method: 'PUT', body, headers });
  return [response.status, (await response.json()) as Answer];
}

async function createWith(client: TestClient, imageId: string): Promise<{ id?: string; codes: string[] }> {
  const { data } = (await client.send(
    `mutation ($input: ProductInput!) { createProduct(input: $input) { listing { id } userErrors { code field } } }`,
    { input: { listing: { title: 'Boots with a picture', images: [{ imageId, alt: 'Boots' }] } } },
  )) as { data: { createProduct: { listing: { id: string } | null; userErrors: { code: string }[] } } };
  const { listing, userErrors } = data.createProduct;
  return { ...(listing && { id: listing.id }), codes: userErrors.map(({ code }) => code) };
}

/** A PNG photograph with its place in the metadata. */
function photograph(): Promise<Buffer> {
  return sharp({ create: { width: 900, height: 600, channels: 3, background: 'olive' } })
    .withExif({
      IFD0: { Model: 'Secret Camera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '38/1 42/1 0/1' },
    })
    .png()
    .toBuffer();
}

test('a seller’s photograph is shown to everyone in several sizes, without its place', async () => {
  const file = await photograph();
  expect((await sharp(file).metadata()).exif?.includes('Secret Camera')).toBe(true);
  const { imageId, url } = await permission(partner);
  expect(new URL(url).origin).toBe(soukUrl.replace('127.0.0.1', 'localhost'));
  const [status, answer] = await put(url, file);
  expect([status, answer]).toEqual([201, expect.objectContaining({ imageId, width: 900, height: 600 })]);
  const { id, codes } = await createWith(partner, imageId);
  expect(codes).toEqual([]);
  await partner.mutate(
    `mutation ($id: ID!, $input: OfferInput!) {
      createOffer(listingId: $id, input: $input) { offer { id } userErrors { code message } } }`,
    { id, input: { price: { amount: 9_900, currency: 'EUR' }, onHand: 3 } },
  );
  await partner.mutate('mutation ($id: ID!) { publishListing(id: $id) { userErrors { code message } } }', {
    id,
  });

  const { listing } = (await anonymous().run(
    `query ($id: ID!) { listing(id: $id) { images {
      id alt width height placeholder webp: url(width: 400) avif: url(width: 400, format: AVIF) sizes { width height }
    } } }`,
    { id },
  )) as { listing: { images: Record<string, unknown>[] } };
  const [image] = listing.images;
  expect(image).toMatchObject({
    id: imageId,
    alt: 'Boots',
    width: 900,
    height: 600,
    placeholder: expect.stringMatching(/^data:image\/webp;base64,/) as string,
    sizes: [
      { width: 320, height: 213 },
      { width: 640, height: 427 },
      { width: 900, height: 600 },
    ],
  });
  for (const format of ['webp', 'avif']) {
    const response = await fetch(String(image?.[format]));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': `image/${format}`,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const content = Buffer.from(await response.arrayBuffer());
    expect(content.includes('Secret Camera')).toBe(false);
    expect(await sharp(content).metadata()).toMatchObject({ width: 640, height: 427 });
  }
});

test('what is no picture is refused, with the request’s id', async () => {
  const { url } = await permission(partner);
  const picture = await photograph();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
  for (const file of [svg, '<!doctype html><script>alert(1)</script>', picture.subarray(0, 200)]) {
    const [status, { errors }] = await put(url, file, { 'content-type': 'image/png' });
    expect(status).toBe(422);
    expect(errors?.[0]?.extensions).toEqual({ code: 'INVALID', requestId: expect.any(String) as string });
  }
  expect((await put(url, Buffer.alloc(10_000_001)))[0]).toBe(413);
  // None of it used the address up.
  expect((await put(url, picture))[0]).toBe(201);
});

test('only the uploader’s listings can have a picture, and only once it is uploaded', async () => {
  const administers = await administrator();
  const theirs = await permission(administers);
  expect((await put(theirs.url, await photograph()))[0]).toBe(201);
  expect((await createWith(partner, theirs.imageId)).codes).toEqual(['NOT_FOUND']);
  const own = await permission(partner);
  expect((await createWith(partner, own.imageId)).codes).toEqual(['NOT_FOUND']);
  const buyer = await newUser();
  const { errors } = await buyer.send('mutation { createImageUpload { upload { url } } }');
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('another site’s form uploads nothing', async () => {
  const { imageId, url } = await permission(partner);
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(await photograph())]), 'a.png');
  const response = await fetch(url, { method: 'POST', body, headers: { origin: 'https://evil.test' } });
  expect(response.status).toBe(405);
  const preflight = await fetch(url, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.test', 'access-control-request-method': 'PUT' },
  });
  expect(preflight.headers.has('access-control-allow-origin')).toBe(false);
  expect((await createWith(partner, imageId)).codes).toEqual(['NOT_FOUND']);
});

test('unknown addresses find nothing', async () => {
  const [status, { errors }] = await put(`${soukUrl}/uploads/${'A'.repeat(43)}`, await photograph());
  expect([status, errors?.[0]?.extensions.code]).toEqual([404, 'NOT_FOUND']);
  expect((await fetch(`${soukUrl}/media/${'0'.repeat(40)}/320.webp`)).status).toBe(404);
});
