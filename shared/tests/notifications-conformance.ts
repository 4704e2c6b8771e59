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
    const heard = { count: 0, stop: (): void => undefined };
    heard.stop = connection.changes('order').subscribe(topics, () => (heard.count += 1));
    return heard;
  };

  it('notifies every process that subscribes, and its own', async () => {
    const [far, near, other] = [
      counter(there, 'checkout:1'),
      counter(here, 'checkout:1'),
      counter(there, 'checkout:2'),
    ];
    await Promise.all([here.changes('order').ready(), there.changes('order').ready()]);
    here.changes('order').publish(['checkout:1']);
    await until('both to hear', () => far.count > 0 && near.count > 0);
    const heard = [far.count, near.count];
    const before = other.count;
    here.changes('order').publish(['checkout:2']);
    await until('the other to hear', () => other.count > before);
    expect([far.count, near.count]).toEqual(heard);
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
    const told: string[] = [];
    const stop = there.changes('order').observe({
      changed: (topics) => void told.push(...topics),
      publishing: (topics) => void told.push(...topics.map((topic) => `sent ${topic}`)),
      missed: () => void told.push('missed'),
      lost: () => void told.push('lost'),
    });
    await until('signals to be heard', () => told.includes('missed'));
    here.changes('order').publish(['checkout:1', 'order:2']);
    await until('both topics', () => told.includes('checkout:1') && told.includes('order:2'));
    expect(told[0]).toBe('missed');
    told.length = 0;
    there.changes('order').publish(['order:5']);
    expect(told).toEqual(['sent order:5']);
    await until('its own signal to be heard too', () => told.includes('order:5'));
    told.length = 0;
    await store.cut();
    await until('the loss, and then the begin', () => told.includes('lost') && told.at(-1) === 'missed');
    stop();
    here.changes('order').publish(['checkout:3']);
    const other = counter(there, 'checkout:4');
    await until('another', () => {
      here.changes('order').publish(['checkout:4']);
      return other.count > 0;
    });
    expect(told).not.toContain('checkout:3');
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
    const heard = new Set<string>();
    let last = 0;
    for (const topic of topics) there.changes('order').subscribe([topic], () => heard.add(topic));
    there.changes('order').subscribe(['checkout:again'], () => (last += 1));
    await there.changes('order').ready();
    here.changes('order').publish(topics);
    for (let n = 0; n < 1_000; n += 1) here.changes('order').publish(['checkout:again']);
    await until('all to be heard', () => heard.size === topics.length && last > 0);
    expect(last).toBeLessThan(20);
  });

  it('reconnects after its connection was cut, and reports that notifications may have been missed', async () => {
    const heard = counter(there, 'checkout:1');
    await there.changes('order').ready();
    await store.cut();
    await until('those who listen to look again', () => heard.count > 0);
    const before = heard.count;
    await until('a signal to come through', () => {
      here.changes('order').publish(['checkout:1']);
      return heard.count > before;
    });
  });
}
