import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connect, databaseUrl } from '@souk/shared/postgres';
import type { EmbeddedPostgres } from '@souk/standalone/postgres/server';
import { startPostgres } from '@souk/standalone/postgres/server';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import type { TestClient } from '@souk/testing/test-client';
import { MarkedPerson, markedTexts, marker } from '../support/marked-person.js';
import type { TestOffer } from '../support/shop.js';
import { stockGoods, stockLicences, stockSeats } from '../support/shop.js';
import { findStoredTexts } from '../support/stored-texts.js';
import { until } from '../support/until.js';

let directory: string;
let postgres: EmbeddedPostgres;
let souk: TestSouk;
let root: TestClient;
let person: MarkedPerson;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-deletion-'));
  // PostgreSQL does not run as root: its user must be able to pass.
  await chmod(directory, 0o711);
  postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  souk = await startSouk({
    topology: 'standalone',
    demo: false,
    environment: { DATABASE_URL: postgres.url, TRUSTED_PROXIES: '1' },
  });
  root = await souk.as('admin');
  person = new MarkedPerson(souk.url);
}, 240_000);

afterAll(async () => {
  await souk.stop();
  await postgres.discard();
  await rm(directory, { recursive: true, force: true });
});

/** Everything that the person has written. */
const written = new Set<string>();

function text(label: string): string {
  const marked = `${label} ${marker}`;
  written.add(marked);
  return marked;
}

const phone = '+4915190807060';

const deletion = `mutation ($password: String!) {
  deleteAccount(password: $password) { ok userErrors { code message field } }
}`;

/** The state of the saga that deletes the person's account: its position and status. */
async function progress(): Promise<{ position: number; status: string } | null> {
  const client = await connect(databaseUrl(postgres.url, 'souk_account'));
  try {
    const { rows } = await client.query<{ position: number; status: string }>(
      `SELECT (state->>'position')::int AS position, status FROM saga ORDER BY id DESC LIMIT 1`,
    );
    return rows[0] ?? null;
  } finally {
    await client.end();
  }
}

/** Uses everything that an account can be used for, with marked texts wherever a person can write. */
async function useEverything(): Promise<void> {
  await person.register();
  const friend = await souk.newBuyer('friend');
  await person.mutate(
    'mutation ($input: ProfileInput!) { updateProfile(input: $input) { user { id } userErrors { code message } } }',
    {
      input: {
        displayName: text('Name'),
        avatarUrl: `https://example.com/${marker}.png`,
        phone,
        preferences: { note: text('Preference') },
      },
    },
  );
  const added = await person.mutate(
    'mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } userErrors { code message } } }',
    {
      input: {
        label: text('Home'),
        recipient: text('Recipient'),
        line1: text('Street'),
        line2: text('Floor'),
        city: text('City'),
        region: text('Region'),
        postalCode: marker,
        countryCode: 'DE',
        phone,
      },
    },
  );
  const addressId = (added['address'] as { id: string }).id;
  await person.signIn();
  await buyAndCancel(addressId);
  await followEachOther(friend);
  await sell();
}

/** Orders goods, which are canceled with a reason, and a licence; leaves seats and a cart. */
async function buyAndCancel(shippingAddressId: string): Promise<void> {
  const goods = await stockGoods(root, 10);
  const licences = await stockLicences(root, 10);
  const seats = await stockSeats(root, 1, 4);
  const buy = async (offerId: string, address: string | null): Promise<string> => {
    const payload = await person.mutate(
      'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { checkout { id } userErrors { code message } } }',
      {
        input: {
          items: [{ offerId, quantity: 1 }],
          idempotencyKey: `${marker}-${offerId}`,
          shippingAddressId: address,
          payment: {
            method: 'CREDIT_CARD',
            paymentMethodToken: 'pm_card_visa',
            returnUrl: `https://example.com/${marker}`,
          },
        },
      },
    );
    return (payload['checkout'] as { id: string }).id;
  };
  const orderOf = async (checkoutId: string): Promise<string> => {
    const { order } = await root.untilEnded(checkoutId);
    return order.id;
  };
  const shipped = await orderOf(await buy(goods.offerId, shippingAddressId));
  await orderOf(await buy(licences.offerId, null));
  await review(licences);
  await person.mutate(
    'mutation ($id: ID!, $reason: String!, $key: String!) { cancelOrder(id: $id, reason: $reason, idempotencyKey: $key) { order { id } userErrors { code message } } }',
    { id: shipped, reason: text('Reason'), key: `${marker}-cancel` },
  );
  await until('the order is canceled and refunded', async () => {
    const { order } = (await root.run('query ($id: ID!) { order(id: $id) { status paymentStatus } }', {
      id: shipped,
    })) as { order: { status: string; paymentStatus: string } };
    return order.status === 'CANCELLED' && order.paymentStatus === 'REFUNDED';
  });
  await person.mutate(
    'mutation ($item: CartItemInput!) { addToCart(item: $item) { cart { id } userErrors { code message } } }',
    { item: { offerId: goods.offerId, quantity: 1 } },
  );
  await person.mutate(
    'mutation ($seatIds: [ID!]!) { holdSeats(seatIds: $seatIds) { heldUntil userErrors { code message } } }',
    { seatIds: seats.seatIds.slice(0, 2) },
  );
}

