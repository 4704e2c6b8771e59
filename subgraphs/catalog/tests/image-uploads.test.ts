import { catalogEvents } from '@souk/shared/contracts/catalog';
import { PublishedEvents } from '../../../tests/support/published-events.js';
import { until } from '../../../tests/support/until.js';
import type { TestPartner } from './support/catalog.js';
import { refusals } from './support/catalog.js';
import type { CatalogWithMedia } from './support/images.js';
import { picture, put, putStream, startCatalogWithMedia } from './support/images.js';

let media: CatalogWithMedia;
let seller: TestPartner;

beforeAll(async () => {
  media = await startCatalogWithMedia();
  seller = await media.catalog.partner();
});

afterEach(async () => {
  // Quotas are per user and day; these tests share one seller.
  await media.catalog.sql("UPDATE image SET created_at = created_at - interval '2 days'");
});

afterAll(() => media.close());

describe('an upload', () => {
  test('becomes a picture of a listing, in sizes and formats that a browser chooses from', async () => {
    const permission = await media.permission(seller);
    expect(permission.maxBytes).toBe(10_000_000);
    expect(new Date(permission.expiresAt).getTime() - Date.now()).toBeLessThan(15 * 60_000 + 2_000);
    const uploaded = await put(permission.url, await picture());
    expect(uploaded).toMatchObject({
      status: 201,
      body: { imageId: permission.imageId, width: 700, height: 500, widths: [320, 640, 700] },
    });
    const draft = await media.draftWith([{ imageId: permission.imageId, alt: 'Teal' }], seller);
    const [image] = await media.imagesOf(draft, seller);
    expect(image).toMatchObject({ id: permission.imageId, alt: 'Teal', width: 700, height: 500 });
    expect(image?.placeholder).toMatch(/^data:image\/webp;base64,/);
    const base = image?.url.replace('700.webp', '') ?? '';
    expect(base).toMatch(/\/media\/[0-9a-f]{40}\/$/);
    expect(image?.small).toBe(`${base}320.webp`);
    expect(image?.medium).toBe(`${base}640.avif`);
    expect(image?.sizes).toEqual(
      [
        [320, 229],
        [640, 457],
        [700, 500],
      ].map(([width, height]) => ({
        width,
        height,
        url: `${base}${width}.webp`,
        avif: `${base}${width}.avif`,
      })),
    );
  });

  test('publishes an event that names the uploader', async () => {
    const published = new PublishedEvents();
    try {
      const { url } = await media.permission(seller);
      const file = await picture(40, 30);
      await put(url, file);
      const [, event] = published.all;
      expect(event).toMatchObject({
        event: catalogEvents.imageUploaded,
        payload: { partnerId: seller.partnerId, width: 40, height: 30, bytes: file.length },
        cause: { actorId: seller.userId },
      });
    } finally {
      published.stop();
    }
  });

  test('may be repeated with the same file, and not with another', async () => {
    const { url, imageId } = await media.permission(seller);
    const file = await picture(30, 30);
    const first = await put(url, file);
    const before = await media.files();
    expect(await put(url, file)).toEqual(first);
    expect(await put(url, await picture(31, 30))).toMatchObject({
      status: 409,
      body: { errors: [{ extensions: { code: 'CONFLICT' } }] },
    });
    expect(first.body.imageId).toBe(imageId);
    expect(await media.files()).toEqual(before);
  });

  test('sent twice at once is one picture, and what is left over is deleted', async () => {
    const { url } = await media.permission(seller);
    const file = await picture(50, 30);
    const [one, two] = await Promise.all([put(url, file), put(url, file)]);
    expect(one.status).toBe(201);
    expect(two).toEqual(one);
    const due = await media.catalog.sql<{ keys: string[] }>(
      'SELECT keys FROM media_deletion WHERE due_at <= now()',
    );
    expect(due).toHaveLength(1);
  });

  test.each([
    ['a page', () => '<!doctype html><script>alert(1)</script>'],
    ['an SVG', () => '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['nothing', () => ''],
  ])('of %s is refused as what it is, and can be repeated with a picture', async (_what, content) => {
    const { url } = await media.permission(seller);
    expect(await put(url, content())).toMatchObject({
      status: 422,
      body: {
        errors: [{ message: expect.stringContaining('PNG') as string, extensions: { code: 'INVALID' } }],
      },
    });
    expect((await put(url, await picture(20, 20))).status).toBe(201);
  });

  test('larger than allowed is refused, with and without a stated length', async () => {
    const { url } = await media.permission(seller);
    const whole = Buffer.alloc(10_000_001);
    expect((await put(url, whole)).status).toBe(413);
    const stream = new ReadableStream({
      start: (controller) => {
        for (let part = 0; part < 11; part += 1) controller.enqueue(new Uint8Array(1_000_000));
        controller.close();
      },
    });
    const response = await putStream(url, stream);
    expect(response.status).toBe(413);
  });

  test('to an unknown or expired address finds nothing', async () => {
    const { url, imageId } = await media.permission(seller);
    const other = url.replace(/[^/]{8}$/, 'AAAAAAAA');
    expect(await put(other, await picture(20, 20))).toMatchObject({
      status: 404,
      body: { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    });
    await media.catalog.sql(
      "UPDATE image SET upload_expires_at = now() - interval '1 second' WHERE upload_expires_at > now()",
    );
    expect((await put(url, await picture(20, 20))).status).toBe(404);
    expect(await media.refusalsOf([{ imageId }], seller)).toEqual([
      'NOT_FOUND input.listing.images.0.imageId',
    ]);
  });

  test('by a form of another site does nothing', async () => {
    const { url, imageId } = await media.permission(seller);
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(await picture(20, 20))]), 'a.png');
    for (const method of ['POST', 'GET', 'PATCH']) {
      const response = await fetch(url, { method, ...(method === 'GET' ? {} : { body }) });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('PUT');
    }
    expect(await media.refusalsOf([{ imageId }], seller)).toEqual([
      'NOT_FOUND input.listing.images.0.imageId',
    ]);
  });

  test('that the store does not take fails, and can be repeated', async () => {
    const broken = await startCatalogWithMedia({ directory: '/dev/null/media' });
    try {
      const { url } = await broken.permission(broken.catalog.admin);
      expect(await put(url, await picture(20, 20))).toMatchObject({
        status: 500,
        body: { errors: [{ message: 'The upload failed. Try again.' }] },
      });
      const [row] = await broken.catalog.sql<{ name: string | null }>('SELECT name FROM image');
      expect(row?.name).toBeNull();
    } finally {
      await broken.close();
    }
  });

  test('needs a seller', async () => {
    const suspended = await media.catalog.partner('SUSPENDED');
    expect(refusals(await media.request(suspended))).toEqual(['PARTNER_NOT_VERIFIED']);
    expect(
      await media.catalog.failure(
        'mutation { createImageUpload { upload { url } } }',
        {},
        media.catalog.user(),
      ),
    ).toBe('FORBIDDEN');
    expect(await media.catalog.failure('mutation { createImageUpload { upload { url } } }')).toBe(
      'UNAUTHENTICATED',
    );
  });
});

