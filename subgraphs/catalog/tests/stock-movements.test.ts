import { condenseMovements } from '@souk/catalog/domain/stock/movement-retention';
import { newId, toApiId } from '@souk/shared/ids';
import { until } from '../../../tests/support/until.js';
import type { TestUser } from '../../../tests/support/subgraph.js';
import type { CatalogUnderTest, Made, TestPartner } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import { replyCode, TestCheckout } from './support/checkout.js';

let catalog: CatalogUnderTest;
let owner: TestPartner;

beforeAll(async () => {
  catalog = await startCatalog();
  owner = await catalog.partner();
});

afterAll(() => catalog.close());

interface Movement {
  kind: string;
  onHand: number;
  reserved: number;
  reason: string | null;
  checkoutId: string | null;
}

const query = `query ($id: ID!, $first: Int, $after: String) { offer(id: $id) {
  stockMovements(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { kind onHand reserved reason checkoutId } } } }`;

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string };
  nodes: Movement[];
}

async function page(offer: Made, more: object = {}, user: TestUser = owner): Promise<Page> {
  const data = await catalog.query<{ offer: { stockMovements: Page } }>(
    query,
    { id: offer.id, ...more },
    user,
  );
  return data.offer.stockMovements;
}

async function movements(offer: Made): Promise<string[]> {
  const { nodes } = await page(offer, { first: 100 });
  return nodes.map(({ kind, onHand, reserved }) => `${kind} ${onHand} ${reserved}`).reverse();
}

/** Offers whose movements do not sum to their stock. */
async function unbalanced(): Promise<unknown[]> {
  return catalog.sql(
    `SELECT o.id, o.on_hand, o.reserved FROM offer o
     LEFT JOIN stock_movement m ON m.offer_id = o.id WHERE NOT o.seated GROUP BY o.id
     HAVING o.on_hand <> COALESCE(sum(m.on_hand), 0) OR o.reserved <> COALESCE(sum(m.reserved), 0)`,
  );
}

function adjust(offer: Made, delta: number, reason = 'count'): Promise<unknown> {
  return catalog.mutate(
    'adjustStock($input: AdjustStockInput!)',
    'replayed',
    { input: { offerId: offer.id, delta, reason, idempotencyKey: newId() } },
    owner,
  );
}

test('each way of the units is recorded, and sums to the stock', async () => {
  const { offer } = await catalog.product({ onHand: 10, maxPerOrder: 5 }, {}, owner);
  await adjust(offer, -2, 'Two are broken');
  const sold = new TestCheckout(catalog, [{ offer, quantity: 2 }, { offer }]);
  await sold.reserve();
  await sold.confirm();
  await sold.undoConfirm();
  const released = new TestCheckout(catalog, [{ offer, quantity: 4 }]);
  await released.reserve();
  await released.release();
  await released.release();
  expect(await movements(offer)).toEqual([
    'OPENING 10 0',
    'ADJUST -2 0',
    'RESERVE 0 3',
    'SELL -3 -3',
    'RETURN 3 0',
    'RESERVE 0 4',
    'RELEASE 0 -4',
  ]);
  const { nodes } = await page(offer, { first: 100 });
  const checkoutId = toApiId('checkout', sold.sagaId);
  expect(nodes.filter((movement) => movement.checkoutId === checkoutId).map(({ kind }) => kind)).toEqual([
    'RETURN',
    'SELL',
    'RESERVE',
  ]);
  expect(nodes.find(({ kind }) => kind === 'ADJUST')).toMatchObject({
    reason: 'Two are broken',
    checkoutId: null,
  });
  expect(await unbalanced()).toEqual([]);
});

