import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueryResultRow } from 'pg';
import type { SubgraphName } from '@souk/shared/message';
import { redisAvailable } from '../support/redis.js';
import { until } from '../support/until.js';
import type { CheckName } from './checks/checks.js';
import { checks, findViolations } from './checks/checks.js';
import type { Evidence } from './checks/evidence.js';
import { nameOf } from './faults.js';
import { checkoutKinds, makePlan } from './plan.js';
import { aCheckout, aFreeSeat, anOffer, anOrder, plants } from './plants.js';
import { openShop } from './shop.js';
import type { StormResult } from './storm.js';
import { runStorm } from './storm.js';
import { summaryOf } from './summary.js';
import type { ChaosFixture, Databases } from './fixture.js';
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
  /** The data after the storm; the checks must find what is planted in it. */
  let evidence: Evidence;
  let databases: Databases | null = null;

  beforeAll(async () => {
    fixture = await startFixture();
  }, 300_000);

  afterAll(async () => {
    if (databases) await disconnect(databases);
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
      const { root, simulator } = fixture;
      databases = await connectAll(fixture);
      evidence = { databases, root, simulator, shop, accepted: acceptedIn(storm) };
      const violations = await findViolations(evidence);
      say(summaryOf(plan, storm, fixture.webhooks.tally, violations));
      if (violations.length > 0 || storm.lost.length > 0)
        say(`What Souk wrote is in ${keepOutput(fixture)}.`);
      expect(violations).toEqual([]);
      expect(storm.lost).toEqual([]);
      expect(storm.overheld).toEqual([]);
      expect(storm.polls).toBeGreaterThan(0);
      // That it was a storm: every fault was done, and every kind of checkout went its way.
      expect([...storm.faults.keys()].sort()).toEqual(
        [...new Set(plan.faults.map(({ fault }) => nameOf(fault)))].sort(),
      );
      for (const kind of checkoutKinds) expect(storm.results.map(pathOf)).toContain(`${kind} ${goals[kind]}`);
    },
    deadlineMs,
  );

  it.each(plants)('whose check of $check finds $what', async ({ check, database, sql, found }) => {
    const connection = evidence.databases[database];
    await connection.query('BEGIN');
    try {
      const { rowCount } = await connection.query<QueryResultRow>(sql);
      expect(rowCount).toBeGreaterThan(0);
      expect((await checks[check](evidence)).join('\n')).toMatch(found);
    } finally {
      await connection.query('ROLLBACK');
    }
  });

  it('whose checks of unfinished sagas and units ask the API too', async () => {
    // Committed, and taken back: the API must see it.
    const planted = async (
      check: CheckName,
      database: SubgraphName,
      [plant, undo]: [string, string],
      found: RegExp,
    ): Promise<void> => {
      const connection = evidence.databases[database];
      await connection.query(plant);
      try {
        expect((await checks[check](evidence)).join('\n')).toMatch(found);
      } finally {
        await connection.query(undo);
      }
    };
    const status = (to: string, from: string): string =>
      `UPDATE saga SET status = '${to}', wake_at = NULL WHERE id = ${aCheckout} AND status = '${from}'`;
    await planted(
      'unfinished',
      'order',
      [status('NEEDS_ATTENTION', 'COMPLETED'), status('COMPLETED', 'NEEDS_ATTENTION')],
      /the API shows 1 checkouts that are NEEDS_ATTENTION/,
    );
    await planted(
      'units',
      'catalog',
      [
        `UPDATE offer SET reserved = 1 WHERE id = ${anOffer}`,
        `UPDATE offer SET reserved = 0 WHERE id = ${anOffer}`,
      ],
      /the API shows \{.*"reserved":1/,
    );
    await expect(findViolations(evidence)).resolves.toEqual([]);
  });

  it('whose checks of orders and seats find differences between API and database', async () => {
    for (const [check, database, sql, found] of [
      [
        'orders',
        'order',
        `UPDATE customer_order SET status = 'CANCELLED' WHERE id = ${anOrder}`,
        /the API shows \d+ orders that are CANCELLED, \d+ are stored/,
      ],
      [
        'seats',
        'catalog',
        `UPDATE event_seat SET status = 'BLOCKED' WHERE id = ${aFreeSeat}`,
        /seats BLOCKED: 0 for the API, 1 stored/,
      ],
    ] as const) {
      const connection = evidence.databases[database];
      await connection.query('BEGIN');
      try {
        await connection.query(sql);
        expect((await checks[check](evidence)).join('\n')).toMatch(found);
      } finally {
        await connection.query('ROLLBACK');
      }
    }
  });

  it('whose check of money finds a charge at the provider without a payment', async () => {
    const intent = (await evidence.simulator.call('/v1/payment_intents', {
      amount: '500',
      currency: 'eur',
      confirm: 'true',
      payment_method: 'pm_card_visa',
      'allowed_payment_method_types[]': 'card',
    })) as { id: string };
    expect(await checks.money(evidence)).toEqual([
      `payment ${intent.id}: 500 taken at the provider, 0 recorded`,
    ]);
    await evidence.simulator.call('/v1/refunds', { payment_intent: intent.id });
    await until('no check finds a violation', async () => (await findViolations(evidence)).length === 0);
  });

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
