import type { Signals } from '@souk/shared/queue/signals';
import { until } from './until.js';

/** Listens to a subgraph's signals: what it tells from now on. */
export async function hearSignals(
  signals: Signals,
): Promise<{ tells: (topic: string) => Promise<unknown>; stop: () => void }> {
  const heard: string[] = [];
  const stop = signals.watch({
    changed: (topics) => void heard.push(...topics),
    missed: () => undefined,
    lost: () => undefined,
    sent: () => undefined,
  });
  await signals.ready();
  return { stop, tells: (topic) => until(`a signal about ${topic}`, () => heard.includes(topic)) };
}
