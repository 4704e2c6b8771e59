import { recordSpans } from '../../tests/support/recorded-spans.js';
import type { Log } from './log.js';
import { createLog } from './log.js';
import { openSpan, spanIds, within } from './tracing.js';

const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
const lines: Record<string, unknown>[] = [];
const log: Log = createLog('test', 'info', {
  write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
});

/** The trace fields of the lines that `write` logs. */
async function tracesOf(write: () => unknown): Promise<unknown[]> {
  lines.length = 0;
  await write();
  return lines.map(({ traceId: trace, spanId: span }) => [trace, span]);
}

beforeEach(() => {
  lines.length = 0;
});

test('without tracing a line names no span', async () => {
  const write = (): void => log.info(spanIds(`00-${traceId}-${spanId}-01`) ?? {}, 'written');
  expect(await tracesOf(write)).toEqual([[undefined, undefined]]);
});

test('secrets are redacted', () => {
  log.child({ requestId: '1' }).info({ password: 'p', user: { token: 't', name: 'Ada' } }, 'written');
  expect(lines).toMatchObject([
    { requestId: '1', password: '[redacted]', user: { token: '[redacted]', name: 'Ada' }, msg: 'written' },
  ]);
});

describe('where spans are collected', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ stop } = await recordSpans());
  });
  afterAll(() => stop());

  test('a line names the span that it is written in, as long as that is open', async () => {
    const span = openSpan('work', { parent: `00-${traceId}-${spanId}-01` });
    let goesOn = Promise.resolve();
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const own = span.traceparent?.split('-')[2];
    expect(
      await tracesOf(async () => {
        log.info('before');
        await within(span, async () => {
          log.info('at once');
          await new Promise((resolve) => setImmediate(resolve));
          log.child({ part: 1 }).info('later');
          goesOn = ended.then(() => log.info('after its end'));
        });
        end();
        await goesOn;
      }),
    ).toEqual([
      [undefined, undefined],
      [traceId, own],
      [traceId, own],
      [undefined, undefined],
    ]);
  });

  test('a line that belongs to another span says so', async () => {
    const span = openSpan('work', { parent: null });
    const write = (): Promise<void> =>
      within(span, async () => log.info({ ...spanIds(`00-${traceId}-${spanId}-01`) }, 'of another'));
    expect(await tracesOf(write)).toEqual([[traceId, spanId]]);
  });

  test.each([
    ['that its client does not have collected', `00-${traceId}-${spanId}-00`],
    ['that is none', 'no span'],
  ])('a line does not name a span %s', async (_which, parent) => {
    const write = (): Promise<void> =>
      within(openSpan('work', { parent: `00-${traceId}-${spanId}-00` }), async () =>
        log.info({ ...spanIds(parent) }, 'written'),
      );
    expect(await tracesOf(write)).toEqual([[undefined, undefined]]);
  });
});
