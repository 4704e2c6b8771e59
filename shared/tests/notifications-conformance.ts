import { createLog } from '@souk/shared/log';
import type { QueueStore } from '@souk/shared/queue-store';
import type { QueueConnection } from '@souk/shared/queue/connection';
import { connectQueues } from '@souk/shared/queue/connection';
import type { Topic } from '@souk/shared/topic';
import { until } from '../../tests/support/until.js';

const log = createLog('test', 'silent');

/** A store of signals, and a way to cut all connections to it. */
export interface SignalStore {
  store: QueueStore;
  /** Breaks the connections of everybody who listens; the store itself stays, or comes back. */
  cut(): Promise<void>;
}

/** The conformance suite of change notifications: both backends must pass it. */
export function signalsConformance(makeStore: () => Promise<SignalStore>): void {
  let store: SignalStore;
  let here: QueueConnection;
  let there: QueueConnection;

  beforeEach(async () => {
    store = await makeStore();
    here = await connectQueues(store.store, log);
    there = await connectQueues(store.store, log);
  });

  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
  });

  const counter = (connection: QueueConnection, ...topics: Topic[]): { count: number; stop: () => void } => {
    const subscription = { count: 0, stop: (): void => undefined };
    subscription.stop = connection.changes('order').subscribe(topics, () => (subscription.count += 1));
    return subscription;
  };

  it('closes while it is still connecting', async () => {
    const brief = await connectQueues(store.store, log);
    brief.changes('order').subscribe(['checkout:1'], () => undefined);
    await brief.close();
  }, 10_000);

  it('notifies every process that subscribes, and its own', async () => {
    const [far, near, other] = [
      counter(there, 'checkout:1'),
      counter(here, 'checkout:1'),
      counter(there, 'checkout:2'),
    ];
    await Promise.all([here.changes('order').ready(), there.changes('order').ready()]);
    here.changes('order').publish(['checkout:1']);
    await until('both to hear', () => far.count > 0 && near.count > 0);
    const counts = [far.count, near.count];
    const before = other.count;
    here.changes('order').publish(['checkout:2']);
    await until('the other to hear', () => other.count > before);
    expect([far.count, near.count]).toEqual(counts);
  });

  it('keeps channels apart', async () => {
    let foreign = 0;
    there.changes('catalog').subscribe(['checkout:1'], () => (foreign += 1));
    const own = counter(there, 'checkout:1');
    await Promise.all([there.changes('catalog').ready(), there.changes('order').ready()]);
    here.changes('order').publish(['checkout:1']);
    await until('the own channel to hear', () => own.count === 1);
    here.changes('catalog').publish(['checkout:1']);
    await until('the other channel to hear', () => foreign === 1);
    expect(own.count).toBe(1);
  });

  it('reports all notifications to observers, and whether the channel is connected', async () => {
    const events: string[] = [];
    const stop = there.changes('order').observe({
      changed: (topics) => void events.push(...topics),
      publishing: (topics) => void events.push(...topics.map((topic) => `sent ${topic}`)),
      missed: () => void events.push('missed'),
      lost: () => void events.push('lost'),
    });
    await until('change notifications to arrive', () => events.includes('missed'));
    here.changes('order').publish(['checkout:1', 'order:2']);
    await until('both topics', () => events.includes('checkout:1') && events.includes('order:2'));
    expect(events[0]).toBe('missed');
    events.length = 0;
    there.changes('order').publish(['order:5']);
    expect(events).toEqual(['sent order:5']);
    await until('its own change notification', () => events.includes('order:5'));
    events.length = 0;
    await store.cut();
    await until('the loss, and then the begin', () => events.includes('lost') && events.at(-1) === 'missed');
    stop();
    here.changes('order').publish(['checkout:3']);
    const other = counter(there, 'checkout:4');
    await until('another', () => {
      here.changes('order').publish(['checkout:4']);
      return other.count > 0;
    });
    expect(events).not.toContain('checkout:3');
  });

  it('notifies no one after they unsubscribe', async () => {
    const [stopped, staying] = [counter(there, 'checkout:1'), counter(there, 'checkout:1')];
    await there.changes('order').ready();
    stopped.stop();
    here.changes('order').publish(['checkout:1']);
    await until('the one who stays to hear', () => staying.count === 1);
    expect(stopped.count).toBe(0);
  });

  it('sends thousands of topics at once, and batches those in quick succession', async () => {
    const topics = Array.from(
      { length: 3_000 },
      (_, n): Topic => `checkout:018f0000-0000-7000-8000-00000000${n}`,
    );
    const received = new Set<string>();
    let last = 0;
    for (const topic of topics) there.changes('order').subscribe([topic], () => received.add(topic));
    there.changes('order').subscribe(['checkout:again'], () => (last += 1));
    await there.changes('order').ready();
    here.changes('order').publish(topics);
    for (let n = 0; n < 1_000; n += 1) here.changes('order').publish(['checkout:again']);
    await until('all topics', () => received.size === topics.length && last > 0);
    expect(last).toBeLessThan(20);
  });

  it('reconnects after its connection was cut, and reports that notifications may have been missed', async () => {
    const subscription = counter(there, 'checkout:1');
    await there.changes('order').ready();
    await store.cut();
    await until('the subscriber to be notified', () => subscription.count > 0);
    const before = subscription.count;
    await until('a signal to come through', () => {
      here.changes('order').publish(['checkout:1']);
      return subscription.count > before;
    });
  });
}
