import { orderEvents } from '@souk/shared/contracts/order';
import { newId, toApiId } from '@souk/shared/ids';
import { purgeNotifications } from '@souk/social/domain/notification/notification';
import { Mailbox, mailboxSize } from '@souk/social/channels/mailbox';
import { eventMessage } from '../../../tests/support/events.js';
import { serveEndpoints } from '../../../tests/support/serve-endpoints.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import {
  queryUsers,
  codesOf,
  dataOf,
  follow,
  notificationsOf,
  waitUntilIdle,
  startSocial,
} from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

/** A user with the given number of unread notifications. */
async function reader(count: number): Promise<TestUser> {
  const user = social.user();
  for (let n = 0; n < count; n += 1) await follow(social, social.user(), user.id);
  return user;
}

const markRead = (id: string, caller: TestUser): ReturnType<typeof social.run> =>
  social.run(
    'mutation ($id: ID!) { markNotificationRead(id: $id) { notification { id readAt } userErrors { code field } } }',
    { id },
    caller,
  );

interface MarkedRead {
  markNotificationRead: { notification: { id: string; readAt: string } | null; userErrors: object[] };
}

describe('notifications', () => {
  it('page newest first, all or unread ones', async () => {
    const user = await reader(4);
    const all = await notificationsOf(social, user);
    expect(all).toHaveLength(4);
    await markRead(all[1]?.id ?? '', user);

    const unread = (after: string | null): string => `unreadNotifications
      notifications(unreadOnly: true, first: 2, after: ${JSON.stringify(after)}) {
        totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }
      }`;
    const [first] = await queryUsers<UnreadPage>(social, [user.id], unread(null), user);
    expect(first?.unreadNotifications).toBe(3);
    expect(first?.notifications).toMatchObject({
      totalCount: 3,
      nodes: [{ id: all[0]?.id }, { id: all[2]?.id }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const endCursor = first?.notifications.pageInfo.endCursor ?? null;
    const [second] = await queryUsers<UnreadPage>(social, [user.id], unread(endCursor), user);
    expect(second?.notifications).toMatchObject({
      nodes: [{ id: all[3]?.id }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });

  it('accept null for their arguments', async () => {
    const user = await reader(1);
    const fields =
      'notifications(unreadOnly: null, first: null, after: null) { totalCount totalCountIsEstimate }';
    expect(await queryUsers(social, [user.id], fields, user)).toEqual([
      { notifications: { totalCount: 1, totalCountIsEstimate: false } },
    ]);
  });

  it.each(['notifications { totalCount }', 'unreadNotifications'])(
    'are private to their recipient: %s',
    async (field) => {
      const user = await reader(1);
      const read = (caller: TestUser | null): ReturnType<typeof social.run> =>
        social.run(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id ${field} } } }`,
          { of: [{ __typename: 'User', id: user.id }] },
          caller,
        );
      const result = await read(social.user(['USER', 'ADMIN']));
      expect(codesOf(result)).toEqual(['FORBIDDEN']);
      expect(result.data).toMatchObject({ _entities: [{ id: user.id }] });
      expect(codesOf(await read(null))).toEqual(['UNAUTHENTICATED']);
    },
  );

  it('resolve by reference for their recipient only', async () => {
    const user = await reader(2);
    const all = await notificationsOf(social, user);
    const references = [...all.map((each) => each.id), toApiId('notification', newId()), 'nonsense'];
    const read = async (caller: TestUser | null): Promise<object> =>
      dataOf(
        await social.run(
          'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { id title } } }',
          { of: references.map((id) => ({ __typename: 'Notification', id })) },
          caller,
        ),
      );
    expect(await read(user)).toEqual({
      _entities: [...all.map(({ id, title }) => ({ id, title })), null, null],
    });
    expect(await read(social.user())).toEqual({ _entities: [null, null, null, null] });
    expect(await read(null)).toEqual({ _entities: [null, null, null, null] });
  });
});

describe('marking as read', () => {
  it('keeps the time of the first call', async () => {
    const user = await reader(1);
    const [unread] = await notificationsOf(social, user);
    const id = unread?.id ?? '';
    const first = dataOf<MarkedRead>(await markRead(id, user)).markNotificationRead;
    expect(first).toEqual({ notification: { id, readAt: expect.any(String) as string }, userErrors: [] });
    const second = dataOf<MarkedRead>(await markRead(id, user)).markNotificationRead;
    expect(second.notification?.readAt).toBe(first.notification?.readAt);
    expect(await queryUsers(social, [user.id], 'unreadNotifications', user)).toEqual([
      { unreadNotifications: 0 },
    ]);
  });

  it("finds only the caller's notifications", async () => {
    const user = await reader(1);
    const [unread] = await notificationsOf(social, user);
    const [caller, id] = [social.user(['ADMIN']), unread?.id ?? ''];
    for (const wrong of [id, toApiId('notification', newId()), toApiId('order', newId()), 'nonsense']) {
      expect(dataOf(await markRead(wrong, caller))).toEqual({
        markNotificationRead: { notification: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
      });
    }
    expect(await notificationsOf(social, user)).toMatchObject([{ id, readAt: null }]);
  });

  it("marks all of the caller's notifications and no others", async () => {
    const [user, other] = [await reader(3), await reader(1)];
    const result = await social.run(
      'mutation { markAllNotificationsRead { ok userErrors { code } } }',
      {},
      user,
    );
    expect(dataOf(result)).toEqual({ markAllNotificationsRead: { ok: true, userErrors: [] } });
    expect((await notificationsOf(social, user)).map((each) => each.readAt)).not.toContain(null);
    expect(await notificationsOf(social, other)).toMatchObject([{ readAt: null }]);
  });
});

describe('retention', () => {
  const store = async (
    user: TestUser,
    count: number,
    columns: { readAt: string; createdAt: string },
  ): Promise<void> => {
    await social.dependencies.source.query(
      `INSERT INTO notification (id, user_id, type, title, body, data, dedupe_key, read_at, created_at)
       SELECT ('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'ORDER_COMPLETED', '', '', '{}',
         'test/' || n, CASE WHEN ${columns.readAt} THEN now() END, ${columns.createdAt}
       FROM (SELECT (SELECT count(*) FROM notification) + n AS n FROM generate_series(1, $2) AS n) AS numbered`,
      [user.userId, count],
    );
  };
  const countsOf = async ({ userId }: TestUser): Promise<{ unread: number; read: number }> => {
    const [counts]: { unread: number; read: number }[] = await social.dependencies.source.query(
      `SELECT count(*) FILTER (WHERE read_at IS NULL)::int AS unread,
         count(*) FILTER (WHERE read_at IS NOT NULL)::int AS read FROM notification WHERE user_id = $1`,
      [userId],
    );
    return counts ?? { unread: 0, read: 0 };
  };

  beforeEach(() => social.dependencies.source.query('DELETE FROM notification'));

  it('keeps at most 1,000 notifications per user: deletes the oldest read ones first', async () => {
    const user = social.user();
    await store(user, 1_000, { readAt: 'n % 4 = 0', createdAt: 'now()' });
    const other = await reader(1);
    await follow(social, social.user(), user.id);
    expect(await countsOf(user)).toEqual({ unread: 751, read: 149 });
    const [oldestRead]: { n: number }[] = await social.dependencies.source.query(
      `SELECT min(split_part(dedupe_key, '/', 2)::int) AS n FROM notification
       WHERE user_id = $1 AND read_at IS NOT NULL`,
      [user.userId],
    );
    expect(oldestRead?.n).toBe(4 * 102);
    expect(await countsOf(other)).toEqual({ unread: 1, read: 0 });
  });

  it('deletes the oldest unread ones when none is read, and keeps the newest', async () => {
    const user = social.user();
    await store(user, 1_000, { readAt: 'false', createdAt: 'now()' });
    const follower = social.user();
    await follow(social, follower, user.id);
    expect(await countsOf(user)).toEqual({ unread: 900, read: 0 });
    expect((await notificationsOf(social, user))[0]).toMatchObject({ data: { userId: follower.id } });
  });

  it('holds for concurrent inserts', async () => {
    const user = social.user();
    await store(user, 990, { readAt: 'true', createdAt: 'now()' });
    await Promise.all(Array.from({ length: 40 }, () => follow(social, social.user(), user.id)));
    const { unread, read } = await countsOf(user);
    expect(unread).toBe(40);
    expect(unread + read).toBeLessThanOrEqual(1_000);
  });

  it('is 90 days: two processes delete older notifications in batches by an index', async () => {
    const { source } = social.dependencies;
    await store(social.user(), 12_000, { readAt: 'false', createdAt: "now() - interval '91 days'" });
    await store(social.user(), 10, { readAt: 'false', createdAt: "now() - interval '89 days'" });
    await source.query('ANALYZE notification');
    const plan: unknown = await source.query(
      `EXPLAIN SELECT id FROM notification WHERE created_at < now() - interval '90 days'
       ORDER BY created_at LIMIT 5000 FOR UPDATE SKIP LOCKED`,
    );
    expect(JSON.stringify(plan)).toContain('notification_created_at');
    const statements = jest.spyOn(source.logger, 'logQuery');
    await Promise.all([
      purgeNotifications(source.manager, new Date()),
      purgeNotifications(source.manager, new Date()),
    ]);
    expect(statements.mock.calls.length).toBeGreaterThan(2);
    statements.mockRestore();
    await purgeNotifications(source.manager, new Date());
    expect(await source.query('SELECT 1 FROM notification')).toHaveLength(10);
  });
});

interface UnreadPage {
  unreadNotifications: number;
  notifications: { nodes: { id: string }[]; pageInfo: { endCursor: string | null } };
}

it('a buyer gets one notification per refund of an order', async () => {
  const user = social.user();
  const orderId = newId();
  const sendRefund = (position: number, amount: number): Promise<void> =>
    social.send(
      eventMessage('social', orderEvents.orderRefunded, orderId, {
        userId: user.userId,
        orderId,
        orderNumber: 'S-ABCDEFGH',
        refunded: { amount, currency: 'EUR' },
        position,
      }),
    );
  await sendRefund(4, 700);
  await sendRefund(4, 700);
  await sendRefund(6, 300);
  await waitUntilIdle(social);
  const notifications = await notificationsOf(social, user);
  expect(notifications.map(({ type, body }) => `${type}: ${body}`).toSorted()).toEqual([
    'ORDER_REFUNDED: We refunded €3.00 to your original payment method.',
    'ORDER_REFUNDED: We refunded €7.00 to your original payment method.',
  ]);
  expect(notifications[0]?.data).toEqual({ orderId: toApiId('order', orderId), orderNumber: 'S-ABCDEFGH' });
});

it('a buyer gets one notification per shipment, with its tracking', async () => {
  const user = social.user();
  const orderId = newId();
  const sendShipment = (shipmentId: string, trackingNumber: string | null): Promise<void> =>
    social.send(
      eventMessage('social', orderEvents.orderShipped, orderId, {
        userId: user.userId,
        orderId,
        orderNumber: 'S-ABCDEFGH',
        shipmentId,
        carrier: 'UPS',
        trackingNumber,
        trackingUrl: trackingNumber && `https://www.ups.com/track?tracknum=${trackingNumber}`,
        shippedAt: new Date().toISOString(),
        lines: [
          { lineId: newId(), listingId: newId(), title: 'Lamp', quantity: 2 },
          { lineId: newId(), listingId: newId(), title: 'Rug', quantity: 1 },
        ],
      }),
    );
  const tracked = newId();
  await sendShipment(tracked, '1Z999');
  await sendShipment(tracked, '1Z999');
  await sendShipment(newId(), null);
  await waitUntilIdle(social);
  const notifications = await notificationsOf(social, user);
  expect(notifications.map(({ type, body }) => `${type}: ${body}`).toSorted()).toEqual([
    'ORDER_SHIPPED: Shipped with UPS: “Lamp” and one other item.',
    'ORDER_SHIPPED: Shipped with UPS: “Lamp” and one other item.\n\nTracking number: 1Z999\n\nhttps://www.ups.com/track?tracknum=1Z999',
  ]);
  expect(notifications.map(({ data }) => data)).toContainEqual({
    orderId: toApiId('order', orderId),
    orderNumber: 'S-ABCDEFGH',
    shipmentId: toApiId('shipment', tracked),
  });
});

describe('the development mailbox', () => {
  let endpoints: Awaited<ReturnType<typeof serveEndpoints>>;

  beforeAll(async () => {
    endpoints = await serveEndpoints(social);
  });
  afterAll(() => endpoints.close());

  const get = (path: string, accept: string): Promise<Response> =>
    fetch(`${endpoints.url}${path}`, { headers: { accept } });
  const entries = async (): Promise<{ to: string; subject: string; text: string; html: string }[]> =>
    (await (await get('/dev/mailbox', 'application/json')).json()) as never;

  it('has what would have been sent, newest first', async () => {
    const [first, second] = [await reader(1), await reader(1)];
    await waitUntilIdle(social);
    const [newest, older] = await entries();
    expect(newest).toEqual({
      channel: 'EMAIL',
      to: `${second.userId}@example.com`,
      subject: 'You have a new follower',
      text: expect.stringContaining('Someone started following you.') as string,
      html: expect.stringContaining('<p style') as string,
      at: expect.any(String) as string,
    });
    expect(older?.to).toBe(`${first.userId}@example.com`);
  });

  it('shows each message to browsers in a sandboxed frame, which can do nothing', async () => {
    const page = await get('/dev/mailbox', 'text/html,application/xhtml+xml,*/*;q=0.8');
    expect(page.headers.get('content-security-policy')).not.toMatch(/unsafe|script-src|\*/);
    const [, source = ''] =
      /<iframe sandbox loading="lazy" title="[^"]*" src="([^"]*)">/.exec(await page.text()) ?? [];
    const message = await get(source, 'text/html');
    expect(message.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/);
    expect(message.headers.get('content-security-policy')).not.toMatch(/script|allow-/);
    expect(message.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(await message.text()).toBe((await entries())[0]?.html);
    for (const unknown of [newId(), 'nonsense'])
      expect((await get(`/dev/mailbox/${unknown}`, 'text/html')).status).toBe(404);
  });

  it('is bounded, and has a repeated message once', async () => {
    const mailbox = new Mailbox(social.dependencies.source.manager);
    const entry = {
      channel: 'EMAIL',
      to: 'a@example.com',
      subject: 's',
      text: 't',
      html: null,
      at: new Date(),
    };
    await social.dependencies.source.query(
      `INSERT INTO mailbox SELECT uuidv7(interval '-1 minute'), 'filler ' || n, 'EMAIL', 'b@example.com', 's', 't', NULL, now()
       FROM generate_series(1, $1) AS n`,
      [mailboxSize],
    );
    for (let twice = 0; twice < 2; twice += 1) await mailbox.add('same', { ...entry, text: `${twice}` });
    const kept = await entries();
    expect(kept).toHaveLength(mailboxSize);
    expect(kept[0]?.text).toBe('0');
    expect(kept.filter(({ to }) => to === entry.to)).toHaveLength(1);
  });
});