/** Reviews licences that the person has bought, and reports the review of another buyer. */
async function review({ listingId, offerId }: TestOffer): Promise<void> {
  const reviewListing = `mutation ($listingId: ID!, $text: String, $key: String!) {
    reviewListing(listingId: $listingId, stars: 4, text: $text, idempotencyKey: $key) {
      review { id } userErrors { code message } } }`;
  await person.mutate(reviewListing, { listingId, text: text('Review'), key: `${marker}-review` });
  const other = await souk.newBuyer('reviewer');
  await other.untilStatus(await other.buy([{ offerId }]), 'COMPLETED');
  const payload = (await other.mutate(reviewListing, { listingId, key: crypto.randomUUID() })) as {
    review: { id: string };
  };
  await person.mutate(
    'mutation ($id: ID!, $reason: String!) { reportReview(reviewId: $id, reason: $reason) { ok userErrors { code message } } }',
    { id: payload.review.id, reason: text('Report') },
  );
}

async function followEachOther(friend: TestClient): Promise<void> {
  const follow = 'mutation ($id: ID!) { follow(userId: $id) { user { id } userErrors { code message } } }';
  await person.mutate(follow, { id: friend.userId });
  await friend.mutate(follow, { id: person.userId });
}

/** Becomes a seller with a listing, a draft and a venue. */
async function sell(): Promise<void> {
  const registered = await person.mutate(
    'mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } userErrors { code message } } }',
    {
      input: {
        name: text('Seller'),
        about: text('About'),
        website: `https://example.com/${marker}`,
        taxId: text('Tax'),
      },
    },
  );
  const { id } = registered['partner'] as { id: string };
  await root.mutate(
    'mutation ($id: ID!) { verifyPartner(id: $id) { partner { id } userErrors { code message } } }',
    { id },
  );
  await person.signIn();
  const createVenue =
    'mutation ($input: VenueInput!) { createVenue(input: $input) { venue { id } userErrors { code message } } }';
  const venue = {
    name: text('Venue'),
    address: text('Venue street'),
    city: text('Venue city'),
    countryCode: 'DE',
    capacity: 10,
    sections: [],
  };
  await until('catalog knows the seller', async () => {
    const [refusal] = await person.refusals(createVenue, { input: venue });
    return refusal?.code !== 'PARTNER_NOT_VERIFIED';
  });
  const { categories } = (await root.run('{ categories { id } }')) as { categories: { id: string }[] };
  const create = async (title: string): Promise<string> => {
    const payload = await person.mutate(
      'mutation ($input: ProductInput!) { createProduct(input: $input) { listing { id } userErrors { code message } } }',
      {
        input: {
          listing: {
            title,
            summary: text('Summary'),
            description: text('Description'),
            tags: [marker],
            categoryId: categories[0]?.id,
          },
          brand: text('Brand'),
          weightGrams: 100,
        },
      },
    );
    return (payload['listing'] as { id: string }).id;
  };
  await create(text('Draft'));
  // The name of what was published stays for the orders that refer to it.
  const listingId = await create('Published goods');
  const offer = await person.mutate(
    'mutation ($listingId: ID!, $input: OfferInput!) { createOffer(listingId: $listingId, input: $input) { offer { id } userErrors { code message } } }',
    {
      listingId,
      input: { title: 'Standard', upc: 'T-1', onHand: 5, price: { amount: 100, currency: 'EUR' } },
    },
  );
  await person.mutate(
    'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { offer { id } userErrors { code message } } }',
    {
      input: {
        offerId: (offer['offer'] as { id: string }).id,
        delta: 2,
        reason: text('Stock'),
        idempotencyKey: `${marker}-stock`,
      },
    },
  );
  await person.mutate(
    'mutation ($id: ID!) { publishListing(id: $id) { listing { id } userErrors { code message } } }',
    { id: listingId },
  );
}

