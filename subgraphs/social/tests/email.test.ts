import { TextSeal } from '@souk/shared/auth/text-seal';
import { accountEvents, accountStates, tokenContext } from '@souk/shared/contracts/account';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { orderEvents } from '@souk/shared/contracts/order';
import { newId, toApiId } from '@souk/shared/ids';
import { defaultDelivery } from '@souk/social/delivery-options';
import { deliveryMessage } from '@souk/social/domain/notification/delivery';
import { eventMessage } from '../../../tests/support/events.js';
import { serveEndpoints } from '../../../tests/support/serve-endpoints.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { SmtpSink, smtpReply } from './support/smtp-sink.js';
import type { NotificationResult } from './support/social.js';
import { addKnownUser, notificationsOf, person, startSocial } from './support/social.js';

const smtp = new SmtpSink();
let social: SubgraphUnderTest;
let endpoints: Awaited<ReturnType<typeof serveEndpoints>>;

beforeAll(async () => {
  const smtpUrl = await smtp.listen();
  const publicUrl = 'https://souk.example';
  social = await startSocial(() => null, {
    ...defaultDelivery,
    smtpUrl,
    mailFrom: 'Souk <shop@souk.example>',
    publicUrl,
  });
  endpoints = await serveEndpoints(social);
});
afterEach(() => {
  smtp.onRecipient = () => null;
  smtp.onMessage = () => undefined;
});
afterAll(async () => {
  endpoints.close();
  await social.close();
  await smtp.close();
});

/** A user whom account has listed, with their address. */
async function recipient(
  contact: Parameters<typeof addKnownUser>[2] = {},
): Promise<TestUser & { address: string }> {
  const user = social.user();
  await addKnownUser(social, user.userId, contact);
  return { ...user, address: contact.email ?? `${user.userId}@example.com` };
}

/** Refunds an order of a user: an event with a text. */
async function refund({ userId }: TestUser, amount = 700): Promise<void> {
  const orderId = newId();
  await social.send(
    eventMessage('social', orderEvents.orderRefunded, orderId, {
      userId,
      orderId,
      orderNumber: 'S-ABCDEFGH',
      refunded: { amount, currency: 'EUR' },
      position: 1,
    }),
  );
}

async function requestVerification(
  { userId }: TestUser,
  { email, token, expiresInMs = 60_000 }: { email: string; token: string; expiresInMs?: number },
): Promise<void> {
  await social.send(
    eventMessage('social', accountEvents.emailVerificationRequested, userId, {
      userId,
      email,
      locale: 'de-CH',
      token: new TextSeal(null).seal(token, tokenContext('emailVerificationRequested', userId)),
      expiresAt: new Date(Date.now() + expiresInMs).toISOString(),
    }),
  );
}

type DeliveryView = NotificationResult['deliveries'][number];

/** The e-mail delivery of a user's newest notification, once it has a status. */
async function emailDelivery(user: TestUser, status: string): Promise<DeliveryView> {
  return until(`the delivery to be ${status}`, async () => {
    const [newest] = await notificationsOf(social, user);
    return newest?.deliveries.find((each) => each.channel === 'EMAIL' && each.status === status);
  });
}

const sql = <Row>(text: string, parameters: unknown[] = []): Promise<Row[]> =>
  social.dependencies.source.query<Row[]>(text, parameters);

/** The only delivery of a user by e-mail, listed or not. */
async function storedDelivery({ userId }: TestUser): Promise<{
  status: string;
  attempts: number;
  error: string | null;
  sealed: string | null;
  address: string | null;
}> {
  const [row] = await sql<Awaited<ReturnType<typeof storedDelivery>>>(
    `SELECT d.* FROM delivery d JOIN notification n ON n.id = notification_id
     WHERE user_id = $1 AND channel = 'EMAIL'`,
    [userId],
  );
  if (!row) throw new Error('There is no delivery.');
  return row;
}