test('at most two files of one user are received at once', async () => {
  const permissions = await Promise.all([1, 2, 3].map(() => media.permission(seller)));
  const file = await picture(20, 20);
  const finish: (() => void)[] = [];
  // The first byte arrives, the rest waits.
  const slow = permissions.slice(0, 2).map(({ url }) => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(file.subarray(0, 1)));
        finish.push(() => {
          controller.enqueue(new Uint8Array(file.subarray(1)));
          controller.close();
        });
      },
    });
    return putStream(url, body);
  });
  const third = permissions[2]?.url ?? '';
  const busy = await until('both uploads have begun', async () => {
    const response = await fetch(third, { method: 'PUT', body: 'no picture' });
    return response.status === 503 ? response : null;
  });
  expect(busy.headers.get('retry-after')).toBe('5');
  // Others are not concerned.
  expect(await media.upload(media.catalog.admin, file)).toMatch(/^image_/);
  for (const end of finish) end();
  expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([201, 201]);
  expect((await put(third, file)).status).toBe(201);
});

describe('limits of one user in a day', () => {
  const limits = { maxBytes: 100_000, perDay: 4, bytesPerDay: 250_000 };
  let limited: CatalogWithMedia;
  beforeAll(async () => {
    limited = await startCatalogWithMedia({ limits });
  });
  afterAll(() => limited.close());

  test('count uploads, also of concurrent requests, and forget them after a day', async () => {
    const user = await limited.catalog.partner();
    for (let count = 0; count < 2; count += 1) await limited.upload(user, await picture(20, 20));
    const answers = await Promise.all(Array.from({ length: 4 }, () => limited.request(user)));
    // Two uploads of a few bytes; two more may begin, each as large as allowed.
    expect(answers.filter(({ upload }) => upload)).toHaveLength(2);
    const [refused] = answers.filter(({ upload }) => !upload);
    expect(refusals(refused ?? { userErrors: [] })).toEqual(['TOO_MANY_UPLOADS']);
    expect((await limited.request(await limited.catalog.partner())).upload).not.toBeNull();
    await limited.catalog.sql("UPDATE image SET created_at = created_at - interval '1 day'");
    expect((await limited.request(user)).upload).not.toBeNull();
  });

  test('count bytes, those of open uploads as the largest', async () => {
    const user = await limited.catalog.partner();
    await limited.permission(user);
    await limited.permission(user);
    expect(refusals(await limited.request(user))).toEqual(['TOO_MANY_UPLOADS']);
    await limited.catalog.sql('UPDATE image SET upload_expires_at = now() WHERE uploaded_by = $1', [
      user.userId,
    ]);
    expect((await limited.request(user)).upload).not.toBeNull();
  });
});
