import { reserve } from '@souk/catalog/domain/reservation/reservation';
import { returnSoldUnits } from '@souk/catalog/domain/reservation/returned-units';
import { defaultSettings } from '@souk/catalog/domain/settings';
import { readStock } from '@souk/catalog/domain/stock/stock';
import { catalogCommands } from '@souk/shared/contracts/catalog';
import { newId } from '@souk/shared/ids';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest } from './support/catalog.js';
import { inHours, startCatalog } from './support/catalog.js';
import { statusesOf, TestCheckout, replyCode } from './support/checkout.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

describe('a reservation', () => {
  it('is sold by confirmItems, once, and comes back by returnItems, once', async () => {
    const book = await catalog.product({ onHand: 5 });
    const unlimited = await catalog.product({ onHand: null });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const checkout = new TestCheckout(catalog, [
      { offer: book.offer, quantity: 2 },
      { offer: unlimited.offer, quantity: 4 },
      { offer: concert.offer, seats: concert.seats },
    ]);
    await checkout.reserve();
    expect((await Promise.all([checkout.confirm(), checkout.confirm()])).map(replyCode)).toEqual([
      'done',
      'done',
    ]);
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 3, reserved: 0, sold: 2 });
    expect(await catalog.stock(unlimited.offer)).toEqual({ on_hand: null, reserved: 0, sold: 4 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ SOLD: 2 });
    await Promise.all([checkout.undoConfirm(), checkout.undoConfirm()]);
    await checkout.release();
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 5, reserved: 0, sold: 0 });
    expect(await catalog.stock(unlimited.offer)).toEqual({ on_hand: null, reserved: 0, sold: 0 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ AVAILABLE: 2 });
    expect(await statusesOf(catalog, checkout.sagaId)).toEqual(['RETURNED', 'RETURNED', 'RETURNED']);
  });

  it('is returned once by the cancellation of its order, and can be sold again', async () => {
    const book = await catalog.product({ onHand: 2 });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const lines = [
      { offer: book.offer, quantity: 2 },
      { offer: concert.offer, seats: concert.seats },
    ];
    const checkout = new TestCheckout(catalog, lines);
    await checkout.reserve();
    await checkout.confirm();
    const cancel = () =>
      catalog.subgraph.command(
        catalogCommands.returnSoldItems,
        { checkoutId: checkout.sagaId },
        { sagaId: newId(), step: 'RETURN_ITEMS' },
      );
    await Promise.all([cancel(), cancel(), cancel()]);
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 2, reserved: 0, sold: 0 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ AVAILABLE: 2 });
    const next = new TestCheckout(catalog, lines);
    await next.reserve();
    await next.confirm();
    // A repeated cancellation finds nothing to return.
    await cancel();
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 0, reserved: 0, sold: 2 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ SOLD: 2 });
  });

  it('is returned in parts by cancellations of its units', async () => {
    const book = await catalog.product({ onHand: 5 });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 3 });
    const checkout = new TestCheckout(catalog, [
      { offer: book.offer, quantity: 4 },
      { offer: concert.offer, seats: concert.seats },
    ]);
    await checkout.reserve();
    await checkout.confirm();
    const rows = await catalog.subgraph.dependencies.source.query<{ line_id: string; seat_ids: string[] }[]>(
      'SELECT line_id, seat_ids FROM reservation WHERE saga_id = $1 ORDER BY cardinality(seat_ids)',
      [checkout.sagaId],
    );
    const [units = '', seats = ''] = rows.map((row) => row.line_id);
    const seatIds = rows[1]?.seat_ids ?? [];
    const cancel = (lines: { lineId: string; quantity: number; seatIds: string[] }[], sagaId = newId()) =>
      catalog.subgraph.command(
        catalogCommands.returnSoldUnits,
        { checkoutId: checkout.sagaId, lines },
        { sagaId, step: 'RETURN_ITEMS' },
      );
    const part = [
      { lineId: units, quantity: 3, seatIds: [] },
      { lineId: seats, quantity: 2, seatIds: seatIds.slice(1) },
    ];
    const first = newId();
    await Promise.all([cancel(part, first), cancel(part, first)]);
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 4, reserved: 0, sold: 1 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ AVAILABLE: 2, SOLD: 1 });
    expect(await statusesOf(catalog, checkout.sagaId)).toEqual(['CONFIRMED', 'CONFIRMED']);
    // Only what is left of the sale can be returned.
    const tooMany = { sagaId: checkout.sagaId, lineId: units, quantity: 2, seatIds: [] };
    const { source } = catalog.subgraph.dependencies;
    await expect(source.transaction((manager) => returnSoldUnits(manager, [tooMany]))).rejects.toThrow(
      'was not sold',
    );
    await cancel([{ lineId: units, quantity: 1, seatIds: [] }]);
    expect(await statusesOf(catalog, checkout.sagaId)).toEqual(
      expect.arrayContaining(['RETURNED', 'CONFIRMED']),
    );
    await catalog.subgraph.command(
      catalogCommands.returnSoldItems,
      { checkoutId: checkout.sagaId },
      { sagaId: newId(), step: 'RETURN_ITEMS' },
    );
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 5, reserved: 0, sold: 0 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ AVAILABLE: 3 });
  });

  it('is released once by releaseItems', async () => {
    const { offer } = await catalog.product({ onHand: 5 });
    const other = new TestCheckout(catalog, [{ offer, quantity: 1 }]);
    await other.reserve();
    const checkout = new TestCheckout(catalog, [{ offer, quantity: 2 }]);
    await checkout.reserve();
    await Promise.all([checkout.release(), checkout.release(), checkout.release()]);
    expect(await catalog.stock(offer)).toMatchObject({ reserved: 1 });
    expect(replyCode(await checkout.confirm())).toBe('CONFLICT');
  });

  it('is not created if its compensation came first', async () => {
    const { offer } = await catalog.product({ onHand: 5 });
    const checkout = new TestCheckout(catalog, [{ offer, quantity: 2 }]);
    expect(replyCode(await checkout.release())).toBe('done');
    expect(replyCode(await checkout.reserve())).toBe('CONFLICT');
    expect(replyCode(await checkout.undoConfirm())).toBe('done');
    expect(replyCode(await checkout.confirm())).toBe('CONFLICT');
    expect(await catalog.stock(offer)).toEqual({ on_hand: 5, reserved: 0, sold: 0 });
  });
});

