import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromApiId } from '@souk/shared/ids';
import { connect, databaseUrl } from '@souk/shared/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import type { TestClient } from '@souk/testing/test-client';
import type { Client as Connection } from 'pg';
import { stockSeats } from '../support/shop.js';
import { until } from '../support/until.js';

// Adding a seat to a cart holds it in catalog's database, and then writes the cart in order's. A process that dies between
// the two leaves a hold without a line.

let souk: TestSouk;
let catalog: Connection;
let order: Connection;
/** They end the parts that were started, in their order. */
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'souk-cart-hold-'));
  endings.push(() => rm(directory, { recursive: true, force: true }));
  // PostgreSQL does not run as root: its user must be able to pass.
  await chmod(directory, 0o711);
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  endings.push(() => postgres.discard());
  souk = await startSouk({
    topology: 'standalone',
    environment: { DATABASE_URL: postgres.url },
    demo: false,
  });
  endings.push(() => souk.stop());
  const open = async (name: string): Promise<Connection> => {
    const connection = await connect(databaseUrl(postgres.url, name));
    endings.push(() => connection.end());
    return connection;
  };
  catalog = await open('souk_catalog');
  order = await open('souk_order');
}, 240_000);

afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

interface Answer {
  cart: { items: { heldUntil: string | null; seats: { id: string; heldByMe: boolean }[] }[] } | null;
  userErrors: { code: string }[];
}

async function add(client: TestClient, offerId: string, seatId: string): Promise<Answer> {
  const { addToCart } = (await client.run(
    `mutation ($item: CartItemInput!) { addToCart(item: $item) {
       cart { items { heldUntil seats { id heldByMe } } } userErrors { code } } }`,
    { item: { offerId, quantity: 1, seatIds: [seatId] } },
  )) as { addToCart: Answer };
  return addToCart;
}

interface SeatRow {
  status: string;
  held_by: string | null;
  held_from: string | null;
  saga_id: string | null;
}

async function seatRow(seatId: string): Promise<SeatRow | undefined> {
  const { rows } = await catalog.query<SeatRow>(
    'SELECT status, held_by, held_from, saga_id FROM event_seat WHERE id = $1',
    [fromApiId('seat', seatId)],
  );
  return rows[0];
}

async function waitingWrites(): Promise<number> {
  const { rows } = await catalog.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity WHERE datname = 'souk_order' AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

it('a process that is killed between the hold and the cart leaves nothing past the end of the hold', async () => {
  const root = await souk.as('admin');
  const { offerId, seatIds } = await stockSeats(root, 1, 2);
  const [first = '', second = ''] = seatIds;
  const [buyer, other] = await Promise.all([souk.newBuyer(), souk.newBuyer()]);

  await order.query('BEGIN');
  await order.query('LOCK TABLE cart, cart_item IN SHARE MODE');
  const lost = Promise.allSettled([add(buyer, offerId, first), add(souk.anonymous, offerId, second)]);
  await until('both seats are held, and both carts wait to be written', async () => {
    const held = await Promise.all(seatIds.map(seatRow));
    return held.every((row) => row?.status === 'HELD') && (await waitingWrites()) >= 2;
  });
  await souk.kill();
  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await order.query('ROLLBACK');
  await souk.restart();

  const { rows } = await order.query('SELECT FROM cart_item');
  expect(rows).toEqual([]);
  expect(await add(other, offerId, first)).toEqual({
    cart: null,
    userErrors: [{ code: 'SEAT_UNAVAILABLE' }],
  });
  // The buyer sends the mutation again.
  const repeated = await add(buyer, offerId, first);
  expect(repeated.userErrors).toEqual([]);
  expect(repeated.cart?.items).toMatchObject([{ seats: [{ id: first, heldByMe: true }] }]);
  expect(repeated.cart?.items[0]?.heldUntil).not.toBeNull();

  // The guest does not come back: nobody knows the cart that the hold was made for.
  await catalog.query('UPDATE event_seat SET held_until = now(), last_hold_ends = now() WHERE id = $1', [
    fromApiId('seat', second),
  ]);
  await until('the hold has ended', async () => (await seatRow(second))?.status === 'AVAILABLE');
  expect(await seatRow(second)).toEqual({
    status: 'AVAILABLE',
    held_by: null,
    held_from: null,
    saga_id: null,
  });
  expect((await add(other, offerId, second)).userErrors).toEqual([]);
  expect(await seatRow(first)).toMatchObject({ status: 'HELD' });
}, 300_000);
