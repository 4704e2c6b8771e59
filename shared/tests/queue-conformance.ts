import { createLog } from '@souk/shared/log';
import { createQueueDashboard } from '@souk/shared/queue/queue-dashboard';
import type { Message } from '@souk/shared/message';
import { UnsentMessages } from '@souk/shared/message';
import type { QueueStore } from '@souk/shared/queue-store';
import type { QueueConnection } from '@souk/shared/queue/connection';
import { connectQueues } from '@souk/shared/queue/connection';
import { maxJobBytes } from '@souk/shared/queue/job';
import { MessageSender } from '@souk/shared/queue/message-sender';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { MessageWorker } from '@souk/shared/queue/message-worker';
import type { Schedule } from '@souk/shared/queue/schedule';
import { registerSchedules, scheduleHandlers } from '@souk/shared/queue/schedule';
import express from 'express';
import type { AddressInfo } from 'node:net';
import { clientSpan } from '../../tests/support/collector.js';
import { recordSpans } from '../../tests/support/recorded-spans.js';
import { until } from '../../tests/support/until.js';

const log = createLog('test', 'silent');

/** The conformance suite of queues: both backends must pass it. */
export function queueConformance(store: () => Promise<QueueStore>): void {
  let connection: QueueConnection;
  let sender: MessageSender;
  const workers: MessageWorker[] = [];

  beforeEach(async () => {
    connection = await connectQueues(await store(), log);
    sender = new MessageSender(connection);
  });

  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
    await sender.close();
    await connection.close();
  });

  async function work(handlers: MessageHandlers, concurrency = 4, workerLog = log): Promise<void> {
    const worker = new MessageWorker(connection, 'catalog', handlers, { concurrency, log: workerLog });
    workers.push(worker);
    await worker.ready();
  }

  it('delivers each message once to one of several workers', async () => {
    const seen: number[] = [];
    const handlers: MessageHandlers = { count: async (body) => void seen.push((body as { n: number }).n) };
    await Promise.all([work(handlers), work(handlers)]);
    await sender.send(
      Array.from({ length: 200 }, (_, n) => ({ queue: 'catalog' as const, name: 'count', body: { n } })),
    );
    await until('200 messages', () => seen.length >= 200);
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  it('sends all messages of a batch but the one that it refuses', async () => {
    const seen: number[] = [];
    await work({ count: async (body) => void seen.push((body as { n: number }).n) });
    const messages = Array.from({ length: 150 }, (_, n): Message => {
      const body = { n, ...(n === 7 && { text: 'x'.repeat(maxJobBytes) }) };
      return { queue: 'catalog', name: 'count', body };
    });
    const fault: unknown = await sender.send(messages).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(UnsentMessages);
    expect((fault as UnsentMessages).unsent).toMatchObject([{ message: messages[7], reason: 'refused' }]);
    await until('the others', () => seen.length >= 149);
    expect(seen.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 150 }, (_, n) => n).filter((n) => n !== 7),
    );
  });

  it('gives up a message whose error has text that the store refuses', async () => {
    const seen: unknown[] = [];
    await work({
      poison: () => Promise.reject(new Error('planned \0 \ud83d')),
      fine: async (body) => void seen.push(body),
    });
    await sender.send([
      { queue: 'catalog', name: 'poison', body: 1, attempts: 2 },
      { queue: 'catalog', name: 'fine', body: 2 },
    ]);
    const queue = connection.queue('catalog');
    await until('the failed job', async () => (await queue.getJobCounts('failed'))['failed'] === 1);
    await queue.close();
    expect(seen).toEqual([2]);
  });

  it('stores messages that were sent before any worker started', async () => {
    await sender.send([{ queue: 'catalog', name: 'early', body: 'kept' }]);
    const seen: unknown[] = [];
    await work({ early: async (body) => void seen.push(body) });
    await until('the early message', () => seen.length > 0);
    expect(seen).toEqual(['kept']);
  });

  it('retries a failed message, numbers the attempts, and gives up after the last', async () => {
    const tries: { number: number; last: boolean }[] = [];
    await work({
      fail: async (_body, attempt) => {
        tries.push(attempt);
        throw new Error('planned');
      },
    });
    await sender.send([{ queue: 'catalog', name: 'fail', body: null, attempts: 3 }]);
    await until('the last try', () => tries.some(({ last }) => last));
    expect(tries).toEqual([
      { number: 1, last: false },
      { number: 2, last: false },
      { number: 3, last: true },
    ]);
  });

  it('logs the saga and its trace with a failed message', async () => {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
    const { traceId, spanId, traceparent } = clientSpan();
    const { stop } = await recordSpans();
    try {
      await work(
        { fail: () => Promise.reject(new Error('planned')) },
        4,
        createLog('test', 'warn', { write }),
      );
      const body = { transactionId: 'SAGA-LOG', traceparent };
      await sender.send([{ queue: 'catalog', name: 'fail', body, attempts: 1 }]);
      await until('the line', () => lines.length > 0);
      expect(lines).toMatchObject([{ message: 'fail', transactionId: 'SAGA-LOG', traceId, spanId }]);
    } finally {
      await stop();
    }
  });

  it('handles other messages beside one that fails', async () => {
    const seen: unknown[] = [];
    await work({
      fail: () => Promise.reject(new Error('planned')),
      fine: async (body) => void seen.push(body),
    });
    await sender.send([
      { queue: 'catalog', name: 'fail', body: null },
      { queue: 'catalog', name: 'fine', body: 1 },
      { queue: 'catalog', name: 'fine', body: 2 },
    ]);
    await until('the others', () => seen.length === 2);
    expect([...seen].sort()).toEqual([1, 2]);
  });

  it('passes batches to a batch handler, and retries only the message that failed', async () => {
    const batches: { n: number; attempt: number }[][] = [];
    await work({
      count: {
        parallel: () => 1,
        size: () => 100,
        handle: (deliveries) => {
          const batch = deliveries.map(({ body, attempt }) => ({
            n: (body as { n: number }).n,
            attempt: attempt.number,
          }));
          batches.push(batch);
          return Promise.resolve(
            batch.map(({ n, attempt }) => (n === 7 && attempt === 1 ? new Error('planned') : null)),
          );
        },
      },
    });
    await sender.send(
      Array.from({ length: 150 }, (_, n) => ({ queue: 'catalog' as const, name: 'count', body: { n } })),
    );
    await until('all of them, and the one that failed again', () => batches.flat().length > 150);
    expect(batches.flat().filter(({ n }) => n !== 7)).toHaveLength(149);
    expect(Math.max(...batches.map(({ length }) => length))).toBe(100);
    expect(batches.flat().filter(({ n }) => n === 7)).toEqual([
      { n: 7, attempt: 1 },
      { n: 7, attempt: 2 },
    ]);
  });

  it('retains a message that failed for the last time among the failed jobs', async () => {
    await work({ poison: () => Promise.reject(new Error('planned')) });
    const queue = connection.queue('catalog');
    const failed = async (): Promise<number> => (await queue.getJobCounts('failed'))['failed'] ?? 0;
    const before = await failed();
    await sender.send([
      { queue: 'catalog', name: 'poison', body: 1, attempts: 2 },
      { queue: 'catalog', name: 'poison', body: 2, attempts: 2 },
    ]);
    await until('both to be given up', async () => (await failed()) === before + 2);
    await queue.close();
  });

  it('shows the envelopes of its messages on a dashboard, without their bodies', async () => {
    await work({ poison: () => Promise.reject(new Error('planned')) });
    const command = { transactionId: 'SAGA-BOARD', step: 'PROCESS_PAYMENT', payload: 'a secret' };
    await sender.send([{ queue: 'catalog', name: 'poison', body: command, attempts: 1 }]);
    const board = createQueueDashboard(() => Promise.resolve(connection), '/queues');
    const server = express().use('/queues', board.handler).listen(0);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/queues`;
    try {
      const jobs = await until('the failed job', async () => {
        const answer = await fetch(
          `${url}/api/queues?activeQueue=catalog&status=failed&page=1&jobsPerPage=10`,
        );
        const text = await answer.text();
        const { queues } = JSON.parse(text) as {
          queues: { name: string; readOnlyMode: boolean; hasWorkers: boolean | null; jobs: object[] }[];
        };
        expect(queues.map(({ name }) => name)).toEqual(['account', 'catalog', 'order', 'payment', 'social']);
        expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
        // One is at work here: true, or null where that cannot be known.
        expect(queues[1]?.hasWorkers).not.toBe(false);
        expect(text).not.toContain('a secret');
        return text.includes('SAGA-BOARD') ? queues.find(({ name }) => name === 'catalog')?.jobs : null;
      });
      expect(jobs).toContainEqual(
        expect.objectContaining({
          failedReason: 'planned',
          data: [
            { name: 'poison', attempt: 1, attempts: 1, transactionId: 'SAGA-BOARD', step: 'PROCESS_PAYMENT' },
          ],
        }),
      );
      expect((await fetch(`${url}/api/queues/catalog/pause`, { method: 'PUT' })).status).toBe(405);
      expect((await fetch(`${url}/queue/catalog`)).headers.get('content-type')).toContain('text/html');
    } finally {
      await new Promise((resolve) => server.close(resolve));
      await board.close();
    }
  });

  it('runs a schedule once each time for all processes, and ends one that is gone', async () => {
    const runs: { name: string; at: number }[] = [];
    const every = (name: string): Schedule => ({
      name,
      cron: '* * * * * *',
      run: async () => void runs.push({ name, at: Math.floor(Date.now() / 1_000) }),
    });
    const queue = connection.queue('catalog');
    await work(scheduleHandlers([every('left'), every('gone')]));
    await work(scheduleHandlers([every('left'), every('gone')]));
    await registerSchedules(queue, [every('gone')], log);
    await Promise.all([1, 2, 3].map(() => registerSchedules(queue, [every('left')], log)));
    await until('three runs', async () => {
      // Each process repeats its registration.
      await registerSchedules(queue, [every('left')], log);
      return runs.filter(({ name }) => name === 'left').length >= 3;
    });
    const schedulers = await queue.getJobSchedulers();
    // A store that lost its data has no scheduler.
    await queue.removeJobScheduler('left');
    await registerSchedules(queue, [every('left')], log);
    const before = runs.length;
    await until('a run of the registered schedule', () => runs.length > before);
    await registerSchedules(queue, [], log);
    await queue.close();
    expect(schedulers.map(({ key, pattern, tz }) => ({ key, pattern, tz }))).toEqual([
      { key: 'left', pattern: '* * * * * *', tz: 'UTC' },
    ]);
    const seconds = runs.filter(({ name }) => name === 'left').map(({ at }) => at);
    expect(new Set(seconds).size).toBe(seconds.length);
    expect(runs.filter(({ name }) => name === 'gone').length).toBeLessThanOrEqual(1);
  });

  it('waits for the message in progress when it closes', async () => {
    let finished = false;
    let begun = false;
    let finish = (): void => undefined;
    await work({
      slow: async () => {
        begun = true;
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        finished = true;
      },
    });
    await sender.send([{ queue: 'catalog', name: 'slow', body: null }]);
    await until('the work to begin', () => begun);
    const closed = workers.splice(0)[0]?.close();
    finish();
    await closed;
    expect(finished).toBe(true);
  });
}