describe('the end of a hold', () => {
  const soonMs = 150;

  it('is automatic: units and seats are free again', async () => {
    const book = await catalog.product({ onHand: 5 });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 2 });
    const checkout = new TestCheckout(catalog, [
      { offer: book.offer, quantity: 2 },
      { offer: concert.offer, seats: concert.seats },
    ]);
    await checkout.reserve({ holdMs: soonMs });
    await until('the holds to end', async () =>
      (await statusesOf(catalog, checkout.sagaId)).every((status) => status === 'EXPIRED'),
    );
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 5, reserved: 0, sold: 0 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ AVAILABLE: 2 });
    expect(replyCode(await checkout.release())).toBe('done');
    expect(await catalog.stock(book.offer)).toMatchObject({ reserved: 0 });
  });

  it('makes items available before the sweep has run', async () => {
    const book = await catalog.product({ onHand: 1 });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    const request = {
      userId: newId(),
      lines: new TestCheckout(catalog, [
        { offer: book.offer },
        { offer: concert.offer, seats: concert.seats },
      ]).lines,
      expectedTotal: null,
    };
    const [expired, next] = [newId(), newId()];
    // In one transaction, so that the sweep cannot see the first hold.
    await catalog.subgraph.dependencies.source.transaction(async (manager) => {
      const now = new Date();
      await reserve(manager, [{ ...request, sagaId: expired, holdUntil: inHours(-1) }], defaultSettings, now);
      const free = await readStock(manager, [book.offer.uuid, concert.offer.uuid]);
      expect([...free.values()]).toEqual([
        { available: 1, onHand: 1, reserved: 0 },
        { available: 1, onHand: 1, reserved: 0 },
      ]);
      await reserve(
        manager,
        [{ ...request, sagaId: next, userId: newId(), holdUntil: inHours(1) }],
        defaultSettings,
        now,
      );
    });
    await until(
      'the sweep to end the first',
      async () => (await statusesOf(catalog, expired)).join() === 'EXPIRED,EXPIRED',
    );
    expect(await statusesOf(catalog, next)).toEqual(['HELD', 'HELD']);
    expect(await catalog.stock(book.offer)).toMatchObject({ on_hand: 1, reserved: 1 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ HELD: 1 });
  });

  it('is postponed by extendHold', async () => {
    const { listing, offer, seats } = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    const checkout = new TestCheckout(catalog, [{ offer, seats }]);
    await checkout.reserve({ holdMs: 30_000 });
    const later = inHours(1);
    await checkout.extend(later);
    await until('the hold to be extended', async () => {
      const [row] = await catalog.sql<{ both: boolean }>(
        `SELECT r.expires_at = $2 AND s.held_until = $2 AS both FROM reservation r JOIN event_seat s USING (saga_id)
         WHERE r.saga_id = $1`,
        [checkout.sagaId, later],
      );
      return row?.both;
    });
    expect(await catalog.seatCounts(listing)).toEqual({ HELD: 1 });
  });

  it('does not prevent a sale while stock remains', async () => {
    const book = await catalog.product({ onHand: 2 });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    const checkout = new TestCheckout(catalog, [
      { offer: book.offer },
      { offer: concert.offer, seats: concert.seats },
    ]);
    await checkout.reserve({ holdMs: soonMs });
    await until(
      'the holds to end',
      async () => (await statusesOf(catalog, checkout.sagaId))[0] === 'EXPIRED',
    );
    expect(replyCode(await checkout.confirm())).toBe('done');
    expect(await catalog.stock(book.offer)).toEqual({ on_hand: 1, reserved: 0, sold: 1 });
    expect(await catalog.seatCounts(concert.listing)).toEqual({ SOLD: 1 });
  });

  it('rejects a sale whose items were sold to others, as a whole', async () => {
    const book = await catalog.product({ onHand: 2 });
    const concert = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    const late = new TestCheckout(catalog, [
      { offer: book.offer, quantity: 2 },
      { offer: concert.offer, seats: concert.seats },
    ]);
    await late.reserve({ holdMs: -1_000 });
    const fast = new TestCheckout(catalog, [{ offer: concert.offer, seats: concert.seats }]);
    await fast.reserve();
    expect(replyCode(await late.confirm())).toBe('SEAT_UNAVAILABLE');
    expect(await catalog.stock(book.offer)).toMatchObject({ on_hand: 2, sold: 0 });
    await fast.release();
    const faster = new TestCheckout(catalog, [{ offer: book.offer }]);
    await faster.reserve();
    const again = new TestCheckout(catalog, [{ offer: book.offer, quantity: 2 }]);
    expect(replyCode(await again.reserve())).toBe('INSUFFICIENT_STOCK');
  });

  it('races with the sale: each hold is either sold or free, never both', async () => {
    const { offer } = await catalog.product({ onHand: 200 });
    const checkouts = Array.from({ length: 40 }, () => new TestCheckout(catalog, [{ offer }]));
    await Promise.all(
      checkouts.map(async (checkout, index) => {
        await checkout.reserve({ holdMs: -500 + index * 50 });
        expect(replyCode(await checkout.confirm())).toBe('done');
      }),
    );
    expect(await catalog.stock(offer)).toEqual({ on_hand: 160, reserved: 0, sold: 40 });
  });
});
