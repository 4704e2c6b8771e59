import { batchWithFallback } from './batch-with-fallback.js';

let seen: number[][];

beforeEach(() => {
  seen = [];
});

/** Refuses all that are with a negative number. */
async function work(items: readonly number[]): Promise<void> {
  seen.push([...items]);
  const bad = items.find((item) => item < 0);
  if (bad !== undefined) throw new Error(`not ${bad}`);
  return Promise.resolve();
}

it('runs all items at once if nothing fails', async () => {
  await expect(batchWithFallback([1, 2, 3], work)).resolves.toEqual([null, null, null]);
  expect(seen).toEqual([[1, 2, 3]]);
});

it('runs each item alone if the batch fails, and returns its error', async () => {
  await expect(batchWithFallback([1, -2, 3], work)).resolves.toEqual([null, new Error('not -2'), null]);
  expect(seen).toEqual([[1, -2, 3], [1], [-2], [3]]);
});

it('runs a single item once', async () => {
  await expect(batchWithFallback([-1], work)).resolves.toEqual([new Error('not -1')]);
  expect(seen).toEqual([[-1]]);
});

it('does nothing without items', async () => {
  await expect(batchWithFallback([], work)).resolves.toEqual([]);
  expect(seen).toEqual([]);
});