it('sends a notification by SMTP, in the language of its recipient', async () => {
  const user = await recipient({ locale: 'fr-FR', displayName: 'Zoé <b>' });
  await refund(user);
  const mail = await smtp.mailTo(user.address);
  expect(mail.from?.text).toBe('"Souk" <shop@souk.example>');
  expect(mail.subject).toBe('Votre commande S-ABCDEFGH a été remboursée');
  expect(mail.text).toContain('Bonjour Zoé <b>,\n\nNous avons remboursé 7,00\u00a0€');
  expect(mail.html).toContain('Bonjour Zoé &lt;b&gt;,');
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(await emailDelivery(user, 'SENT')).toMatchObject({ attempts: 1, error: null });
  const [row] = await sql<{ id: string }>('SELECT id FROM notification WHERE user_id = $1', [user.userId]);
  expect(mail.messageId).toBe(`<${row?.id}.email@souk.example>`);
});

it('unsubscribes with one click, and not because a program follows the link', async () => {
  const user = await recipient();
  await refund(user);
  const mail = await smtp.mailTo(user.address);
  const list = mail.headers.get('list') as unknown as {
    unsubscribe: { url: string };
    'unsubscribe-post': { name: string };
  };
  expect(list['unsubscribe-post'].name).toBe('List-Unsubscribe=One-Click');
  const { pathname, search, origin } = new URL(list.unsubscribe.url);
  expect(origin).toBe('https://souk.example');
  expect(mail.text).toContain(list.unsubscribe.url);
  const url = `${endpoints.url}${pathname}${search}`;

  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<form method="post">');
  await refund(user);
  await smtp.mailTo(user.address, 2);

  const post = { method: 'POST', body: 'List-Unsubscribe=One-Click' };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const forged = url.replace(/token=(.)/, (_all, first: string) => `token=${first === 'A' ? 'B' : 'A'}`);
  expect((await fetch(forged, { ...post, headers })).status).toBe(404);
  for (let twice = 0; twice < 2; twice += 1)
    expect((await fetch(url, { ...post, headers })).status).toBe(200);
  await refund(user);
  await emailDelivery(user, 'SUPPRESSED');
  expect((await notificationsOf(social, user))[0]?.deliveries).toMatchObject([
    { channel: 'EMAIL', status: 'SUPPRESSED' },
    { channel: 'IN_APP', status: 'DELIVERED' },
  ]);
  expect(smtp.to(user.address)).toHaveLength(2);
});

it('tries again after a temporary failure, with the same Message-ID', async () => {
  const user = await recipient();
  let failures = 2;
  smtp.onMessage = () => {
    failures -= 1;
    if (failures >= 0) throw smtpReply(451, 'Try again later');
  };
  await refund(user);
  const mail = await smtp.mailTo(user.address);
  expect(await emailDelivery(user, 'SENT')).toMatchObject({ attempts: 3, error: null });
  expect(smtp.to(user.address)).toHaveLength(1);
  expect(mail.messageId).toMatch(/\.email@souk\.example>$/);
});

it('gives up a message that the server refuses for good, and an address that bounces', async () => {
  const user = await recipient();
  smtp.onMessage = () => {
    throw smtpReply(554, 'Looks like spam');
  };
  await refund(user);
  expect(await emailDelivery(user, 'FAILED')).toMatchObject({ attempts: 1 });

  smtp.onMessage = () => undefined;
  smtp.onRecipient = (address) => (address === user.address ? smtpReply(550, 'No such user') : null);
  await refund(user);
  const bounced = await emailDelivery(user, 'BOUNCED');
  expect(bounced.attempts).toBe(1);
  expect(bounced.error).toContain('No such user');

  smtp.onRecipient = () => null;
  await refund(user);
  expect((await emailDelivery(user, 'SUPPRESSED')).error).toContain('bounced');
  expect(smtp.to(user.address)).toEqual([]);

  await addKnownUser(social, user.userId, { email: 'moved@example.com' });
  await refund(user);
  await smtp.mailTo('moved@example.com');
});

