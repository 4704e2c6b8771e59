import type { Client as Connection } from 'pg';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { IdType } from '@souk/shared/ids';
import type { SubgraphName } from '@souk/shared/message';
import { TestClient } from '@souk/testing/test-client';
import { stockLicences } from '../../../tests/support/shop.js';
import { copyRow } from './copied-rows.js';
import { fillAccount, fillPayment, fillPurchases, fillReviews, fillSocial } from './largest-rows.js';
import { fillStatistics } from './largest-statistics.js';

/** Runs work on the database of a subgraph. */
export type WithDatabase = <T>(
  name: SubgraphName,
  work: (connection: Connection) => Promise<T>,
) => Promise<T>;

/** API ids of the largest data. */
export interface LargestData {
  product: string;
  tour: string;
  app: string;
  event: string;
  seatIds: string[];
  offerIds: string[];
  parentCategory: string;
  partner: string;
  user: string;
  order: string;
  checkout: string;
  /** Has 101 checkouts that await payment. */
  waitingUser: string;
}

const uuidOf = (type: IdType, id: string): string => {
  const uuid = fromApiId(type, id);
  if (uuid === null) throw new Error(`${id} is no id of a ${type}.`);
  return uuid;
};
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

/** Fills a Souk with the demo's data up to what the rules allow, and beyond where a page is the bound. */
export async function fillToTheBounds(
  root: TestClient,
  seller: TestClient,
  buyer: TestClient,
  withDatabase: WithDatabase,
): Promise<LargestData> {
  const licences = await stockLicences(root, null);
  const [product, tour] = await Promise.all(['PRODUCT', 'TOUR'].map((kind) => anyListing(root, kind)));
  if (!product || !tour) throw new Error('The demo has no product or no tour.');
  const event = await largestEvent(root);
  const partner = ((await seller.run('{ me { partner { id } } }')) as { me: { partner: { id: string } } }).me
    .partner.id;
  const catalog = await withDatabase('catalog', (connection) =>
    fillCatalog(connection, [product, tour, licences.listingId, event.id], uuidOf('partner', partner)),
  );
  const bought = await buyer.untilEnded(await buyer.buy([{ offerId: licences.offerId, quantity: 1 }]));
  await buyer.addToCart({ offerId: licences.offerId });
  const user = buyer.userId ?? '';
  const ids = { user: uuidOf('user', user), order: uuidOf('order', bought.order.id) };
  await withDatabase('order', (connection) =>
    fillOrder(connection, {
      ...ids,
      checkout: uuidOf('checkout', bought.id),
      partner: uuidOf('partner', partner),
    }),
  );
  await withDatabase('order', (connection) =>
    fillStatistics(connection, {
      user: ids.user,
      listing: uuidOf('listing', product),
      partner: uuidOf('partner', partner),
    }),
  );
  const payment = uuidOf('payment', bought.order.payment?.id ?? '');
  const waitingUser = await waitForPayments(root, licences.offerId, withDatabase);
  await withDatabase('payment', (connection) => fillPayment(connection, payment, uuidOf('partner', partner)));
  await withDatabase('account', (connection) => fillAccount(connection, ids.user));
  const listings = [product, tour, licences.listingId, event.id].map((id) => uuidOf('listing', id));
  await withDatabase('social', async (connection) => {
    await fillSocial(connection, ids.user);
    await fillPurchases(connection, ids.user, listings);
    await fillReviews(connection, listings);
  });
  return {
    product,
    tour,
    app: licences.listingId,
    event: event.id,
    seatIds: event.seatIds,
    ...catalog,
    partner,
    user,
    order: bought.order.id,
    checkout: bought.id,
    waitingUser,
  };
}

async function anyListing(client: TestClient, kind: string): Promise<string> {
  const data = (await client.run(
    'query ($kind: ListingKind!) { listings(filter: { kinds: [$kind] }, first: 1) { nodes { id } } }',
    { kind },
  )) as { listings: { nodes: { id: string }[] } };
  return data.listings.nodes[0]?.id ?? '';
}

