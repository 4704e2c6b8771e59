import { newId } from '@souk/shared/ids';
import type { CatalogUnderTest, Payload } from './support/catalog.js';
import { refusals, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

describe('adjustStock', () => {
  function adjust(
    input: object,
  ): Promise<Payload<{ offer: { revision: number } | null; replayed: boolean }>> {
    return catalog.mutate(
      'adjustStock($input: AdjustStockInput!)',
      'offer { revision availability { onHand } } replayed',
      {
        input: { delta: 1, reason: 'count', idempotencyKey: newId(), ...input },
      },
    );
  }

  it('adds and removes, and counts the revision', async () => {
    const { offer: made } = await catalog.product({ onHand: 5 });
    expect(await adjust({ offerId: made.id, delta: 3, expectedRevision: 1 })).toEqual({
      offer: { revision: 2, availability: { onHand: 8 } },
      replayed: false,
      userErrors: [],
    });
    expect((await adjust({ offerId: made.id, delta: -8, expectedRevision: 1 })).userErrors).toMatchObject([
      {
        __typename: 'StaleWriteError',
        code: 'STALE_WRITE',
        field: ['input', 'expectedRevision'],
        currentRevision: 2,
      },
    ]);
    expect(await adjust({ offerId: made.id, delta: -8, expectedRevision: 2 })).toMatchObject({
      offer: { revision: 3, availability: { onHand: 0 } },
    });
  });

  it('never removes reserved units, and returns the free ones', async () => {
    const { offer: made } = await catalog.product({ onHand: 5 });
    await catalog.sql('UPDATE offer SET reserved = 3 WHERE id = $1', [made.uuid]);
    expect(await adjust({ offerId: made.id, delta: -3 })).toMatchObject({
      offer: null,
      userErrors: [{ code: 'INSUFFICIENT_STOCK', offerId: made.id, available: 2, field: ['input', 'delta'] }],
    });
    expect(refusals(await adjust({ offerId: made.id, delta: -2 }))).toEqual([]);
  });

  it('applies 20 concurrent requests with one key once', async () => {
    const { offer: made } = await catalog.product({ onHand: 0 });
    const idempotencyKey = newId();
    const payloads = await Promise.all(
      Array.from({ length: 20 }, () => adjust({ offerId: made.id, delta: 5, idempotencyKey })),
    );
    expect(payloads.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await catalog.stock(made)).toMatchObject({ on_hand: 5 });
    expect(await adjust({ offerId: made.id, delta: 6, idempotencyKey })).toMatchObject({
      userErrors: [{ __typename: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT', idempotencyKey }],
    });
  });

  it('adds up concurrent adjustments', async () => {
    const { offer: made } = await catalog.product({ onHand: 10 });
    const payloads = await Promise.all(
      Array.from({ length: 30 }, (_, index) => adjust({ offerId: made.id, delta: index % 3 === 0 ? 2 : -1 })),
    );
    const done = payloads.filter(({ userErrors }) => userErrors.length === 0);
    const rows = await catalog.sql<{ sum: number; count: number }>(
      "SELECT sum(on_hand)::int AS sum, count(*)::int AS count FROM stock_movement WHERE offer_id = $1 AND kind = 'ADJUST'",
      [made.uuid],
    );
    expect(rows).toEqual([{ sum: (await catalog.stock(made)).on_hand! - 10, count: done.length }]);
  });

  it.each<[string, object, string[]]>([
    ['nothing', { delta: 0 }, ['INVALID input.delta']],
    ['no reason', { reason: ' ' }, ['INVALID input.reason']],
    ['an empty key', { idempotencyKey: '' }, ['INVALID input.idempotencyKey']],
    ['more than there can be', { delta: 2 ** 31 - 1 }, ['INVALID input.delta']],
    ['an unknown offer', { offerId: 'offer_x' }, ['NOT_FOUND input.offerId']],
  ])('refuses %s', async (_name, wrong, expected) => {
    const { offer: made } = await catalog.product({ onHand: 5 });
    expect(refusals(await adjust({ offerId: made.id, ...wrong }))).toEqual(expected);
  });

  it('refuses offers without countable stock', async () => {
    const { offer: unlimited } = await catalog.product({ onHand: null });
    expect(refusals(await adjust({ offerId: unlimited.id }))).toEqual(['INVALID input.offerId']);
    const { offer: seated } = await catalog.concert({ rows: 1, seatsPerRow: 1 });
    expect(refusals(await adjust({ offerId: seated.id }))).toEqual(['INVALID input.offerId']);
  });
});
