import { Counter, Histogram, register } from 'prom-client';
import { DeferredCounter, DeferredHistogram } from './deferred-metrics.js';

const buckets = [0.01, 0.1, 1];
const options = { help: 'A metric.', labelNames: ['one', 'two'] as const };

/** The lines of a metric, with another name. */
async function linesOf(name: string, as: string): Promise<string> {
  return (await register.getSingleMetricAsString(name)).replaceAll(name, as);
}

test('a histogram is scraped as that of prom-client', async () => {
  const ours = new DeferredHistogram({ ...options, name: 'ours_seconds', buckets });
  const theirs = new Histogram({ ...options, name: 'theirs_seconds', buckets });
  for (const [one, two, value] of [
    ['a', 'b', 0.01],
    ['a', 'b', 0.011],
    ['a', 'c "quoted"', 5],
    ['a', 'b', 0],
  ] as const) {
    ours.labels(one, two).observe(value);
    theirs.labels(one, two).observe(value);
  }
  expect(await linesOf('ours_seconds', 'x')).toBe(await linesOf('theirs_seconds', 'x'));
  ours.labels('a', 'b').observe(0.5);
  expect(await linesOf('ours_seconds', 'x')).toContain('x_count{one="a",two="b"} 4');
});

test('a counter is scraped as that of prom-client', async () => {
  const ours = new DeferredCounter({ ...options, name: 'ours_total' });
  const theirs = new Counter({ ...options, name: 'theirs_total' });
  for (const counter of [ours, theirs]) {
    counter.labels('a', 'b').inc();
    counter.labels('a', 'b').inc(2);
    counter.labels('c', 'd').inc();
  }
  expect(await linesOf('ours_total', 'x')).toBe(await linesOf('theirs_total', 'x'));
  expect(await register.metrics()).toContain('ours_total{one="a",two="b"} 3');
  const kept = ours.labels('a', 'b');
  register.resetMetrics();
  kept.inc();
  expect(await register.metrics()).toContain('ours_total{one="a",two="b"} 1');
});
