import { defineCommand } from '@souk/shared/command';
import { Database } from '@souk/shared/db/database';
import type { Json } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { Message } from '@souk/shared/message';
import { UnsentMessages } from '@souk/shared/message';
import type { QueueConnection } from '@souk/shared/queue/connection';
import { connectQueues } from '@souk/shared/queue/connection';
import { maxJobBytes } from '@souk/shared/queue/job';
import { MessageSender } from '@souk/shared/queue/message-sender';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import type { CommandEnvelope, ReplyEnvelope } from '@souk/shared/contracts/saga-envelope';
import { replyEnvelope } from '@souk/shared/contracts/saga-envelope';
import { participate } from '@souk/shared/saga/participant';
import { messagesSetAside } from '@souk/shared/telemetry';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { queueDatabase } from '../../tests/support/database-template.js';
import { openFreshDatabase } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

// Messages that a real queue refuses, among messages of others.

const halfPair = '\ud83d';
const lines: Record<string, unknown>[] = [];
const log = createLog('test', 'error', {
  write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>),
});

let source: DataSource;
let queues: QueueConnection;
let sender: MessageSender;
let database: Database;
let workers: MessageWorker[];
let counted: number[];
let replies: ReplyEnvelope[];

const work = async (queue: 'catalog' | 'order', handlers: object): Promise<void> => {
  const worker = new MessageWorker(queues, queue, { ...handlers }, { concurrency: 4, log });
  await worker.ready();
  workers.push(worker);
};

beforeEach(async () => {
  [lines.length, counted, replies, workers] = [0, [], [], []];
  source = await openFreshDatabase('set_aside', 5);
  queues = await connectQueues({ postgresUrl: await queueDatabase() }, log);
  sender = new MessageSender(queues);
  database = new Database(source, sender.send, log);
  await work('order', { reply: async (body: Json) => void replies.push(replyEnvelope.parse(body)) });
});

afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.close()));
  await database.close();
  await sender.close();
  await queues.close();
});

const countMessages = (): Promise<void> =>
  work('catalog', { count: async (body: Json) => void counted.push((body as { n: number }).n) });

const count = (n: number): Message => ({ queue: 'catalog', name: 'count', body: { n } });

const commandWith = (payload: Json, direction: 'do' | 'undo' | 'tell' = 'do'): CommandEnvelope => ({
  sagaId: newId(),
  transactionId: 'SAGA-REFUSED',
  position: 2,
  step: 'PROCESS_PAYMENT',
  direction,
  command: 'work',
  payload,
  replyTo: 'order',
});

interface Row {
  name: string;
  set_aside: boolean;
  failures: number;
  error: string | null;
  body: { payload?: Json; transactionId?: string };
}

const rows = (): Promise<Row[]> =>
  source.query(
    'SELECT name, set_aside_at IS NOT NULL AS set_aside, failures, error, body FROM outbox ORDER BY id',
  );

const plant = async (name: string, body: object): Promise<void> => {
  await source.query(
    `INSERT INTO outbox (queue, name, body, created_at) VALUES ('catalog', $1, $2, now() - interval '1 minute')`,
    [name, JSON.stringify(body)],
  );
};

const metric = async (name: string): Promise<number> => {
  const { values } = await messagesSetAside.get();
  return values.find(({ labels }) => labels.queue === 'catalog' && labels.name === name)?.value ?? 0;
};

