import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { entities, migrations } from '@souk/order/database';
import { readCheckoutTotals } from '@souk/order/domain/statistics/checkout-statistics';
import { daysOf } from '@souk/order/domain/statistics/day-range';
import { percentileOf } from '@souk/order/domain/statistics/duration-histogram';
import { readOrderTotals, readTopListings } from '@souk/order/domain/statistics/platform-analytics';
import { readPurchaseStatistics } from '@souk/order/domain/statistics/purchase-statistics';
import { readListingSales, readPartnerSales } from '@souk/order/domain/statistics/sales-statistics';
import { foldStatistics } from '@souk/order/domain/statistics/statistics-fold';
import { beginRebuild, rebuildStep } from '@souk/order/domain/statistics/statistics-rebuild';
import { openDataSource } from '@souk/shared/db/data-source';
import { Database } from '@souk/shared/db/database';
import { createLog } from '@souk/shared/log';
import { connect, databaseUrl, queryableOf } from '@souk/shared/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';
import type { DataSource } from 'typeorm';
import type { Year } from './analytics/joined-answers.js';
import {
  joinCheckoutTotals,
  joinOrderTotals,
  joinPurchases,
  joinSales,
  joinTopListings,
} from './analytics/joined-answers.js';
import { measureTriggers } from './analytics/trigger-cost.js';
import { largest, writeYear } from './analytics/year-of-orders.js';
import { percentile } from './percentile.js';

// `npm run bench:analytics`: the statistics of a year with 1,000,000 orders, beside the same answers by joins at question
// time. Both are compared.

const size = {
  orders: Number(process.env['ANALYTICS_ORDERS'] ?? 1_000_000),
  listings: 9_999,
  partners: 500,
  buyers: 200_000,
};
const [repeats, joinedRepeats] = [200, 3];
const waitingDeltas = 20_000;
const poolSize = 4;

interface Question {
  name: string;
  ask: () => Promise<unknown>;
  join: () => Promise<unknown>;
}

async function timesOf(count: number, ask: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return times;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const [time = 0] = await timesOf(1, work);
  return time / 1_000;
}

function questionsOf(source: DataSource, year: Year, ids: Record<keyof typeof largest, string>): Question[] {
  const { manager } = source;
  const range = daysOf(year.from, year.to);
  const orders = () => readOrderTotals(manager, range, year.to);
  const checkouts = () => readCheckoutTotals(manager, range, year.to);
  const top = () => readTopListings(manager, range, { limit: 10, now: year.to });
  const all = { from: new Date(0), to: new Date(Date.now() + 86_400_000) };
  return [
    {
      name: 'platformAnalytics, all fields',
      ask: () => Promise.all([orders(), checkouts(), top()]),
      join: () =>
        Promise.all([joinOrderTotals, joinCheckoutTotals, joinTopListings].map((join) => join(source, year))),
    },
    { name: '… orders, amounts, tokens by day', ask: orders, join: () => joinOrderTotals(source, year) },
    {
      name: '… conversion, failures, p50, p99',
      ask: checkouts,
      join: () => joinCheckoutTotals(source, year),
    },
    { name: '… topListings', ask: top, join: () => joinTopListings(source, year) },
    {
      name: 'Partner.sales, the largest of 500',
      ask: () => readPartnerSales(manager, [ids.partner], range),
      join: () => joinSales(source, 'partner_id', ids.partner, year),
    },
    {
      name: 'Listing.sales, the largest of 9,999',
      ask: () => readListingSales(manager, [ids.listing]),
      join: () => joinSales(source, 'listing_id', ids.listing, all),
    },
    {
      name: 'User.purchaseStatistics, the largest of 200,000',
      ask: () => readPurchaseStatistics(manager, [ids.buyer]),
      join: () => joinPurchases(source, ids.buyer),
    },
  ];
}

