import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from './checkout/client.js';
import { percentile } from './percentile.js';
import { memoryOfNode } from './process-memory.js';
import { startSouk } from './souk-process.js';
import type { ClientStream, OpenStream } from './subscriptions/streams.js';
import { openEvents, openMany, openSocket } from './subscriptions/streams.js';

// Streams that are open and idle, and how long a change takes to those who listen.

const settleMs = 5_000;
const changes = 20;
const patienceMs = 60_000;

interface Options {
  script: 'start' | 'start:distributed';
  idle: number;
  listening: number;
  /** Over how many listings the idle ones are spread; all of them, where there are fewer. */
  listings: number;
  /** Whether identical subscriptions share a stream. */
  isShared: boolean;
}

interface Figures {
  transport: string;
  idle: number;
  listings: number;
  beforeBytes: number;
  afterBytes: number;
  openedPerSecond: number;
  listening: number;
  latencies: number[];
}

async function measure(
  transport: string,
  open: OpenStream,
  { script, idle, listening, listings: spread, isShared }: Options,
): Promise<Figures> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(dataDir, 0o711);
  const souk = await startSouk(script, {
    DATA_DIR: dataDir,
    SHARE_QUERIES: String(isShared),
    // All listeners come from one address.
    MAX_STREAMS_PER_CLIENT: '20000',
    MAX_STREAMS_PER_ADDRESS: '20000',
  });
  let streams: ClientStream[] = [];
  try {
    const admin = await new Client(souk.url).login('admin@souk.test', 'souk-demo-2026');
    const { nodes } = await admin.run<{ nodes: Listing[] }>(
      '{ listings(first: 50) { nodes { id offers { id availability { onHand } } } } }',
    );
    const listings = nodes.slice(0, spread);
    const watched = nodes.find(({ offers }) => (offers[0]?.availability.onHand ?? null) !== null);
    if (!watched) throw new Error('No listing has stock.');
    // Warm: the operation is planned, the documents are parsed, the bus is connected.
    const subscription = subscriptionTo(watched.id);
    await admin.run('{ __typename }');
    for (const stream of await openMany(50, () => open(souk.url, subscription, () => undefined)))
      stream.close();
    await sleep(settleMs);
    const node = (): number => memoryOfNode(souk.pid);
    const beforeBytes = node();
    const startedAt = performance.now();
    streams = await openMany(idle, (index) => {
      const listing = listings[index % listings.length] ?? watched;
      return open(souk.url, subscriptionTo(listing.id), () => undefined);
    });
    const openedPerSecond = (idle / (performance.now() - startedAt)) * 1_000;
    await sleep(settleMs);
    const afterBytes = node();
    for (const stream of streams.splice(0)) stream.close();
    await sleep(settleMs);
    const latencies = await latenciesOf(souk.url, admin, watched, open, listening);
    return {
      transport: transport,
      idle,
      listings: listings.length,
      beforeBytes,
      afterBytes,
      openedPerSecond,
      listening,
      latencies,
    };
  } finally {
    for (const stream of streams) stream.close();
    await souk.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Listing {
  id: string;
  offers: { id: string; availability: { onHand: number | null } }[];
}

const subscriptionTo = (id: string): string =>
  `subscription { availabilityChanged(listingId: "${id}") { id title offers { id availability { available status } } } }`;

/** Latencies from sending a change to each listener's event, the change's own transaction included. */
async function latenciesOf(
  url: string,
  admin: Client,
  { id, offers }: Listing,
  open: OpenStream,
  listening: number,
): Promise<number[]> {
  const latencies: number[] = [];
  let received = 0;
  let sentAt = 0;
  const streams = await openMany(listening, () =>
    open(url, subscriptionTo(id), () => {
      received += 1;
      latencies.push(performance.now() - sentAt);
    }),
  );
  try {
    for (let change = 0; change < changes; change += 1) {
      received = 0;
      sentAt = performance.now();
      await admin.run(
        'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { userErrors { code message } } }',
        {
          input: {
            offerId: offers[0]?.id,
            delta: 1,
            reason: 'A bench.',
            idempotencyKey: crypto.randomUUID(),
          },
        },
      );
      while (received < listening) {
        if (performance.now() - sentAt > patienceMs)
          throw new Error(`Only ${received} of ${listening} streams received the change.`);
        await sleep(5);
      }
    }
  } finally {
    for (const stream of streams) stream.close();
  }
  return latencies;
}

function report(all: readonly Figures[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;
  const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} kB`;
  const ms = (value: number): string => `${Math.round(value)} ms`;
  return [
    `Node ${process.version}, ${availableParallelism()} cores, load of the machine at the end ${(loadavg()[0] ?? 0).toFixed(1)}`,
    '',
    row([
      'transport',
      'idle streams',
      'of listings',
      'RSS before',
      'RSS with them',
      'each',
      'opened per second',
      'listening',
      'event p50',
      'p99',
    ]),
    row(Array.from({ length: 10 }, () => '---')),
    ...all.map((f) =>
      row([
        f.transport,
        f.idle.toLocaleString('en'),
        String(f.listings),
        megabytes(f.beforeBytes),
        megabytes(f.afterBytes),
        kilobytes((f.afterBytes - f.beforeBytes) / f.idle),
        String(Math.round(f.openedPerSecond)),
        f.listening.toLocaleString('en'),
        ms(percentile(f.latencies, 0.5)),
        ms(percentile(f.latencies, 0.99)),
      ]),
    ),
    '',
  ].join('\n');
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      idle: { type: 'string', default: '10000' },
      listening: { type: 'string', default: '1000' },
      distributed: { type: 'boolean', default: false },
      listings: { type: 'string', default: '50' },
      unshared: { type: 'boolean', default: false },
    },
  });
  const options: Options = {
    script: values.distributed ? 'start:distributed' : 'start',
    idle: Number(values.idle),
    listening: Number(values.listening),
    listings: Number(values.listings),
    isShared: !values.unshared,
  };
  const all = [
    await measure('Server-Sent Events', openEvents, options),
    await measure('WebSocket', openSocket, options),
  ];
  process.stdout.write(report(all));
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
