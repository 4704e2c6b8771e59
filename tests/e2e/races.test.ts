import type { CheckoutState, TestClient } from '@souk/testing/test-client';
import { checkoutDeadlineMs } from '@souk/testing/test-client';
import { administrator, newUser } from '../support/suite-clients.js';
import { mapWithConcurrency } from '../support/map-with-concurrency.js';
import { seatStatuses, stockLicences, stockOf, stockSeats } from '../support/shop.js';
import { until } from '../support/until.js';

let admin: TestClient;

beforeAll(async () => {
  admin = await administrator();
});

/** Concurrency of the setup and of the reads, low enough not to overload Souk. */
const concurrency = 10;

const buyers = (count: number): Promise<TestClient[]> =>
  mapWithConcurrency(concurrency, Array.from({ length: count }), () => newUser());

/** Checks out. A retry after an overload uses the same key and returns the same checkout. */
function bought(buyer: TestClient, item: { offerId: string; seatIds?: string[] }): Promise<string> {
  const key = crypto.randomUUID();
  return until(
    'a checkout is accepted',
    () =>
      buyer.buy([item], 'pm_card_visa', key).catch((error: unknown) => {
        if (!/"code":"(SERVICE_UNAVAILABLE|TIMEOUT)"|^TimeoutError/.test(String(error))) throw error;
        return null;
      }),
    checkoutDeadlineMs,
  );
}

const allEnded = (all: readonly TestClient[], ids: readonly string[]): Promise<CheckoutState[]> =>
  mapWithConcurrency(concurrency, all, (buyer, index) => buyer.untilEnded(ids[index] ?? '', 150_000));

const isCompleted = ({ status }: CheckoutState): boolean => status === 'COMPLETED';

it('gives 20 checkouts at once with one key one order', async () => {
  const app = await stockLicences(admin, 50);
  const buyer = await newUser();
  await buyer.addToCart({ offerId: app.offerId });
  const input = {
    idempotencyKey: crypto.randomUUID(),
    payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
  };
  const mutation = `mutation ($input: CheckoutInput!) {
    checkout(input: $input) { checkout { id order { id } } replayed userErrors { code } }
  }`;
  const answers = (await Promise.all(
    Array.from({ length: 20 }, () => buyer.mutate(mutation, { input })),
  )) as {
    checkout: { id: string; order: { id: string } };
    replayed: boolean;
  }[];
  expect(new Set(answers.map(({ checkout }) => checkout.id)).size).toBe(1);
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  await expect(buyer.untilEnded(answers[0]?.checkout.id ?? '')).resolves.toMatchObject({
    status: 'COMPLETED',
  });
  await expect(buyer.run('{ me { orders { totalCount } } }')).resolves.toEqual({
    me: { orders: { totalCount: 1 } },
  });
  await expect(stockOf(admin, app.offerId)).resolves.toMatchObject({ onHand: 49, reserved: 0 });

  const { checkout: other } = (await buyer.run(
    `mutation ($input: CheckoutInput!) { checkout(input: $input) { checkout { id } userErrors { __typename code } } }`,
    { input: { ...input, expectedTotal: { amount: 1, currency: 'EUR' } } },
  )) as { checkout: unknown };
  expect(other).toEqual({
    checkout: null,
    userErrors: [{ __typename: 'IdempotencyConflictError', code: 'IDEMPOTENCY_CONFLICT' }],
  });
}, 120_000);

it('sells 100 units to 100 of 200 buyers, and no unit twice', async () => {
  const app = await stockLicences(admin, 100);
  const all = await buyers(200);
  const ids = await Promise.all(all.map((buyer) => bought(buyer, { offerId: app.offerId })));
  const ended = await allEnded(all, ids);

  const completed = ended.filter(isCompleted);
  const failed = ended.filter((checkout) => !isCompleted(checkout));
  expect(completed).toHaveLength(100);
  expect(failed.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 'FAILED'));
  expect(new Set(failed.map(({ failure }) => failure?.code))).toEqual(new Set(['INSUFFICIENT_STOCK']));
  expect(failed[0]?.failure).toMatchObject({
    __typename: 'InsufficientStockError',
    offerId: app.offerId,
    available: 0,
  });
  const codes = completed.flatMap(({ order }) => order.tokens.map(({ code }) => code));
  expect(new Set(codes).size).toBe(100);
  await expect(stockOf(admin, app.offerId)).resolves.toEqual({ available: 0, onHand: 0, reserved: 0 });
}, 240_000);

it('sells 20 seats to 20 of 60 buyers who each want one of them, and no seat twice', async () => {
  const concert = await stockSeats(admin, 2, 10);
  const all = await buyers(60);
  const ids = await Promise.all(
    all.map((buyer, index) =>
      bought(buyer, { offerId: concert.offerId, seatIds: [concert.seatIds[index % 20] ?? ''] }),
    ),
  );
  const ended = await allEnded(all, ids);

  const sold = ended.filter(isCompleted).flatMap(({ order }) => order.tokens.map(({ seat }) => seat?.id));
  expect(sold).toHaveLength(20);
  expect(new Set(sold)).toEqual(new Set(concert.seatIds));
  const failed = ended.filter((checkout) => !isCompleted(checkout));
  expect(new Set(failed.map(({ failure }) => failure?.__typename))).toEqual(
    new Set(['SeatUnavailableError']),
  );
  await expect(seatStatuses(admin, concert.listingId)).resolves.toEqual({ SOLD: 20 });
}, 240_000);