/** An event with 20,000 seats in 100 sections. */
async function largestEvent(root: TestClient): Promise<{ id: string; seatIds: string[] }> {
  const sections = Array.from({ length: 100 }, (_, n) => ({ name: `Block ${n}`, rows: 2, seatsPerRow: 100 }));
  const { venue } = (await root.mutate(
    'mutation ($input: VenueInput!) { createVenue(input: $input) { venue { id } userErrors { code message } } }',
    { input: { name: 'Arena', address: '1 Street', city: 'Lisbon', countryCode: 'PT', sections } },
  )) as { venue: { id: string } };
  const { listing } = (await root.mutate(
    'mutation ($input: EventInput!) { createEvent(input: $input) { listing { id } userErrors { code message } } }',
    { input: { listing: { title: 'Final' }, venueId: venue.id, startsAt: inDays(9), endsAt: inDays(10) } },
  )) as { listing: { id: string } };
  for (let block = 0; block < 100; block += 20) {
    await root.mutate(
      `mutation ($id: ID!, $input: OfferInput!) {
        createOffer(listingId: $id, input: $input) { offer { id } userErrors { code message } } }`,
      {
        id: listing.id,
        input: {
          price: { amount: 1, currency: 'EUR' },
          maxPerOrder: 100,
          sections: sections.slice(block, block + 20).map(({ name }) => name),
        },
      },
    );
  }
  await root.mutate(
    'mutation ($id: ID!) { publishListing(id: $id) { listing { id } userErrors { code message } } }',
    {
      id: listing.id,
    },
  );
  const data = (await root.run(
    'query ($id: ID!) { listing(id: $id) { ... on Event { seats(first: 100) { id } } } }',
    { id: listing.id },
  )) as { listing: { seats: { id: string }[] } };
  return { id: listing.id, seatIds: data.listing.seats.map(({ id }) => id) };
}

const upload = `jsonb_build_object('id', gen_random_uuid(), 'name', 'picture-' || n,
  'widths', jsonb_build_array(320, 640, 1280, 1920), 'placeholder', 'data:image/webp;base64,AAAA')`;
const images = `(SELECT jsonb_agg(jsonb_build_object('url', '', 'alt', null, 'width', 1920, 'height', 1080, 'upload', ${upload}))
  FROM generate_series(1, 20) AS n)`;
const stops = `(SELECT jsonb_agg(jsonb_build_object('name', 'Stop ' || n, 'description', null, 'latitude', 1,
  'longitude', 1)) FROM generate_series(1, 100) AS n)`;
const words = `(SELECT array_agg('word' || n) FROM generate_series(1, 20) AS n)`;

