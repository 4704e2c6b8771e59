import type Stripe from 'stripe';
import { client, pay, refusal, run } from './simulator-harness.js';
import type { Running } from './simulator-harness.js';

let running: Running;
let stripe: Stripe;

beforeAll(async () => {
  running = await run();
  stripe = running.stripe;
});
afterAll(() => running.stop());

/** A call as no typed client would make it. */
async function post(path: string, form: string, headers: Record<string, string> = {}) {
  const response = await fetch(running.origin + path, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk_test_of_the_tests',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: form,
  });
  const { error } = (await response.json()) as { error: Record<string, unknown> };
  return { status: response.status, ...error };
}

test.each([
  ['amount=100', 'parameter_missing', 'currency'],
  ['currency=eur', 'parameter_missing', 'amount'],
  ['amount=&currency=eur', 'parameter_invalid_empty', 'amount'],
  ['amount=1.5&currency=eur', 'parameter_invalid_integer', 'amount'],
  ['amount=abc&currency=eur', 'parameter_invalid_integer', 'amount'],
  ['amount=0&currency=eur', 'parameter_invalid_integer', 'amount'],
  ['amount=-100&currency=eur', 'parameter_invalid_integer', 'amount'],
  ['amount=9007199254740993&currency=eur', 'parameter_invalid_integer', 'amount'],
  ['amount=49&currency=eur', 'amount_too_small', 'amount'],
  ['amount=29&currency=gbp', 'amount_too_small', 'amount'],
  ['amount=49&currency=jpy', 'amount_too_small', 'amount'],
  ['amount=100000000&currency=eur', 'amount_too_large', 'amount'],
  ['amount=100&currency=xxx', undefined, 'currency'],
  ['amount=5124&currency=kwd', undefined, 'amount'],
  ['amount=550&currency=isk', undefined, 'amount'],
  ['amount=100&currency=eur&colour=red', 'parameter_unknown', 'colour'],
  ['amount=100&currency=eur&__proto__x=1', 'parameter_unknown', '__proto__x'],
  ['amount=100&currency=eur&toString=1', 'parameter_unknown', 'toString'],
  [
    'amount=100&currency=eur&automatic_payment_methods[enabled]=true&automatic_payment_methods[x]=1',
    'parameter_unknown',
    'automatic_payment_methods[x]',
  ],
  [
    'amount=100&currency=eur&payment_method_types[]=card',
    'payment_method_types_no_longer_supported',
    'payment_method_types',
  ],
  [
    'amount=100&currency=eur&allowed_payment_method_types[]=card&automatic_payment_methods[enabled]=true',
    'parameters_exclusive',
    'allowed_payment_method_types',
  ],
  [
    'amount=100&currency=eur&allowed_payment_method_types[]=klarna',
    undefined,
    'allowed_payment_method_types',
  ],
  [
    'amount=100&currency=eur&confirm=true&payment_method=pm_card_visa&error_on_requires_action=true',
    undefined,
    'error_on_requires_action',
  ],
  ['amount=100&currency=eur&confirm=true&payment_method=pm_card_visa', undefined, 'return_url'],
  ['amount=100&currency=eur&confirm=true', 'payment_intent_unexpected_state', undefined],
  ['amount=100&currency=eur&customer=cus_1', undefined, 'customer'],
  ['amount=100&currency=eur&confirm=maybe', undefined, 'confirm'],
  ['amount=100&currency=eur&capture_method=later', undefined, 'capture_method'],
  ['amount=100&currency=eur&return_url=https://shop.example', undefined, 'return_url'],
  [`amount=100&currency=eur&metadata[${'k'.repeat(41)}]=v`, undefined, `metadata[${'k'.repeat(41)}]`],
  [`amount=100&currency=eur&metadata[k]=${'v'.repeat(501)}`, undefined, 'metadata[k]'],
  ['amount=100&currency=eur&payment_method=pm_card_unknown', 'resource_missing', 'payment_method'],
  ['amount=100&currency=eur&payment_method=constructor', 'resource_missing', 'payment_method'],
  ['amount=100&currency=eur&expand[]=wallet', undefined, 'expand'],
])('a PaymentIntent from %s is refused', async (form, code, param) => {
  const before = await running.state();
  expect(await post('/v1/payment_intents', form)).toMatchObject({
    status: 400,
    type: 'invalid_request_error',
    message: expect.stringMatching(/\S/) as unknown,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code, doc_url: expect.stringContaining('stripe.com') as unknown }),
  });
  expect((await running.state()).payment_intents).toEqual(before.payment_intents);
});

