import type { PaymentRefunded } from '@souk/shared/contracts/payment';
import { paymentEvents } from '@souk/shared/contracts/payment';
import { Cancellation } from '@souk/shared/cancellation';
import { Database } from '@souk/shared/db/database';
import { countSetAsideEvents, deleteOldCursors } from '@souk/shared/db/event-cursor';
import { oldestEvent } from '@souk/shared/db/event-outbox';
import type { Json } from '@souk/shared/errors';
import type { EventEnvelope } from '@souk/shared/event';
import { defineEvent, eventEnvelope } from '@souk/shared/event';
import type { EventHandler } from '@souk/shared/events/event-consumer';
import { consumeEvents } from '@souk/shared/events/event-consumer';
import { receiveConfirmations } from '@souk/shared/events/event-publication';
import { newId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import type { Message } from '@souk/shared/message';
import type { MessageHandler, MessageHandlers } from '@souk/shared/queue/message-worker';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { openFreshDatabase } from '../../tests/support/subgraph.js';
import { until } from '../../tests/support/until.js';

const { paymentRefunded } = paymentEvents;
const log = createLog('test', 'silent');
const payment = 'payment-1';

let paymentSource: DataSource;
let orderSource: DataSource;
let owner: Database;
let subscriber: Database;
let sent: Message[];
let confirmed: Message[];
let queueIsAway: boolean;
let handlers: MessageHandlers;
/** The subscriber's handler in the present test. */
let apply: EventHandler<typeof paymentRefunded>;

beforeAll(async () => {
  [paymentSource, orderSource] = await Promise.all([
    openFreshDatabase('event_owner', 20),
    openFreshDatabase('event_subscriber', 20),
  ]);
  await orderSource.query('CREATE TABLE effect (n serial, payment text, position int)');
});
afterAll(() => Promise.all([paymentSource.destroy(), orderSource.destroy()]));

beforeEach(async () => {
  await paymentSource.query('TRUNCATE event_outbox');
  await orderSource.query('TRUNCATE effect, event_cursor, event_parked, event_set_aside, outbox');
  sent = [];
  confirmed = [];
  queueIsAway = false;
  owner = new Database(
    paymentSource,
    (messages) => {
      if (queueIsAway) return Promise.reject(new Error('away'));
      sent.push(...messages);
      return Promise.resolve();
    },
    log,
  );
  subscriber = new Database(
    orderSource,
    (messages) => {
      for (const message of messages) (message.queue === 'order' ? sent : confirmed).push(message);
      return Promise.resolve();
    },
    log,
  );
  apply = async (manager, _outbox, { paymentId, position }) => {
    await manager.query('INSERT INTO effect (payment, position) VALUES ($1, $2)', [paymentId, position]);
  };
  handlers = consumeEvents(
    'order',
    subscriber,
    { paymentRefunded },
    { paymentRefunded: (...received) => apply(...received) },
  );
});

const refund = (position: number, paymentId: string): PaymentRefunded => ({
  orderId: newId(),
  paymentId,
  refunded: { amount: 100 * position, currency: 'EUR' },
  disputed: 0,
  chargedBack: 0,
  sentBack: null,
  position,
});

const ids = { 'payment-1': newId(), 'payment-2': newId(), 'payment-3': newId() };
const publish = (aggregate: keyof typeof ids, ...positions: number[]): Promise<void> =>
  owner.transact(async (_manager, outbox) => {
    for (const position of positions)
      outbox.publish(paymentRefunded, aggregate, refund(position, ids[aggregate]));
  });

async function receive(
  message: Message,
  attempt = { number: 1, last: false },
): Promise<'handled' | 'failed'> {
  const handler = handlers[message.name] as MessageHandler;
  return handler(message.body, attempt).then(
    () => 'handled',
    () => 'failed',
  );
}

const effects = async (aggregate: keyof typeof ids): Promise<number[]> =>
  (
    await orderSource.query<{ position: number }[]>(
      'SELECT position FROM effect WHERE payment = $1 ORDER BY n',
      [ids[aggregate]],
    )
  ).map(({ position }) => position);

const envelopes = (): EventEnvelope[] => sent.map(({ body }) => eventEnvelope.parse(body));
const rows = async (source: DataSource, table: string): Promise<number> => {
  const [row]: { n: number }[] = await source.query(`SELECT count(*)::int AS n FROM ${table}`);
  return row?.n ?? -1;
};
const untilSent = (count: number): Promise<unknown> => until(`${count} messages`, () => sent.length >= count);

/** Delivers what has been sent, and what follows from it, in random order and each twice. */
async function deliverShuffled(seed: number): Promise<void> {
  let state = seed;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let round = 0; sent.length > 0; round += 1) {
    const batch = sent.splice(0).flatMap((message) => [message, message]);
    for (let i = batch.length - 1; i > 0; i -= 1) {
      const j = Math.floor(random() * (i + 1));
      [batch[i], batch[j]] = [batch[j] as Message, batch[i] as Message];
    }
    expect(new Set(await Promise.all(batch.map((message) => receive(message))))).toEqual(
      new Set(['handled']),
    );
    await until('an empty outbox', async () => (await rows(orderSource, 'outbox')) === 0);
    expect(round).toBeLessThan(100);
  }
}

