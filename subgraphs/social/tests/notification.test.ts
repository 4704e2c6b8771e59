import type { OrderRefunded } from '@souk/shared/contracts/social';
import { newId, toApiId } from '@souk/shared/ids';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { askUsers, codesOf, dataOf, follow, notificationsOf, quiet, startSocial } from './social-subgraph.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

/** Somebody with that many unread notifications. */
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
  it('page from the newest, all or the unread', async () => {
    const user = await reader(4);
    const all = await notificationsOf(social, user);
    expect(all).toHaveLength(4);
    await markRead(all[1]?.id ?? '', user);

    const unread = (after: string | null): string => `unreadNotifications
      notifications(unreadOnly: true, first: 2, after: ${JSON.stringify(after)}) {
        totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }
      }`;
    const [first] = await askUsers<UnreadPage>(social, [user.id], unread(null), user);
    expect(first?.unreadNotifications).toBe(3);
    expect(first?.notifications).toMatchObject({
      totalCount: 3,
      nodes: [{ id: all[0]?.id }, { id: all[2]?.id }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const endCursor = first?.notifications.pageInfo.endCursor ?? null;
    const [second] = await askUsers<UnreadPage>(social, [user.id], unread(endCursor), user);
    expect(second?.notifications).toMatchObject({
      nodes: [{ id: all[3]?.id }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });

  it('take null for their arguments', async () => {
    const user = await reader(1);
    const fields = 'notifications(unreadOnly: null, first: null, after: null) { totalCount }';
    expect(await askUsers(social, [user.id], fields, user)).toEqual([{ notifications: { totalCount: 1 } }]);
  });

  it.each(['notifications { totalCount }', 'unreadNotifications'])(
    'are for their recipient alone: %s',
    async (field) => {
      const user = await reader(1);
      const ask = (caller: TestUser | null): ReturnType<typeof social.run> =>
        social.run(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id ${field} } } }`,
          { of: [{ __typename: 'User', id: user.id }] },
          caller,
        );
      const strangers = await ask(social.user(['USER', 'ADMIN']));
      expect(codesOf(strangers)).toEqual(['FORBIDDEN']);
      expect(strangers.data).toMatchObject({ _entities: [{ id: user.id }] });
      expect(codesOf(await ask(null))).toEqual(['UNAUTHENTICATED']);
    },
  );

  it('resolve by reference, for their recipient alone', async () => {
    const user = await reader(2);
    const all = await notificationsOf(social, user);
    const references = [...all.map((each) => each.id), toApiId('notification', newId()), 'nonsense'];
    const ask = async (caller: TestUser | null): Promise<object> =>
      dataOf(
        await social.run(
          'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { id title } } }',
          { of: references.map((id) => ({ __typename: 'Notification', id })) },
          caller,
        ),
      );
    expect(await ask(user)).toEqual({
      _entities: [...all.map(({ id, title }) => ({ id, title })), null, null],
    });
    expect(await ask(social.user())).toEqual({ _entities: [null, null, null, null] });
    expect(await ask(null)).toEqual({ _entities: [null, null, null, null] });
  });
});

describe('reading', () => {
  it('keeps the time of the first reading', async () => {
    const user = await reader(1);
    const [unread] = await notificationsOf(social, user);
    const id = unread?.id ?? '';
    const first = dataOf<MarkedRead>(await markRead(id, user)).markNotificationRead;
    expect(first).toEqual({ notification: { id, readAt: expect.any(String) as string }, userErrors: [] });
    const second = dataOf<MarkedRead>(await markRead(id, user)).markNotificationRead;
    expect(second.notification?.readAt).toBe(first.notification?.readAt);
    expect(await askUsers(social, [user.id], 'unreadNotifications', user)).toEqual([
      { unreadNotifications: 0 },
    ]);
  });

  it("finds no notification that is another's, unknown, or none at all", async () => {
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

  it("reads off all of the caller's and nobody else's", async () => {
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

interface UnreadPage {
  unreadNotifications: number;
  notifications: { nodes: { id: string }[]; pageInfo: { endCursor: string | null } };
}

it('a buyer is told once of each refund of an order', async () => {
  const user = social.user();
  const orderId = newId();
  const tell = (position: number, amount: number): Promise<void> =>
    social.send({
      queue: 'social',
      name: 'orderRefunded',
      body: {
        userId: user.userId,
        orderId,
        orderNumber: 'S-ABCDEFGH',
        refunded: { amount, currency: 'EUR' },
        position,
      } satisfies OrderRefunded,
    });
  await tell(4, 700);
  await tell(4, 700);
  await tell(6, 300);
  await quiet(social);
  const told = await notificationsOf(social, user);
  expect(told.map(({ type, body }) => `${type}: ${body}`).toSorted()).toEqual([
    'ORDER_REFUNDED: €3.00 go back to where they came from.',
    'ORDER_REFUNDED: €7.00 go back to where they came from.',
  ]);
  expect(told[0]?.data).toEqual({ orderId: toApiId('order', orderId), orderNumber: 'S-ABCDEFGH' });
});
