import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import { openDataSource } from '@souk/shared/db/data-source';
import { databaseUrl } from '@souk/shared/postgres';
import { entities, migrations } from '@souk/social/database';
import { findFeed } from '@souk/social/domain/feed/feed';
import { recommendListings } from '@souk/social/domain/recommendation/listing-recommendation';
import { recommendUsers } from '@souk/social/domain/recommendation/user-recommendation';
import type { GraphStore } from '@souk/social/graph-store/graph-store';
import { importFollows } from '@souk/social/graph-store/neo4j-import';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { startPostgres } from '@souk/standalone/postgres/server';
import { percentile } from './percentile.js';
import type { AnnouncementResult } from './social/announcements.js';
import { announceToAll } from './social/announcements.js';
import { startNeo4j } from './social/neo4j.js';
import { populate, readFollows } from './social/population.js';

// `npm run bench:social`: reads of 100,000 people with 2 million follows, on PostgreSQL and on Neo4j in turn, in one run.
// Both must give the same results. The clients' people are picked at random; every tenth page is of one of the ten most
// popular people. Then an announcement to 100,000 people in the app and by e-mail, in the middle of which its process is killed.

const size = {
  people: Number(process.env['SOCIAL_PEOPLE'] ?? 100_000),
  follows: Number(process.env['SOCIAL_FOLLOWS'] ?? 2_000_000),
  purchases: Number(process.env['SOCIAL_PURCHASES'] ?? 500_000),
  listings: 10_000,
};
const samples = Number(process.env['SOCIAL_SAMPLES'] ?? 500);
/** People who get an announcement. */
const recipients = Number(process.env['SOCIAL_RECIPIENTS'] ?? 100_000);
/** The measured parts: `reads`, `announcements`, or both. */
const parts = (process.env['SOCIAL_PARTS'] ?? 'reads,announcements').split(',');
const warmUps = 50;
const pageSize = 21;

interface Read {
  name: string;
  aimMs: number;
  run: (graph: GraphStore, userId: string) => Promise<unknown>;
}

function readsOf({ manager: reader }: DataSource): Read[] {
  return [
    {
      name: 'page of 20 followers',
      aimMs: 20,
      run: (graph, userId) => graph.followers([{ userId, after: null, limit: pageSize }]),
    },
    { name: 'recommendedUsers', aimMs: 100, run: (graph, id) => recommendUsers(reader, graph, id, 10) },
    { name: 'recommendedListings', aimMs: 100, run: (graph, id) => recommendListings(reader, graph, id, 10) },
    {
      name: 'page of 20 of the feed',
      aimMs: 30,
      run: async (graph, viewerId) => {
        const [followeeIds = []] = await graph.followees([viewerId]);
        return findFeed(reader, { viewerId, followeeIds, after: null, limit: pageSize });
      },
    },
  ];
}

/** Times in ms by store, of reads in turn. */
async function measure(
  { name, run }: Read,
  stores: readonly GraphStore[],
  userIds: readonly string[],
): Promise<number[][]> {
  const times = stores.map((): number[] => []);
  for (const [index, userId] of userIds.entries()) {
    const results: string[] = [];
    for (const [store, graph] of stores.entries()) {
      const began = performance.now();
      results.push(JSON.stringify(await run(graph, userId)));
      if (index >= warmUps) times[store]?.push(performance.now() - began);
    }
    if (new Set(results).size > 1) throw new Error(`${name}: the stores differ for ${userId}.`);
  }
  return times;
}

async function pickPeople(source: DataSource): Promise<string[]> {
  const rows: { id: string }[] = await source.query(
    `SELECT p.id FROM generate_series(1, $2::int) AS i
     CROSS JOIN LATERAL (SELECT CASE WHEN i % 10 = 0 THEN i / 10 % 10 ELSE floor(random() * $1)::int END AS n) AS pick
     JOIN bench_person p ON p.n = pick.n ORDER BY i`,
    [size.people, samples + warmUps],
  );
  return rows.map((row) => row.id);
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

async function measureReads(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  const neo4j = await startNeo4j();
  const url = databaseUrl(postgres.url, 'souk_social');
  const open = (poolSize: number): Promise<DataSource> =>
    openDataSource({ url, applicationName: 'bench', poolSize, entities, migrations });
  try {
    const filling = await open(1);
    await populate(filling, size);
    process.stderr.write('PostgreSQL is filled.\n');
    const imported = await importFollows(neo4j.options, readFollows(filling));
    process.stderr.write('Neo4j is filled.\n');
    await filling.destroy();
    const source = await open(4);
    const stores = [new PostgresGraphStore(source.manager), neo4j.connection.store];
    const [top] = await stores[0]!.popularUsers(1);
    const people = await pickPeople(source);
    const [followers] = await stores[0]!.followersCounts([top?.userId ?? '']);
    const lines = [
      `${size.people} people, ${imported} follows, ${size.purchases} purchases, ${samples} samples, ${availableParallelism()} processors; ${followers} follow the most popular`,
      '',
      row(['p50 / p99 in ms', 'PostgreSQL', 'Neo4j', 'aim (p99)']),
      row(['---', '---', '---', '---']),
    ];
    for (const read of readsOf(source)) {
      const times = await measure(read, stores, people);
      const cells = times.map(
        (all) => `${percentile(all, 0.5).toFixed(1)} / ${percentile(all, 0.99).toFixed(1)}`,
      );
      lines.push(row([read.name, ...cells, read.aimMs]));
    }
    process.stdout.write(`${lines.join('\n')}\n`);
    await source.destroy();
  } finally {
    await neo4j.stop();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measureAnnouncement(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  await chmod(directory, 0o711);
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  try {
    const urls = {
      social: databaseUrl(postgres.url, 'souk_social'),
      queue: databaseUrl(postgres.url, 'souk_queue'),
    };
    const source = await openDataSource({
      url: urls.social,
      applicationName: 'bench',
      poolSize: 2,
      entities,
      migrations,
    });
    const result = await announceToAll(source, urls, recipients);
    await source.destroy();
    process.stdout.write(`${reportOf(result).join('\n')}\n`);
    if (
      result.listedTwice + result.listedNever + result.mailedNever > 0 ||
      result.mailedTwice > result.unrecorded
    )
      throw new Error('The announcement did not reach everybody once.');
  } finally {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

function reportOf(result: AnnouncementResult): string[] {
  const whole = (rate: number): string => String(Math.round(rate));
  const kills = result.kills.map(({ listed, mails }) => `${listed} notifications and ${mails} e-mails`);
  return [
    '',
    `An announcement to ${result.recipients} people, in the app and by e-mail; ${availableParallelism()} processors; its process was killed after ${kills.join(', and after ')}`,
    '',
    row(['', 'per second', 'more than once', 'never']),
    row(['---', '---', '---', '---']),
    row(['in the app', whole(result.listedPerSecond), result.listedTwice, result.listedNever]),
    row([
      'by e-mail',
      whole(result.mailsPerSecond),
      `${result.mailedTwice} of ${result.unrecorded} that were not recorded`,
      result.mailedNever,
    ]),
    row(['by e-mail, the SMTP channel alone', whole(result.channelPerSecond), '', '']),
    '',
    `All deliveries had ended after ${result.seconds.toFixed(0)} s, with the leases of the killed processes (2 minutes).`,
  ];
}

async function run(): Promise<void> {
  if (parts.includes('reads')) await measureReads();
  if (parts.includes('announcements')) await measureAnnouncement();
}

run().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
