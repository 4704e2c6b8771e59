import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { createSmtpChannel } from '@souk/social/channels/smtp';
import { announcementMessageName } from '@souk/social/domain/notification/announcement';
import { SmtpReceiver } from './smtp-receiver.js';

/** The outcome of an announcement. */
export interface AnnouncementResult {
  recipients: number;
  /** Notifications in the app per second, while e-mails leave at the same time. */
  listedPerSecond: number;
  /** E-mails per second that the server accepted, from the first one to the last but those of killed processes. */
  mailsPerSecond: number;
  /** E-mails per second of the same channel alone, without a database, in a process that does nothing else. */
  channelPerSecond: number;
  /** Times at which the process was killed: notifications and e-mails until then. */
  kills: { listed: number; mails: number }[];
  /** People with more than one notification, and without one. */
  listedTwice: number;
  listedNever: number;
  /** E-mails that came more than once, and people to whom none came. */
  mailedTwice: number;
  mailedNever: number;
  /** E-mails that a killed process had handed over and not recorded: these may come twice. */
  unrecorded: number;
  /** Seconds from the first message to the end of the last delivery, with the leases of killed processes. */
  seconds: number;
}

const program = path.join(__dirname, '../../../subgraphs/social/dist/main.js');
const patienceMs = 3_600_000;
const pollMs = 200;
const sender = 'Souk <no-reply@souk.test>';

/**
 * Announces to everybody in the app and by e-mail, over a real SMTP server. Social runs in a process of its own, which is
 * killed twice: in the middle of the fan-out, and in the middle of the e-mails.
 */
export async function announceToAll(
  source: DataSource,
  urls: { social: string; queue: string },
  recipients: number,
): Promise<AnnouncementResult> {
  const smtp = new SmtpReceiver();
  const url = await smtp.listen();
  const channelPerSecond = await measureChannel(url, Math.min(recipients, 5_000));
  smtp.forget();
  await source.query(
    `INSERT INTO known_user (user_id, status, email, is_email_verified, display_name, locale, time_zone)
     SELECT uuidv7(), 'ACTIVE', 'person-' || i || '@example.com', true, 'Person ' || i, 'en', 'UTC'
     FROM generate_series(1, $1::int) AS i`,
    [recipients],
  );
  await source.query('VACUUM ANALYZE known_user');
  const queues = await connectQueues({ postgresUrl: urls.queue }, createLog('bench', 'silent'));
  const messages = new MessageSender(queues);
  let child: ChildProcess | null = null;
  const start = (): void => {
    child = spawn(process.execPath, [program], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'development',
        PORT: '0',
        SOCIAL_DATABASE_URL: urls.social,
        QUEUE_DATABASE_URL: urls.queue,
        GATEWAY_SECRET: 'the secret of this benchmark',
        // Nothing listens there: the people are known already.
        JWKS_URL: 'http://127.0.0.1:9/.well-known/jwks.json',
        SMTP_URL: url,
        MAIL_FROM: sender,
        LOG_LEVEL: 'fatal',
      },
    });
  };
  const kill = async (): Promise<void> => {
    if (!child) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    child = null;
  };
  const countListed = (): Promise<number> => count(source, 'SELECT count(*)::int AS n FROM notification');
  try {
    const id = newId();
    await source.query(
      `INSERT INTO announcement (id, actor_id, title, body, created_at) VALUES ($1, $2, 'Hello', 'World', now())`,
      [id, newId()],
    );
    await messages.send([
      { queue: 'social', name: announcementMessageName, body: { announcementId: id }, attempts: 14 },
    ]);
    const kills: AnnouncementResult['kills'] = [];
    const unrecorded = new Set<string>();
    const began = performance.now();
    let downMs = 0;
    start();
    for (const isReached of [
      async () => (await countListed()) >= recipients * 0.4,
      () => Promise.resolve(smtp.times.size >= recipients * 0.5),
    ]) {
      await waitUntil(isReached);
      await kill();
      const killedAt = performance.now();
      // The server ends what it had received whole.
      for (let before = -1; before !== smtp.accepted;) {
        before = smtp.accepted;
        await sleep(500);
      }
      kills.push({ listed: await countListed(), mails: smtp.accepted });
      for (const mail of await findUnrecorded(source, smtp)) unrecorded.add(mail);
      start();
      downMs += performance.now() - killedAt;
    }
    let listedAt = 0;
    await waitUntil(async () => {
      if (listedAt === 0 && (await countListed()) === recipients) listedAt = performance.now();
      return (await count(source, `SELECT count(*)::int AS n FROM delivery WHERE status = 'QUEUED'`)) === 0;
    });
    const seconds = (performance.now() - began) / 1_000;
    const mailed = [...smtp.times.values()];
    return {
      recipients,
      listedPerSecond: recipients / ((listedAt - began - downMs) / 1_000),
      mailsPerSecond: smtp.rateUntil(recipients - leased(kills.length), downMs),
      channelPerSecond,
      kills,
      listedTwice: await count(
        source,
        'SELECT count(*)::int AS n FROM (SELECT FROM notification GROUP BY user_id HAVING count(*) > 1) AS twice',
      ),
      listedNever: await count(
        source,
        `SELECT count(*)::int AS n FROM known_user k
         WHERE NOT EXISTS (SELECT FROM notification n WHERE n.user_id = k.user_id)`,
      ),
      mailedTwice: mailed.filter((times) => times > 1).length,
      mailedNever: recipients - mailed.length,
      unrecorded: unrecorded.size,
      seconds,
    };
  } finally {
    await kill();
    await messages.close();
    await queues.close();
    await smtp.close();
  }
}

/** Deliveries that killed processes had claimed: they wait for the end of their leases, which is no work. */
function leased(kills: number): number {
  const claimedAtOnce = 200;
  return kills * claimedAtOnce;
}

/** Message-IDs that the server has accepted and that are not recorded as sent. */
async function findUnrecorded(source: DataSource, smtp: SmtpReceiver): Promise<string[]> {
  const sent: { id: string }[] = await source.query(
    `SELECT notification_id AS id FROM delivery WHERE channel = 'EMAIL' AND status = 'SENT'`,
  );
  const recorded = new Set(sent.map(({ id }) => id));
  return [...smtp.times.keys()].filter((id) => !recorded.has(id));
}

async function measureChannel(url: string, mails: number): Promise<number> {
  const channel = createSmtpChannel({ url, from: sender });
  const began = performance.now();
  try {
    await Promise.all(
      Array.from({ length: mails }, (_, index) =>
        channel.send({
          messageId: `${index}.email@souk.test`,
          to: `person-${index}@example.com`,
          subject: 'Hello',
          text: 'World',
          html: '<p>World</p>',
          unsubscribeUrl: null,
          at: new Date(),
        }),
      ),
    );
  } finally {
    channel.close();
  }
  return mails / ((performance.now() - began) / 1_000);
}

async function count(source: DataSource, sql: string): Promise<number> {
  const [row]: { n: number }[] = await source.query(sql);
  return row?.n ?? 0;
}

async function waitUntil(isReached: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + patienceMs; !(await isReached());) {
    if (performance.now() > deadline) throw new Error('It took too long.');
    await sleep(pollMs);
  }
}