async function fillCatalog(
  connection: Connection,
  listings: readonly string[],
  partner: string,
): Promise<Pick<LargestData, 'offerIds' | 'parentCategory'>> {
  const offerIds: string[] = [];
  for (const listing of listings.map((id) => uuidOf('listing', id))) {
    await connection.query(
      `UPDATE listing SET tags = ${words}, images = ${images},
         itinerary = CASE kind WHEN 'TOUR' THEN ${stops} END, platforms = CASE kind WHEN 'APP' THEN ${words} END
       WHERE id = $1`,
      [listing],
    );
    const { rows } = await connection.query<{ id: string; count: string }>(
      'SELECT min(id::text)::uuid AS id, count(*) AS count FROM offer WHERE listing_id = $1',
      [listing],
    );
    const [offer] = rows;
    if (!offer) throw new Error('A listing has no offer.');
    const few = { id: 'gen_random_uuid()', upc: 'NULL', on_hand: '1', seated: 'false', reserved: '0' };
    await copyRow(connection, 'offer', offer.id, few, 200 - Number(offer.count));
    const all = await connection.query<{ id: string }>('SELECT id FROM offer WHERE listing_id = $1', [
      listing,
    ]);
    offerIds.push(...all.rows.map(({ id }) => toApiId('offer', id)));
  }
  const [product = ''] = listings;
  await copyRow(
    connection,
    'listing',
    uuidOf('listing', product),
    {
      ...{ id: 'gen_random_uuid()', slug: "'copy-' || i", partner_id: `'${partner}'` },
      ...{ title: "'Copy ' || i", tags: "ARRAY['tag-' || i]" },
    },
    101,
  );
  const parent = newId();
  await connection.query("INSERT INTO category (id, slug, name) VALUES ($1, 'parent', 'A parent')", [parent]);
  await connection.query(
    `INSERT INTO category (id, slug, name, parent_id)
     SELECT gen_random_uuid(), 'child-' || i, 'Child ' || i, $1 FROM generate_series(1, 1001) AS i`,
    [parent],
  );
  await connection.query(
    `WITH RECURSIVE chain AS (
       SELECT 1 AS level, gen_random_uuid() AS id, NULL::uuid AS parent_id
       UNION ALL SELECT level + 1, gen_random_uuid(), id FROM chain WHERE level < 10
     ) INSERT INTO category (id, slug, name, parent_id)
     SELECT id, 'level-' || level, 'Level ' || level, parent_id FROM chain`,
  );
  await connection.query(
    `INSERT INTO offer_price (offer_id, amount, currency) SELECT $1, i, 'EUR' FROM generate_series(1, 101) AS i`,
    [uuidOf('offer', offerIds[0] ?? '')],
  );
  await connection.query(
    `INSERT INTO stock_movement (offer_id, kind, on_hand, reserved) SELECT $1, 'ADJUST', 1, 0 FROM generate_series(1, 101)`,
    [uuidOf('offer', offerIds[0] ?? '')],
  );
  const venues = await connection.query<{ id: string }>("SELECT id FROM venue WHERE name = 'Arena'");
  await copyRow(
    connection,
    'venue',
    venues.rows[0]?.id ?? '',
    { id: 'gen_random_uuid()', partner_id: `'${partner}'` },
    501,
  );
  return { offerIds: offerIds.slice(0, 100), parentCategory: toApiId('category', parent) };
}

const hundredIds = '(SELECT array_agg(gen_random_uuid()) FROM generate_series(1, 100))';

