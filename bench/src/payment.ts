import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { createApp } from '@souk/payment/app';
import { entities, migrations } from '@souk/payment/database';
import { systemClock } from '@souk/shared/clock';
import { noStoredSettings } from '@souk/shared/system-setting';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import { databaseUrl } from '@souk/shared/postgres';
import type { QueueConnection } from '@souk/shared/queue/connection';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import type { CommandEnvelope } from '@souk/shared/contracts/saga-envelope';
import { replyEnvelope } from '@souk/shared/contracts/saga-envelope';
import { countJobs } from '@souk/shared/queue/schedule';
import { startPostgres } from '@souk/standalone/postgres/server';
import { createSimulator } from 'souk-stripe-simulator/app';
import Stripe from 'stripe';
import { percentile } from './percentile.js';

// `npm run bench:payment`: payment alone, on embedded PostgreSQL, its queue on the same, and the simulator, all in this
// process. Beside each figure, in the same run, what the same machine does without Souk: the webhook's peer checks the
// signature and answers, the payments' peer makes the same two calls of the stripe client and writes nothing down.

const webhooks = 4_000;
const payments = 400;
const concurrency = 16;
const webhookSecret = 'whsec_bench';

interface Figures {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Does something `count` times, so many at once; the first tenth warms up and does not count. */
async function measure(count: number, work: (number: number) => Promise<unknown>): Promise<Figures> {
  const warmUp = Math.floor(count / 10);
  await each(warmUp, work);
  const times: number[] = [];
  const began = performance.now();
  await each(count, async (number) => {
    const start = performance.now();
    await work(warmUp + number);
    times.push(performance.now() - start);
  });
  const seconds = (performance.now() - began) / 1_000;
  return { perSecond: count / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

async function each(count: number, work: (number: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const loop = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
}

async function listen(handler: express.Express): Promise<{ server: Server; port: number }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** An event of a payment that is not ours: it is stored, queued, and then found to belong to no payment. */
function signedEvent(): { body: string; signature: string } {
  const body = JSON.stringify({
    id: `evt_${randomUUID()}`,
    object: 'event',
    type: 'payment_intent.succeeded',
    created: Math.floor(Date.now() / 1_000),
    data: { object: { id: `pi_${randomUUID()}`, object: 'payment_intent', metadata: {} } },
  });
  const at = Math.floor(Date.now() / 1_000);
  const digest = createHmac('sha256', webhookSecret).update(`${at}.${body}`).digest('hex');
  return { body, signature: `t=${at},v1=${digest}` };
}

async function post(port: number): Promise<void> {
  const { body, signature } = signedEvent();
  const response = await fetch(`http://127.0.0.1:${port}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body,
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`The webhook answered ${response.status}.`);
}

/** The least a webhook endpoint must do: read the raw body, verify the signature, respond. */
function webhookPeer(): express.Express {
  const stripe = new Stripe('sk_test_bench');
  const app = express();
  app.post('/webhooks/stripe', express.raw({ type: () => true }), (request, response) => {
    stripe.webhooks.constructEvent(
      request.body as Buffer,
      request.get('stripe-signature') ?? '',
      webhookSecret,
    );
    response.json({ received: true });
  });
  return app;
}

function paymentPeer(port: number): () => Promise<void> {
  const stripe = new Stripe('sk_test_bench', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  });
  return async () => {
    const intent = await stripe.paymentIntents.create(
      { amount: 2_500, currency: 'eur', allowed_payment_method_types: ['card'] },
      { idempotencyKey: randomUUID() },
    );
    const confirmed = await stripe.paymentIntents.confirm(
      intent.id,
      { payment_method: 'pm_card_visa' },
      { idempotencyKey: randomUUID() },
    );
    if (confirmed.status !== 'succeeded') throw new Error(`The payment is ${confirmed.status}.`);
  };
}

async function run(): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), 'souk-bench-'));
  // The database's user has to pass when this runs as root.
  await chmod(directory, 0o711);
  const log = createLog('bench', 'error');
  const postgres = await startPostgres({ dataDir: directory, log: () => undefined });
  const simulator = await createSimulator({ dataDir: null, webhookSecret });
  const simulated = await listen(express().use(simulator.api));
  const source = await openDataSource({
    url: databaseUrl(postgres.url, 'souk_payment'),
    applicationName: 'bench-payment',
    poolSize: 20,
    entities,
    migrations,
  });
  const queues = await connectQueues({ postgresUrl: databaseUrl(postgres.url, 'souk_queue') }, log);
  const sender = new MessageSender(queues);
  const app = await createApp(
    {
      source,
      queues,
      sender,
      verifyToken: () => Promise.reject(new Error('Nobody calls.')),
      gatewaySecret: null,
      clock: systemClock,
      log,
      settings: noStoredSettings,
      states: () => ({ read: () => Promise.reject(new Error('Account is not part of this benchmark.')) }),
      concurrency: concurrency,
    },
    {
      stripe: {
        secretKey: 'sk_test_bench',
        publishableKey: 'pk_test_bench',
        webhookSecrets: [webhookSecret],
        apiBase: `http://127.0.0.1:${simulated.port}`,
      },
      cardTimeoutMinutes: 30,
      manual: { BANK_TRANSFER: null, VIRTUAL_ACCOUNT: null, E_WALLET: null },
    },
  );
  const answers = new Map<string, (kind: string) => void>();
  const collector = new MessageWorker(
    queues,
    'order',
    {
      reply: (body) => {
        const { sagaId, outcome } = replyEnvelope.parse(body);
        answers.get(sagaId)?.(outcome.kind);
        return Promise.resolve();
      },
    },
    { concurrency, log },
  );
  try {
    if (!app.router) throw new Error('Payment has a webhook.');
    const webhookServer = await listen(express().use(app.router));
    const peerServer = await listen(webhookPeer());
    // Measures receiving alone: queued events are processed afterwards.
    const intakePeer = await measure(webhooks, () => post(peerServer.port));
    const intake = await measure(webhooks, () => post(webhookServer.port));

    await app.start();
    await collector.ready();
    await untilWorked(queues);
    const peer = await measure(payments, paymentPeer(simulated.port));
    const paid = await measure(payments, () => pay(sender, answers));
    process.stdout.write(report({ intake, intakePeer, paid, peer }));
    await shut(webhookServer.server);
    await shut(peerServer.server);
  } finally {
    await app.close();
    await collector.close();
    await sender.close();
    await queues.close();
    await simulator.close();
    await shut(simulated.server);
    await postgres.discard();
    await rm(directory, { recursive: true, force: true });
  }
}

/** One PROCESS_PAYMENT through the queue, until its reply arrives. */
async function pay(sender: MessageSender, answers: Map<string, (kind: string) => void>): Promise<void> {
  const sagaId = newId();
  const command: CommandEnvelope = {
    sagaId,
    transactionId: 'SAGA-BENCH',
    position: 0,
    step: 'PROCESS_PAYMENT',
    direction: 'do',
    command: paymentCommands.processPayment.name,
    payload: {
      orderId: newId(),
      orderNumber: 'S-BENCH',
      userId: newId(),
      amount: { amount: 2_500, currency: 'EUR' },
      method: 'CREDIT_CARD',
      paymentMethodToken: 'pm_card_visa',
      returnUrl: null,
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
      lines: [{ partnerId: newId(), amount: 2_500 }],
    },
    replyTo: 'order',
  };
  const answered = new Promise<string>((resolve) => answers.set(sagaId, resolve));
  await sender.send([{ queue: 'payment', name: 'command', body: command }]);
  const kind = await answered;
  answers.delete(sagaId);
  if (kind !== 'done') throw new Error(`A payment was ${kind}.`);
}

/** Until what the webhook queued is worked, so that it takes nothing from the payments. */
async function untilWorked(queues: QueueConnection): Promise<void> {
  for (;;) {
    if ((await countJobs(queues.queue('payment'))) === 0) return;
    await sleep(100);
  }
}

async function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function report(all: Record<'intake' | 'intakePeer' | 'paid' | 'peer', Figures>): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const line = (label: string, { perSecond, p50, p99 }: Figures): string =>
    row([label, perSecond.toFixed(0), `${p50.toFixed(1)} ms`, `${p99.toFixed(1)} ms`]);
  return [
    `Node ${process.version}, ${availableParallelism()} cores, ${concurrency} at once, one process with PostgreSQL and simulator beside it`,
    '',
    row(['', 'per second', 'p50', 'p99']),
    row(['---', '---', '---', '---']),
    line(`webhooks taken in (${webhooks})`, all.intake),
    line('  peer: signature and answer only', all.intakePeer),
    line(`payments from command to reply (${payments})`, all.paid),
    line('  peer: the same two calls, nothing stored', all.peer),
    '',
  ].join('\n');
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
