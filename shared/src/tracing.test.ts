import {
  activeTraceparent,
  isTracing,
  noSpan,
  openChild,
  openLinked,
  openSpan,
  readTraceparent,
  within,
} from './tracing.js';
import { startTracing } from './tracing-sdk.js';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('without a collector nothing is measured, and work goes on as it is', async () => {
  const end = await startTracing({ service: 'souk', endpoint: undefined });
  expect(isTracing()).toBe(false);
  expect(openSpan('request', { parent: traceparent })).toBe(noSpan);
  expect(openChild('step', { parent: traceparent })).toBe(noSpan);
  expect(openLinked('event', { cause: traceparent })).toBe(noSpan);
  expect(activeTraceparent()).toBeNull();
  await expect(within(noSpan, () => Promise.resolve(7))).resolves.toBe(7);
  await end();
});

test.each([
  [traceparent, traceparent],
  [
    '01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more',
    '01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more',
  ],
  [undefined, null],
  ['', null],
  ['00-short-b7ad6b7169203331-01', null],
  [`${traceparent}-${'x'.repeat(100)}`, null],
  [`${traceparent}\r\nx-souk-secret: 1`, null],
])('%s is read as %s', (header, read) => {
  expect(readTraceparent(header)).toBe(read);
});
