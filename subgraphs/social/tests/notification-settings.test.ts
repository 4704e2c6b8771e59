import { orderEvents } from '@souk/shared/contracts/order';
import { newId, toApiId } from '@souk/shared/ids';
import {
  announcementMessageName,
  continueAnnouncement,
  recipientsPerStep,
} from '@souk/social/domain/notification/announcement';
import { maxTemplates } from '@souk/social/domain/notification/stored-template';
import { Outbox } from '@souk/shared/db/outbox';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import {
  addKnownUser,
  codesOf,
  dataOf,
  notificationsOf,
  queryUsers,
  startSocial,
  waitUntilIdle,
} from './support/social.js';

let social: SubgraphUnderTest;
let admin: TestUser;

beforeAll(async () => {
  social = await startSocial();
  admin = social.user(['USER', 'ADMIN']);
});
afterAll(() => social.close());

const sql = <Row>(text: string, parameters: unknown[] = []): Promise<Row[]> =>
  social.dependencies.source.query<Row[]>(text, parameters);

/** Fails an order of a user: a text with a variable that another person wrote. */
async function refund({ userId }: TestUser): Promise<void> {
  const orderId = newId();
  const refunded = { amount: 700, currency: 'EUR' };
  await social.send(
    eventMessage('social', orderEvents.orderRefunded, orderId, {
      userId,
      orderId,
      orderNumber: 'S-ABCDEFGH',
      refunded,
      position: 1,
    }),
  );
  await waitUntilIdle(social);
}

interface Preference {
  type: string;
  channels: string[];
}

async function setPreference(
  user: TestUser,
  type: string,
  channels: string[],
): Promise<{ preferences: Preference[]; userErrors: object[] }> {
  const result = await social.run(
    `mutation ($type: NotificationType!, $channels: [Channel!]!) {
       setNotificationPreference(type: $type, channels: $channels) {
         preferences { type channels } userErrors { code field message }
       }
     }`,
    { type, channels },
    user,
  );
  return dataOf<{ setNotificationPreference: Awaited<ReturnType<typeof setPreference>> }>(result)
    .setNotificationPreference;
}

describe('preferences', () => {
  it('decide the channels of each type, also none', async () => {
    const user = social.user();
    await addKnownUser(social, user.userId);
    const read = async (caller: TestUser): Promise<Preference[]> =>
      (
        await queryUsers<{ notificationPreferences: Preference[] }>(
          social,
          [user.id],
          'notificationPreferences { type channels }',
          caller,
        )
      )[0]?.notificationPreferences ?? [];
    expect(await read(user)).toContainEqual({ type: 'ORDER_REFUNDED', channels: ['IN_APP', 'EMAIL'] });
    const { preferences, userErrors } = await setPreference(user, 'ORDER_REFUNDED', ['EMAIL', 'EMAIL']);
    expect(userErrors).toEqual([]);
    expect(preferences).toContainEqual({ type: 'ORDER_REFUNDED', channels: ['EMAIL'] });
    expect(await read(user)).toEqual(preferences);

    await refund(user);
    expect(await notificationsOf(social, user)).toEqual([]);
    expect(await queryUsers(social, [user.id], 'unreadNotifications', user)).toEqual([
      { unreadNotifications: 0 },
    ]);
    expect(
      await sql('SELECT FROM mailbox WHERE recipient = $1', [`${user.userId}@example.com`]),
    ).toHaveLength(1);

    await setPreference(user, 'ORDER_REFUNDED', []);
    await refund(user);
    expect(
      await sql('SELECT FROM mailbox WHERE recipient = $1', [`${user.userId}@example.com`]),
    ).toHaveLength(1);
  });

  it('are private', async () => {
    const read = (caller: TestUser): ReturnType<typeof social.run> =>
      social.run(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { notificationPreferences { type } } } }',
        { of: [{ __typename: 'User', id: social.user().id }] },
        caller,
      );
    expect(codesOf(await read(admin))).toEqual(['FORBIDDEN']);
  });

  it('cannot switch off messages about the security of the account', async () => {
    const user = social.user();
    const { preferences, userErrors } = await setPreference(user, 'SECURITY_ALERT', ['IN_APP']);
    expect(preferences).toEqual([]);
    expect(userErrors).toMatchObject([{ code: 'INVALID', field: ['channels'] }]);
    expect((await setPreference(user, 'SECURITY_ALERT', ['IN_APP', 'EMAIL', 'SMS'])).userErrors).toEqual([]);
    expect((await setPreference(user, 'OTHER', [])).userErrors).toMatchObject([{ field: ['type'] }]);
  });
});

