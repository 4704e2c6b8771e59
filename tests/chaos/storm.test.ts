import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisAvailable } from '../support/redis.js';
import { findViolations } from './checks/checks.js';
import { nameOf } from './faults.js';
import { checkoutKinds, makePlan } from './plan.js';
import { openShop } from './shop.js';
import type { StormResult } from './storm.js';
import { runStorm } from './storm.js';
import { summaryOf } from './summary.js';
import type { ChaosFixture } from './fixture.js';
import { connectAll, disconnect, startFixture } from './fixture.js';

const checkouts = Number(process.env['CHAOS_CHECKOUTS'] ?? 200);
// Each run is another storm, but for CI: there what it finds is to be of the change, as far as time allows.
const anySeed = process.env['CI'] ? 1 : Math.floor(Math.random() * 2 ** 31);
const seed = Number(process.env['CHAOS_SEED'] ?? anySeed);
/** For a machine that has much else to do. */
const deadlineMs = 900_000 + checkouts * 1_000;

const suite = redisAvailable ? describe : describe.skip;

suite(redisAvailable ? 'a storm' : 'a storm (skipped: no redis-server on this machine)', () => {
  let fixture: ChaosFixture;

  beforeAll(async () => {
    fixture = await startFixture();
  }, 300_000);

  afterAll(async () => {
    await fixture.close();
  }, 60_000);

  it(
    `costs none of ${checkouts} checkouts a unit, a seat or a cent (CHAOS_SEED=${seed})`,
    async () => {
      const plan = makePlan(seed, checkouts);
      say(
        `A storm over ${checkouts} checkouts: CHAOS_SEED=${seed} CHAOS_CHECKOUTS=${checkouts} repeats its plan.`,
      );
      const shop = await openShop(fixture.root, plan);
      const storm = await runStorm(fixture, plan, shop, say);
      const databases = await connectAll(fixture);
      try {
        const { root, simulator } = fixture;
        const violations = await findViolations({
          databases,
          root,
          simulator,
          shop,
          accepted: acceptedIn(storm),
        });
        say(summaryOf(plan, storm, fixture.webhooks.tally, violations));
        if (violations.length > 0 || storm.lost.length > 0)
          say(`What Souk wrote is in ${keepOutput(fixture)}.`);
        expect(violations).toEqual([]);
        expect(storm.lost).toEqual([]);
        expect(storm.overheld).toEqual([]);
        expect(storm.polls).toBeGreaterThan(0);
      } finally {
        await disconnect(databases);
      }
      // That it was a storm: every fault was done, and every kind of checkout went its way.
      expect([...storm.faults.keys()].sort()).toEqual(
        [...new Set(plan.faults.map(({ fault }) => nameOf(fault)))].sort(),
      );
      for (const kind of checkoutKinds) expect(storm.results.map(pathOf)).toContain(`${kind} ${goals[kind]}`);
    },
    deadlineMs,
  );

  it('stops within 5 s', async () => {
    const begun = performance.now();
    await fixture.souk.stop();
    expect(performance.now() - begun).toBeLessThan(5_000);
  }, 60_000);
});

/** How a checkout of each kind ends where nothing comes between. */
const goals = {
  paid: 'COMPLETED',
  declined: 'FAILED PAYMENT_DECLINED',
  confirmedLater: 'COMPLETED',
  cancelled: 'CANCELLED',
  partlyCancelled: 'PARTLY CANCELLED',
  expired: 'FAILED PAYMENT_EXPIRED',
};

function pathOf({ planned, outcome }: StormResult['results'][number]): string {
  return `${planned.kind} ${outcome}`;
}

function acceptedIn({ results }: StormResult): string[] {
  return results.flatMap(({ checkoutId }) => checkoutId ?? []);
}

/** Past jest's own console, which adds a stack to every line. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function keepOutput({ souk }: ChaosFixture): string {
  const file = join(mkdtempSync(join(process.env['SOUK_TEST_KEEP'] ?? tmpdir(), 'souk-storm-')), 'souk.log');
  writeFileSync(file, souk.output());
  return file;
}
