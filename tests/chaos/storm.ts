import { setTimeout as sleep } from 'node:timers/promises';
import type { Client as Connection } from 'pg';
import { toApiId } from '@souk/shared/ids';
import type { SubgraphName } from '@souk/shared/message';
import { subgraphNames } from '@souk/shared/message';
import { isAlive } from '@souk/standalone/process-table';
import { mapWithConcurrency } from '../support/map-with-concurrency.js';
import { until } from '../support/until.js';
import { Buyer, Tally } from './buyer.js';
import type { ScenarioResult, ScenarioContext } from './scenario.js';
import { runScenario } from './scenario.js';
import type { Plan, PlannedCheckout } from './plan.js';
import { HoldMonitor } from './hold-monitor.js';
import { inflict, nameOf } from './faults.js';
import { Random } from './random.js';
import type { Shop } from './shop.js';
import type { Databases, ChaosFixture } from './fixture.js';
import { isAnswered } from './simulator-call.js';
import { connectAll, disconnect } from './fixture.js';

/** The result of a storm. */
export interface StormResult {
  results: ScenarioResult[];
  /** Errors of scenarios that did not finish. */
  lost: string[];
  /** Buyers who were over their unpaid limit at some poll. */
  overheld: string[];
  /** Number of those polls. */
  polls: number;
  /** Times of each fault by name, in seconds from the start. */
  faults: ReadonlyMap<string, number[]>;
  /** Errors that clients received and retried. */
  failures: Tally;
  /** Sagas in NEEDS_ATTENTION that were retried. */
  retried: number;
  stormMs: number;
  calmMs: number;
}

const concurrency = 32;
/** Few at once, because hashing a password keeps a core busy. */
const registrations = 4;
const calmDeadlineMs = 180_000;
const pollMs = 500;
const progressMs = 30_000;

/** Runs all checkouts of a plan while injecting its faults, then waits until no work is left. */
export async function runStorm(
  fixture: ChaosFixture,
  plan: Plan,
  shop: Shop,
  say: (line: string) => void,
): Promise<StormResult> {
  const failures = new Tally();
  const faults = new Map<string, number[]>();
  const buyers = await mapWithConcurrency(registrations, Array.from({ length: plan.buyers }), () =>
    Buyer.register(fixture.souk.url, failures),
  );
  fixture.webhooks.route = routesOf(plan);
  const context: ScenarioContext = { shop, buyers, simulator: fixture.simulator };
  const results: ScenarioResult[] = [];
  const lost: string[] = [];
  const begunAt = Date.now();
  const faultInjector = new FaultInjector(fixture, plan, (name) => {
    const seconds = Math.round((Date.now() - begunAt) / 1_000);
    faults.set(name, [...(faults.get(name) ?? []), seconds]);
  });
  const holds = new HoldMonitor(fixture);
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - begunAt) / 1_000);
    say(
      `  ${seconds} s: ${results.length + lost.length} checkouts have ended, ${[...faults.values()].flat().length} faults are done.`,
    );
  }, progressMs);
  await mapWithConcurrency(concurrency, plan.checkouts, async (planned: PlannedCheckout) => {
    if (!(await isAlive(fixture.souk.pid))) throw new Error('The launcher has ended.');
    faultInjector.begun();
    try {
      results.push(await runScenario(context, planned));
    } catch (error) {
      lost.push(String(error));
    }
  });
  await faultInjector.over().finally(() => clearInterval(progress));
  const { overheld, polls } = await holds.end();
  const stormMs = Date.now() - begunAt;
  const retried = await calmDown(fixture);
  const calmMs = Date.now() - begunAt - stormMs;
  return { results, lost, overheld, polls, faults, failures: failures, retried, stormMs, calmMs };
}

/** Injects the faults of a plan in order, each when it is due. */
class FaultInjector {
  readonly #fixture: ChaosFixture;
  readonly #plan: Plan;
  readonly #done: (name: string) => void;
  #begun = 0;
  #next = 0;
  #working: Promise<void> = Promise.resolve();