describe('an event', () => {
  it.each([1, 2, 3, 4, 5])(
    'is applied once and in order by aggregate, however it arrives (seed %i)',
    async (seed) => {
      for (let position = 1; position <= 10; position += 1)
        await Promise.all([publish('payment-1', position), publish('payment-2', position)]);
      await publish('payment-3', 1, 2, 3, 4, 5);
      await untilSent(25);
      await deliverShuffled(seed);
      const inOrder = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      await expect(effects('payment-1')).resolves.toEqual(inOrder);
      await expect(effects('payment-2')).resolves.toEqual(inOrder);
      await expect(effects('payment-3')).resolves.toEqual([1, 2, 3, 4, 5]);
      await expect(rows(orderSource, 'event_parked')).resolves.toBe(0);
    },
  );

  it('knows the one before when transactions publish about one aggregate at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => publish('payment-1', index + 1)));
    await untilSent(40);
    const chain = envelopes().sort((a, b) => a.position - b.position);
    const positions = chain.map(({ position }) => position);
    expect(chain.map(({ previous }) => previous)).toEqual([null, ...positions.slice(0, -1)]);
  });

  it('is sent again until the subscriber has confirmed it', async () => {
    queueIsAway = true;
    await publish('payment-1', 1);
    await expect(owner.sweepEvents()).resolves.toBe(0);
    queueIsAway = false;
    const makeDue = (): Promise<unknown> =>
      paymentSource.query("UPDATE event_outbox SET due_at = clock_timestamp() - interval '1 second'");
    await makeDue();
    await expect(owner.sweepEvents()).resolves.toBe(1);
    await untilSent(1);
    // A queue that lost everything.
    sent = [];
    await makeDue();
    await expect(owner.sweepEvents()).resolves.toBe(1);
    await untilSent(1);
    await expect(receive(sent[0] as Message)).resolves.toBe('handled');
    await until('the confirmation', () => confirmed.length === 1);
    const confirmation = receiveConfirmations(owner)['eventsHandled'];
    if (typeof confirmation !== 'object') throw new Error('No handler of confirmations.');
    const deliveries = confirmed.map(({ body }) => ({ body, attempt: { number: 1, last: false } }));
    await expect(confirmation.handle(deliveries)).resolves.toEqual([null]);
    await expect(rows(paymentSource, 'event_outbox')).resolves.toBe(0);
  });

  it('waits longer with each delivery', async () => {
    await publish('payment-1', 1);
    const wait = async (): Promise<number> => {
      await paymentSource.query("UPDATE event_outbox SET due_at = clock_timestamp() - interval '1 second'");
      await owner.sweepEvents();
      const [row]: { seconds: number }[] = await paymentSource.query(
        'SELECT round(extract(epoch FROM due_at - clock_timestamp()) / 15)::int AS seconds FROM event_outbox',
      );
      return row?.seconds ?? 0;
    };
    const waits: number[] = [];
    for (let n = 0; n < 7; n += 1) waits.push(await wait());
    expect(waits).toEqual([2, 4, 8, 16, 32, 40, 40]);
  });

  it('that always fails is set aside alone: later ones of its aggregate are applied', async () => {
    const good = apply;
    apply = async (manager, outbox, refunded, metadata) => {
      if (refunded.position === 2) throw new Error('poison');
      return good(manager, outbox, refunded, metadata);
    };
    await publish('payment-1', 1);
    await publish('payment-1', 2);
    await publish('payment-1', 3);
    await untilSent(3);
    const [first, second, third] = sent.splice(0) as [Message, Message, Message];
    await expect(receive(third)).resolves.toBe('handled');
    await expect(receive(first)).resolves.toBe('handled');
    await expect(receive(second)).resolves.toBe('failed');
    await expect(effects('payment-1')).resolves.toEqual([1]);
    await expect(receive(second, { number: 12, last: true })).resolves.toBe('failed');
    await untilSent(1);
    await deliverShuffled(1);
    await expect(effects('payment-1')).resolves.toEqual([1, 3]);
    await until('all confirmations', () => confirmed.length >= 3);
    await expect(countSetAsideEvents(subscriber.reader)).resolves.toBe(1);
    const [row]: { error: string; position: number }[] = await orderSource.query(
      "SELECT error, (envelope->'payload'->>'position')::int AS position FROM event_set_aside",
    );
    expect(row).toEqual({ error: 'poison', position: 2 });
  });

  it('that was set aside is handled once when it is tried again after a repair', async () => {
    const good = apply;
    apply = () => Promise.reject(new Error('poison'));
    await publish('payment-1', 1);
    await untilSent(1);
    const [message] = sent.splice(0) as [Message];
    await expect(receive(message, { number: 12, last: true })).resolves.toBe('failed');
    await expect(receive(message, { number: 13, last: true })).resolves.toBe('failed');
    await expect(countSetAsideEvents(subscriber.reader)).resolves.toBe(1);
    apply = good;
    await publish('payment-1', 2);
    await untilSent(1);
    await deliverShuffled(1);
    for (let n = 0; n < 2; n += 1) await expect(receive(message)).resolves.toBe('handled');
    await expect(effects('payment-1')).resolves.toEqual([2, 1]);
    await expect(countSetAsideEvents(subscriber.reader)).resolves.toBe(0);
  });

  it('of which a subscriber no longer needs anything is confirmed, under its older name too', async () => {
    const legacy = defineEvent('payment', 'renamed', z.object({}), { legacyName: 'refunded' });
    handlers = consumeEvents('order', subscriber, {}, {}, [paymentRefunded, legacy]);
    await publish('payment-1', 1);
    await untilSent(1);
    await expect(receive(sent[0] as Message)).resolves.toBe('handled');
    await until('the confirmation', () => confirmed.length === 1);
    await expect(receive({ queue: 'order', name: 'refunded', body: {} })).resolves.toBe('handled');
    await expect(effects('payment-1')).resolves.toEqual([]);
  });

  it('that is not confirmed has an age', async () => {
    await expect(oldestEvent(owner.reader)).resolves.toBe(0);
    await publish('payment-1', 1);
    await publish('payment-2', 1);
    await paymentSource.query(
      "UPDATE event_outbox SET created_at = created_at - interval '1 hour' WHERE aggregate = 'payment-1'",
    );
    const seconds = await oldestEvent(owner.reader);
    expect(seconds).toBeGreaterThanOrEqual(3_600);
    expect(seconds).toBeLessThan(3_660);
  });

  it('of a newer version is left to a newer process', async () => {
    await publish('payment-1', 1);
    await untilSent(1);
    const [message] = sent as [Message];
    const newer = {
      ...message,
      body: { ...(message.body as Record<string, Json>), version: paymentRefunded.version + 1 },
    };
    await expect(receive(newer, { number: 12, last: true })).resolves.toBe('failed');
    expect(confirmed).toEqual([]);
    await expect(receive(message)).resolves.toBe('handled');
    await expect(effects('payment-1')).resolves.toEqual([1]);
  });

  it('of an older version is upgraded step by step', async () => {
    const renamed = defineEvent('payment', 'renamed', z.object({ amount: z.int(), currency: z.string() }), {
      upgrades: [
        (first) => ({ value: (first as { cents: number }).cents }),
        (second) => ({ amount: (second as { value: number }).value, currency: 'EUR' }),
      ],
    });
    const received: object[] = [];
    const consumer = consumeEvents(
      'order',
      subscriber,
      { renamed },
      { renamed: async (_manager, _outbox, payload) => void received.push(payload) },
    );
    const body = {
      owner: 'payment',
      name: 'renamed',
      aggregate: 'x',
      previous: null,
      at: new Date().toISOString(),
      cause: { actorId: null, requestId: null, traceparent: null },
    };
    const handle = consumer['event'] as MessageHandler;
    await handle({ ...body, position: 1, version: 1, payload: { cents: 5 } }, { number: 1, last: false });
    await handle({ ...body, position: 2, version: 2, payload: { value: 6 } }, { number: 1, last: false });
    await handle(
      { ...body, position: 3, version: 3, payload: { amount: 7, currency: 'USD' } },
      { number: 1, last: false },
    );
    expect(received).toEqual([
      { amount: 5, currency: 'EUR' },
      { amount: 6, currency: 'EUR' },
      { amount: 7, currency: 'USD' },
    ]);
  });

  it('carries its cause to the events that follow from it', async () => {
    const cause = { actorId: newId(), requestId: 'request-1', clientAddress: '192.0.2.1', traceparent: null };
    await owner
      .within(new Cancellation(), cause)
      .transact(async (_manager, outbox) =>
        outbox.publish(paymentRefunded, payment, refund(1, ids['payment-1'])),
      );
    await untilSent(1);
    expect(envelopes()[0]?.cause).toEqual(cause);
    apply = async (_manager, outbox, refunded) => outbox.publish(paymentRefunded, payment, refunded);
    const [message] = sent.splice(0) as [Message];
    await receive(message);
    await untilSent(1);
    expect(envelopes()[0]?.cause).toEqual(cause);
  });

  it('with a payload that does not match is not published', async () => {
    await expect(
      owner.transact(async (_manager, outbox) =>
        outbox.publish(paymentRefunded, payment, { ...refund(1, ids['payment-1']), position: 0 }),
      ),
    ).rejects.toThrow('position');
    await expect(rows(paymentSource, 'event_outbox')).resolves.toBe(0);
  });

  it('leaves a cursor that is deleted after a month, unless an event waits for an earlier one', async () => {
    await orderSource.query(
      `INSERT INTO event_cursor (owner, aggregate, position, used_at)
       SELECT 'payment', a, 1, clock_timestamp() - d * interval '1 day'
       FROM (VALUES ('old', 31), ('waiting', 31), ('recent', 29)) AS v (a, d)`,
    );
    await orderSource.query(
      `INSERT INTO event_parked (owner, aggregate, position, envelope) VALUES ('payment', 'waiting', 3, '{}')`,
    );
    await deleteOldCursors(subscriber.reader);
    await expect(orderSource.query('SELECT aggregate FROM event_cursor ORDER BY aggregate')).resolves.toEqual(
      [{ aggregate: 'recent' }, { aggregate: 'waiting' }],
    );
  });
});
