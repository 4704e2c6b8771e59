import { createLog } from '../log.js';
import type { StatePage } from '../state.js';
import type { ReplicaStore } from './state-replica.js';
import { metricsText } from '../telemetry.js';
import { memoryStore, StateReplica } from './state-replica.js';

const log = createLog('test', 'silent');
const page = (items: string[] = [], next = 'n', more = false): StatePage<string> => ({ items, next, more });

/** The owner, as the test wants it to answer. */
let read: jest.Mock<Promise<StatePage<string>>, [string | null]>;
let notify: () => void;
let stopped: boolean;
let copy: string[];
let replica: StateReplica<string>;

function open(store: ReplicaStore<string> = memoryStore(({ items }) => void copy.push(...items))): void {
  const observe = (changed: () => void): (() => void) => {
    notify = changed;
    return () => void (stopped = true);
  };
  replica = new StateReplica({ state: 'things', consumer: 'test' }, { read, observe }, store, log);
}

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0.99);
  read = jest.fn<Promise<StatePage<string>>, [string | null]>().mockResolvedValue(page());
  copy = [];
  stopped = false;
  open();
});

afterEach(async () => {
  await replica.close();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

it('reads all pages at the start, and then from its cursor', async () => {
  read.mockResolvedValueOnce(page(['a'], '1', true)).mockResolvedValueOnce(page(['b'], '2'));
  await replica.start();
  expect(copy).toEqual(['a', 'b']);
  await pass(2_000);
  expect(read.mock.calls).toEqual([[null], ['1'], ['2']]);
});

it('reads at once after a change notification, without waiting for the poll', async () => {
  await replica.start();
  await pass(500);
  read.mockResolvedValueOnce(page(['a'], '1'));
  notify();
  await pass(0);
  expect(copy).toEqual(['a']);
});

it('reads once more for a notification during a read, which may have missed the change', async () => {
  await replica.start();
  await pass(500);
  let answer: (value: StatePage<string>) => void = () => undefined;
  read.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  notify();
  await pass(0);
  notify();
  notify();
  read.mockResolvedValueOnce(page(['late'], '2'));
  answer(page(['early'], '1'));
  await pass(200);
  expect(copy).toEqual(['early', 'late']);
  expect(read).toHaveBeenCalledTimes(3);
});

it('reads at most five times a second for any number of notifications', async () => {
  await replica.start();
  for (let ms = 0; ms < 1_000; ms += 5) {
    notify();
    await pass(5);
  }
  expect(read.mock.calls.length).toBeGreaterThanOrEqual(5);
  expect(read.mock.calls.length).toBeLessThanOrEqual(7);
});

it('keeps polling an owner that was away at the start', async () => {
  read.mockRejectedValue(new Error('away'));
  await replica.start();
  expect(replica.isKnown).toBe(false);
  await expect(replica.ready()).rejects.toThrow('away');
  read.mockResolvedValue(page(['a']));
  await pass(2_000);
  expect([replica.isKnown, copy]).toEqual([true, ['a']]);
});

it('knows whether it is up to date', async () => {
  expect(replica.isUpToDate).toBe(false);
  await replica.start();
  await pass(10_000);
  expect(replica.isUpToDate).toBe(true);
  read.mockRejectedValue(new Error('away'));
  await pass(7_100);
  expect([replica.isUpToDate, replica.isKnown]).toEqual([false, true]);
  read.mockResolvedValue(page());
  await pass(2_000);
  expect(replica.isUpToDate).toBe(true);
});

it('is not known before its last page', async () => {
  read.mockResolvedValueOnce(page(['a'], '1', true)).mockRejectedValueOnce(new Error('away'));
  await replica.start();
  expect([copy, replica.isKnown]).toEqual([['a'], false]);
  await replica.ready();
  expect(read.mock.calls).toEqual([[null], ['1'], ['1']]);
});

it('reads the same page again when its items could not be stored', async () => {
  let isFull = true;
  let stored: string | null = null;
  open({
    readCursor: () => stored,
    apply: ({ items, next }) => {
      if (isFull) throw new Error('the disk is full');
      copy.push(...items);
      stored = next;
      return true;
    },
  });
  read.mockImplementation((since) => Promise.resolve(since === null ? page(['a'], '1') : page([], '1')));
  await replica.start();
  isFull = false;
  await pass(2_000);
  await pass(2_000);
  expect(copy).toEqual(['a']);
});

it('reads on from where another process has stored the shared copy', async () => {
  let stored: string | null = null;
  const store: ReplicaStore<string> = {
    readCursor: () => stored,
    apply: ({ items, next }, since) => {
      // The other process is faster once.
      if (stored === null) stored = 'of the other';
      if (since !== stored) return false;
      copy.push(...items);
      stored = next;
      return true;
    },
  };
  open(store);
  read.mockResolvedValueOnce(page(['stale'], '1')).mockResolvedValueOnce(page(['fresh'], '2'));
  await replica.start();
  expect(read.mock.calls).toEqual([[null], ['of the other']]);
  expect([copy, replica.isUpToDate]).toEqual([['fresh'], true]);
});

it('is measured from its start to its end', async () => {
  const measured = async (): Promise<string[]> =>
    (await metricsText()).text.split('\n').filter((line) => line.startsWith('souk_state_up_to_date{'));
  expect(await measured()).toEqual([]);
  await replica.start();
  const line = 'souk_state_up_to_date{state="things",consumer="test"}';
  expect(await measured()).toEqual([`${line} 1`]);
  read.mockRejectedValue(new Error('away'));
  await pass(10_000);
  expect(await measured()).toEqual([`${line} 0`]);
  await replica.close();
  expect(await measured()).toEqual([]);
});

it('calls its listeners when items were stored, and only then', async () => {
  const listener = jest.fn();
  const stop = replica.onChange(listener);
  await replica.start();
  expect(listener).not.toHaveBeenCalled();
  read.mockResolvedValue(page(['a']));
  await pass(2_000);
  expect(listener).toHaveBeenCalledTimes(1);
  stop();
  await pass(2_000);
  expect(listener).toHaveBeenCalledTimes(1);
});

it('reads no more once it is closed', async () => {
  await replica.start();
  await replica.close();
  notify();
  await pass(10_000);
  expect([read.mock.calls.length, stopped]).toEqual([1, true]);
});