/** Runs `npm run account:export` as an operator does. Returns what it prints. */
async function exported(email: string): Promise<string> {
  const program = join(__dirname, '..', '..', 'standalone', 'src', 'account-export.ts');
  const register = join(__dirname, '..', 'support', 'typescript.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', register, program, email], {
    env: { ...process.env, DATABASE_URL: postgres.url },
  });
  return stdout;
}

const messagesOf = (refusals: readonly { code: string; message: string }[]): string[] =>
  refusals.map(({ code, message }) => `${code} ${message.split(':')[0] ?? ''}`);

/** Kills Souk as soon as the deletion has reached a step, or has passed it. */
async function killAt(position: number): Promise<void> {
  const client = await connect(databaseUrl(postgres.url, 'souk_account'));
  try {
    await until(
      `the deletion is at step ${position}`,
      async () => {
        const { rows } = await client.query<{ position: number }>(
          `SELECT (state->>'position')::int AS position FROM saga ORDER BY id DESC LIMIT 1`,
        );
        return (rows[0]?.position ?? -1) >= position;
      },
      60_000,
    );
  } finally {
    await client.end();
  }
  await souk.kill();
  await souk.restart();
}

it('exports everything that a person has written, and no secret', async () => {
  await useEverything();
  const text = await exported(person.email.toUpperCase());
  const data = JSON.parse(text) as Record<string, Record<string, unknown[]>>;
  expect(Object.keys(data)).toEqual([
    'userId',
    'exportedAt',
    'account',
    'catalog',
    'order',
    'payment',
    'social',
  ]);
  expect([...written, ...markedTexts, person.email].filter((each) => !text.includes(each))).toEqual([]);
  expect(data['account']?.['sessions']).toHaveLength(3);
  expect(data['order']?.['orders']).toHaveLength(2);
  expect(data['social']?.['following']).toHaveLength(1);
  for (const secret of ['argon2', 'pm_card', 'hash', 'token_hash', 'successor'])
    expect(text).not.toContain(secret);
}, 300_000);

it('refuses while something is open, as a buyer and as a seller, and leaves the account as it was', async () => {
  const goods = await stockGoods(root, 5);
  const buyer = await souk.newBuyer();
  const { checkout } = (await person.mutate(
    'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { checkout { id } userErrors { code message } } }',
    {
      input: {
        items: [{ offerId: goods.offerId, quantity: 1 }],
        idempotencyKey: crypto.randomUUID(),
        shippingAddressId: await anyAddress(),
        payment: { method: 'BANK_TRANSFER' },
      },
    },
  )) as unknown as { checkout: { id: string } };
  await root.untilStatus(checkout.id, 'AWAITING_PAYMENT');
  const theirs = await ownOffer();
  const order = (await buyer.untilEnded(await buyGoods(buyer, theirs))).order;

  const refusals = await person.refusals(deletion, { password: person.password });
  expect(messagesOf(refusals)).toEqual([
    'CONFLICT Open checkouts',
    'CONFLICT Orders of customers that are not completed',
    'CONFLICT Open payments',
    'CONFLICT The balance as a seller is not settled',
  ]);
  await expect(person.run('{ me { email } }')).resolves.toEqual({ me: { email: person.email } });

  const cancel =
    'mutation ($id: ID!) { cancelCheckout(id: $id) { checkout { id } userErrors { code message } } }';
  await person.mutate(cancel, { id: checkout.id });
  await root.untilEnded(checkout.id);
  await root.mutate(
    'mutation ($id: ID!, $key: String!) { cancelOrder(id: $id, reason: "Sold out.", idempotencyKey: $key) { order { id } userErrors { code message } } }',
    { id: order.id, key: crypto.randomUUID() },
  );
  await until('nothing is open any more', async () => {
    const state = (await root.run('query ($id: ID!) { order(id: $id) { status paymentStatus } }', {
      id: order.id,
    })) as { order: { status: string; paymentStatus: string } };
    return state.order.status === 'CANCELLED' && state.order.paymentStatus === 'REFUNDED';
  });
}, 300_000);