async function fillOrder(
  connection: Connection,
  { user, order, checkout, partner }: Record<'user' | 'order' | 'checkout' | 'partner', string>,
): Promise<void> {
  const first = async (sql: string, id: string): Promise<string> =>
    (await connection.query<{ id: string }>(sql, [id])).rows[0]?.id ?? '';
  const line = await first('SELECT id FROM order_line WHERE order_id = $1', order);
  const token = await first('SELECT id FROM purchase_token WHERE order_id = $1', order);
  const item = await first(
    'SELECT i.id FROM cart_item i JOIN cart c ON c.id = i.cart_id WHERE c.owner_id = $1 AND c.is_main',
    user,
  );
  const id = 'gen_random_uuid()';
  await connection.query(`UPDATE order_line SET quantity = 100, seat_ids = ${hundredIds} WHERE id = $1`, [
    line,
  ]);
  await copyRow(connection, 'order_line', line, { id, position: 'src.position + i' }, 99);
  await connection.query(
    `INSERT INTO shipment (id, order_id, carrier, shipped_by, shipped_at)
     SELECT uuidv7(), $1, 'DHL', gen_random_uuid(), now() FROM generate_series(1, 101)`,
    [order],
  );
  await connection.query(
    `INSERT INTO shipment_item (shipment_id, line_id, quantity)
     SELECT s.id, l.id, 1 FROM shipment s JOIN order_line l USING (order_id) WHERE s.order_id = $1`,
    [order],
  );
  const code = { id, code: "'LIC-' || gen_random_uuid()" };
  await copyRow(connection, 'purchase_token', token, { ...code, unit: 'src.unit + i' }, 99);
  const other = await first(
    'SELECT id FROM order_line WHERE order_id = $1 ORDER BY position DESC LIMIT 1',
    order,
  );
  await copyRow(connection, 'purchase_token', token, { ...code, line_id: `'${other}'`, unit: 'i' }, 901);
  await connection.query(
    `INSERT INTO order_event (order_id, at, type, message)
     SELECT $1, now(), 'note', 'Note ' || i FROM generate_series(1, 1001) AS i`,
    [order],
  );
  const paid = { status: "'PAID'", payment_status: "'PAID'" };
  await copyRow(connection, 'customer_order', order, { ...paid, id, number: "'COPY-' || i" }, 101);
  const toShip = {
    id: 'uuidv7()',
    order_id: "(SELECT id FROM customer_order WHERE number = 'COPY-' || i)",
    partner_id: `'${partner}'`,
    fulfilment: "'SHIPMENT'",
    seat_ids: "'{}'",
  };
  await copyRow(connection, 'order_line', line, toShip, 101);
  await offerTokens(connection, { user, token });
  await connection.query(
    `UPDATE saga SET state = (state::jsonb || jsonb_build_object('steps', twenty.steps, 'compensations', twenty.steps))::json
     FROM (SELECT jsonb_agg(s.state::jsonb->'steps'->0) AS steps FROM saga s, generate_series(1, 20) WHERE s.id = $1) twenty
     WHERE id = $1`,
    [checkout],
  );
  await copyRow(connection, 'saga', checkout, { id, transaction_id: "'SAGA-COPY' || i" }, 101);
  await connection.query(`UPDATE cart_item SET seat_ids = ${hundredIds} WHERE id = $1`, [item]);
  await copyRow(connection, 'cart_item', item, { id, offer_id: 'gen_random_uuid()' }, 99);
}

/** Offers 101 tokens to a user, and changes the status of 1,001 codes of their listing. */
async function offerTokens(
  connection: Connection,
  { user, token }: { user: string; token: string },
): Promise<void> {
  const copy = {
    id: 'gen_random_uuid()',
    code: "'LIC-OFFERED-' || i",
    status: "'TRANSFER_PENDING'",
    holder_id: 'gen_random_uuid()',
    order_id: "(SELECT id FROM customer_order WHERE number = 'COPY-1')",
    unit: '10000 + i',
  };
  await copyRow(connection, 'purchase_token', token, copy, 101);
  await connection.query(
    `INSERT INTO token_transfer (id, token_id, from_id, to_id, offered_at)
     SELECT gen_random_uuid(), id, holder_id, $1, now() FROM purchase_token WHERE code LIKE 'LIC-OFFERED-%'`,
    [user],
  );
  await connection.query(
    `INSERT INTO gate_code (listing_id, code, status, changed_in)
     SELECT listing_id, 'LIC-OLD-' || i, 'REPLACED', pg_current_xact_id()
     FROM purchase_token, generate_series(1, 1001) AS i WHERE id = $1`,
    [token],
  );
}

/** Registers a user with 101 checkouts that await payment. Returns their id. */
async function waitForPayments(
  root: TestClient,
  offerId: string,
  withDatabase: WithDatabase,
): Promise<string> {
  const buyer = await new TestClient(root.url).register();
  await buyer.addToCart({ offerId });
  const checkout = await buyer.checkout({ payment: { method: 'BANK_TRANSFER' } });
  await buyer.untilStatus(checkout, 'AWAITING_PAYMENT');
  const copies = { id: 'gen_random_uuid()', transaction_id: "'SAGA-WAIT' || i", cart_id: 'NULL' };
  await withDatabase('order', (connection) =>
    copyRow(connection, 'saga', uuidOf('checkout', checkout), copies, 100),
  );
  return buyer.userId ?? '';
}
