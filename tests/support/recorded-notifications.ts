import { randomUUID } from 'node:crypto';
import type { Topic } from '@souk/shared/topic';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import { until } from './until.js';

/** What a subgraph's signals tell. */
export interface RecordedNotifications {
  /** The topics that were heard since the last `forget`, in order. */
  readonly topics: readonly string[];
  /** Waits for a signal about a topic. */
  waitFor: (topic: string) => Promise<unknown>;
  /** Waits until what was told so far has been heard, and forgets it. */
  clear: () => Promise<void>;
  stop: () => void;
}

/** Listens to a subgraph's signals: what it tells from now on. */
export async function recordNotifications(signals: ChangeNotifications): Promise<RecordedNotifications> {
  const topics: string[] = [];
  const stop = signals.observe({
    changed: (changed) => void topics.push(...changed),
    missed: () => undefined,
    lost: () => undefined,
    publishing: () => undefined,
  });
  const clear = async (): Promise<void> => {
    const mark: Topic = `mark:${randomUUID()}`;
    await until('the signals so far', () => {
      // They keep their order. Again and again, for what is told before anybody listens is lost.
      if (!topics.includes(mark)) signals.publish([mark]);
      return topics.includes(mark);
    });
    topics.length = 0;
  };
  await clear();
  const waitFor = (topic: string): Promise<unknown> =>
    until(`a signal about ${topic}`, () => topics.includes(topic));
  return { topics, waitFor, clear, stop };
}