interface Template {
  id: string;
  type: string;
  channel: string;
  locale: string;
  subject: string | null;
  body: string;
  variables: string[];
}

async function templates(variables: object = {}): Promise<Template[]> {
  const result = await social.run(
    `query ($type: NotificationType, $first: Int, $after: ID) {
       notificationTemplates(type: $type, first: $first, after: $after) {
         id type channel locale subject body variables
       }
     }`,
    { ...variables },
    admin,
  );
  return dataOf<{ notificationTemplates: Template[] }>(result).notificationTemplates;
}

async function save(
  input: object,
): Promise<{ template: Template | null; userErrors: { code: string; message: string; field: string[] }[] }> {
  const result = await social.run(
    `mutation ($input: NotificationTemplateInput!) {
       saveNotificationTemplate(input: $input) {
         template { id type channel locale subject body variables } userErrors { code message field }
       }
     }`,
    {
      input: {
        type: 'ORDER_REFUNDED',
        channel: 'EMAIL',
        locale: 'en',
        subject: 'Money',
        body: 'Back',
        ...input,
      },
    },
    admin,
  );
  return dataOf<{ saveNotificationTemplate: Awaited<ReturnType<typeof save>> }>(result)
    .saveNotificationTemplate;
}

async function preview(variables: object): Promise<{
  subject: string | null;
  body: string | null;
  html: string | null;
  userErrors: { code: string; message: string }[];
}> {
  const result = await social.run(
    `query ($type: NotificationType!, $channel: Channel!, $locale: String, $data: JSON!) {
       previewNotification(type: $type, channel: $channel, locale: $locale, data: $data) {
         subject body html userErrors { code message }
       }
     }`,
    { type: 'ORDER_REFUNDED', channel: 'EMAIL', ...variables },
    admin,
  );
  return dataOf<{ previewNotification: Awaited<ReturnType<typeof preview>> }>(result).previewNotification;
}

