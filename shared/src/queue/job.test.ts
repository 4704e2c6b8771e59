import { carried, jobsOf, retryDelayMs } from './job.js';

const message = (n: number) => carried({ queue: 'order', name: 'count', body: { n } });

it('carries up to a hundred messages in a job, in order', () => {
  const jobs = jobsOf(Array.from({ length: 250 }, (_, n) => message(n)));
  expect(jobs.map(({ data }) => data.length)).toEqual([100, 100, 50]);
  expect(jobs.flatMap(({ data }) => data.map(({ body }) => body))).toEqual(
    Array.from({ length: 250 }, (_, n) => ({ n })),
  );
  expect(jobsOf([])).toEqual([]);
});

it('waits longer after each try, anything up to twice as long, and five minutes at most', () => {
  expect([1, 2, 3].map((attempt) => retryDelayMs(attempt, () => 1))).toEqual([150, 300, 600]);
  expect(retryDelayMs(40, () => 1)).toBe(300_000);
  expect(retryDelayMs(3, () => 0.5)).toBe(300);
  expect(retryDelayMs(3, () => 0)).toBe(0);
});
