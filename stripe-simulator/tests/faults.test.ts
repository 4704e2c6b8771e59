import type Stripe from 'stripe';
import { eventually, pay, refusal, run, SHORT_PATIENCE_MS } from './simulator-harness.js';
import type { Running } from './simulator-harness.js';

let running: Running;
let stripe: Stripe;

beforeEach(async () => {
  running = await run();
  stripe = running.stripe;
});
afterEach(() => running.stop());

const create = { amount: 1200, currency: 'eur', metadata: { order: 'order_7' } } as const;

describe('idempotency', () => {
  test('the same key and parameters give the same answer, and nothing happens twice', async () => {
    const first = await stripe.paymentIntents.create(create, { idempotencyKey: 'key-1' });
    const second = await stripe.paymentIntents.create(create, { idempotencyKey: 'key-1' });
    expect(second).toEqual(first);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  test('other parameters or another endpoint under the same key are refused', async () => {
    const first = await stripe.paymentIntents.create(create, { idempotencyKey: 'key-2' });
    const changed = stripe.paymentIntents.create({ ...create, amount: 1300 }, { idempotencyKey: 'key-2' });
    expect(await refusal(changed)).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    const elsewhere = stripe.paymentIntents.cancel(first.id, {}, { idempotencyKey: 'key-2' });
    expect(await refusal(elsewhere)).toMatchObject({ type: 'StripeIdempotencyError' });
  });

  test('a decline is replayed; a refusal of the parameters is not stored', async () => {
    const declined = {
      ...create,
      confirm: true,
      payment_method: 'pm_card_chargeDeclined',
      allowed_payment_method_types: ['card'],
    };
    const one = await refusal(stripe.paymentIntents.create(declined, { idempotencyKey: 'key-3' }));
    const two = await refusal(stripe.paymentIntents.create(declined, { idempotencyKey: 'key-3' }));
    expect(two.payment_intent?.id).toBe(one.payment_intent?.id);
    expect(two.charge).toBe(one.charge);

    await refusal(stripe.paymentIntents.create({ ...create, amount: 1 }, { idempotencyKey: 'key-4' }));
    expect((await stripe.paymentIntents.create(create, { idempotencyKey: 'key-4' })).amount).toBe(1200);
  });

  test('while a call runs, its key is in use', async () => {
    // A call that comes too late to meet the slow one is answered like it: another pair is sent.
    let tries = 0;
    const { slow, meanwhile, idempotencyKey } = await eventually('two calls to meet', async () => {
      const key = { idempotencyKey: `key-5-${(tries += 1)}` };
      await running.control('/faults', { kind: 'slow', delay_ms: 300 });
      const first = stripe.paymentIntents.create(create, key);
      await eventually('the slow call has begun', async () => (await running.state()).faults.length === 0);
      const second = await stripe.paymentIntents.create(create, key).then(
        () => null,
        (error: unknown) => error,
      );
      const made = await first;
      return second === null ? null : { slow: made, meanwhile: second, ...key };
    });
    expect(meanwhile).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    const after = await stripe.paymentIntents.create(create, { idempotencyKey });
    expect(after.id).toBe(slow.id);
  });
});

describe('faults', () => {
  test('an answer that never comes has had its effect, and its key gives the answer', async () => {
    await running.control('/faults', { kind: 'timeout_after', count: 1, path: '/v1/payment_intents' });
    const paid = { ...create, confirm: true, payment_method: 'pm_card_visa' };
    const lost = await refusal(
      stripe.paymentIntents.create(
        { ...paid, allowed_payment_method_types: ['card'] },
        { timeout: SHORT_PATIENCE_MS },
      ),
    );
    expect(lost.type).toBe('StripeConnectionError');
    const [made] = (await stripe.paymentIntents.list()).data;
    expect(made).toMatchObject({ status: 'succeeded', amount_received: 1200 });
  });

  test('a call lost on the way back is safely tried again with its key', async () => {
    await running.control('/faults', { kind: 'timeout_after' });
    const options = { idempotencyKey: 'key-lost' };
    await refusal(stripe.paymentIntents.create(create, { ...options, timeout: SHORT_PATIENCE_MS }));
    const again = await stripe.paymentIntents.create(create, options);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await stripe.paymentIntents.list()).data.map(({ id }) => id)).toEqual([again.id]);
  });

  test('a server error has no effect and is replayed under its key; before execution it is not stored', async () => {
    await running.control('/faults', { kind: 'error500' });
    const stored = await refusal(stripe.paymentIntents.create(create, { idempotencyKey: 'key-500' }));
    expect(stored).toMatchObject({ type: 'StripeAPIError', statusCode: 500 });
    const replayed = await refusal(stripe.paymentIntents.create(create, { idempotencyKey: 'key-500' }));
    expect(replayed.headers?.['idempotent-replayed']).toBe('true');
    expect((await stripe.paymentIntents.list()).data).toEqual([]);

    await running.control('/faults', { kind: 'error500', before_execution: true });
    await refusal(stripe.paymentIntents.create(create, { idempotencyKey: 'key-501' }));
    const made = await stripe.paymentIntents.create(create, { idempotencyKey: 'key-501' });
    expect(made.amount).toBe(1200);
  });

  test('a server error after the charge has charged, is replayed under its key, and the events are sent', async () => {
    const intent = await stripe.paymentIntents.create({ ...create, allowed_payment_method_types: ['card'] });
    await running.control('/faults', { kind: 'error500_after', path: '/v1/payment_intents/*/confirm' });
    const confirm = (idempotencyKey: string) =>
      refusal(
        stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }, { idempotencyKey }),
      );
    const failed = await confirm('key-502');
    expect(failed).toMatchObject({ type: 'StripeAPIError', statusCode: 500 });
    expect(failed.headers?.['idempotent-replayed']).toBeUndefined();
    expect(failed.headers?.['stripe-should-retry']).toBe('false');
    expect(failed.payment_intent).toBeUndefined();
    const replayed = await confirm('key-502');
    expect(replayed).toMatchObject({ type: 'StripeAPIError', statusCode: 500 });
    expect(replayed.headers?.['idempotent-replayed']).toBe('true');
    expect(await confirm('key-503')).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'succeeded',
      amount_received: 1200,
    });
    const listed = await stripe.events.list({ types: ['payment_intent.succeeded'] });
    expect(listed.data).toHaveLength(1);

    await running.control('/faults', { kind: 'error500_after', path: '/v1/refunds', method: 'POST' });
    const refund = { payment_intent: intent.id, amount: 500 };
    await refusal(stripe.refunds.create(refund, { idempotencyKey: 'key-504' }));
    await refusal(stripe.refunds.create(refund, { idempotencyKey: 'key-504' }));
    expect((await stripe.refunds.list({ payment_intent: intent.id })).data).toMatchObject([{ amount: 500 }]);
  });

  test('a refusal that is answered with a server error has done nothing', async () => {
    const paid = await pay(stripe, 1200);
    await running.control('/faults', { kind: 'error500_after', path: '/v1/payment_intents/*/cancel' });
    const cancel = () => stripe.paymentIntents.cancel(paid.id, {}, { idempotencyKey: 'key-505' });
    expect(await refusal(cancel())).toMatchObject({ statusCode: 500 });
    expect(await refusal(cancel())).toMatchObject({ statusCode: 500 });
    expect((await stripe.paymentIntents.retrieve(paid.id)).status).toBe('succeeded');
  });

  test('a cut connection has no effect', async () => {
    // The client itself tries once more after a cut connection, whatever its settings.
    await running.control('/faults', { kind: 'reset', count: 2 });
    expect(await refusal(stripe.paymentIntents.create(create))).toMatchObject({
      type: 'StripeConnectionError',
    });
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
  });

  test('a rate limit is reported as such, on the configured calls only', async () => {
    await running.control('/faults', {
      kind: 'rate_limit',
      count: 2,
      method: 'POST',
      path: '/v1/payment_intents/*/confirm',
    });
    const intent = await stripe.paymentIntents.create({
      ...create,
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
    });
    for (let call = 0; call < 2; call += 1) {
      const limited = await refusal(
        stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'key-rate' }),
      );
      expect(limited).toMatchObject({ type: 'StripeRateLimitError', statusCode: 429, code: 'rate_limit' });
    }
    const paid = await stripe.paymentIntents.confirm(intent.id, {}, { idempotencyKey: 'key-rate' });
    expect(paid.status).toBe('succeeded');
  });

  test('a fault that makes no sense is refused', async () => {
    for (const fault of [
      { kind: 'flood' },
      { kind: 'reset', count: 0 },
      { kind: 'reset', often: true },
      {},
    ]) {
      expect(await running.control('/faults', fault)).toMatchObject({ status: 400 });
    }
    expect((await running.state()).faults).toEqual([]);
  });
});
