import { orderEvents } from '@souk/shared/contracts/order';
import { newId } from '@souk/shared/ids';
import { smsStatusUrl } from '@souk/social/channels/sms-webhook';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { SmsProvider } from './support/sms-provider.js';
import type { NotificationResult } from './support/social.js';
import { serveEndpoints } from '../../../tests/support/serve-endpoints.js';
import { addKnownUser, dataOf, notificationsOf, startSocial } from './support/social.js';

const provider = new SmsProvider();
const publicUrl = 'https://souk.example';
const token = 'the token of the account';
let social: SubgraphUnderTest;
let endpoints: Awaited<ReturnType<typeof serveEndpoints>>;
let numbers = 0;

beforeAll(async () => {
  const url = await provider.listen();
  social = await startSocial(() => null, {
    smtpUrl: null,
    mailFrom: 'shop@souk.example',
    publicUrl,
    push: null,
    sms: { url, account: 'AC1', token, from: '+4915100000000' },
  });
  endpoints = await serveEndpoints(social);
});
afterEach(() => {
  provider.onRequest = () => null;
});
afterAll(async () => {
  endpoints.close();
  await social.close();
  await provider.close();
});

/** A user who gets refunds by text message alone. */
async function recipient(phone?: string | null): Promise<TestUser & { phone: string }> {
  const user = social.user();
  numbers += 1;
  const own = phone === undefined ? `+49151${String(numbers).padStart(8, '0')}` : phone;
  await addKnownUser(social, user.userId, { phone: own, locale: 'de' });
  const result = await social.run(
    'mutation { setNotificationPreference(type: ORDER_REFUNDED, channels: [IN_APP, SMS]) { userErrors { code } } }',
    {},
    user,
  );
  expect(dataOf(result)).toEqual({ setNotificationPreference: { userErrors: [] } });
  return { ...user, phone: own ?? '' };
}

async function refund({ userId }: TestUser): Promise<void> {
  const orderId = newId();
  await social.send(
    eventMessage('social', orderEvents.orderRefunded, orderId, {
      userId,
      orderId,
      orderNumber: 'S-ABCDEFGH',
      refunded: { amount: 700, currency: 'EUR' },
      position: 1,
    }),
  );
}

async function smsDelivery(
  user: TestUser,
  status: string,
): Promise<NotificationResult['deliveries'][number]> {
  return until(`the delivery to be ${status}`, async () => {
    const [newest] = await notificationsOf(social, user);
    return newest?.deliveries.find((each) => each.channel === 'SMS' && each.status === status);
  });
}

it('sends a text message, in the language of its recipient, and records that it arrived', async () => {
  const user = await recipient('+49 (151) 777-00000');
  await refund(user);
  const { path, authorization, parameters } = await provider.messageTo('+4915177700000');
  expect(path).toBe('/2010-04-01/Accounts/AC1/Messages.json');
  expect(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()).toBe(`AC1:${token}`);
  expect(parameters).toMatchObject({ From: '+4915100000000' });
  expect(parameters['Body']).toBe(
    'Deine Bestellung S-ABCDEFGH wurde erstattet\nWir haben 7,00\u00a0€ auf dein ursprüngliches Zahlungsmittel erstattet.',
  );
  await smsDelivery(user, 'SENT');

  const callback = parameters['StatusCallback'] ?? '';
  const { pathname, search } = new URL(callback);
  const post = async (init: RequestInit, query = search): Promise<number> =>
    (await fetch(`${endpoints.url}${pathname}${query}`, init)).status;
  const delivered = { MessageStatus: 'delivered', MessageSid: 'SM1' };
  expect(await post(provider.report('another token', callback, delivered))).toBe(403);
  expect(await post(provider.report(token, smsStatusUrl(publicUrl, newId()), delivered))).toBe(403);
  expect(await post({ method: 'POST' })).toBe(403);
  expect(await post({ method: 'POST' }, '?notification=1')).toBe(404);
  expect(await post(provider.report(token, callback, { MessageStatus: 'sent' }))).toBe(204);
  expect((await smsDelivery(user, 'SENT')).status).toBe('SENT');
  expect(await post(provider.report(token, callback, delivered))).toBe(204);
  await smsDelivery(user, 'DELIVERED');
  // A report that was overtaken.
  expect(await post(provider.report(token, callback, { MessageStatus: 'failed' }))).toBe(204);
  expect((await smsDelivery(user, 'DELIVERED')).error).toBeNull();
});

it('sends nothing further to a number that does not exist, until it changes', async () => {
  const user = await recipient();
  provider.onRequest = () => ({ status: 400, code: 21_211 });
  await refund(user);
  expect((await smsDelivery(user, 'BOUNCED')).error).toContain('21211');
  provider.onRequest = () => null;
  await refund(user);
  expect((await smsDelivery(user, 'SUPPRESSED')).error).toContain('bounced');
  await addKnownUser(social, user.userId, { phone: '+4915188800000' });
  await refund(user);
  const { parameters } = await provider.messageTo('+4915188800000');

  // The provider accepts it and finds out later.
  const callback = parameters['StatusCallback'] ?? '';
  await smsDelivery(user, 'SENT');
  const report = provider.report(token, callback, { MessageStatus: 'undelivered', ErrorCode: '30005' });
  await fetch(`${endpoints.url}${new URL(callback).pathname}${new URL(callback).search}`, report);
  await smsDelivery(user, 'BOUNCED');
  await refund(user);
  await smsDelivery(user, 'SUPPRESSED');
});

it('gives up a message that the provider refuses, and tries again when the provider is the reason', async () => {
  const refused = await recipient();
  provider.onRequest = () => ({ status: 400, code: 21_602 });
  await refund(refused);
  expect(await smsDelivery(refused, 'FAILED')).toMatchObject({ attempts: 1 });
  const user = await recipient();
  let failures = 2;
  provider.onRequest = () => ((failures -= 1) >= 0 ? { status: failures === 1 ? 401 : 503, code: 0 } : null);
  await refund(user);
  await provider.messageTo(user.phone);
  expect(await smsDelivery(user, 'SENT')).toMatchObject({ attempts: 3, error: null });
});

it.each([
  ['no number', null, 'no phone number'],
  ['a number without country code', '0151 1234567', 'country code'],
])('fails for a recipient with %s', async (_name, phone, error) => {
  const user = await recipient(phone);
  await refund(user);
  expect((await smsDelivery(user, 'FAILED')).error).toContain(error);
});

it('sends no token by text message, whatever was chosen', async () => {
  const result = await social.run(
    `mutation { setNotificationPreference(type: PASSWORD_RESET, channels: [EMAIL, SMS]) {
       userErrors { code field } preferences { type channels }
     } }`,
    {},
    social.user(),
  );
  expect(dataOf(result)).toMatchObject({
    setNotificationPreference: { userErrors: [{ code: 'INVALID', field: ['channels'] }] },
  });
});