it.each([
  ['half a surrogate pair', halfPair],
  ['a NUL', 'a\0b'],
  ['more than a job may hold', 'x'.repeat(maxJobBytes)],
])('a row with %s is set aside alone; the others leave, and its saga gets a fault', async (_what, text) => {
  const before = await metric('command');
  const bad = commandWith({ text });
  for (let n = 0; n < 10; n += 1) await plant('count', { n });
  await plant('command', bad);
  for (let n = 10; n < 20; n += 1) await plant('count', { n });
  await countMessages();

  await expect(database.sweepOutbox()).resolves.toBe(20);
  await until('20 messages and a reply', () => counted.length >= 20 && replies.length > 0);
  expect(counted.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(replies).toEqual([
    {
      sagaId: bad.sagaId,
      transactionId: 'SAGA-REFUSED',
      position: 2,
      direction: 'do',
      attempts: 1,
      outcome: {
        kind: 'fault',
        error: expect.stringMatching(/^A command of this step could not be sent: /) as string,
      },
    },
  ]);
  const [left, ...others] = await until('the reply to have left', async () => {
    const all = await rows();
    return all.length === 1 ? all : null;
  });
  expect(others).toEqual([]);
  expect(left).toMatchObject({ name: 'command', set_aside: true, error: expect.any(String) as string });
  expect(left?.body.payload).toEqual({ text });
  await expect(database.setAsideInOutbox()).resolves.toBe(1);
  await expect(database.oldestInOutbox()).resolves.toBe(0);
  expect(await metric('command')).toBe(before + 1);
  expect(lines).toMatchObject([{ message: 'command', transactionId: 'SAGA-REFUSED', queue: 'catalog' }]);
  // Later sweeps leave it alone.
  await expect(database.sweepOutbox()).resolves.toBe(0);
});

it('a wake-up that is refused gets a row, once, and the others of its batch leave', async () => {
  await countMessages();
  const bad = { queue: 'catalog' as const, name: 'command', body: commandWith({ text: halfPair }) };
  const sendAll = (): Promise<void> =>
    database.transact((_manager, outbox) => {
      outbox.addWakeUp(...Array.from({ length: 10 }, (_, n) => count(n)), bad);
      outbox.add(count(10));
      return Promise.resolve();
    });
  await sendAll();
  await until('11 messages and a reply', () => counted.length >= 11 && replies.length > 0);
  await sendAll();
  await until('the others again', () => counted.length >= 22 && replies.length > 1);
  await until('one row', async () => (await rows()).length === 1);
  expect(await rows()).toMatchObject([{ set_aside: true, body: { payload: { text: halfPair } } }]);
});

it('nothing is sent in place of an event, or of a command without a reply', async () => {
  await plant('count', { text: halfPair });
  await plant('command', commandWith({ text: halfPair }, 'tell'));
  await expect(database.sweepOutbox()).resolves.toBe(0);
  expect(await rows()).toMatchObject([
    { name: 'count', set_aside: true },
    { name: 'command', set_aside: true },
  ]);
});

it('an operator sends a row again by ending its state', async () => {
  await plant('count', { n: 1, text: halfPair });
  await database.sweepOutbox();
  await source.query(`UPDATE outbox SET body = '{"n":1}', set_aside_at = NULL`);
  await countMessages();
  await expect(database.sweepOutbox()).resolves.toBe(1);
  await until('the message', () => counted.length === 1);
});

it('a reply that is refused becomes a fault of its step', async () => {
  const command = defineCommand('catalog', 'work', {
    payload: z.object({ size: z.int() }),
    output: z.object({ text: z.string() }),
  });
  const handlers = participate(
    database,
    { work: command },
    {
      work: {
        batch: (_manager, commands) =>
          Promise.resolve(
            commands.map(({ payload: { size } }) => ({ kind: 'done', output: { text: 'x'.repeat(size) } })),
          ),
      },
    },
  );
  const [big, ...small] = [maxJobBytes, 1, 2, 3].map((size) => commandWith({ size }));
  await sender.send(
    [big, ...small].map((body) => ({ queue: 'catalog' as const, name: 'command', body: body as Json })),
  );
  await work('catalog', { command: handlers });
  await until('four replies', () => replies.length >= 4);
  const kinds = new Map(replies.map(({ sagaId, outcome: { kind } }) => [sagaId, kind]));
  expect([big, ...small].map((one) => kinds.get(one?.sagaId ?? ''))).toEqual([
    'fault',
    'done',
    'done',
    'done',
  ]);
});

it('a message that fails while its queue answers is delayed, and set aside after its last attempt', async () => {
  const failing = new Database(
    source,
    (messages) => {
      const unsent = messages.filter(({ name }) => name === 'odd');
      if (unsent.length === 0) return Promise.resolve();
      const error = new Error('It failed.');
      return Promise.reject(
        new UnsentMessages(
          unsent.map((message) => ({ message, error, reason: 'failed', replacement: null })),
        ),
      );
    },
    log,
  );
  await plant('odd', {});
  await plant('count', { n: 1 });
  for (let failures = 1; failures <= 9; failures += 1) {
    await expect(failing.sweepOutbox()).rejects.toThrow('It failed.');
    expect(await rows()).toMatchObject([{ name: 'odd', set_aside: false, failures, error: 'It failed.' }]);
    await expect(failing.sweepOutbox()).resolves.toBe(0);
    await source.query('UPDATE outbox SET retry_at = now()');
  }
  await expect(failing.sweepOutbox()).rejects.toThrow('It failed.');
  expect(await rows()).toMatchObject([{ name: 'odd', set_aside: true, failures: 10 }]);
});
