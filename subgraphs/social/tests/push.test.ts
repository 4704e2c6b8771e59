import { accountStates } from '@souk/shared/contracts/account';
import { orderEvents } from '@souk/shared/contracts/order';
import { newId } from '@souk/shared/ids';
import type { Network } from '@souk/social/channels/public-network';
import { vapidPublicKey } from '@souk/social/channels/web-push';
import { createECDH } from 'node:crypto';
import { eventMessage } from '../../../tests/support/events.js';
import { selfSignedCertificate } from '../../../tests/support/self-signed-certificate.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { PushService, vapidClaims } from './support/push-service.js';
import type { NotificationResult } from './support/social.js';
import { addKnownUser, dataOf, notificationsOf, startSocial } from './support/social.js';

const certificate = selfSignedCertificate(['127.0.0.1', 'push.example']);
const service = new PushService(certificate);
const ecdh = createECDH('prime256v1');
ecdh.generateKeys();
const vapidPrivateKey = ecdh.getPrivateKey('base64url');
const vapidSubject = 'mailto:shop@souk.example';
const network: Network & { names: Record<string, string[]>; resolved: string[] } = {
  // A test's service is on this machine.
  isAllowed: (address) => address === '127.0.0.1',
  names: {},
  resolved: [],
  resolve: async (hostname) => {
    network.resolved.push(hostname);
    return network.names[hostname] ?? [];
  },
  ca: certificate.cert,
};
let social: SubgraphUnderTest;

beforeAll(async () => {
  await service.listen();
  social = await startSocial(() => null, {
    smtpUrl: null,
    mailFrom: 'shop@souk.example',
    publicUrl: 'https://souk.example',
    push: { vapidPrivateKey, vapidSubject, network },
    sms: null,
  });
});
afterEach(() => {
  service.onRequest = () => 201;
  network.names = {};
});
afterAll(async () => {
  await social.close();
  await service.close();
});

/** A user who gets refunds by push alone. */
async function recipient(): Promise<TestUser> {
  const user = social.user();
  await addKnownUser(social, user.userId);
  const result = await social.run(
    'mutation { setNotificationPreference(type: ORDER_REFUNDED, channels: [IN_APP, PUSH]) { userErrors { code } } }',
    {},
    user,
  );
  expect(dataOf(result)).toEqual({ setNotificationPreference: { userErrors: [] } });
  return user;
}

async function register(
  user: TestUser,
  subscription: unknown,
): Promise<{ ok: boolean; userErrors: object[] }> {
  const result = await social.run(
    `mutation ($subscription: JSON!) { registerPushSubscription(subscription: $subscription) {
       ok userErrors { code field message }
     } }`,
    { subscription },
    user,
  );
  return dataOf<{ registerPushSubscription: Awaited<ReturnType<typeof register>> }>(result)
    .registerPushSubscription;
}

async function registered(user: TestUser, host?: string): Promise<ReturnType<PushService['subscribe']>> {
  const subscription = service.subscribe(host);
  expect(await register(user, subscription)).toEqual({ ok: true, userErrors: [] });
  return subscription;
}

async function refund({ userId }: TestUser, orderNumber = 'S-ABCDEFGH'): Promise<void> {
  const orderId = newId();
  await social.send(
    eventMessage('social', orderEvents.orderRefunded, orderId, {
      userId,
      orderId,
      orderNumber,
      refunded: { amount: 700, currency: 'EUR' },
      position: 1,
    }),
  );
}

type DeliveryView = NotificationResult['deliveries'][number];

async function pushDelivery(user: TestUser, status: string, minAttempts = 0): Promise<DeliveryView> {
  return until(`the delivery to be ${status}`, async () => {
    const [newest] = await notificationsOf(social, user);
    return newest?.deliveries.find(
      (each) => each.channel === 'PUSH' && each.status === status && each.attempts >= minAttempts,
    );
  });
}

