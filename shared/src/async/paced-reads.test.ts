import { PacedReads } from './paced-reads.js';

/** Reads that end when the test ends them. */
function controlled(intervalMs: number): { reads: PacedReads<number>; ends: (() => void)[] } {
  const ends: (() => void)[] = [];
  const read = (): Promise<number> =>
    new Promise((resolve) => {
      const number = ends.length + 1;
      ends.push(() => resolve(number));
    });
  return { reads: new PacedReads(read, intervalMs), ends };
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it('shares a read between the callers of one tick, and the next one between those who come while it runs', async () => {
  const { reads, ends } = controlled(0);
  const first = [reads.next('a'), reads.next('a')];
  await turn();
  expect(ends).toHaveLength(1);
  const second = [reads.next('a'), reads.next('a')];
  await turn();
  expect(ends).toHaveLength(1);
  ends[0]!();
  expect(await Promise.all(first)).toEqual([1, 1]);
  await turn();
  ends[1]!();
  expect(await Promise.all(second)).toEqual([2, 2]);
  expect(ends).toHaveLength(2);
});

it('keeps keys apart', async () => {
  const { reads, ends } = controlled(0);
  void reads.next('a');
  void reads.next('b');
  await turn();
  expect(ends).toHaveLength(2);
});

it('begins a read no sooner than the interval after the last one', async () => {
  const starts: number[] = [];
  const reads = new PacedReads(() => {
    starts.push(performance.now());
    return Promise.resolve(starts.length);
  }, 60);
  expect(await reads.next('a')).toBe(1);
  expect(await reads.next('a')).toBe(2);
  // A timer may fire a fraction of a millisecond early.
  expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(59);
});

it('reports an error to its callers only', async () => {
  let fails = true;
  const reads = new PacedReads(() => (fails ? Promise.reject(new Error('away')) : Promise.resolve(1)), 0);
  await expect(reads.next('a')).rejects.toThrow('away');
  fails = false;
  expect(await reads.next('a')).toBe(1);
});