describe('templates', () => {
  const data = { orderId: 'o', orderNumber: 'S-1', refunded: { amount: 700, currency: 'EUR' } };

  afterEach(() => sql('DELETE FROM notification_template'));

  it('are listed with their variables, and page', async () => {
    const ofType = await templates({ type: 'ORDER_REFUNDED' });
    expect(ofType).toHaveLength(8);
    expect(ofType).toContainEqual(
      expect.objectContaining({
        channel: 'EMAIL',
        locale: 'de',
        subject: 'Deine Bestellung {{ orderNumber }} wurde erstattet',
        variables: ['orderId', 'orderNumber', 'refunded', 'recipientName', 'siteUrl'],
      }),
    );
    const [first, second] = ofType;
    expect(await templates({ type: 'ORDER_REFUNDED', first: 1, after: first?.id })).toEqual([second]);
  });

  it('replace built-in ones, for the language of a recipient and for their country', async () => {
    const builtIn = (await templates({ type: 'ORDER_REFUNDED' })).find(
      ({ channel, locale }) => channel === 'EMAIL' && locale === 'de',
    );
    const german = await save({
      locale: 'de',
      subject: 'Geld: {{ orderNumber }}',
      body: '{{ refunded | money }}',
    });
    expect(german.template).toMatchObject({ id: builtIn?.id, subject: 'Geld: {{ orderNumber }}' });
    const swiss = await save({ locale: 'de-CH', subject: 'Gäld: {{ orderNumber }}', body: 'Hoi' });
    expect(swiss.userErrors).toEqual([]);
    expect(await templates({ type: 'ORDER_REFUNDED' })).toHaveLength(9);
    const subjectFor = async (locale: string): Promise<string | null> =>
      (await preview({ locale, data })).subject;
    expect(await subjectFor('de-AT')).toBe('Geld: S-1');
    expect(await subjectFor('de-CH')).toBe('Gäld: S-1');
    expect(await subjectFor('fr')).toBe('Votre commande S-1 a été remboursée');

    const user = social.user();
    await addKnownUser(social, user.userId, { locale: 'de-CH' });
    await refund(user);
    const [mail] = await sql<{ subject: string }>('SELECT subject FROM mailbox WHERE recipient = $1', [
      `${user.userId}@example.com`,
    ]);
    expect(mail?.subject).toBe('Gäld: S-ABCDEFGH');
    expect((await notificationsOf(social, user))[0]?.title).toBe(
      'Deine Bestellung S-ABCDEFGH wurde erstattet',
    );
  });

  it.each([
    [{ body: 'Hello {{ nobody }}' }, 'TEMPLATE_INVALID', ['input', 'body'], 'unknown variable nobody'],
    [{ subject: '{% if orderNumber %}' }, 'TEMPLATE_INVALID', ['input', 'subject'], 'not closed'],
    [{ body: '{{ orderNumber.length.x }}' }, 'TEMPLATE_INVALID', ['input', 'body'], 'undefined variable'],
    [{ body: '{% include "x" %}' }, 'TEMPLATE_INVALID', ['input', 'body'], 'include'],
    [{ locale: 'no tag' }, 'INVALID', ['input', 'locale'], 'BCP 47'],
    [{ subject: ' ' }, 'INVALID', ['input', 'subject'], 'needs a subject'],
    [{ channel: 'SMS' }, 'INVALID', ['input', 'subject'], 'no subject'],
    [{ type: 'OTHER' }, 'INVALID', ['input', 'type'], 'not sent'],
  ])('%j is %s', async (input, code, field, words) => {
    const { template, userErrors } = await save(input);
    expect(template).toBeNull();
    expect(userErrors).toEqual([{ code, field, message: expect.stringContaining(words) as string }]);
  });

  it('that cannot be rendered any more give way to the built-in text', async () => {
    await sql(
      `INSERT INTO notification_template
       SELECT gen_random_uuid(), 'ORDER_REFUNDED', channel, 'en', '{{ dropped }}', '{{ dropped }}', now()
       FROM unnest(ARRAY['IN_APP', 'EMAIL']) AS channel`,
    );
    const user = social.user();
    await addKnownUser(social, user.userId);
    await refund(user);
    expect((await notificationsOf(social, user))[0]).toMatchObject({
      title: 'Your order S-ABCDEFGH was refunded',
      deliveries: [{ channel: 'EMAIL', status: 'SENT' }, { channel: 'IN_APP' }],
    });
  });

  it('are 500 at most', async () => {
    const builtIn = (await sql<{ n: number }>('SELECT 1')).length && (await countAll());
    await sql(
      `INSERT INTO notification_template
       SELECT uuidv7(), 'ORDER_PAID', 'PUSH', 'x-' || n, 's', 'b', now() FROM generate_series(1, $1) AS n`,
      [maxTemplates - builtIn],
    );
    expect((await save({ locale: 'ja' })).userErrors).toMatchObject([{ code: 'INVALID' }]);
    expect((await save({ locale: 'de' })).userErrors).toEqual([]);
  });

  async function countAll(): Promise<number> {
    let [count, after]: [number, string | undefined] = [0, undefined];
    for (;;) {
      const page: Template[] = await templates({ after });
      count += page.length;
      if (page.length < 100) return count;
      after = page.at(-1)?.id;
    }
  }

  it('are previewed with data, whose values are escaped in HTML', async () => {
    const { subject, body, html, userErrors } = await preview({
      type: 'ANNOUNCEMENT',
      data: { title: 'News', body: '<script>alert(1)</script>' },
    });
    expect(userErrors).toEqual([]);
    expect([subject, body]).toEqual(['News', '<script>alert(1)</script>']);
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
    expect((await preview({ channel: 'SMS', data })).subject).toBeNull();
    expect((await preview({ data: { orderNumber: 'S-1' } })).userErrors).toMatchObject([
      { code: 'TEMPLATE_INVALID', message: expect.stringContaining('refunded') as string },
    ]);
    expect((await preview({ data: [] })).userErrors).toMatchObject([{ code: 'TEMPLATE_INVALID' }]);
    expect((await preview({ type: 'OTHER', data: {} })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it('are for administrators', async () => {
    const asUser = async (query: string): Promise<unknown[]> =>
      codesOf(await social.run(query, {}, social.user()));
    for (const query of [
      '{ notificationTemplates { id } }',
      '{ previewNotification(type: ORDER_PAID, channel: EMAIL, data: {}) { body } }',
      'mutation { announce(title: "a", body: "b") { ok } }',
      'mutation { saveNotificationTemplate(input: { type: ORDER_PAID, channel: SMS, locale: "en", body: "b" }) { template { id } } }',
    ])
      expect(await asUser(query)).toEqual(['FORBIDDEN']);
  });
});

describe('announcements', () => {
  const announce = async (variables: object): Promise<{ ok: boolean; userErrors: { code: string }[] }> => {
    const result = await social.run(
      `mutation ($title: String!, $body: String!, $listingId: ID) {
         announce(title: $title, body: $body, listingId: $listingId) { ok userErrors { code field } }
       }`,
      { title: 'News', body: 'Line 1\n\nLine 2', ...variables },
      admin,
    );
    return dataOf<{ announce: { ok: boolean; userErrors: { code: string }[] } }>(result).announce;
  };
  const idOf = async (title: string): Promise<string> =>
    (await sql<{ id: string }>('SELECT id FROM announcement WHERE title = $1', [title]))[0]?.id ?? '';
  const finished = (title: string): Promise<unknown> =>
    until(
      'the announcement to be finished',
      async () =>
        (await sql('SELECT FROM announcement WHERE title = $1 AND finished_at IS NOT NULL', [title])).length >
        0,
    );

  it('reach everybody once, although messages repeat and a step is rolled back', async () => {
    const count = 2 * recipientsPerStep + 100;
    await sql('DELETE FROM known_user');
    await sql(
      `INSERT INTO known_user (user_id, status, email, is_email_verified, display_name, locale, time_zone)
       SELECT uuidv7(), CASE WHEN n = 1 THEN 'DELETED' ELSE 'ACTIVE' END, n || '@many.example', true, 'Somebody', 'en', 'UTC'
       FROM generate_series(0, $1) AS n`,
      [count],
    );
    expect(await announce({ title: 'Everybody' })).toEqual({ ok: true, userErrors: [] });
    const id = await idOf('Everybody');
    const step = { queue: 'social' as const, name: announcementMessageName, body: { announcementId: id } };
    await social.send(step, step, step);
    await expect(
      social.dependencies.source.transaction(async (manager) => {
        await continueAnnouncement(manager, new Outbox(), id, new Date());
        throw new Error('the process dies here');
      }),
    ).rejects.toThrow('dies');
    await finished('Everybody');
    await waitUntilIdle(social);
    const [counts] = await sql<{ notifications: number; users: number; mails: number; addresses: number }>(
      `SELECT count(*)::int AS notifications, count(DISTINCT user_id)::int AS users
       FROM notification JOIN known_user USING (user_id)
       WHERE type = 'ANNOUNCEMENT' AND title = 'Everybody' AND email LIKE '%@many.example'`,
    );
    // People of other tests may be listed by account's state meanwhile.
    expect(counts).toEqual({ notifications: count, users: count });
    await until('all deliveries', async () => {
      const open = await sql(`SELECT FROM delivery WHERE status = 'QUEUED'`);
      return open.length === 0;
    });
    const statuses = await sql(
      `SELECT channel, status, count(*)::int AS count FROM delivery d JOIN notification n ON n.id = notification_id
       WHERE title = 'Everybody' GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(statuses).toEqual([
      { channel: 'EMAIL', status: 'SENT', count },
      { channel: 'IN_APP', status: 'DELIVERED', count },
    ]);
  });

  it('reach the buyers of a listing only', async () => {
    const [buyer, other, listingId] = [social.user(), social.user(), newId()];
    for (const user of [buyer, other]) await addKnownUser(social, user.userId);
    await sql(`INSERT INTO purchase SELECT uuidv7(), $1, $2, 1, 0, 0, now() FROM generate_series(1, 2)`, [
      listingId,
      buyer.userId,
    ]);
    expect(
      (await announce({ title: 'Buyers', listingId: toApiId('listing', listingId) })).userErrors,
    ).toEqual([]);
    await finished('Buyers');
    expect(await notificationsOf(social, buyer)).toMatchObject([
      { title: 'Buyers', body: 'Line 1\n\nLine 2' },
    ]);
    expect(await notificationsOf(social, other)).toEqual([]);
  });

  it('are refused without text or audience', async () => {
    expect(await announce({ title: ' ' })).toEqual({
      ok: false,
      userErrors: [{ code: 'INVALID', field: ['title'] }],
    });
    for (const listingId of [toApiId('listing', newId()), admin.id])
      expect((await announce({ listingId })).userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['listingId'] },
      ]);
  });
});
