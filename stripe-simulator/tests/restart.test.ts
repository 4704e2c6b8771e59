import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator } from '../src/app.js';
import { eventually, pay, receive, refusal, run, WEBHOOK_SECRET } from './simulator-harness.js';

let directory: string;
let journal: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stripe-simulator-'));
  journal = join(directory, 'journal.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true }));

test('everything acknowledged is there after a death in the middle of a write', async () => {
  const before = await run({ dataDir: directory });
  const { stripe } = before;
  const paid = await pay(stripe, 10_000, 'pm_card_visa', { metadata: { order: 'order_1' } });
  const refund = await stripe.refunds.create({ payment_intent: paid.id, amount: 1000 });
  const waiting = await pay(stripe, 500, 'pm_card_authenticationRequired');
  const keyed = await stripe.paymentIntents.create(
    { amount: 700, currency: 'eur' },
    { idempotencyKey: 'key-1' },
  );
  const { totals } = await before.state();
  // A process killed while writing leaves the file with half a line at its end.
  const left = readFileSync(journal, 'utf8');
  const half = '[["payment_intent",{"id":"pi_half","intent":{"id":"pi_ha';
  await before.stop();
  writeFileSync(journal, left + half);

  const lines: string[] = [];
  const after = await run({ dataDir: directory, log: (line) => lines.push(line) });
  try {
    expect(lines).toEqual([expect.stringContaining('torn')]);
    expect(await after.stripe.paymentIntents.retrieve(paid.id)).toEqual(paid);
    expect(await after.stripe.refunds.retrieve(refund.id)).toEqual(refund);
    expect((await after.state()).totals).toEqual(totals);
    expect((await refusal(after.stripe.paymentIntents.retrieve('pi_half'))).statusCode).toBe(404);
    expect((await after.stripe.paymentIntents.list()).data.map(({ id }) => id)).toEqual([
      keyed.id,
      waiting.id,
      paid.id,
    ]);
    const replayed = await after.stripe.paymentIntents.create(
      { amount: 700, currency: 'eur' },
      { idempotencyKey: 'key-1' },
    );
    expect(replayed).toEqual(keyed);
    expect(await after.control(`/payment_intents/${waiting.id}/authenticate`)).toMatchObject({
      body: { status: 'succeeded' },
    });
    const rest = await after.stripe.refunds.create({ payment_intent: paid.id });
    expect(rest.amount).toBe(9000);
  } finally {
    await after.stop();
  }
});

test('the journal is compacted at start and can be read again', async () => {
  const first = await run({ dataDir: directory });
  const intent = await first.stripe.paymentIntents.create({ amount: 500, currency: 'eur' });
  for (let count = 0; count < 30; count += 1) {
    await first.stripe.paymentIntents.update(intent.id, { metadata: { count: String(count) } });
  }
  await first.stop();
  const before = readFileSync(journal, 'utf8').split('\n').length;
  for (let start = 0; start < 2; start += 1) {
    const next = await run({ dataDir: directory });
    expect((await next.stripe.paymentIntents.retrieve(intent.id)).metadata).toEqual({ count: '29' });
    await next.stop();
  }
  const records = readFileSync(journal, 'utf8').split('\n');
  expect(records.filter((line) => line.startsWith('[["payment_intent"'))).toHaveLength(1);
  expect(before).toBeGreaterThan(30);
});

test('a key is forgotten a day after its use', async () => {
  const first = await run({ dataDir: directory });
  const params = { amount: 700, currency: 'eur' };
  const made = await first.stripe.paymentIntents.create(params, { idempotencyKey: 'key-1' });
  await first.stop();
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000;
  writeFileSync(journal, readFileSync(journal, 'utf8').replace(/"createdAt":\d+/g, `"createdAt":${dayAgo}`));
  const second = await run({ dataDir: directory });
  const again = await second.stripe.paymentIntents.create(params, { idempotencyKey: 'key-1' });
  await second.stop();
  expect(again.id).not.toBe(made.id);
});

test('what was not delivered before is delivered after the restart, and what was is not', async () => {
  const receiver = await receive();
  const first = await run({ dataDir: directory, webhookUrl: receiver.url });
  const delivered = await first.stripe.paymentIntents.create({ amount: 500, currency: 'eur' });
  await eventually(
    'the first delivery',
    async () => (await first.state()).deliveries[0]?.state === 'delivered',
  );
  await first.control('/webhooks', { paused: true });
  const undelivered = await first.stripe.paymentIntents.create({ amount: 600, currency: 'eur' });
  await first.stop();

  const second = await run({ dataDir: directory });
  try {
    second.simulator.setWebhookUrl(receiver.url);
    await second.control('/webhooks', { paused: false });
    await eventually('the second delivery', () => receiver.received.length === 2);
    const objects = receiver.events().map((event) => (event.data.object as { id: string }).id);
    expect(objects).toEqual([delivered.id, undelivered.id]);
    const last = receiver.received[1];
    const signature = last?.headers['stripe-signature'] as string;
    expect(second.stripe.webhooks.constructEvent(last?.body ?? '', signature, WEBHOOK_SECRET).type).toBe(
      'payment_intent.created',
    );
  } finally {
    await second.stop();
    await receiver.stop();
  }
});

test('a journal damaged in its middle stops the start rather than losing what follows', async () => {
  const first = await run({ dataDir: directory });
  await pay(first.stripe, 500);
  await first.stop();
  const [header, ...steps] = readFileSync(journal, 'utf8').split('\n');
  writeFileSync(journal, [header, steps[0]?.slice(0, 40), ...steps.slice(1)].join('\n'));
  appendFileSync(
    journal,
    `${JSON.stringify([['setting', { id: 'webhooks', paused: false, duplicate: false }]])}\n`,
  );
  await expect(createSimulator({ dataDir: directory, webhookSecret: WEBHOOK_SECRET })).rejects.toThrow(
    /line 2 is damaged/,
  );
});
