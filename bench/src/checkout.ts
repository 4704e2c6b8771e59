import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { databaseUrl } from '@souk/shared/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';
import { Client } from './checkout/client.js';
import { fillCart, makeOffers, startCheckout, statusOf } from './checkout/shop.js';
import { Watch } from './checkout/watch.js';
import { percentile } from './percentile.js';
import { cpuOfTree } from './process-cpu.js';
import { startRedis } from './redis.js';
import { startSouk } from './souk-process.js';

const { values: flags } = parseArgs({
  options: {
    /** Names of topologies, with commas between. */
    only: { type: 'string', default: 'distributed,standalone' },
    concurrency: { type: 'string', default: '1,16,64' },
    seconds: { type: 'string', default: '10' },
  },
});

const seconds = Number(flags.seconds);
const concurrencies = flags.concurrency.split(',').map(Number);
const offerCount = 50;
const atMost = 5_000;
const warmUp = { concurrency: 16, seconds: 10, atMost: 200 };
const admin = { email: 'bench@souk.test', password: 'a long bench password' };

const topologies = [
  { name: 'distributed', script: 'start:distributed', title: 'a process each, queue on Redis', redis: true },
  { name: 'standalone', script: 'start', title: 'one process, queue on PostgreSQL', redis: false },
] as const;

interface Round {
  concurrency: number;
  checkouts: number;
  elapsedMs: number;
  acceptMs: number[];
  completedMs: number[];
  /** Of Souk's processes, for each checkout. */
  cpuMs: number;
}

/** Runs buyers in parallel streams, one at a time in each: fill the cart, check out, wait for the end, start over. */
async function round(
  shop: { buyers: readonly Client[]; offers: readonly string[]; watch: Watch; pid: number },
  plan: { concurrency: number; seconds: number; atMost: number },
): Promise<Round> {
  const result: Round = {
    concurrency: plan.concurrency,
    checkouts: 0,
    elapsedMs: 0,
    acceptMs: [],
    completedMs: [],
    cpuMs: 0,
  };
  const begunAt = performance.now();
  const cpuBefore = cpuOfTree(shop.pid);
  let begun = 0;
  const loop = async (buyer: Client): Promise<void> => {
    let last: string | null = null;
    while (begun < plan.atMost && performance.now() - begunAt < plan.seconds * 1_000) {
      const offer = shop.offers[begun % shop.offers.length] ?? '';
      begun += 1;
      await fillCart(buyer, offer);
      const at = performance.timeOrigin + performance.now();
      last = await startCheckout(buyer);
      result.acceptMs.push(performance.timeOrigin + performance.now() - at);
      const ended = await shop.watch.ended(last);
      if (ended.status !== 'COMPLETED') throw new Error(`${last} ended ${ended.status}.`);
      result.completedMs.push(ended.at - at);
    }
    // The final status is read through the gateway, as a client sees it.
    if (last !== null && (await statusOf(buyer, last)) !== 'COMPLETED')
      throw new Error(`The gateway does not say that ${last} is completed.`);
  };
  await Promise.all(shop.buyers.slice(0, plan.concurrency).map(loop));
  result.checkouts = result.completedMs.length;
  result.elapsedMs = performance.now() - begunAt;
  result.cpuMs = (cpuOfTree(shop.pid) - cpuBefore) / result.checkouts;
  return result;
}

async function measure(topology: (typeof topologies)[number]): Promise<Round[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const closers: (() => Promise<void>)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    // Souk's own server, started here so that order's table can be looked at.
    const postgres = await startPostgres({
      dataDir: path.join(directory, 'database'),
      log: () => undefined,
      durable: true,
    });
    closers.push(() => postgres.discard());
    const redis = topology.redis ? await startRedis() : null;
    if (redis) closers.push(() => redis.stop());
    const souk = await startSouk(topology.script, {
      DATA_DIR: path.join(directory, 'souk'),
      DATABASE_URL: postgres.url,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
      ...(redis && { REDIS_URL: redis.url }),
    });
    closers.push(() => souk.stop());
    const seller = await new Client(souk.url).login(admin.email, admin.password);
    const offers = await makeOffers(seller, offerCount);
    const buyers: Client[] = [];
    for (let number = 0; number < Math.max(...concurrencies, warmUp.concurrency); number += 1)
      buyers.push(await new Client(souk.url).register(`bench-${number}@example.com`));
    const watch = new Watch(databaseUrl(postgres.url, 'souk_order'));
    closers.push(() => watch.close());
    const shop = { buyers, offers, watch, pid: souk.pid };
    await round(shop, warmUp);
    const rounds: Round[] = [];
    for (const concurrency of concurrencies) {
      const done = await round(shop, { concurrency, seconds, atMost });
      rounds.push(done);
      process.stderr.write(`${topology.name}, ${concurrency} at once: ${rateOf(done)} a second\n`);
    }
    return rounds;
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function rateOf({ checkouts, elapsedMs }: Round): string {
  return ((checkouts / elapsedMs) * 1_000).toFixed(1);
}

function tableOf(rounds: readonly Round[]): string {
  const header = [
    'at once',
    'checkouts/s',
    'accept p50 ms',
    'accept p99 ms',
    'COMPLETED p50 ms',
    'COMPLETED p99 ms',
    'CPU ms of Souk',
  ];
  const rows = rounds.map((done) => [
    String(done.concurrency),
    rateOf(done),
    ...[done.acceptMs, done.completedMs].flatMap((values) =>
      [0.5, 0.99].map((share) => percentile(values, share).toFixed(0)),
    ),
    done.cpuMs.toFixed(1),
  ]);
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function run(): Promise<void> {
  for (const topology of topologies.filter(({ name }) => flags.only.split(',').includes(name))) {
    const load = loadavg()[0] ?? 0;
    const rounds = await measure(topology);
    process.stdout.write(
      `${topology.title} (Node ${process.version}, ${availableParallelism()} cores, load average ${load.toFixed(1)} before, ${seconds} s each)\n\n${tableOf(rounds)}\n\n`,
    );
  }
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
