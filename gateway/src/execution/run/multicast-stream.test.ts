import { Cancellation, ClientGone } from '@souk/shared/cancellation';
import type { StreamSubscriber, StreamEvent } from './stream-subscriber.js';
import { MulticastStreams } from './multicast-stream.js';

/** A stream at a subgraph in the hands of a test. */
class Source implements AsyncIterator<StreamEvent<string>> {
  pulls = 0;
  hasEnded = false;
  #settle: {
    resolve: (step: IteratorResult<StreamEvent<string>>) => void;
    reject: (error: Error) => void;
  } | null = null;

  next(): Promise<IteratorResult<StreamEvent<string>>> {
    this.pulls += 1;
    return new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
  }

  return(): Promise<IteratorResult<StreamEvent<string>>> {
    this.hasEnded = true;
    this.finish();
    return Promise.resolve({ value: undefined, done: true });
  }

  async emit(value: string, { isChange = false, size = 1 } = {}): Promise<void> {
    this.#settle?.resolve({ value: { value, size, isChange }, done: false });
    await settled();
  }

  finish(): void {
    this.#settle?.resolve({ value: undefined, done: true });
  }

  fail(error: Error): void {
    this.#settle?.reject(error);
  }
}

/** Lets everything run that waits for nothing from outside. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let streams: MulticastStreams<string>;
let sources: Source[];
let cancellations: Cancellation[];

beforeEach(() => {
  streams = new MulticastStreams(() => 'too slow');
  sources = [];
  cancellations = [];
});

const join = (key: string | null = 'a', own: Cancellation | null = null): Promise<StreamSubscriber<string>> =>
  streams.join(key, own, (cancellation) => {
    cancellations.push(cancellation);
    const source = new Source();
    sources.push(source);
    return Promise.resolve(source);
  });
const source = (index = 0): Source => {
  const found = sources[index];
  if (!found) throw new Error('It was not opened.');
  return found;
};
const next = async (subscriber: StreamSubscriber<string>): Promise<string> => {
  const { value, done } = await subscriber.next();
  return done ? 'end' : value;
};

test('one stream for one key, closed by its last subscriber', async () => {
  const [first, second, other] = await Promise.all([join(), join(), join('b')]);
  expect(sources).toHaveLength(2);
  const received = [next(first), next(second)];
  await source().emit('1');
  expect(await Promise.all(received)).toEqual(['1', '1']);
  await first.return();
  expect(source().hasEnded).toBe(false);
  await second.return();
  expect(source().hasEnded).toBe(true);
  expect(cancellations[0]?.reason).toBeInstanceOf(ClientGone);
  expect(source(1).hasEnded).toBe(false);
  await other.return();
});

test('without a key nothing is shared', async () => {
  await Promise.all([join(null), join(null)]);
  expect(sources).toHaveLength(2);
});

test('after changes it is joined, after any other event it is not', async () => {
  const first = await join();
  const change = next(first);
  await source().emit('1', { isChange: true });
  await change;
  const second = await join();
  expect(sources).toHaveLength(1);
  const state = [next(first), next(second)];
  await source().emit('2');
  expect(await Promise.all(state)).toEqual(['2', '2']);
  await join();
  expect(sources).toHaveLength(2);
});

test('the next event is pulled once, when one subscriber has read the last', async () => {
  const [quick, slow] = await Promise.all([join(), join()]);
  expect(source().pulls).toBe(0);
  const received = next(quick);
  expect(source().pulls).toBe(1);
  await source().emit('1');
  await received;
  expect(await next(slow)).toBe('1');
  expect(source().pulls).toBe(1);
  void next(slow);
  void next(quick);
  expect(source().pulls).toBe(2);
});

test('a slow subscriber receives the latest change, and all other events in order', async () => {
  const [quick, slow] = await Promise.all([join(), join()]);
  for (const [value, isChange] of [
    ['1', true],
    ['2', true],
    ['3', false],
    ['4', false],
    ['5', true],
    ['6', true],
  ] as const) {
    const received = next(quick);
    await source().emit(value, { isChange });
    expect(await received).toBe(value);
  }
  const all = [await next(slow), await next(slow), await next(slow), await next(slow)];
  expect(all).toEqual(['2', '3', '4', '6']);
});

test.each([
  ['too many', 33, 1],
  ['too much', 3, 600_000],
])(
  'a subscriber that leaves %s unread gets an error, and the others continue',
  async (_label, count, size) => {
    const [quick, slow] = await Promise.all([join(), join()]);
    for (let n = 0; n < count; n += 1) {
      const received = next(quick);
      await source().emit(String(n), { size });
      expect(await received).toBe(String(n));
    }
    expect([await next(slow), await next(slow)]).toEqual(['too slow', 'end']);
    const received = next(quick);
    await source().emit('more');
    expect(await received).toBe('more');
  },
);

test('a single event may be larger than the queue limit', async () => {
  const [quick, slow] = await Promise.all([join(), join()]);
  const received = next(quick);
  await source().emit('large', { size: 5_000_000 });
  expect([await received, await next(slow)]).toEqual(['large', 'large']);
});

test('all subscribers end after their queued events', async () => {
  const [quick, slow] = await Promise.all([join(), join()]);
  const received = next(quick);
  await source().emit('1');
  await received;
  const end = next(quick);
  source().finish();
  expect([await end, await next(slow), await next(slow)]).toEqual(['end', '1', 'end']);
  await join();
  expect(sources).toHaveLength(2);
});

test('all subscribers receive a failure once, after their queued events', async () => {
  const [quick, slow] = await Promise.all([join(), join()]);
  const received = next(quick);
  await source().emit('1');
  await received;
  const failed = next(quick);
  source().fail(new Error('gone'));
  await expect(failed).rejects.toThrow('gone');
  expect([await next(quick), await next(slow)]).toEqual(['end', '1']);
  await expect(next(slow)).rejects.toThrow('gone');
  expect(await next(slow)).toBe('end');
});

test('a last event replaces the queue of one subscriber; the others continue', async () => {
  const [first, second, third] = await Promise.all([join(), join(), join()]);
  const received = [next(first), next(second)];
  await source().emit('1');
  await Promise.all(received);
  const waiting = next(second);
  second.end('enough');
  third.end('enough');
  expect([await waiting, await next(second), await next(third), await next(third)]).toEqual([
    'enough',
    'end',
    'enough',
    'end',
  ]);
  expect(source().hasEnded).toBe(false);
  first.end('enough');
  expect(source().hasEnded).toBe(true);
});

test('after the stream has ended, a last event still replaces the queue', async () => {
  const [quick, slow] = await Promise.all([join(), join()]);
  for (const value of ['1', '2']) {
    const received = next(quick);
    await source().emit(value);
    await received;
  }
  const over = next(quick);
  source().finish();
  expect([await over, await next(slow)]).toEqual(['end', '1']);
  slow.end('enough');
  quick.end('enough');
  expect([await next(slow), await next(slow), await next(quick)]).toEqual(['enough', 'end', 'end']);
});

test('a subscriber may leave while the stream opens; the last one closes it', async () => {
  const [own, other] = [new Cancellation(), new Cancellation()];
  const opening = [join('a', own), join('a', other)];
  own.cancel(new ClientGone());
  expect(cancellations[0]?.reason).toBeNull();
  other.cancel(new ClientGone());
  expect(cancellations[0]?.reason).toBeInstanceOf(ClientGone);
  const [first] = await Promise.all(opening);
  expect(source().hasEnded).toBe(true);
  expect(first && (await next(first))).toBe('end');
  await join();
  expect(sources).toHaveLength(2);
});

test('all waiting subscribers receive the opening error, and the next one retries', async () => {
  const fail = (): Promise<Source> => Promise.reject(new Error('no'));
  const both = [streams.join('a', null, fail), streams.join('a', null, fail)];
  for (const one of both) await expect(one).rejects.toThrow('no');
  await join();
  expect(sources).toHaveLength(1);
});

test('streams opened before a clear are not joined', async () => {
  const first = await join();
  streams.clear();
  await join();
  expect(sources).toHaveLength(2);
  const received = next(first);
  await source().emit('1');
  expect(await received).toBe('1');
});