const subscriptionsOf = (user: TestUser): Promise<{ endpoint: string }[]> =>
  social.dependencies.source.query('SELECT endpoint FROM push_subscription WHERE user_id = $1 ORDER BY id', [
    user.userId,
  ]);

it('pushes a notification to each browser, which alone can decrypt it', async () => {
  const user = await recipient();
  const browsers = [await registered(user), await registered(user)];
  await refund(user);
  for (const browser of browsers) {
    const { headers, payload } = await service.messageTo(browser);
    expect(payload).toMatchObject({
      type: 'ORDER_REFUNDED',
      title: 'Your order S-ABCDEFGH was refunded',
      lang: 'en',
      data: { orderNumber: 'S-ABCDEFGH' },
    });
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    expect(String(headers['topic'])).toMatch(/^[A-Za-z0-9_-]{22}$/);
    const claims = vapidClaims(headers.authorization ?? '', vapidPublicKey(vapidPrivateKey));
    expect(claims).toMatchObject({ aud: `https://127.0.0.1:${service.port}`, sub: vapidSubject });
  }
  expect(await pushDelivery(user, 'SENT')).toMatchObject({ attempts: 1, error: null });
  const result = await social.run('{ vapidPublicKey }', {}, null);
  expect(dataOf(result)).toEqual({ vapidPublicKey: vapidPublicKey(vapidPrivateKey) });
});

it('keeps messages within the size that services take', async () => {
  const user = await recipient();
  const browser = await registered(user);
  await refund(user, '😀'.repeat(5_000));
  const { payload } = await service.messageTo(browser);
  expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThanOrEqual(3_000);
});

it('ends a subscription that its service does not have any more, and tries others again alone', async () => {
  const user = await recipient();
  const [lost, busy, fine] = [await registered(user), await registered(user), await registered(user)];
  const pathOf = ({ endpoint }: { endpoint: string }): string => new URL(endpoint).pathname;
  let failures = 1;
  service.onRequest = (path) => {
    if (path === pathOf(lost)) return 410;
    if (path === pathOf(busy) && (failures -= 1) >= 0) return 503;
    return 201;
  };
  await refund(user);
  await service.messageTo(busy);
  expect(await pushDelivery(user, 'SENT')).toMatchObject({ attempts: 2 });
  const times = (of: { endpoint: string }): number =>
    service.paths.filter((path) => path === pathOf(of)).length;
  expect([times(lost), times(busy), times(fine)]).toEqual([1, 2, 1]);
  expect(await subscriptionsOf(user)).toEqual([{ endpoint: busy.endpoint }, { endpoint: fine.endpoint }]);

  service.onRequest = () => 404;
  await refund(user);
  expect((await pushDelivery(user, 'SUPPRESSED')).error).toContain('ended');
  expect(await subscriptionsOf(user)).toEqual([]);
});

it('follows no redirect', async () => {
  const user = await recipient();
  await registered(user);
  service.onRequest = () => 307;
  const before = service.paths.length;
  await refund(user);
  expect((await pushDelivery(user, 'FAILED')).error).toBe('The push service answered 307.');
  expect(service.paths).toHaveLength(before + 1);
});