it('deletes an account though Souk is killed in the middle of it, and leaves nothing of the person anywhere', async () => {
  // The search finds them, so that finding nothing later says something.
  const before = await findStoredTexts(postgres.url, markedTexts);
  expect([...new Set(before.map(({ table }) => table))]).toEqual(
    expect.arrayContaining([
      'account.address',
      'account.inbox',
      'account.partner',
      'account.session',
      'account.user_account',
      'catalog.listing',
      'catalog.stock_movement',
      'catalog.venue',
      'order.customer_order',
      'order.order_event',
      'order.saga',
      'payment.payment',
      'social.known_user',
      'social.notification',
    ]),
  );
  await expect(person.refusals(deletion, { password: 'not the password' })).resolves.toMatchObject([
    { code: 'BAD_CREDENTIALS', field: ['password'] },
  ]);
  await expect(person.refusals(deletion, { password: person.password })).resolves.toEqual([]);
  await killAt(5);
  await until(
    'the access token is refused',
    () =>
      person.run('{ me { id } cart { id } }').then(
        () => false,
        (error: unknown) => String(error).includes('UNAUTHENTICATED'),
      ),
    5_000,
  );
  await killAt(6);
  await killAt(9);
  await until('the deletion has ended', async () => (await progress())?.status === 'COMPLETED', 120_000);
  // The audit log is erased by a job of its own.
  let remaining: string[] = [];
  await until('nothing is left', async () => (remaining = await remainingTexts()).length === 0, 60_000).catch(
    () => undefined,
  );
  expect(remaining).toEqual([]);

  // The figures stay, under nobody's name.
  const { orders } = (await root.run(
    '{ orders(first: 100) { nodes { total { amount } status shippingAddress { city } customer { displayName email } } } }',
  )) as { orders: { nodes: { customer: { displayName: string; email: string | null } }[] } };
  const theirs = orders.nodes.filter(({ customer }) => customer.displayName === 'Deleted user');
  expect(theirs).toHaveLength(3);
  expect(theirs).toEqual(
    expect.arrayContaining([
      {
        total: { amount: 1_000 },
        status: 'COMPLETED',
        shippingAddress: null,
        customer: { displayName: 'Deleted user', email: null },
      },
    ]),
  );
  // Another person may have the address.
  const again = new MarkedPerson(souk.url);
  await again.register();
  expect(again.userId).not.toBe(person.userId);
}, 300_000);

/** Tables that may have texts for a while after a deletion, each by a rule of docs/privacy.md. */
const retained: Readonly<Record<string, string>> = {
  'catalog.search_word': 'search words: an hour',
  'social.mailbox': 'the development mailbox: not in production',
};

/** Where texts of the person are still stored, besides what a rule allows. */
async function remainingTexts(): Promise<string[]> {
  const found = await findStoredTexts(postgres.url, markedTexts);
  return found
    .filter(({ table }) => !(table in retained))
    .map(({ table, row }) => `${table}: ${row.slice(0, 600)}`);
}

async function anyAddress(): Promise<string> {
  const { me } = (await person.run('{ me { addresses { id } } }')) as { me: { addresses: { id: string }[] } };
  return me.addresses[0]?.id ?? '';
}

/** The offer that the person sells. */
async function ownOffer(): Promise<string> {
  const { listings } = (await root.run(
    'query ($q: String!) { listings(filter: { search: $q }) { nodes { offers { id } } } }',
    { q: 'Published goods' },
  )) as { listings: { nodes: { offers: { id: string }[] }[] } };
  return listings.nodes[0]?.offers[0]?.id ?? '';
}

/** Buys a unit, to be shipped to an address of the buyer's. */
async function buyGoods(buyer: TestClient, offerId: string): Promise<string> {
  const { address } = (await buyer.mutate(
    'mutation { addAddress(input: { recipient: "B", line1: "1", city: "C", postalCode: "1", countryCode: "DE" }) { address { id } userErrors { code message } } }',
  )) as { address: { id: string } };
  const { checkout } = (await buyer.mutate(
    'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { checkout { id } userErrors { code message } } }',
    {
      input: {
        items: [{ offerId, quantity: 1 }],
        idempotencyKey: crypto.randomUUID(),
        shippingAddressId: address.id,
        payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
      },
    },
  )) as { checkout: { id: string } };
  return checkout.id;
}
