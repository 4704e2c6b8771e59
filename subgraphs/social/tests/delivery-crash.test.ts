import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import { connectQueues } from '@souk/shared/queue/connection';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { entities, migrations } from '@souk/social/database';
import { announcementMessageName } from '@souk/social/domain/notification/announcement';
import { migratedDatabase, queueDatabase } from '../../../tests/support/database-template.js';
import { until } from '../../../tests/support/until.js';
import { SmtpSink } from './support/smtp-sink.js';

// Social's own process is killed while it sends an announcement, several times, and started again.

const program = join(__dirname, '..', 'dist', 'main.js');
const people = 300;
/** The process is killed when so many e-mails have arrived. */
const kills = [40, 120, 200];
/** E-mails that a process may have handed over and not recorded: those of its connections and of one record. */
const mostUnrecorded = 50;

it('loses no e-mail of a killed process, and repeats only those that it had not recorded', async () => {
  const smtp = new SmtpSink();
  const urls = {
    database: await migratedDatabase('social', { entities, migrations }),
    queue: await queueDatabase(),
  };
  const environment = {
    ...process.env,
    NODE_ENV: 'test',
    PORT: '0',
    SOCIAL_DATABASE_URL: urls.database,
    QUEUE_DATABASE_URL: urls.queue,
    GATEWAY_SECRET: 'the secret of this test',
    // Nothing listens there: the people are known already.
    JWKS_URL: 'http://127.0.0.1:9/.well-known/jwks.json',
    SMTP_URL: await smtp.listen(),
    LOG_LEVEL: 'fatal',
  };
  const source = await openDataSource({
    url: urls.database,
    applicationName: 'test',
    poolSize: 2,
    entities,
    migrations,
  });
  const queues = await connectQueues({ postgresUrl: urls.queue }, createLog('test', 'silent'));
  const sender = new MessageSender(queues);
  let child: ChildProcess | null = null;
  const start = (): ChildProcess => spawn(process.execPath, [program], { env: environment, stdio: 'ignore' });
  const kill = async (): Promise<void> => {
    if (!child) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
    child = null;
  };
  const sentTo = async (): Promise<Set<string>> => {
    const rows: { email: string }[] = await source.query(
      `SELECT k.email FROM delivery d JOIN notification n ON n.id = d.notification_id JOIN known_user k USING (user_id)
       WHERE d.channel = 'EMAIL' AND d.status = 'SENT'`,
    );
    return new Set(rows.map(({ email }) => email));
  };
  const acceptedBy = (): string[] =>
    smtp.mails.flatMap(({ to }) => [to].flat().map((each) => each?.text ?? ''));
  try {
    await source.query(
      `INSERT INTO known_user (user_id, status, email, is_email_verified, display_name, locale, time_zone)
       SELECT gen_random_uuid(), 'ACTIVE', 'person-' || i || '@example.com', true, 'Person', 'en', 'UTC'
       FROM generate_series(1, $1::int) AS i`,
      [people],
    );
    const announcementId = newId();
    await source.query(
      `INSERT INTO announcement (id, actor_id, title, body, created_at) VALUES ($1, $2, 'Hello', 'World', now())`,
      [announcementId, newId()],
    );
    await sender.send([{ queue: 'social', name: announcementMessageName, body: { announcementId } }]);

    const repeatable = new Map<string, number>();
    for (const threshold of kills) {
      child = start();
      await until(`${threshold} e-mails`, () => smtp.mails.length >= threshold, 60_000);
      await kill();
      // The server ends what it had received whole.
      let arrived = -1;
      await until('the server to be idle', () => {
        const isIdle = arrived === smtp.mails.length;
        arrived = smtp.mails.length;
        return isIdle;
      });
      const sent = await sentTo();
      const unrecorded = new Set(acceptedBy().filter((address) => !sent.has(address)));
      expect(unrecorded.size).toBeLessThanOrEqual(mostUnrecorded);
      for (const address of unrecorded) repeatable.set(address, (repeatable.get(address) ?? 0) + 1);
      // The leases of the dead process end.
      await source.query(
        `UPDATE delivery SET not_before = clock_timestamp(), wake_at = clock_timestamp() WHERE status = 'QUEUED'`,
      );
    }
    // The queue loses its messages too: the rows are the truth, and a sweep finds them.
    const queue = queues.queue('social');
    await queue.obliterate({ force: true });
    await queue.close();
    child = start();
    await until('all to be sent', async () => (await sentTo()).size === people, 60_000);

    const times = new Map<string, number>();
    for (const address of acceptedBy()) times.set(address, (times.get(address) ?? 0) + 1);
    expect(times.size).toBe(people);
    for (const [address, count] of times)
      expect(count).toBeLessThanOrEqual(1 + (repeatable.get(address) ?? 0));
    // A copy is recognized by its Message-ID.
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(people);
    const [{ notifications } = { notifications: 0 }]: { notifications: number }[] = await source.query(
      'SELECT count(*)::int AS notifications FROM notification',
    );
    expect(notifications).toBe(people);
  } finally {
    await kill();
    await sender.close();
    await queues.close();
    await source.destroy();
    await smtp.close();
  }
}, 180_000);