describe('a host name', () => {
  it('is connected to by the address that was checked', async () => {
    network.names = { 'push.example': ['127.0.0.1'] };
    network.resolved = [];
    const user = await recipient();
    const browser = await registered(user, 'push.example');
    await refund(user);
    const { headers } = await service.messageTo(browser);
    expect(headers.host).toBe(`push.example:${service.port}`);
    // The system's resolver does not know the name: nothing but this one was called.
    expect(network.resolved).toEqual(['push.example']);
  });

  it.each([['one private address'], ['a private address among others']])(
    'with %s gets nothing, and the subscription ends',
    async (which) => {
      const addresses = which.startsWith('one') ? ['10.0.0.1'] : ['127.0.0.1', '169.254.169.254'];
      network.names = { 'push.example': addresses };
      const user = await recipient();
      await registered(user, 'push.example');
      const before = service.paths.length;
      await refund(user);
      await pushDelivery(user, 'SUPPRESSED');
      expect(await subscriptionsOf(user)).toEqual([]);
      expect(service.paths).toHaveLength(before);
    },
  );

  it('whose certificate is for another name is not trusted', async () => {
    network.names = { 'other.example': ['127.0.0.1'] };
    const user = await recipient();
    await registered(user, 'other.example');
    const before = service.paths.length;
    await refund(user);
    const error = await until('a failed attempt', async () => (await pushDelivery(user, 'QUEUED', 1)).error);
    expect(error).toContain("does not match certificate's altnames");
    expect(service.paths).toHaveLength(before);
  });
});

it.each([
  ['another protocol', { endpoint: 'http://push.example/x' }],
  ['credentials', { endpoint: 'https://user:password@push.example/x' }],
  ['a private address', { endpoint: 'https://192.168.1.1/x' }],
  ['a private address in another notation', { endpoint: 'https://0xa000001/x' }],
  ['a private IPv6 address', { endpoint: 'https://[::ffff:10.0.0.1]/x' }],
  ['a name of this machine', { endpoint: 'https://localhost/x' }],
  ['a key that is no point of the curve', { keys: { p256dh: Buffer.alloc(65, 4).toString('base64url') } }],
  ['a short secret', { keys: { auth: 'AAAA' } }],
  ['no keys', { keys: null }],
])('refuses a subscription with %s', async (_name, change: { endpoint?: string; keys?: object | null }) => {
  const valid = service.subscribe();
  const keys = change.keys === null ? null : { ...valid.keys, ...(change.keys ?? {}) };
  const { ok, userErrors } = await register(social.user(), { ...valid, ...change, keys });
  expect({ ok, userErrors }).toMatchObject({
    ok: false,
    userErrors: [{ code: 'INVALID', field: ['subscription'] }],
  });
});

it('has the ten newest browsers of a user, each for the user who registered it last', async () => {
  const [user, other] = [social.user(), social.user()];
  const given = [];
  for (let count = 0; count < 11; count += 1) given.push(await registered(user));
  expect(await subscriptionsOf(user)).toEqual(given.slice(1).map(({ endpoint }) => ({ endpoint })));
  const [, second, third] = given;
  await register(other, second);
  expect(await subscriptionsOf(other)).toEqual([{ endpoint: second?.endpoint }]);
  const remove = async (by: TestUser, endpoint = ''): Promise<unknown> =>
    dataOf(
      await social.run(
        'mutation ($endpoint: String!) { removePushSubscription(endpoint: $endpoint) { ok userErrors { code } } }',
        { endpoint },
        by,
      ),
    );
  const done = { removePushSubscription: { ok: true, userErrors: [] } };
  // That of somebody else stays; repeating it changes nothing.
  expect(await remove(other, third?.endpoint)).toEqual(done);
  expect(await remove(other, second?.endpoint)).toEqual(done);
  expect(await remove(other, second?.endpoint)).toEqual(done);
  expect(await subscriptionsOf(other)).toEqual([]);
  expect(await subscriptionsOf(user)).toHaveLength(9);
});

it('suppresses pushes to a person without a browser, and to a deleted account', async () => {
  const user = await recipient();
  await refund(user);
  expect((await pushDelivery(user, 'SUPPRESSED')).error).toContain('no browser');
  const leaving = await recipient();
  await registered(leaving);
  service.onRequest = () => 503;
  await refund(leaving);
  await pushDelivery(leaving, 'QUEUED', 1);
  social.states.put(accountStates.people, leaving.userId, {
    userId: leaving.userId,
    status: 'DELETED',
    contact: null,
  });
  expect((await pushDelivery(leaving, 'SUPPRESSED')).error).toBe('The account is deleted.');
});
