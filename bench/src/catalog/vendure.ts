import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { connect, databaseUrl, ensureDatabase } from '@souk/shared/postgres';
import { percentile } from '../percentile.js';
import type { QueryKind } from './queries.js';
import { makeQueries } from './queries.js';

// Vendure with its default search plugin on the same PostgreSQL, installed into a temporary directory for the run. The rows
// of the plugin's index are written here as its indexer writes them, with one variant of each product; queries go through its
// shop API. The plugin has no full text index on PostgreSQL, so that few products and queries are enough to see what it costs.

const packages = ['@vendure/core@3.7.3', 'pg@8.23.1'];
const installMs = 600_000;
const startMs = 120_000;
const queryMs = 300_000;
const batch = 2_000;
const kinds: readonly QueryKind[] = ['one word', 'three words'];
const queriesOfKind = 5;

const server = `
const { bootstrap, DefaultSearchPlugin } = require('@vendure/core');
const url = new URL(process.env.URL);
bootstrap({
  apiOptions: { port: 0, hostname: '127.0.0.1', adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: { tokenMethod: ['bearer'] },
  dbConnectionOptions: {
    type: 'postgres', host: decodeURIComponent(url.hostname), port: Number(url.port), username: url.username,
    password: decodeURIComponent(url.password), database: url.pathname.slice(1), synchronize: true, logging: false,
  },
  paymentOptions: { paymentMethodHandlers: [] },
  plugins: [DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: false })],
}).then((app) => console.log('PORT ' + app.getHttpServer().address().port));
`;

const insert = `
  INSERT INTO search_index_item ("productVariantId", "languageCode", "channelId", "productId", enabled, "productName",
    "productVariantName", description, slug, sku, price, "priceWithTax", "facetIds", "facetValueIds", "collectionIds",
    "collectionSlugs", "channelIds", "productPreview", "productVariantPreview")
  SELECT $1::int + n, 'en', 1, $1::int + n, true, title, title, description, slug, slug, price, price, '', '', '', '', '1', '', ''
  FROM unnest($2::text[], $3::text[], $4::text[], $5::int[]) WITH ORDINALITY AS t (title, description, slug, price, n)`;

/** Milliseconds of one query alone, by kind: the median. */
export type VendureFigures = readonly { kind: QueryKind; alone: number }[];

/** Measures Vendure's search over the first listings of the catalog in this database. */
export async function measureVendure(catalogUrl: string, products: number): Promise<VendureFigures> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-vendure-'));
  const url = databaseUrl(catalogUrl, 'bench_vendure');
  try {
    await writeFile(path.join(directory, 'package.json'), '{"private": true}');
    await promisify(execFile)(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...packages],
      { cwd: directory, timeout: installMs },
    );
    await writeFile(path.join(directory, 'server.cjs'), server);
    await ensureDatabase(url);
    return await withServer(directory, url, async (port) => {
      await fill(catalogUrl, url, products);
      const figures: { kind: QueryKind; alone: number }[] = [];
      for (const kind of kinds) {
        const times: number[] = [];
        for (const { text } of makeQueries(kind, queriesOfKind, 1))
          times.push(await search(port, text ?? ''));
        figures.push({ kind, alone: percentile(times, 0.5) });
      }
      return figures;
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function withServer<Result>(
  directory: string,
  url: string,
  work: (port: number) => Promise<Result>,
): Promise<Result> {
  const child = spawn(process.execPath, ['server.cjs'], {
    cwd: directory,
    env: { PATH: process.env['PATH'], URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), startMs);
  try {
    for await (const line of createInterface(child.stdout)) {
      const port = /^PORT (\d+)$/.exec(line)?.[1];
      if (port === undefined) continue;
      clearTimeout(timer);
      child.stdout.resume();
      return await work(Number(port));
    }
    throw new Error('Vendure did not start.');
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await ended;
  }
}

async function fill(catalogUrl: string, url: string, products: number): Promise<void> {
  const [from, to] = [await connect(catalogUrl), await connect(url)];
  try {
    for (let filled = 0; filled < products;) {
      const { rows } = await from.query<{
        titles: string[];
        texts: string[];
        slugs: string[];
        prices: string[];
      }>(
        `SELECT array_agg(title) AS titles, array_agg(concat_ws(' ', summary, description)) AS texts,
           array_agg(slug) AS slugs, array_agg(price_min) AS prices
         FROM (SELECT * FROM listing ORDER BY id OFFSET $1 LIMIT $2) AS l`,
        [filled, Math.min(batch, products - filled)],
      );
      const [{ titles, texts, slugs, prices } = { titles: [], texts: [], slugs: [], prices: [] }] = rows;
      await to.query(insert, [filled, titles, texts, slugs, prices]);
      filled += batch;
    }
    await to.query('ANALYZE search_index_item');
  } finally {
    await from.end();
    await to.end();
  }
}

/** Runs a search of 20 products. Returns its milliseconds. */
async function search(port: number, term: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}/shop-api`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'query ($input: SearchInput!) { search(input: $input) { totalItems items { productId productName score } } }',
      variables: { input: { term, take: 20, groupByProduct: true } },
    }),
    signal: AbortSignal.timeout(queryMs),
  });
  const { errors } = (await response.json()) as { errors?: unknown };
  if (errors !== undefined) throw new Error(`Vendure: ${JSON.stringify(errors)}`);
  return performance.now() - began;
}