it('sends each delivery once, however many messages wake workers for it', async () => {
  const user = await recipient();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  smtp.onMessage = () => held;
  await refund(user);
  await until('the attempt', () => smtp.recipients.includes(user.address));
  const [row] = await sql<{ id: string }>('SELECT id FROM notification WHERE user_id = $1', [user.userId]);
  const message = deliveryMessage({ notificationId: row?.id ?? '', channel: 'EMAIL' });
  await social.send(...Array.from({ length: 20 }, () => message));
  const queue = social.dependencies.queues.queue('social');
  await until('the messages to be handled, while the first attempt goes on', async () => {
    const { waiting, active } = await queue.getJobCounts('waiting', 'active');
    return waiting === 0 && active === 1;
  });
  await queue.close();
  expect(smtp.recipients.filter((address) => address === user.address)).toHaveLength(1);
  release();
  await emailDelivery(user, 'SENT');
  await social.send(message, message);
  await refund(user);
  await smtp.mailTo(user.address, 2);
  expect(smtp.recipients.filter((address) => address === user.address)).toHaveLength(2);
  expect(await storedAttempts(row?.id ?? '')).toBe(1);
});

const storedAttempts = async (id: string): Promise<number | undefined> =>
  (
    await sql<{ attempts: number }>(
      `SELECT attempts FROM delivery WHERE notification_id = $1 AND channel = 'EMAIL'`,
      [id],
    )
  )[0]?.attempts;

it('finds a delivery whose process has died, after its lease', async () => {
  const user = await recipient();
  const id = newId();
  await sql(
    `INSERT INTO notification (id, user_id, type, title, body, data, variables, dedupe_key, created_at)
     VALUES ($1, $2, 'ANNOUNCEMENT', '', '', '{}', '{"title":"Hello","body":"World"}', 'test', now())`,
    [id, user.userId],
  );
  // Claimed by a process that has ended; nothing will wake a worker but the sweep.
  await sql(
    `INSERT INTO delivery (notification_id, channel, status, attempts, not_before, wake_at)
     VALUES ($1, 'EMAIL', 'QUEUED', 1, now() + interval '1 second', now() + interval '1 second')`,
    [id],
  );
  const mail = await smtp.mailTo(user.address);
  expect(mail.subject).toBe('Hello');
  expect(await emailDelivery(user, 'SENT')).toMatchObject({ attempts: 2 });
});

it('waits for the address of a person whom account has not listed yet', async () => {
  const user = social.user();
  await refund(user);
  await until(
    'a first attempt',
    async () => (await notificationsOf(social, user))[0]?.deliveries[0]?.attempts,
  );
  const item = person(user.userId);
  social.states.put(accountStates.people, user.userId, item);
  await smtp.mailTo(item.contact?.email ?? '');
});

it('sends nothing to a deleted account', async () => {
  const user = await recipient();
  smtp.onRecipient = () => smtpReply(450, 'Later');
  await refund(user);
  await until(
    'a first attempt',
    async () => (await notificationsOf(social, user))[0]?.deliveries[0]?.attempts,
  );
  social.states.put(accountStates.people, user.userId, {
    userId: user.userId,
    status: 'DELETED',
    contact: null,
  });
  expect((await emailDelivery(user, 'SUPPRESSED')).error).toBe('The account is deleted.');
});