/** @throws Error unless the tables say what the joins say */
async function compare(source: DataSource, year: Year): Promise<void> {
  const range = daysOf(year.from, year.to);
  const sum = (rows: unknown[], column: string): number =>
    rows.reduce<number>((total, row) => total + Number((row as Record<string, unknown>)[column] ?? 0), 0);
  const [days, [ended], top] = await Promise.all([
    joinOrderTotals(source, year),
    joinCheckoutTotals(source, year) as Promise<{ completed: string; percentiles: [number, number] }[]>,
    joinTopListings(source, year) as Promise<{ id: string; units: string }[]>,
  ]);
  const totals = await readOrderTotals(source.manager, range, year.to);
  const checkouts = await readCheckoutTotals(source.manager, range, year.to);
  const listings = await readTopListings(source.manager, range, { limit: 10, now: year.to });
  const pairs = {
    orders: [totals.orders, sum(days, 'placed')],
    completed: [totals.completedOrders, sum(days, 'completed')],
    gross: [totals.gross.reduce((total, { amount }) => total + amount, 0), sum(days, 'gross')],
    refunded: [totals.refunded.reduce((total, { amount }) => total + amount, 0), sum(days, 'refunded')],
    redeemed: [totals.redeemed, sum(days, 'redeemed')],
    checkouts: [checkouts.completed, Number(ended?.completed)],
    top: [listings.map(({ units }) => units).join(), top.map(({ units }) => units).join()],
  };
  for (const [name, [kept, joined]] of Object.entries(pairs))
    if (kept !== joined) throw new Error(`${name}: ${kept} in the tables, ${joined} by joins.`);
  for (const [index, share] of [0.5, 0.99].entries()) {
    const [found, exact] = [percentileOf(checkouts.durations, share) ?? 0, ended?.percentiles[index] ?? 0];
    if (Math.abs(found / exact - 1) > 0.01) throw new Error(`${share}: ${found} instead of ${exact} ms.`);
  }
}

const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

async function run(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  const url = databaseUrl(postgres.url, 'souk_order');
  const source = await openDataSource({ url, applicationName: 'bench', poolSize, entities, migrations });
  // Without a time limit of statements.
  const writer = await connect(url);
  const database = new Database(source, () => Promise.resolve(), createLog('bench', 'silent'));
  try {
    const writing = await seconds(async () => {
      await writeYear(queryableOf(writer), size);
      await writer.query('VACUUM ANALYZE');
    });
    const rebuilding = await seconds(async () => {
      await beginRebuild(database);
      while ((await rebuildStep(database)) !== 'ended');
    });
    await writer.query('VACUUM ANALYZE');
    const to = new Date(new Date().toISOString().slice(0, 10));
    const year = { from: new Date(to.getTime() - 365 * 86_400_000), to };
    await compare(source, year);
    const [ids] = await source.query<Record<keyof typeof largest, string>[]>(
      `SELECT ${largest.listing} AS listing, ${largest.partner} AS partner, ${largest.buyer} AS buyer`,
    );
    if (!ids) throw new Error('There are no ids.');
    const questions = questionsOf(source, year, ids);
    const found = [];
    for (const { name, ask, join } of questions) {
      await timesOf(10, ask);
      const times = await timesOf(repeats, ask);
      found.push({ name, times, joined: await timesOf(joinedRepeats, join) });
    }
    await source.query(
      `UPDATE purchase_token SET status = 'REDEEMED' WHERE id IN (
         SELECT id FROM purchase_token WHERE status = 'ACTIVE' LIMIT ${waitingDeltas})`,
    );
    const waiting: number[][] = [];
    for (const { ask } of questions) waiting.push(await timesOf(repeats, ask));
    const folding = await seconds(() => foldStatistics(database));
    await compare(source, year);
    const { withTriggers, without } = await measureTriggers(source);
    const lines = found.map(({ name, times, joined }, index) =>
      [
        name,
        ...[0.5, 0.99].map((share) => ms(percentile(times, share))),
        ms(percentile(waiting[index] ?? [], 0.5)),
        ms(percentile(joined, 0.5)),
        `${Math.round(percentile(joined, 0.5) / percentile(times, 0.5))}`,
      ].join(' | '),
    );
    const count = size.orders.toLocaleString('en');
    process.stdout.write(
      [
        `${count} orders of 365 days, ${availableParallelism()} processors; written in ${writing.toFixed(0)} s`,
        '',
        `| answer for the year | p50 ms | p99 ms | p50 ms with ${waitingDeltas.toLocaleString('en')} deltas not folded | by joins, p50 ms | ratio |`,
        '|---|---|---|---|---|---|',
        ...lines.map((line) => `| ${line} |`),
        '',
        `rebuild: ${rebuilding.toFixed(1)} s; fold of the deltas: ${folding.toFixed(1)} s; both answers are the same`,
        `order's statements of a checkout: ${withTriggers.ms.toFixed(2)} ms and ${Math.round(withTriggers.walBytes)} bytes of WAL with triggers, ${without.ms.toFixed(2)} ms and ${Math.round(without.walBytes)} bytes without`,
        '',
      ].join('\n'),
    );
  } finally {
    await writer.end();
    await source.destroy();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
