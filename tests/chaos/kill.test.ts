import { readFileSync } from 'node:fs';
import { mapWithConcurrency } from '../support/map-with-concurrency.js';
import { redisAvailable } from '../support/redis.js';
import { seatStatuses, stockLicences, stockOf, stockSeats } from '../support/shop.js';
import type { TestSouk } from '@souk/testing';
import type { Topology } from '@souk/testing/supervisor-messages';
import { startSouk } from '@souk/testing';
import { until } from '../support/until.js';

const checkouts = 50;

/** Kills what runs, in the middle of the checkouts, and brings it up again. */
async function killAndRestart(souk: TestSouk): Promise<void> {
  if (souk.topology === 'standalone') {
    await souk.kill();
    await souk.restart();
    return;
  }
  // The launcher brings its children up again.
  for (const pid of childrenOf(souk.pid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It was gone already.
    }
  }
  await until(
    'the gateway responds again',
    async () => {
      try {
        return (await fetch(`${souk.url}/health/ready`, { signal: AbortSignal.timeout(5_000) })).ok;
      } catch {
        return false;
      }
    },
    150_000,
  ).catch((error: unknown) => {
    throw new Error(`Souk did not come back:\n${souk.output().slice(-4_000)}`, { cause: error });
  });
}

/** The node processes that a process started. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
    .filter((child) => child > 0 && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('main.js'));
}

// Where there is Redis, the storm kills the distributed topology, and more.
const topologies: Topology[] = redisAvailable ? ['standalone'] : ['standalone', 'distributed'];

describe.each(topologies)('%s', (topology) => {
  let souk: TestSouk;

  beforeAll(async () => {
    souk = await startSouk({ topology, demo: false });
  }, 240_000);

  afterAll(async () => {
    await souk.stop();
  });

  it(`ends every one of ${checkouts} checkouts though everything is killed in the middle, and stock and money add up`, async () => {
    const root = await souk.as('admin');
    const goods = await stockLicences(root, 1_000);
    const concert = await stockSeats(root, 2, 10);
    const buyers = await Promise.all(Array.from({ length: 10 }, () => souk.newBuyer()));
    const started = await Promise.all(
      Array.from({ length: checkouts }, async (_, n) => {
        const buyer = buyers[n % buyers.length];
        if (!buyer) throw new Error('No buyer.');
        const seat = concert.seatIds[n];
        const items = [
          { offerId: goods.offerId, quantity: 2 },
          ...(seat ? [{ offerId: concert.offerId, quantity: 1, seatIds: [seat] }] : []),
        ];
        // Every fifth card is declined.
        return { buyer, id: await buyer.buy(items, n % 5 === 4 ? 'pm_card_chargeDeclined' : 'pm_card_visa') };
      }),
    );
    await until('some checkouts are COMPLETED and most are not', async () => {
      const seen = await Promise.all(started.slice(0, 10).map(({ buyer, id }) => buyer.readCheckout(id)));
      return seen.some(({ steps }) => steps.slice(0, 3).every(({ status }) => status === 'COMPLETED'));
    });
    await killAndRestart(souk);

    const ended = await mapWithConcurrency(10, started, ({ buyer, id }) => buyer.untilEnded(id, 120_000));
    const completed = ended.filter(({ status }) => status === 'COMPLETED');
    expect(ended.filter(({ status }) => status === 'NEEDS_ATTENTION')).toEqual([]);
    // Only the declined cards fail: a kill turns nothing back.
    expect(completed).toHaveLength(40);
    for (const { order } of ended.filter(({ status }) => status === 'FAILED')) {
      expect(order).toMatchObject({ status: 'CANCELLED', paymentStatus: 'FAILED', tokens: [] });
    }

    const soldSeats = completed.filter(({ order }) => order.tokens.some(({ seat }) => seat)).length;
    await expect(stockOf(root, goods.offerId)).resolves.toEqual({ available: 920, onHand: 920, reserved: 0 });
    await expect(seatStatuses(root, concert.listingId)).resolves.toEqual({
      SOLD: soldSeats,
      AVAILABLE: 20 - soldSeats,
    });
    const tokens = completed.flatMap(({ order }) => order.tokens);
    expect(new Set(tokens.map(({ code }) => code)).size).toBe(80 + soldSeats);
    expect(tokens).toHaveLength(80 + soldSeats);

    const cost = completed.reduce((sum, { order }) => sum + order.total.amount, 0);
    expect(cost).toBe(1_000 * (80 + soldSeats));
    const totals = await souk.simulator.totals();
    const euros = totals['eur'] ?? { charged: -1, refunded: -1 };
    expect(euros.charged - euros.refunded).toBe(cost);
    expect(
      completed.every(
        ({ order }) =>
          order.payment?.status === 'SUCCEEDED' && order.payment.amount.amount === order.total.amount,
      ),
    ).toBe(true);
  }, 420_000);

  it('stops within 5 s', async () => {
    const begun = performance.now();
    await souk.stop();
    expect(performance.now() - begun).toBeLessThan(5_000);
  }, 240_000);
});