describe('a token for an e-mail address', () => {
  it('goes to that address alone, and is stored nowhere in clear', async () => {
    const user = social.user();
    const [email, token] = [`${newId()}@example.com`, `token-${newId()}`];
    // Neither a choice nor a bounce holds it back.
    await sql(`INSERT INTO notification_preference VALUES ($1, 'EMAIL_VERIFICATION', '{}')`, [user.userId]);
    await sql(`INSERT INTO bounced_address VALUES ($1, 'EMAIL', $2, 'no such user', now())`, [
      user.userId,
      email,
    ]);
    smtp.onRecipient = () => smtpReply(450, 'Later');
    await requestVerification(user, { email, token });
    await until(
      'a first attempt',
      async () => (await sql('SELECT FROM delivery WHERE attempts > 0 AND address = $1', [email])).length > 0,
    );
    const dump = async (): Promise<string> =>
      JSON.stringify(
        await sql(
          'SELECT n, d FROM notification n JOIN delivery d ON n.id = notification_id WHERE user_id = $1',
          [user.userId],
        ),
      );
    expect(await dump()).not.toContain(token);
    expect((await storedDelivery(user)).sealed).not.toBeNull();

    smtp.onRecipient = () => null;
    const mail = await smtp.mailTo(email);
    expect(mail.subject).toBe('Bestätige deine E-Mail-Adresse');
    expect(mail.text).toContain(`https://souk.example/verify-email?token=${token}\n`);
    expect(mail.text).toContain(`\n${token}\n`);
    expect(mail.html).toContain(`<a href="https://souk.example/verify-email?token=${token}">`);
    expect(mail.headers.get('list')).toBeUndefined();
    await until('the result', async () => (await storedDelivery(user)).status === 'SENT');
    expect(await storedDelivery(user)).toMatchObject({ sealed: null, address: null, error: null });
    expect(await sql('SELECT FROM bounced_address WHERE user_id = $1', [user.userId])).toEqual([]);
    expect(await dump()).not.toContain(token);
    expect(await notificationsOf(social, user)).toEqual([]);
  });

  it('is not sent after it has expired, nor opened for another user', async () => {
    const [late, wrong] = [social.user(), social.user()];
    await requestVerification(late, { email: 'late@example.com', token: 'x', expiresInMs: -1_000 });
    await social.send(
      eventMessage('social', accountEvents.passwordResetRequested, wrong.userId, {
        userId: wrong.userId,
        email: 'wrong@example.com',
        locale: 'en',
        token: new TextSeal(null).seal('y', tokenContext('passwordResetRequested', late.userId)),
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
      }),
    );
    for (const user of [late, wrong]) {
      const isStored = async (): Promise<boolean> =>
        (await sql('SELECT FROM notification WHERE user_id = $1', [user.userId])).length > 0;
      await until('the notification', isStored);
      await until('the result', async () => (await storedDelivery(user)).status === 'FAILED');
      expect(await storedDelivery(user)).toMatchObject({ attempts: 1, sealed: null });
    }
    expect(smtp.recipients).not.toContain('late@example.com');
    expect(smtp.recipients).not.toContain('wrong@example.com');
  });
});

it('warns of what happened to an account, which nobody can switch off', async () => {
  const user = await recipient({ timeZone: 'Europe/Lisbon' });
  await sql(`INSERT INTO notification_preference VALUES ($1, 'SECURITY_ALERT', '{SMS}')`, [user.userId]);
  await social.send(
    eventMessage('social', accountEvents.securityAlert, user.userId, {
      userId: user.userId,
      kind: 'PASSKEY_ADDED',
      at: '2026-07-01T10:00:00.000Z',
      device: 'Firefox',
      subject: 'Phone',
    }),
  );
  const mail = await smtp.mailTo(user.address);
  expect(mail.text).toContain('The passkey “Phone” was added.\n\nJuly 1, 2026 at 11:00:00');
  expect(mail.headers.get('list')).toBeUndefined();
  expect((await notificationsOf(social, user))[0]).toMatchObject({ type: 'SECURITY_ALERT' });
});

it('notifies the owner of a partner of its status and its commission', async () => {
  const user = await recipient();
  const partnerId = newId();
  const change = (status: string, previousStatus: string, reason: string | null): Promise<void> =>
    social.send(
      eventMessage('social', accountEvents.partnerStatusChanged, partnerId, {
        partnerId,
        userId: user.userId,
        status,
        previousStatus,
        reason,
        commissionBasisPoints: 900,
        at: new Date().toISOString(),
      }),
    );
  await change('VERIFIED', 'PENDING', null);
  await change('VERIFIED', 'VERIFIED', null);
  await change('SUSPENDED', 'VERIFIED', 'Too many complaints.');
  await smtp.mailTo(user.address, 3);
  const notifications = await notificationsOf(social, user);
  expect(notifications.map(({ type }) => type)).toEqual([
    'PARTNER_REJECTED',
    'PARTNER_VERIFIED',
    'PARTNER_VERIFIED',
  ]);
  expect(notifications[1]?.body).toBe('The commission on your sales is 9 % from now on.');
  expect(notifications[0]?.body).toContain('Too many complaints.');
});

