import { becomeSeller } from '../support/new-seller.js';
import { administrator, newUser, soukUrl, topology } from '../support/suite-clients.js';
import type { TestClient } from '@souk/testing/test-client';
import type { TestOffer } from '../support/shop.js';
import { stockGoods, stockLicences } from '../support/shop.js';
import { until } from '../support/until.js';

/** How long a change may take to be read by everybody. */
const atOnceMs = 1_000;

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

interface Seen {
  text: string;
  isHit: boolean;
  cacheControl: string | null;
}

async function read(query: string, id: string, client: TestClient | null = null): Promise<Seen> {
  const response = await fetch(`${soukUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(client?.accessToken && { authorization: `Bearer ${client.accessToken}` }),
    },
    body: JSON.stringify({ query, variables: { id } }),
  });
  return {
    text: await response.text(),
    isHit: response.headers.get('cache-status')?.startsWith('souk; hit') ?? false,
    cacheControl: response.headers.get('cache-control'),
  };
}

const page =
  'query ($id: ID!) { listing(id: $id) { title slug priceRange { min { amount } max { amount } } offers { title } } }';
const stock = 'query ($id: ID!) { listing(id: $id) { offers { availability { status available } } } }';

/** Reads until an answer comes from the cache; that one. */
const warm = (query: string, id: string): Promise<Seen> =>
  until('a response comes from the cache', async () => {
    const seen = await read(query, id);
    return seen.isHit && seen;
  });

/** The first answer that was looked for in the cache: where Redis is late it is of no use for a moment. */
const looked = (query: string, id: string): Promise<Seen> =>
  until('the cache is in use', async () => {
    const seen = await read(query, id);
    return seen.cacheControl !== null && seen;
  });

const reads = (query: string, id: string, part: string): Promise<unknown> =>
  until(`the response contains ${part}`, async () => (await read(query, id)).text.includes(part), atOnceMs);

it('serves a page that was read before without calling catalog', async () => {
  const { listingId } = await stockGoods(admin, 5);
  const first = await looked(page, listingId);
  expect([first.isHit, first.cacheControl]).toEqual([false, 'public, max-age=60']);
  const { text, cacheControl } = await warm(page, listingId);
  expect([text, cacheControl]).toEqual([first.text, 'public, max-age=60']);
});

it('shows a changed price within a second', async () => {
  const { listingId } = await stockGoods(admin, 5);
  await warm(page, listingId);
  await admin.mutate(
    `mutation ($id: ID!, $input: OfferInput!) {
      createOffer(listingId: $id, input: $input) { offer { id } userErrors { code message } } }`,
    { id: listingId, input: { title: 'Large', price: { amount: 99_999, currency: 'EUR' } } },
  );
  await reads(page, listingId, '99999');
});

describe('a page over three subgraphs', () => {
  const whole = `query ($id: ID!) { listing(id: $id) { title
    partner { name slug owner { displayName followersCount } } } }`;
  let seller: TestClient;
  let partnerId: string;
  let listingId: string;

  beforeAll(async () => {
    seller = await newUser('seller');
    partnerId = await becomeSeller(seller, admin, { name: `Costa ${crypto.randomUUID()}` });
    ({ listingId } = await stockGoods(seller, 5));
  });

  it('is cached whole', async () => {
    const first = await looked(whole, listingId);
    expect(first.cacheControl).toBe('public, max-age=60');
    expect((await warm(whole, listingId)).text).toBe(first.text);
  });

  it('is not cached with a private field of its owner, who alone reads it', async () => {
    const withEmail = whole.replace('displayName', 'displayName email');
    await warm(whole, listingId);
    for (let round = 0; round < 2; round += 1) {
      const own = await read(withEmail, listingId, seller);
      expect([own.text.includes('@example.com'), own.isHit]).toEqual([true, false]);
      const others = await read(withEmail, listingId);
      expect([others.text.includes('@example.com'), others.isHit, others.cacheControl]).toEqual([
        false,
        false,
        null,
      ]);
      expect(others.text).toContain('FORBIDDEN');
    }
    expect((await warm(whole, listingId)).text).not.toContain('@example.com');
  });

  it('shows a seller’s new name within a second', async () => {
    await warm(whole, listingId);
    const displayName = `Called ${crypto.randomUUID()}`;
    await seller.mutate(
      `mutation ($input: ProfileInput!) {
        updateProfile(input: $input) { user { id } userErrors { code message } } }`,
      { input: { displayName } },
    );
    await reads(whole, listingId, displayName);
  });

  it('shows the number of followers within a second', async () => {
    const fan = await newUser('fan');
    const mutation = (field: string): string =>
      `mutation ($id: ID!) { ${field}(userId: $id) { user { id } userErrors { code message } } }`;
    await until('social knows the seller', () =>
      fan.mutate(mutation('follow'), { id: seller.userId }).catch(() => null),
    );
    await reads(whole, listingId, '"followersCount":1');
    await warm(whole, listingId);
    await fan.mutate(mutation('unfollow'), { id: seller.userId });
    await reads(whole, listingId, '"followersCount":0');
  });

  it('hides a partner within a second of its suspension', async () => {
    await warm(whole, listingId);
    await admin.mutate(
      `mutation ($id: ID!) {
        suspendPartner(id: $id, reason: "A test.") { partner { id } userErrors { code message } } }`,
      { id: partnerId },
    );
    await reads(whole, listingId, '"partner":null');
    // Data with access rules are read each time.
    for (let round = 0; round < 2; round += 1) expect((await read(whole, listingId)).isHit).toBe(false);
  });
});

// Where gateway and catalog are one process no notification has to arrive first.
if (topology === 'standalone') {
  it('shows a change to its author at once', async () => {
    const { listingId } = await stockGoods(admin, 5);
    for (let round = 0; round < 10; round += 1) {
      await warm(page, listingId);
      const title = `Another ${round}`;
      await admin.mutate(
        `mutation ($id: ID!, $input: OfferInput!) {
        createOffer(listingId: $id, input: $input) { offer { id } userErrors { code message } } }`,
        { id: listingId, input: { title, price: { amount: 1_000, currency: 'EUR' } } },
      );
      expect((await read(page, listingId)).text).toContain(title);
    }
  });
}

it('shows the remaining stock within a second of a sale', async () => {
  const offer: TestOffer = await stockLicences(admin, 9);
  await warm(stock, offer.listingId);
  expect((await read(stock, offer.listingId)).text).toContain('"available":9');
  const buyer = await newUser();
  const bought = await buyer.untilEnded(await buyer.buy([{ offerId: offer.offerId, quantity: 2 }]));
  expect(bought.status).toBe('COMPLETED');
  await reads(stock, offer.listingId, '"available":7');
});

it('hides an unpublished listing within a second', async () => {
  const { listingId } = await stockGoods(admin, 5);
  await warm(stock, listingId);
  await admin.mutate(
    'mutation ($id: ID!) { archiveListing(id: $id) { listing { id } userErrors { code message } } }',
    {
      id: listingId,
    },
  );
  await reads(stock, listingId, 'NOT_ON_SALE');
});

it('shows a draft to its owner only, whoever reads first', async () => {
  const { listing } = (await admin.mutate(
    `mutation ($input: ProductInput!) { createProduct(input: $input) { listing { id } userErrors { code message } } }`,
    { input: { listing: { title: 'A secret' } } },
  )) as { listing: { id: string } };
  const buyer = await newUser();
  const query = 'query ($id: ID!) { listing(id: $id) { title } }';
  for (let round = 0; round < 4; round += 1) {
    expect((await read(query, listing.id, admin)).text).toContain('A secret');
    for (const reader of [null, buyer])
      expect((await read(query, listing.id, reader)).text).toContain('"listing":null');
  }
});

it("returns no caller another's response", async () => {
  const [one, other] = [await newUser('one'), await newUser('other')];
  const query = 'query ($id: ID!) { me { id } listing(id: $id) { title } }';
  const { listingId } = await stockGoods(admin, 5);
  for (let round = 0; round < 3; round += 1) {
    for (const client of [one, other, null]) {
      const { text, cacheControl, isHit } = await read(query, listingId, client);
      expect(text).toContain(client ? String(client.userId) : '"me":null');
      expect([cacheControl, isHit]).toEqual([null, false]);
    }
  }
});

it('shows current price and stock in a cart', async () => {
  const { listingId, offerId } = await stockLicences(admin, 2);
  const [one, other] = [await newUser(), await newUser()];
  await warm(stock, listingId);
  const bought = await one.untilEnded(await one.buy([{ offerId, quantity: 2 }]));
  expect(bought.status).toBe('COMPLETED');
  const refused = await other.untilEnded(await other.buy([{ offerId, quantity: 1 }]));
  expect(refused.failure?.code).toBe('INSUFFICIENT_STOCK');
});

it('counts its entries', async () => {
  const { listingId } = await stockGoods(admin, 5);
  await warm(page, listingId);
  const metrics = await (await fetch(`${soukUrl}/metrics`)).text();
  expect(metrics).toMatch(/souk_gateway_cache_events_total\{kind="answer",event="hit"\} [1-9]/);
});
