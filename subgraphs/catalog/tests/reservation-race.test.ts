import type { CatalogUnderTest } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';
import type { Line } from './support/checkout.js';
import { TestCheckout, replyCode } from './support/checkout.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

/** One buyer's attempt to reserve. */
async function attempt(...lines: Line[]): Promise<{ checkout: TestCheckout; code: string }> {
  const checkout = new TestCheckout(catalog, lines);
  return { checkout, code: replyCode(await checkout.reserve()) };
}

test('100 units and 200 buyers at once: exactly 100 have one', async () => {
  const { offer } = await catalog.product({ onHand: 100 });
  const tries = await Promise.all(Array.from({ length: 200 }, () => attempt({ offer })));
  expect(tries.filter(({ code }) => code === 'done')).toHaveLength(100);
  expect(tries.filter(({ code }) => code === 'INSUFFICIENT_STOCK')).toHaveLength(100);
  expect(await catalog.stock(offer)).toEqual({ on_hand: 100, reserved: 100, sold: 0 });
});

test('20 seats and 60 buyers at once: every seat has one buyer', async () => {
  const { listing, offer, seats } = await catalog.concert({ rows: 2, seatsPerRow: 10 });
  const tries = await Promise.all(
    Array.from({ length: 60 }, (_, index) => attempt({ offer, seats: [seats[index % 20]!] })),
  );
  expect(tries.filter(({ code }) => code === 'done')).toHaveLength(20);
  expect(tries.filter(({ code }) => code === 'SEAT_UNAVAILABLE')).toHaveLength(40);
  expect(await catalog.seatCounts(listing)).toEqual({ HELD: 20 });
  const owners = await catalog.sql<{ saga_id: string }>(
    'SELECT DISTINCT saga_id FROM event_seat WHERE listing_id = $1',
    [listing.uuid],
  );
  expect(owners.map((row) => row.saga_id).sort()).toEqual(
    tries
      .filter(({ code }) => code === 'done')
      .map(({ checkout }) => checkout.sagaId)
      .sort(),
  );
});

test('seats in groups that overlap, in any order: all or none, and no deadlock', async () => {
  const { listing, offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 12 });
  const tries = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const group = [0, 3, 5].map((offset) => seats[(index * 5 + offset) % 12]!);
      return attempt({ offer, seats: index % 2 === 0 ? group : group.reverse() });
    }),
  );
  const won = tries.filter(({ code }) => code === 'done').length;
  expect(won).toBeGreaterThan(0);
  expect(tries.filter(({ code }) => code === 'SEAT_UNAVAILABLE')).toHaveLength(40 - won);
  expect((await catalog.seatCounts(listing))['HELD']).toBe(won * 3);
});

test('carts of the same offers in opposite orders, bought and undone: the sums come out', async () => {
  const stocks = [60, 45, 30];
  const offers = await Promise.all(
    stocks.map(async (onHand) => (await catalog.product({ onHand, maxPerOrder: 100 })).offer),
  );
  const heldSagas = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const lines = offers.map((offer, place) => ({ offer, quantity: 1 + ((index + place) % 2) }));
      const { checkout, code } = await attempt(...(index % 2 === 0 ? lines : lines.reverse()));
      if (code !== 'done') return null;
      if (index % 3 === 0) {
        await checkout.release();
        return null;
      }
      expect(replyCode(await checkout.confirm())).toBe('done');
      if (index % 3 === 1) return checkout.sagaId;
      await checkout.undoConfirm();
      await checkout.release();
      return null;
    }),
  );
  const bought = new Map<string, number>(
    (
      await catalog.sql<{ offer_id: string; units: number }>(
        `SELECT offer_id, sum(quantity)::int AS units FROM reservation WHERE saga_id = ANY($1) GROUP BY offer_id`,
        [heldSagas.filter((sagaId) => sagaId !== null)],
      )
    ).map((row) => [row.offer_id, row.units]),
  );
  for (const [index, offer] of offers.entries()) {
    const sold = bought.get(offer.uuid) ?? 0;
    expect(await catalog.stock(offer)).toEqual({ on_hand: stocks[index]! - sold, reserved: 0, sold });
  }
});