it('notifies the owner of a new partner, of changes of its data, and the administrators who can verify it', async () => {
  const [owner, administrator] = [await recipient(), await recipient()];
  const partnerId = newId();
  const partner = { partnerId, userId: owner.userId, name: 'Harbour <Books>', slug: 'harbour-books' };
  await social.send(
    eventMessage('social', accountEvents.partnerRegistered, partnerId, {
      ...partner,
      reviewerIds: [administrator.userId, owner.userId],
    }),
  );
  const changed = { ...partner, changed: ['about'], about: 'Old maps', website: null };
  await social.send(eventMessage('social', accountEvents.partnerUpdated, partnerId, changed));
  await smtp.mailTo(owner.address, 2);
  await smtp.mailTo(administrator.address, 1);
  await expect(notificationsOf(social, owner)).resolves.toMatchObject([
    { type: 'PARTNER_UPDATED', body: expect.stringContaining('“Harbour <Books>”') as string },
    { type: 'PARTNER_REGISTERED', title: 'Your partner account was registered' },
  ]);
  await expect(notificationsOf(social, administrator)).resolves.toMatchObject([
    {
      type: 'PARTNER_REGISTERED',
      title: 'A partner waits for its verification',
      body: expect.not.stringContaining('Harbour') as string,
    },
  ]);
});

it('reminds the owner of a cart, once for each change of it', async () => {
  const user = await recipient();
  const cartId = newId();
  const left = (changedAt: string): Promise<void> =>
    social.send(
      eventMessage('social', orderEvents.cartLeft, cartId, {
        cartId,
        userId: user.userId,
        changedAt,
        listings: [
          { id: newId(), title: 'Old town at dusk' },
          { id: newId(), title: 'A lamp' },
        ],
      }),
    );
  for (const changedAt of [
    '2026-11-01T10:00:00.000Z',
    '2026-11-01T10:00:00.000Z',
    '2026-11-03T10:00:00.000Z',
  ])
    await left(changedAt);
  await expect(smtp.mailTo(user.address, 2)).resolves.toMatchObject({ subject: 'Your cart is waiting' });
  await expect(notificationsOf(social, user)).resolves.toMatchObject([
    {
      type: 'CART_REMINDER',
      body: expect.stringContaining('“Old town at dusk” and one other item') as string,
    },
    { type: 'CART_REMINDER', data: { cartId: toApiId('cart', cartId) } },
  ]);
});

it('does not trust a certificate that nobody has signed', async () => {
  const secure = new SmtpSink({ secure: true });
  const smtpUrl = await secure.listen('smtps');
  const other = await startSocial(() => null, {
    ...defaultDelivery,
    smtpUrl,
    mailFrom: 'shop@souk.example',
    publicUrl: 'https://souk.example',
  });
  try {
    const user = other.user();
    await addKnownUser(other, user.userId);
    await other.send(
      eventMessage('social', accountEvents.securityAlert, user.userId, {
        userId: user.userId,
        kind: 'MFA_DISABLED',
        at: new Date().toISOString(),
        device: null,
        subject: null,
      }),
    );
    const error = await until(
      'the refusal',
      async () => (await notificationsOf(other, user))[0]?.deliveries[0]?.error,
    );
    expect(error).toContain('certificate');
    expect(secure.recipients).toEqual([]);
  } finally {
    await other.close();
    await secure.close();
  }
});

it('records each e-mail as soon as it was sent, while another one of its batch hangs', async () => {
  const users = await Promise.all(Array.from({ length: 6 }, () => recipient()));
  const holderIds = users.map(({ userId }) => userId);
  let isFirst = true;
  let release: () => void = () => undefined;
  smtp.onMessage = () => {
    if (!isFirst) return;
    isFirst = false;
    return new Promise((resolve) => {
      release = resolve;
    });
  };
  const sent = async (): Promise<number> => {
    const rows: unknown[] = await social.dependencies.source.query(
      `SELECT FROM delivery d JOIN notification n ON n.id = d.notification_id
       WHERE n.user_id = ANY($1) AND d.channel = 'EMAIL' AND d.status = 'SENT'`,
      [holderIds],
    );
    return rows.length;
  };
  const listingId = newId();
  await social.send(
    eventMessage('social', orderEvents.startReminderDue, listingId, {
      ...{ listingId, offerId: null, title: 'A walk', startsAt: '2030-07-01T19:00:00.000Z', timeZone: null },
      holderIds,
    }),
  );
  try {
    await until('the others to be recorded', async () => (await sent()) === users.length - 1);
  } finally {
    release();
  }
  await until('all to be recorded', async () => (await sent()) === users.length);
});

