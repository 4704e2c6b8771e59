import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '@souk/standalone/postgres/server';
import { startRedis } from './redis.js';
import { summaryOf } from './saga/profile.js';
import { scenarios } from './saga/scenario.js';
import type { Scenario } from './saga/scenario.js';
import type { Stores } from './saga/session.js';
import { runSession } from './saga/session.js';
import type { Measured } from './saga/table.js';
import { rateOf, tableOf } from './saga/table.js';
import { titles, variantNames } from './saga/variant.js';
import type { VariantName } from './saga/variant.js';

const { values: flags } = parseArgs({
  options: {
    /** Names of variants, with commas between. */
    only: { type: 'string', default: variantNames.join(',') },
    scenarios: { type: 'string', default: scenarios.map(({ name }) => name).join(',') },
    seconds: { type: 'string', default: '10' },
    'in-flight': { type: 'string', default: '200' },
    processes: { type: 'string', default: '1' },
    /** Where the time of the process under load goes, instead of the single checkouts. */
    profile: { type: 'boolean', default: false },
  },
});

const variants = variantNames.filter((name) => flags.only.split(',').includes(name));
const seconds = Number(flags.seconds);
const inFlight = Number(flags['in-flight']);
const processes = ([1, 2, 4] as const).find((count) => String(count) === flags.processes) ?? 1;
const atMost = 100_000;
const warmUp = { inFlight, seconds: 5, atMost: 2 * inFlight };
const singleWarmUp = { inFlight: 20, seconds: 5, atMost: 200 };
const single = { inFlight: 1, seconds: 10, atMost: 300 };

async function measure(stores: Stores, variant: VariantName, scenario: Scenario): Promise<Measured> {
  const plan = { variant, scenario, processes, profileDir: null };
  const busy = await runSession(stores, { ...plan, warmUp, load: { inFlight, seconds, atMost } });
  const alone = await runSession(stores, { ...plan, warmUp: singleWarmUp, load: single });
  process.stderr.write(`${scenario.name}, ${titles[variant]}: ${Math.round(rateOf(busy.load))} a second\n`);
  return { variant, busy, single: alone.load };
}

async function profile(stores: Stores, variant: VariantName, scenario: Scenario): Promise<string> {
  const profileDir = await mkdtemp(path.join(tmpdir(), 'souk-bench-profile-'));
  try {
    const load = { inFlight, seconds, atMost };
    await runSession(stores, { variant, scenario, processes, profileDir, warmUp, load });
    return await summaryOf(profileDir);
  } finally {
    await rm(profileDir, { recursive: true, force: true });
  }
}

async function run(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const postgres = await startPostgres({
    dataDir: directory,
    log: (line) => process.stderr.write(`${line}\n`),
    durable: true,
    sharedBuffersMb: 64,
  });
  try {
    const redis = await startRedis();
    try {
      const load = loadavg()[0] ?? 0;
      process.stdout.write(
        `Node ${process.version}, ${availableParallelism()} cores, load average ${load.toFixed(1)} before, ${inFlight} in flight, ${seconds} s each\n`,
      );
      for (const scenario of scenarios.filter(({ name }) => flags.scenarios.split(',').includes(name))) {
        if (flags.profile) {
          for (const variant of variants) {
            const summary = await profile({ postgres, redis }, variant, scenario);
            process.stdout.write(`\n${describe(scenario)}: ${titles[variant]}\n\n${summary}\n`);
          }
          continue;
        }
        const measured: Measured[] = [];
        for (const variant of variants) {
          try {
            measured.push(await measure({ postgres, redis }, variant, scenario));
          } catch (error) {
            // The others are measured all the same; this one's row is missing, and the run has failed.
            reportFailure(error);
          }
        }
        process.stdout.write(`\n${describe(scenario)}\n\n${tableOf(measured)}\n`);
      }
    } finally {
      await redis.stop();
    }
  } finally {
    await postgres.discard();
    await rm(directory, { recursive: true, force: true });
  }
}

function describe({ offers, declinedEvery }: Scenario): string {
  const spread = offers === 1 ? 'one hot offer' : `${offers} offers`;
  return declinedEvery === 0 ? `${spread}, all paid` : `${spread}, one in ${declinedEvery} declined`;
}

function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}

run().catch(reportFailure);