test('the smallest and the largest amount are accepted', async () => {
  for (const [amount, currency] of [
    [50, 'eur'],
    [30, 'gbp'],
    [50, 'jpy'],
    [5120, 'kwd'],
    [99_999_999, 'usd'],
  ] as const) {
    const made = await stripe.paymentIntents.create({ amount, currency });
    expect(made).toMatchObject({ amount, currency });
  }
});

test('server-side confirmation asks for a return_url unless redirects are ruled out', async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 100,
    currency: 'eur',
    payment_method: 'pm_card_visa',
  });
  expect(await refusal(stripe.paymentIntents.confirm(intent.id))).toMatchObject({
    type: 'StripeInvalidRequestError',
    param: 'return_url',
  });
  const paid = await stripe.paymentIntents.confirm(intent.id, { return_url: 'https://shop.example' });
  expect(paid.status).toBe('succeeded');
});

test('unknown ids are 404', async () => {
  for (const call of [
    stripe.paymentIntents.retrieve('pi_unknown'),
    stripe.paymentIntents.confirm('pi_unknown'),
    stripe.paymentIntents.capture('pi_unknown'),
    stripe.paymentIntents.cancel('pi_unknown'),
    stripe.refunds.retrieve('re_unknown'),
    stripe.refunds.create({ payment_intent: 'pi_unknown' }),
    stripe.charges.retrieve('ch_unknown'),
    stripe.events.retrieve('evt_unknown'),
  ]) {
    expect(await refusal(call)).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  }
});

test('paths that are not played are 404, in Stripe’s shape', async () => {
  const error = await refusal(stripe.customers.create({ email: 'buyer@souk.test' }));
  expect(error).toMatchObject({ statusCode: 404, type: 'StripeInvalidRequestError' });
  expect(error.message).toContain('Unrecognized request URL (POST: /v1/customers)');
});

test('a body that is not a form is refused', async () => {
  expect(
    await post('/v1/payment_intents', '{"amount":100}', { 'content-type': 'application/json' }),
  ).toMatchObject({
    status: 400,
    type: 'invalid_request_error',
  });
  const huge = `amount=100&currency=eur&description=${'x'.repeat(2_000_000)}`;
  expect(await post('/v1/payment_intents', huge)).toMatchObject({
    status: 413,
    type: 'invalid_request_error',
  });
});

test('a key is required, and where one is set, only that one is accepted', async () => {
  const anonymous = await post('/v1/payment_intents', 'amount=100&currency=eur', { authorization: '' });
  expect(anonymous).toMatchObject({ status: 401, type: 'invalid_request_error' });

  const guarded = await run({ secretKey: 'sk_test_the_right_one' });
  try {
    const port = Number(new URL(guarded.origin).port);
    const error = await refusal(pay(client(port, 'sk_test_the_wrong_one'), 100));
    expect(error).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
    expect(error.message).not.toContain('the_wrong');
    expect((await pay(client(port, 'sk_test_the_right_one'), 100)).status).toBe('succeeded');
    const basic = Buffer.from('sk_test_the_right_one:').toString('base64');
    const listed = await fetch(`${guarded.origin}/v1/refunds`, {
      headers: { authorization: `Basic ${basic}` },
    });
    expect(listed.status).toBe(200);
  } finally {
    await guarded.stop();
  }
});
