import { accountEvents } from '@souk/shared/contracts/account';
import { orderEvents } from '@souk/shared/contracts/order';
import { newId } from '@souk/shared/ids';
import { wallClockOf } from '@souk/shared/wall-clock';
import { defaultDelivery } from '@souk/social/delivery-options';
import { timeOf } from '@souk/social/domain/notification/quiet-hours';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { SmtpSink, smtpReply } from './support/smtp-sink.js';
import { addKnownUser, dataOf, follow, notificationsOf, queryUsers, startSocial } from './support/social.js';

const smtp = new SmtpSink();
let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial(() => null, { ...defaultDelivery, smtpUrl: await smtp.listen() });
});
afterEach(() => {
  smtp.onMessage = () => undefined;
});
afterAll(async () => {
  await social.close();
  await smtp.close();
});

const sql = <Row>(text: string, parameters: unknown[] = []): Promise<Row[]> =>
  social.dependencies.source.query<Row[]>(text, parameters);

async function recipient(timeZone = 'UTC'): Promise<TestUser & { address: string }> {
  const user = social.user();
  await addKnownUser(social, user.userId, { timeZone });
  return { ...user, address: `${user.userId}@example.com` };
}

async function setQuietHours(user: TestUser, quietHours?: object | null): Promise<unknown> {
  const result = await social.run(
    `mutation ($quietHours: QuietHoursInput) { setQuietHours(quietHours: $quietHours) {
       quietHours { start end } userErrors { code field }
     } }`,
    { quietHours },
    user,
  );
  return dataOf<{ setQuietHours: unknown }>(result).setQuietHours;
}

/** Quiet hours around the present time in a zone: it began `before` minutes ago and ends in `after` minutes. */
function aroundNow(timeZone: string, before: number, after: number): { start: string; end: string } {
  const minute = Math.floor(wallClockOf(new Date(), timeZone) / 60_000);
  const of = (shift: number): string => timeOf((((minute + shift) % 1_440) + 1_440) % 1_440);
  return { start: of(-before), end: of(after) };
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

interface StoredDelivery {
  status: string;
  attempts: number;
  minutes: number;
  digest: boolean;
}

/** The e-mail deliveries of a user, oldest first, with the minutes that they still wait. */
const deliveriesOf = ({ userId }: TestUser): Promise<StoredDelivery[]> =>
  sql(
    `SELECT d.status, d.attempts, round(extract(epoch FROM d.not_before - clock_timestamp()) / 60)::int AS minutes,
       d.digest_at IS NOT NULL AS digest
     FROM notification n JOIN delivery d ON d.notification_id = n.id AND d.channel = 'EMAIL'
     WHERE n.user_id = $1 ORDER BY n.id`,
    [userId],
  );

/** Lets waiting deliveries of a user be due. */
async function passTime({ userId }: TestUser): Promise<void> {
  await sql(
    `UPDATE delivery d SET not_before = clock_timestamp(), wake_at = clock_timestamp()
     FROM notification n WHERE n.id = d.notification_id AND n.user_id = $1 AND d.status = 'QUEUED'`,
    [userId],
  );
}

it('holds e-mails in the quiet hours of the recipient, but none about the security of the account', async () => {
  const zone = 'Asia/Tokyo';
  const user = await recipient(zone);
  expect(await setQuietHours(user, { start: '7:00', end: '09:00' })).toMatchObject({
    quietHours: null,
    userErrors: [{ code: 'INVALID', field: ['quietHours', 'start'] }],
  });
  const hours = aroundNow(zone, 60, 45);
  expect(await setQuietHours(user, hours)).toEqual({ quietHours: hours, userErrors: [] });
  expect(await queryUsers(social, [user.id], 'quietHours { start end }', user)).toEqual([
    { quietHours: hours },
  ]);
  await refund(user);
  const [waiting] = await until('the e-mail to wait', async () => {
    const found = await deliveriesOf(user);
    return (found[0]?.minutes ?? 0) > 10 ? found : null;
  });
  expect(waiting).toMatchObject({ status: 'QUEUED', attempts: 0, digest: false });
  expect([44, 45]).toContain(waiting?.minutes);
  expect(await notificationsOf(social, user)).toHaveLength(1);

  await social.send(
    eventMessage('social', accountEvents.securityAlert, user.userId, {
      userId: user.userId,
      kind: 'MFA_DISABLED',
      at: new Date().toISOString(),
      device: null,
      subject: null,
    }),
  );
  await smtp.mailTo(user.address);
  // The time has come, but the hours were moved meanwhile.
  await setQuietHours(user, aroundNow(zone, 60, 90));
  await passTime(user);
  await until('the e-mail to wait again', async () => ((await deliveriesOf(user))[0]?.minutes ?? 0) > 80);
  // An absent argument is null.
  expect(await setQuietHours(user, undefined)).toEqual({ quietHours: null, userErrors: [] });
  expect(await queryUsers(social, [user.id], 'quietHours { start }', user)).toEqual([{ quietHours: null }]);
  await passTime(user);
  expect((await smtp.mailTo(user.address, 2)).subject).toBe('Your order S-ABCDEFGH was refunded');
});

it('sends three of many messages of one type, and the further ones together', async () => {
  const user = await recipient();
  for (let count = 0; count < 8; count += 1) await follow(social, social.user(), user.id);
  // Following adds the recipient to the projection anew.
  await smtp.mailTo(user.address, 3);
  const held = await until('five to wait', async () => {
    const found = (await deliveriesOf(user)).filter(({ digest }) => digest);
    return found.length === 5 ? found : null;
  });
  expect(held.every(({ attempts, minutes }) => attempts === 0 && minutes >= 58 && minutes <= 60)).toBe(true);

  let failures = 1;
  smtp.onMessage = () => {
    failures -= 1;
    if (failures >= 0) throw smtpReply(451, 'Try again later');
  };
  await passTime(user);
  const digest = await smtp.mailTo(user.address, 4);
  expect(digest.subject).toBe('You have a new follower (and 4 more)');
  expect(digest.text).toContain('5 × You have a new follower');
  expect(digest.headers.get('list')).toBeDefined();
  const sent = await until('all to be sent', async () => {
    const found = await deliveriesOf(user);
    return found.every(({ status }) => status === 'SENT') ? found : null;
  });
  expect(sent).toHaveLength(8);
  expect(smtp.to(user.address)).toHaveLength(4);
});

it('sends what waited for the end of quiet hours together', async () => {
  const user = await recipient();
  await setQuietHours(user, aroundNow('UTC', 60, 60));
  for (let count = 0; count < 2; count += 1) await follow(social, social.user(), user.id);
  await refund(user);
  await until('all to wait', async () => {
    const found = await deliveriesOf(user);
    return found.length === 3 && found.every(({ minutes }) => minutes > 10);
  });
  await setQuietHours(user, null);
  await passTime(user);
  await smtp.mailTo(user.address, 2);
  await until('all to be sent', async () =>
    (await deliveriesOf(user)).every(({ status }) => status === 'SENT'),
  );
  expect(
    smtp
      .to(user.address)
      .map(({ subject }) => subject)
      .sort(),
  ).toEqual(['You have a new follower (and 1 more)', 'Your order S-ABCDEFGH was refunded']);
});