test('an expired hold is released, and taken again by a late payment', async () => {
  const { offer } = await catalog.product({ onHand: 3 }, {}, owner);
  const checkout = new TestCheckout(catalog, [{ offer, quantity: 2 }]);
  await checkout.reserve({ holdMs: 1 });
  await until('the sweep', async () => (await movements(offer)).includes('RELEASE 0 -2'));
  expect(replyCode(await checkout.confirm())).toBe('done');
  expect(await movements(offer)).toEqual([
    'OPENING 3 0',
    'RESERVE 0 2',
    'RELEASE 0 -2',
    'RESERVE 0 2',
    'SELL -2 -2',
  ]);
});

test('unlimited stock has reservations only; a seated offer has no movements', async () => {
  const { offer } = await catalog.product({ onHand: null }, {}, owner);
  const checkout = new TestCheckout(catalog, [{ offer, quantity: 2 }]);
  await checkout.reserve();
  await checkout.confirm();
  expect(await movements(offer)).toEqual(['RESERVE 0 2', 'SELL 0 -2']);
  const concert = await catalog.concert({ rows: 1, seatsPerRow: 2 }, { user: owner });
  const seats = new TestCheckout(catalog, [{ offer: concert.offer, seats: concert.seats }]);
  await seats.reserve();
  await seats.confirm();
  expect(await movements(concert.offer)).toEqual([]);
});

test('a refused reservation and a refused adjustment leave no movement', async () => {
  const { offer } = await catalog.product({ onHand: 1 }, {}, owner);
  expect(replyCode(await new TestCheckout(catalog, [{ offer, quantity: 2 }]).reserve())).toBe(
    'INSUFFICIENT_STOCK',
  );
  await adjust(offer, -2);
  expect(await movements(offer)).toEqual(['OPENING 1 0']);
});

test('many checkouts and adjustments at once sum to the stock', async () => {
  const { offer } = await catalog.product({ onHand: 40, maxPerOrder: 2 }, {}, owner);
  const other = await catalog.product({ onHand: 100 }, {}, owner);
  await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const checkout = new TestCheckout(catalog, [{ offer }, { offer: other.offer }]);
      if (index % 10 === 0) await adjust(offer, 1);
      if (replyCode(await checkout.reserve()) !== 'done') return;
      if (index % 3 === 0) await checkout.release();
      else await checkout.confirm();
      if (index % 7 === 0) await checkout.undoConfirm();
    }),
  );
  expect(await unbalanced()).toEqual([]);
});

test('movements come in pages, for the owner and catalog:manage', async () => {
  const { offer } = await catalog.product({ onHand: 5 }, {}, owner);
  for (const delta of [1, 2, 3]) await adjust(offer, delta);
  const first = await page(offer, { first: 3 }, catalog.admin);
  expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
  expect(first.nodes.map(({ onHand }) => onHand)).toEqual([3, 2, 1]);
  const rest = await page(offer, { after: first.pageInfo.endCursor });
  expect(rest.nodes.map(({ kind }) => kind)).toEqual(['OPENING']);
  expect(await catalog.failure(query, offer, await catalog.partner())).toBe('FORBIDDEN');
  expect(await catalog.failure(query, offer)).toBe('UNAUTHENTICATED');
});

test('old movements are condensed into the opening one, several times, and the sum stays', async () => {
  const { offer } = await catalog.product({ onHand: 50 }, {}, owner);
  const { source } = catalog.subgraph.dependencies;
  for (const [index, units] of [5, -7].entries()) {
    await adjust(offer, units);
    const checkout = new TestCheckout(catalog, [{ offer }]);
    await checkout.reserve();
    if (index === 0) await checkout.confirm();
    await catalog.sql(
      "UPDATE stock_movement SET created_at = now() - interval '500 days' WHERE offer_id = $1",
      [offer.uuid],
    );
    expect(await condenseMovements(source.manager, new Date())).toBe(index === 0 ? 3 : 2);
  }
  await adjust(offer, 1);
  expect(await movements(offer)).toEqual(['OPENING 47 1', 'ADJUST 1 0']);
  expect(await condenseMovements(source.manager, new Date())).toBe(0);
  expect(await unbalanced()).toEqual([]);
});
