import type { ChangeNotifications } from '../notifications/change-notifications.js';
import type { Topic } from '../topic.js';
import type { LiveQueryOptions } from './live-query.js';
import { openLiveQuery } from './live-query.js';

/** Signals of one process, given by hand. */
class HandSignals implements ChangeNotifications {
  readonly listeners = new Set<() => void>();

  readonly publish = (): void => {
    for (const changed of this.listeners) changed();
  };

  subscribe(_topics: readonly Topic[], changed: () => void): () => void {
    this.listeners.add(changed);
    return () => void this.listeners.delete(changed);
  }

  observe(): () => void {
    return () => undefined;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }
}

interface Row {
  version: number;
}

function stream(
  changes: HandSignals,
  rest: Partial<LiveQueryOptions<Row>> & Pick<LiveQueryOptions<Row>, 'read'>,
): Promise<AsyncIterableIterator<Row>> {
  return openLiveQuery<Row>({ changes, topics: ['row:1'], initialSnapshot: true, ...rest });
}

describe('a live query', () => {
  test('sends the present state first, and again after a notification', async () => {
    const signals = new HandSignals();
    let version = 1;
    const rows = await stream(signals, { read: () => Promise.resolve({ states: [{ version }] }) });
    expect((await rows.next()).value).toEqual({ version: 1 });
    const next = rows.next();
    version = 2;
    signals.publish();
    expect((await next).value).toEqual({ version: 2 });
  });

  test.each([
    ['of changes', { initialSnapshot: false }, true],
    ['with an initial snapshot', { initialSnapshot: true }, false],
    ['with reads of its own', { initialSnapshot: false, isShared: false }, false],
  ])('is conflatable or not: one %s', async (_label, options, isConflatable) => {
    const rows = await stream(new HandSignals(), { read: () => Promise.resolve({ states: [] }), ...options });
    expect(rows).toMatchObject({ isConflatable });
  });

  test('sends many changes as one while the consumer requests nothing', async () => {
    const signals = new HandSignals();
    let reads = 0;
    const rows = await stream(signals, {
      read: () => Promise.resolve({ states: [{ version: (reads += 1) }] }),
    });
    await rows.next();
    for (let n = 0; n < 100; n += 1) signals.publish();
    expect((await rows.next()).value).toEqual({ version: 2 });
    const next = rows.next();
    signals.publish();
    expect((await next).value).toEqual({ version: 3 });
  });

  test('streams of one topic that wake together share one read', async () => {
    const signals = new HandSignals();
    let reads = 0;
    const read = (): Promise<{ states: Row[] }> => Promise.resolve({ states: [{ version: (reads += 1) }] });
    const streams = await Promise.all([1, 2, 3].map(() => stream(signals, { initialSnapshot: false, read })));
    const rechecked = Promise.all(streams.map((rows) => rows.next()));
    signals.publish();
    expect((await rechecked).map(({ value }) => value as unknown)).toEqual(Array(3).fill({ version: 1 }));
    const again = Promise.all(streams.map((rows) => rows.next()));
    await new Promise((resolve) => setImmediate(resolve));
    signals.publish();
    expect((await again).map(({ value }) => value as unknown)).toEqual(Array(3).fill({ version: 2 }));
  });

  test('sends nothing if nothing has changed', async () => {
    const signals = new HandSignals();
    let version = 1;
    let reads = 0;
    const rows = await stream(signals, {
      versionOf: (row) => String(row.version),
      read: () => {
        reads += 1;
        return Promise.resolve({ states: [{ version }] });
      },
    });
    await rows.next();
    const next = rows.next();
    signals.publish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(reads).toBe(2);
    version = 2;
    signals.publish();
    expect((await next).value).toEqual({ version: 2 });
  });

  test('ends and unsubscribes after the last state', async () => {
    const signals = new HandSignals();
    const rows = await stream(signals, {
      read: () => Promise.resolve({ states: [{ version: 1 }], isLast: true }),
    });
    expect((await rows.next()).done).toBe(false);
    expect(await rows.next()).toEqual({ value: undefined, done: true });
    expect(signals.listeners.size).toBe(0);
  });

  test('ends at once when it is closed while it waits', async () => {
    const signals = new HandSignals();
    const rows = await stream(signals, {
      initialSnapshot: false,
      read: () => Promise.resolve({ states: [] }),
    });
    const waiting = rows.next();
    await rows.return?.();
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(signals.listeners.size).toBe(0);
  });

  test('ends with the error of a read', async () => {
    const signals = new HandSignals();
    const rows = await stream(signals, { read: () => Promise.reject(new Error('away')) });
    await expect(rows.next()).rejects.toThrow('away');
    expect(signals.listeners.size).toBe(0);
    expect((await rows.next()).done).toBe(true);
  });

  test('reads again without a notification after the recheck time', async () => {
    const signals = new HandSignals();
    const rows = await stream(signals, {
      initialSnapshot: false,
      recheckMs: 1,
      read: () => Promise.resolve({ states: [{ version: 1 }] }),
    });
    expect((await rows.next()).value).toEqual({ version: 1 });
  });
});
