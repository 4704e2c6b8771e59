import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '@souk/catalog/app';
import { entities, migrations } from '@souk/catalog/database';
import { scopes } from '@souk/shared/auth/scopes';
import { systemClock } from '@souk/shared/clock';
import { openDataSource } from '@souk/shared/db/data-source';
import type { SubgraphApp } from '@souk/shared/graph/app';
import { eventsOf } from '@souk/shared/graph/subscription';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import { databaseUrl } from '@souk/shared/postgres';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { noStoredSettings } from '@souk/shared/system-setting';
import { startPostgres } from '@souk/standalone/postgres/server';
import pg from 'pg';
import { percentile } from './percentile.js';
import { execute, makeEvent } from './seats/event.js';
import type { Hold } from './seats/hand-written-hold.js';
import { handWrittenHold } from './seats/hand-written-hold.js';
import type { Sale } from './seats/sale.js';
import { sellAll } from './seats/sale.js';

// `npm run bench:seats`: 40,000 buyers want one of 20,000 seats each, 128 of them at once, while a visitor watches the
// seats. Then every held seat is sold. Catalog alone, on embedded PostgreSQL, called as its gateway calls it in one process.
// The peer holds the same seats for the same buyers on the same PostgreSQL with SELECT ... FOR UPDATE and UPDATE, as
// one writes it by hand: without GraphQL, limits per buyer and event, events and notifications.

const rows = 200;
const seatsPerRow = 100;
const buyers = 40_000;
const concurrency = 128;
const poolSize = 16;
/** The last changes are sent within 100 ms on an idle machine. */
const watchedWithinMs = 10_000;

interface Figures {
  perSecond: number;
  held: number;
  refused: number;
  p50: number;
  p99: number;
}

