import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { entities, migrations } from '@souk/catalog/database';
import { openDataSource } from '@souk/shared/db/data-source';
import { connect, databaseUrl } from '@souk/shared/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';
import { ListingGenerator } from './catalog/listings.js';
import { loadListings } from './catalog/load.js';
import type { BenchQuery, QueryKind } from './catalog/queries.js';
import { makeQueries, queryKinds } from './catalog/queries.js';
import type { Side } from './catalog/sides.js';
import { createPlainTable, plainSide, readDeepCursor, soukSide } from './catalog/sides.js';
import type { VendureFigures } from './catalog/vendure.js';
import { measureVendure } from './catalog/vendure.js';
import { percentile } from './percentile.js';

// `npm run bench:catalog`: the search of catalog over 200,000 generated listings, beside plain full text search of
// PostgreSQL over the same texts in the same database. `--listings=N` and `--queries=N`
// for other sizes; `--concurrency=N`. `--vendure=N`: also Vendure's default search over the first N of the listings.

const argument = (name: string, fallback: number): number =>
  Number(process.argv.find((one) => one.startsWith(`--${name}=`))?.split('=')[1] ?? fallback);

const listings = argument('listings', 200_000);
const queries = argument('queries', 1_000);
const concurrency = argument('concurrency', 16);
const vendureProducts = argument('vendure', 0);
const depth = 10_000;
const seed = 1;
/** Megabytes, as a small production server has; the embedded server's 8 MB are for a demo. */
const sharedBuffersMb = 1_024;

interface Figures {
  p50: number;
  p99: number;
  perSecond: number;
  /** Milliseconds of one query alone, nothing else running in this process. */
  alone: number;
}

async function measure(
  all: readonly BenchQuery[],
  run: (query: BenchQuery) => Promise<number>,
): Promise<Figures> {
  const alone: number[] = [];
  for (const query of all.slice(0, Math.ceil(all.length / 10))) alone.push(await time(() => run(query)));
  // A new connection reads the dictionaries of the languages once; the pool closes idle ones after a second.
  await runAtOnce(all.slice(0, concurrency * 4), run);
  const began = performance.now();
  const times = await runAtOnce(all, run);
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    perSecond: (all.length * 1_000) / (performance.now() - began),
    alone: percentile(alone, 0.5),
  };
}

/** Runs queries, so many at once, and returns the milliseconds of each. */
async function runAtOnce(
  all: readonly BenchQuery[],
  run: (query: BenchQuery) => Promise<number>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const loop = async (): Promise<void> => {
    for (let query = all[next++]; query; query = all[next++]) {
      const one = query;
      times.push(await time(() => run(one)));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
  return times;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** How a side runs queries of a kind; null where it has no such query. */
function runnerOf(
  side: Side,
  kind: QueryKind,
  withFacets: boolean,
): ((query: BenchQuery) => Promise<number>) | null {
  if (kind === 'prefix') return withFacets ? null : side.suggest;
  if (kind === 'page at depth 10,000') return withFacets ? null : () => side.deepPage(depth);
  return withFacets ? side.facets : side.page;
}

interface Row {
  kind: string;
  souk: Figures;
  plain: Figures;
}

async function compare(souk: Side, plain: Side): Promise<Row[]> {
  const rows: Row[] = [];
  const add = async (
    kind: string,
    all: readonly BenchQuery[],
    runs: (typeof souk.page | null)[],
  ): Promise<void> => {
    const [ofSouk, ofPlain] = runs;
    if (!ofSouk || !ofPlain) return;
    rows.push({ kind, souk: await measure(all, ofSouk), plain: await measure(all, ofPlain) });
  };
  const newest: BenchQuery = { text: null, kind: null, city: null, tag: null };
  const first = Array.from({ length: queries }, () => newest);
  await add('first page of the newest', first, [souk.page, plain.page]);
  for (const withFacets of [false, true]) {
    for (const kind of queryKinds) {
      const all = makeQueries(kind, queries, seed);
      const runs = [souk, plain].map((side) => runnerOf(side, kind, withFacets));
      await add(withFacets ? `${kind}, with facets` : kind, all, runs);
    }
  }
  await add('no filter, with facets', first.slice(0, Math.ceil(queries / 5)), [souk.facets, plain.facets]);
  return rows;
}

async function run(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined, sharedBuffersMb });
  const url = databaseUrl(postgres.url, 'souk_catalog');
  const source = await openDataSource({
    url,
    applicationName: 'bench-catalog',
    poolSize: concurrency,
    entities,
    migrations,
  });
  try {
    const client = await connect(url);
    await loadListings(client, new ListingGenerator(seed, new Date()), listings, (loaded) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${loaded} listings`);
    });
    await client.end();
    const writer = await connect(url);
    await createPlainTable((sql) => writer.query(sql));
    await writer.query('VACUUM ANALYZE');
    await writer.end();
    const souk = soukSide(
      source.manager,
      await readDeepCursor(source.manager, Math.min(depth, listings / 2)),
    );
    const rows = await compare(souk, plainSide(source.manager));
    process.stdout.write(report(rows));
    if (vendureProducts > 0) process.stdout.write(reportVendure(await measureVendure(url, vendureProducts)));
  } finally {
    await source.destroy();
    await postgres.discard();
    await rm(directory, { recursive: true, force: true });
  }
}

function report(rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const ms = (value: number): string => value.toFixed(1);
  return [
    `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1) ?? ''}, ${listings} listings, ` +
      `${queries} queries of each kind, ${concurrency} at once, shared_buffers ${sharedBuffersMb} MB`,
    '',
    line([
      'query',
      'p50',
      'p99',
      'a second',
      'alone',
      'plain: p50',
      'p99',
      'a second',
      'alone',
      'ratio of p99',
    ]),
    line(Array.from({ length: 10 }, () => '---')),
    ...rows.map(({ kind, souk, plain }) =>
      line([
        kind,
        ...[souk, plain].flatMap(({ p50, p99, perSecond, alone }) => [
          ms(p50),
          ms(p99),
          perSecond.toFixed(0),
          ms(alone),
        ]),
        (plain.p99 / souk.p99).toFixed(1),
      ]),
    ),
    '',
  ].join('\n');
}

function reportVendure(figures: VendureFigures): string {
  return figures
    .map(({ kind, alone }) => `Vendure, ${vendureProducts} products, ${kind}: ${alone.toFixed(0)} ms alone\n`)
    .join('');
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
