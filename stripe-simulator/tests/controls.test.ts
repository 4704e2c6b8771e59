import { Script } from 'node:vm';
import { pay, run } from './simulator-harness.js';
import type { Running } from './simulator-harness.js';

let running: Running;
beforeAll(async () => {
  running = await run();
});
afterAll(() => running.stop());

test('the page is one document that loads nothing from elsewhere', async () => {
  const response = await fetch(`${running.origin}/_simulator`);
  const html = await response.text();
  expect(response.headers.get('content-type')).toContain('text/html');
  const policy = response.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
  expect(policy).toContain("default-src 'none'");
  expect(html).toContain(`<script nonce="${nonce}">`);
  expect(html).not.toMatch(/(src|href)=/);
  const script = /<script[^>]*>([\s\S]*)<\/script>/.exec(html)?.[1] ?? '';
  expect(() => new Script(script)).not.toThrow();
});

test('the state shows no client secret and no more than the limit', async () => {
  const paid = await pay(running.stripe, 1000);
  await pay(running.stripe, 2000);
  const text = await (await fetch(`${running.origin}/_simulator/state?limit=1`)).text();
  expect(text).not.toContain('_secret_');
  const state = JSON.parse(text) as { payment_intents: { amount: number }[]; counts: Record<string, number> };
  expect(state.payment_intents.map(({ amount }) => amount)).toEqual([2000]);
  expect(state.counts).toMatchObject({ payment_intent: 2, charge: 2, event: 4 });
  expect(text).not.toContain(paid.id + '"');
  const refused = await fetch(`${running.origin}/_simulator/state?limit=1000000`);
  expect(refused.status).toBe(400);
});

test('controls refuse what they do not know', async () => {
  expect(await running.control('/payment_intents/pi_unknown/authenticate')).toMatchObject({
    status: 404,
    body: { error: { code: 'resource_missing' } },
  });
  const paid = await pay(running.stripe, 1000);
  for (const body of [{ outcome: 'perhaps' }, { outcom: 'fail' }]) {
    expect(await running.control(`/payment_intents/${paid.id}/authenticate`, body)).toMatchObject({
      status: 400,
    });
  }
  expect(await running.control('/webhooks', { paused: 'yes' })).toMatchObject({ status: 400 });
});