describe('a reminder', () => {
  it('of a payment goes out once for each checkout, also in quiet hours', async () => {
    const user = await recipient();
    const [orderId, checkoutId] = [newId(), newId()];
    await social.dependencies.source.query('INSERT INTO quiet_hours VALUES ($1, 0, 1439)', [user.userId]);
    for (let times = 0; times < 2; times += 1)
      await social.send(
        eventMessage('social', orderEvents.paymentDue, orderId, {
          ...{ userId: user.userId, orderId, orderNumber: 'S-ABCDEFGH', checkoutId },
          ...{ total: { amount: 4_900, currency: 'EUR' }, expiresAt: '2030-12-01T19:00:00.000Z' },
        }),
      );
    const mail = await smtp.mailTo(user.address);
    expect(mail.subject).toBe('Your order S-ABCDEFGH waits for your payment');
    for (const part of [mail.text, String(mail.html)])
      expect(part).toContain('Without your payment the order ends on December 1, 2030 at 7:00:00 PM UTC.');
    await expect(notificationsOf(social, user)).resolves.toMatchObject([
      {
        type: 'PAYMENT_DUE',
        data: { orderId: toApiId('order', orderId), checkoutId: toApiId('checkout', checkoutId) },
      },
    ]);
  });

  it('of seats goes out once for each end of their hold, also in quiet hours', async () => {
    const user = await recipient();
    const [listingId, seatId] = [newId(), newId()];
    await social.dependencies.source.query('INSERT INTO quiet_hours VALUES ($1, 0, 1439)', [user.userId]);
    for (const heldUntil of [
      '2030-12-01T19:00:00.000Z',
      '2030-12-01T19:00:00.000Z',
      '2030-12-01T19:09:00.000Z',
    ])
      await social.send(
        eventMessage('social', catalogEvents.seatHoldEnding, listingId, {
          ...{ listingId, title: 'Night <of> lamps', userId: user.userId, seatIds: [seatId], heldUntil },
        }),
      );
    const mail = await smtp.mailTo(user.address, 2);
    expect(mail.subject).toBe('Your seats for “Night <of> lamps” are held for a few more minutes');
    expect(mail.text).toContain('One seat for “Night <of> lamps” will be free for others');
    expect(String(mail.html)).toContain('Night &lt;of&gt; lamps');
    await expect(notificationsOf(social, user)).resolves.toMatchObject([
      {
        type: 'SEAT_HOLD_ENDING',
        data: { listingId: toApiId('listing', listingId), seatIds: [toApiId('seat', seatId)] },
      },
      { type: 'SEAT_HOLD_ENDING' },
    ]);
  });

  it('of a start has the time at its place, and comes once for each start', async () => {
    const [anna, ben] = [await recipient(), await recipient()];
    await addKnownUser(social, ben.userId, { locale: 'de', timeZone: 'America/New_York' });
    const listingId = newId();
    const remind = (startsAt: string, timeZone: string | null): Promise<void> =>
      social.send(
        eventMessage('social', orderEvents.startReminderDue, listingId, {
          ...{ listingId, offerId: null, title: 'Night of lamps', startsAt, timeZone },
          holderIds: [anna.userId, ben.userId],
        }),
      );
    for (let times = 0; times < 2; times += 1) await remind('2030-07-01T19:00:00.000Z', 'Europe/Berlin');
    expect((await smtp.mailTo(anna.address)).text).toContain('starts on July 1, 2030 at 9:00:00 PM GMT+2');
    expect((await smtp.mailTo(ben.address)).text).toContain('beginnt am 1. Juli 2030 um 21:00:00 MESZ');
    await expect(notificationsOf(social, ben)).resolves.toHaveLength(1);
    // Moved, to a place whose zone is unknown.
    await remind('2030-07-02T19:00:00.000Z', null);
    expect((await smtp.mailTo(ben.address, 2)).text).toContain('2. Juli 2030 um 15:00:00');
    await expect(notificationsOf(social, anna)).resolves.toMatchObject([
      { type: 'EVENT_REMINDER', data: { listingId: toApiId('listing', listingId) } },
      { type: 'EVENT_REMINDER' },
    ]);
  });
});