  constructor(fixture: ChaosFixture, plan: Plan, done: (name: string) => void) {
    this.#fixture = fixture;
    this.#plan = plan;
    this.#done = done;
  }

  /** Counts a started checkout and injects the faults that are due. */
  begun(): void {
    this.#begun += 1;
    const { faults } = this.#plan;
    for (let due = faults[this.#next]; due && due.after <= this.#begun; due = faults[this.#next]) {
      const { fault } = due;
      this.#next += 1;
      this.#working = this.#working.then(async () => {
        await inflict(this.#fixture, fault);
        this.#done(nameOf(fault));
      });
      // `over` rejects with it.
      this.#working.catch(() => undefined);
    }
  }

  /** Resolves when every due fault was injected. @throws the first failure */
  over(): Promise<void> {
    return this.#working;
  }
}

/** Delivery times of webhooks: mostly at once; some doubled, late, or both, so that they arrive out of order. */
function routesOf({ seed }: Plan): () => number[] {
  const random = new Random(seed ^ 0x57eb);
  const late = (): number => 50 + random.below(4_000);
  return () => {
    const first = random.chance(0.4) ? late() : 0;
    return random.chance(0.3) ? [first, random.chance(0.5) ? first : late()] : [first];
  };
}

/** Clears the faults, retries sagas in NEEDS_ATTENTION, and waits until no work is left. Returns the number of retries. */
async function calmDown(fixture: ChaosFixture): Promise<number> {
  await until('the faults are cleared', () => isAnswered(fixture.simulator.clearFaults()), calmDeadlineMs);
  await until('Souk is ready', () => isReady(fixture), calmDeadlineMs);
  const root = Buyer.of(fixture.root, new Tally());
  const databases = await connectAll(fixture);
  const retried = new Set<string>();
  const retryStuck = async (): Promise<void> => {
    for (const { sagaId, checkoutId } of await needingAttention(databases)) {
      if (retried.has(sagaId)) continue;
      retried.add(sagaId);
      await root.execute(
        'mutation ($id: ID!) { retryCheckout(id: $id) { checkout { id } userErrors { code } } }',
        { id: toApiId('checkout', checkoutId) },
      );
    }
  };
  try {
    await awaitCalm(fixture, databases, retryStuck);
  } finally {
    await disconnect(databases);
  }
  return retried.size;
}

/** Waits until no work is left, for at most three minutes; the checks report the rest. Calls `meanwhile` at each poll. */
export async function awaitCalm(
  fixture: ChaosFixture,
  databases: Databases,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const deadline = Date.now() + calmDeadlineMs; Date.now() < deadline;) {
    await meanwhile();
    if ((await moving(fixture, databases)) === 0) return;
    await sleep(pollMs);
  }
}

async function isReady({ souk }: ChaosFixture): Promise<boolean> {
  try {
    return (await fetch(`${souk.url}/health/ready`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

async function needingAttention({ order }: Databases): Promise<{ sagaId: string; checkoutId: string }[]> {
  const { rows } = await order.query<{ saga_id: string; checkout_id: string }>(
    `SELECT s.id AS saga_id, o.checkout_id FROM saga s JOIN customer_order o ON o.id = s.order_id
     WHERE s.status = 'NEEDS_ATTENTION'`,
  );
  return rows.map((row) => ({ sagaId: row.saga_id, checkoutId: row.checkout_id }));
}

/** Amount of unfinished work: sagas, messages, payments, refunds, webhooks. */
async function moving({ webhooks }: ChaosFixture, databases: Databases): Promise<number> {
  const left: [SubgraphName, string][] = [
    ['order', `saga WHERE status NOT IN ('COMPLETED', 'FAILED')`],
    ['payment', `payment WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING')`],
    ['payment', `refund WHERE status = 'PENDING'`],
    ...subgraphNames.map((name): [SubgraphName, string] => [name, 'outbox']),
  ];
  let sum = webhooks.underway();
  for (const [name, what] of left) sum += await countOf(databases[name], what);
  return sum;
}

async function countOf(connection: Connection, what: string): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`);
  return rows[0]?.count ?? 0;
}