/** Each buyer wants one seat of all at random, and is refused where somebody else has it. */
async function rush(users: readonly string[], wanted: readonly string[], hold: Hold): Promise<Figures> {
  const times: number[] = [];
  let held = 0;
  let next = 0;
  const buyer = async (): Promise<void> => {
    while (next < users.length) {
      const turn = next++;
      const began = performance.now();
      if (await hold(users[turn] ?? '', wanted[turn] ?? '')) held += 1;
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: concurrency }, buyer));
  const perSecond = users.length / ((performance.now() - began) / 1_000);
  return {
    perSecond,
    held,
    refused: users.length - held,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

async function run(): Promise<void> {
  const log = createLog('bench', 'silent');
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  const url = databaseUrl(postgres.url, 'souk_catalog');
  const source = await openDataSource({ url, applicationName: 'bench', poolSize, entities, migrations });
  const queues = await connectQueues({ postgresUrl: databaseUrl(postgres.url, 'souk_queue') }, log);
  const sender = new MessageSender(queues);
  const app = await createApp({
    source,
    queues,
    sender,
    // A token is its user's id: verifying signatures is not measured here.
    verifyToken: (token) =>
      Promise.resolve({
        userId: token,
        sessionId: token,
        roles: ['USER', 'ADMIN'],
        scopes: new Set(scopes),
        mfaAt: null,
        expiresAt: new Date(Date.now() + 86_400_000),
      }),
    gatewaySecret: null,
    clock: systemClock,
    log,
    settings: noStoredSettings,
    states: () => ({ read: () => Promise.reject(new Error('Account is not part of this benchmark.')) }),
    concurrency: 8,
  });
  const peer = new pg.Pool({ connectionString: databaseUrl(postgres.url, 'souk_queue'), max: poolSize });
  try {
    await app.start();
    const { listingId, offerId, seatIds } = await makeEvent(app, source, { rows, seatsPerRow });
    const users = Array.from({ length: buyers }, () => newId());
    const wanted = users.map(() => seatIds[Math.floor(Math.random() * seatIds.length)] ?? '');
    const byHand = await handWrittenHold(peer, seatIds);
    const peerFigures = await rush(users, wanted, byHand);
    const seen = await watch(app, listingId);
    const figures = await rush(users, wanted, (userId, seatId) => hold(app, userId, seatId));
    const watched = await seen(figures.held);
    const sale = await sellAll(source, offerId);
    process.stdout.write(report(figures, peerFigures, watched, sale));
  } finally {
    await app.close();
    await peer.end();
    await sender.close();
    await queues.close();
    await postgres.discard();
    await rm(directory, { recursive: true, force: true });
  }
}

async function hold(app: SubgraphApp, userId: string, seatId: string): Promise<boolean> {
  const { holdSeats } = (await execute(
    app,
    userId,
    'mutation ($seatIds: [ID!]!) { holdSeats(seatIds: $seatIds) { heldUntil userErrors { code } } }',
    { seatIds: [seatId] },
  )) as { holdSeats: { heldUntil: string | null; userErrors: { code: string }[] } };
  const [refusal] = holdSeats.userErrors;
  if (refusal && refusal.code !== 'SEAT_UNAVAILABLE') throw new Error(`A hold was refused: ${refusal.code}.`);
  return holdSeats.heldUntil !== null;
}

interface Watched {
  events: number;
  bytes: number;
  seats: number;
}

/** Watches the seats; the function returned ends it once so many seats were seen, or after some seconds. */
async function watch(app: SubgraphApp, listingId: string): Promise<(seats: number) => Promise<Watched>> {
  const seen = { events: 0, bytes: 0, seats: new Set<number>() };
  const stream = eventsOf(
    await app.subscribe({
      query: 'subscription ($id: ID!) { seatsChanged(eventId: $id) { since revision states changes } }',
      variables: { id: listingId },
      headers: {},
    }),
  );
  const reading = (async (): Promise<void> => {
    for await (const event of stream) {
      seen.events += 1;
      seen.bytes += JSON.stringify(event).length;
      const { states, changes } = (event.data as { seatsChanged: SeatChanges }).seatsChanged;
      for (const [index] of changes) seen.seats.add(index);
      for (const index of states === null ? [] : heldSeats(states)) seen.seats.add(index);
    }
  })();
  return async (seats) => {
    const deadline = performance.now() + watchedWithinMs;
    while (seen.seats.size < seats && performance.now() < deadline) await sleep(100);
    await stream.return?.();
    await reading;
    return { events: seen.events, bytes: seen.bytes, seats: seen.seats.size };
  };
}

interface SeatChanges {
  states: string | null;
  changes: [index: number, state: number][];
}

/** The seats of packed states that are not free. */
function heldSeats(states: string): number[] {
  const bytes = Buffer.from(states, 'base64');
  const indexes = Array.from({ length: bytes.length * 4 }, (_, index) => index);
  return indexes.filter((index) => (((bytes[index >> 2] ?? 0) >> (2 * (index & 3))) & 3) !== 0);
}

function report(souk: Figures, peer: Figures, watched: Watched, sale: Sale): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const line = (label: string, { perSecond, held, refused, p50, p99 }: Figures): string =>
    row([
      label,
      perSecond.toFixed(0),
      String(held),
      String(refused),
      `${p50.toFixed(1)} ms`,
      `${p99.toFixed(1)} ms`,
    ]);
  return [
    `Node ${process.version}, ${availableParallelism()} cores, ${rows * seatsPerRow} seats, ${buyers} buyers, ${concurrency} at once, one process with PostgreSQL beside it`,
    '',
    row(['', 'attempts per second', 'held', 'refused', 'p50', 'p99']),
    row(['---', '---', '---', '---', '---', '---']),
    line('holdSeats', souk),
    line('  peer: SELECT ... FOR UPDATE by hand', peer),
    '',
    `A visitor received ${watched.events} events with ${watched.seats} seats, ${(watched.bytes / Math.max(1, watched.seats)).toFixed(1)} bytes each.`,
    `${sale.sold} seats were sold to their holders in ${sale.seconds.toFixed(1)} s, ${sale.refused} attempts to sell them to others refused, ${sale.wrong} double sales.`,
    '',
  ].join('\n');
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
