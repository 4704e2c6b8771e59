import { StaggeredInterval } from './staggered-interval.js';

const everyMs = 1_600;
let visits: string[];
let rounds: StaggeredInterval<string>;

beforeEach(() => {
  jest.useFakeTimers();
  visits = [];
  rounds = new StaggeredInterval(everyMs, (item) => void visits.push(item));
});

afterEach(() => jest.useRealTimers());

test('each is visited once in a round, and never all at once', () => {
  const items = Array.from({ length: 160 }, (_, index) => String(index));
  for (const item of items) rounds.add(item);
  let most = 0;
  for (let step = 0; step < 16; step += 1) {
    const before = visits.length;
    jest.advanceTimersByTime(everyMs / 16);
    most = Math.max(most, visits.length - before);
  }
  expect([...visits].sort()).toEqual([...items].sort());
  expect(most).toBe(10);
  jest.advanceTimersByTime(everyMs);
  expect(visits).toHaveLength(320);
});

test('a removed item is not visited, and without items there is no timer', () => {
  rounds.add('a');
  rounds.add('b');
  expect(jest.getTimerCount()).toBe(1);
  rounds.delete('a');
  jest.advanceTimersByTime(everyMs);
  expect(visits).toEqual(['b']);
  rounds.delete('b');
  rounds.delete('b');
  expect(jest.getTimerCount()).toBe(0);
  rounds.add('c');
  jest.advanceTimersByTime(everyMs);
  expect(visits).toEqual(['b', 'c']);
});

test('an item may be removed during its own visit', () => {
  const once: StaggeredInterval<string> = new StaggeredInterval(everyMs, (item) => {
    visits.push(item);
    once.delete(item);
  });
  once.add('a');
  jest.advanceTimersByTime(3 * everyMs);
  expect(visits).toEqual(['a']);
  expect(jest.getTimerCount()).toBe(0);
});

test('new items are spread evenly while others are removed', () => {
  const items = Array.from({ length: 160 }, (_, index) => `old ${index}`);
  for (const item of items) rounds.add(item);
  for (const [index, item] of items.entries()) {
    rounds.delete(item);
    rounds.add(`new ${index}`);
  }
  let most = 0;
  for (let step = 0; step < 16; step += 1) {
    const before = visits.length;
    jest.advanceTimersByTime(everyMs / 16);
    most = Math.max(most, visits.length - before);
  }
  expect(visits).toHaveLength(160);
  expect(most).toBe(10);
});

test('after a visit that throws the others are visited, and the error is reported', () => {
  const faults: unknown[] = [];
  const fault = new Error('It cannot be visited.');
  const all = new StaggeredInterval<string>(
    everyMs,
    (item) => {
      if (item.startsWith('bad')) throw fault;
      visits.push(item);
    },
    (error) => void faults.push(error),
  );
  // 0 and 16 are in one part.
  for (let index = 0; index <= 16; index += 1) all.add(index === 0 ? 'bad' : String(index));
  jest.advanceTimersByTime(everyMs);
  expect(faults).toEqual([fault]);
  expect(visits).toHaveLength(16);
  expect(visits).toContain('16');
});

test('without a callback an error becomes a process warning', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const fault = new Error('It cannot be visited.');
  const throwing = new StaggeredInterval<string>(everyMs, () => {
    throw fault;
  });
  throwing.add('a');
  jest.advanceTimersByTime(everyMs);
  expect(warned).toHaveBeenCalledWith(fault);
  warned.mockRestore();
});
