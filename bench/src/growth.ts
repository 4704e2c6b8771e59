import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { databaseUrl } from '@souk/shared/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';
import { Client as Connection } from 'pg';
import { Client } from './checkout/client.js';
import { fillCart, makeOffers, startCheckout } from './checkout/shop.js';
import { Watch } from './checkout/watch.js';
import { startSouk } from './souk-process.js';

// `npm run bench:growth`: how many bytes a completed checkout of one line leaves in each table of all databases, indexes
// included, after VACUUM. A first round fills the pages and indexes that each table has anyway.

const checkouts = Number(process.env['GROWTH_CHECKOUTS'] ?? 2_000);
const warmUp = 300;
const streams = 16;
const offerCount = 50;
const databases = ['souk_account', 'souk_catalog', 'souk_order', 'souk_payment', 'souk_social', 'souk_queue'];
const admin = { email: 'bench@souk.test', password: 'a long bench password' };

type Sizes = ReadonlyMap<string, { bytes: number; rows: number }>;

/** Sizes and rows of all tables, by database and name. */
async function measure(serverUrl: string): Promise<Sizes> {
  const sizes = new Map<string, { bytes: number; rows: number }>();
  for (const name of databases) {
    const connection = new Connection({ connectionString: databaseUrl(serverUrl, name) });
    await connection.connect();
    try {
      await connection.query('VACUUM');
      await connection.query('ANALYZE');
      const { rows } = await connection.query<{ table: string; bytes: string; rows: number }>(
        `SELECT n.nspname || '.' || c.relname AS table, pg_total_relation_size(c.oid) AS bytes, c.reltuples::int AS rows
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
      );
      for (const row of rows) {
        const key = `${name.replace('souk_', '')}.${row.table.replace('public.', '')}`;
        sizes.set(key, { bytes: Number(row.bytes), rows: Math.max(0, row.rows) });
      }
    } finally {
      await connection.end();
    }
  }
  return sizes;
}

async function buy(shop: { buyers: Client[]; offers: string[]; watch: Watch }, count: number): Promise<void> {
  let begun = 0;
  const loop = async (buyer: Client): Promise<void> => {
    while (begun < count) {
      const offer = shop.offers[begun % shop.offers.length] ?? '';
      begun += 1;
      await fillCart(buyer, offer);
      const { status } = await shop.watch.ended(await startCheckout(buyer));
      if (status !== 'COMPLETED') throw new Error(`A checkout ended ${status}.`);
    }
  };
  await Promise.all(shop.buyers.map(loop));
}

async function run(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const closers: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ dataDir: path.join(directory, 'database'), log: () => undefined });
    closers.push(() => postgres.discard());
    const souk = await startSouk('start', {
      DATA_DIR: path.join(directory, 'souk'),
      DATABASE_URL: postgres.url,
      ADMIN_EMAIL: admin.email,
      ADMIN_PASSWORD: admin.password,
    });
    closers.push(() => souk.stop());
    const seller = await new Client(souk.url).login(admin.email, admin.password);
    const offers = await makeOffers(seller, offerCount);
    const buyers: Client[] = [];
    for (let number = 0; number < streams; number += 1)
      buyers.push(await new Client(souk.url).register(`bench-${number}@example.com`));
    const watch = new Watch(databaseUrl(postgres.url, 'souk_order'));
    closers.push(() => watch.close());
    await buy({ buyers, offers, watch }, warmUp);
    const before = await measure(postgres.url);
    await buy({ buyers, offers, watch }, checkouts);
    const after = await measure(postgres.url);
    const grown = [...after]
      .map(([table, { bytes, rows }]) => ({
        table,
        bytes: (bytes - (before.get(table)?.bytes ?? 0)) / checkouts,
        rows: (rows - (before.get(table)?.rows ?? 0)) / checkouts,
      }))
      .filter(({ bytes }) => Math.abs(bytes) >= 1)
      .sort((a, b) => b.bytes - a.bytes);
    const total = grown.reduce((sum, { bytes }) => sum + bytes, 0);
    const lines = grown.map(
      ({ table, bytes, rows }) => `| ${table} | ${bytes.toFixed(0)} | ${rows.toFixed(2)} |`,
    );
    process.stdout.write(
      [
        `${checkouts} checkouts of one line, bytes of each in each table`,
        '',
        '| table | bytes | rows |',
        '|---|---|---|',
        ...lines,
        `| all | ${total.toFixed(0)} | |`,
        '',
      ].join('\n'),
    );
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

void run();
