import { randomUUID } from 'node:crypto';
import type { Topic } from '@souk/shared/topic';
import type { ChangeNotifications } from '@souk/shared/notifications/change-notifications';
import { until } from './until.js';

/** Change notifications of a subgraph. */
export interface RecordedNotifications {
  /** Topics received since the last `clear`, in order. */
  readonly topics: readonly string[];
  /** Waits for a notification about a topic. */
  waitFor: (topic: string) => Promise<unknown>;
  /** Waits until earlier notifications have arrived, and discards them. */
  clear: () => Promise<void>;
  stop: () => void;
}

/** Records a subgraph's change notifications from now on. */
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
    await until('earlier notifications have arrived', () => {
      // Notifications arrive in order. Sent repeatedly, because those sent before the subscription are lost.
      if (!topics.includes(mark)) signals.publish([mark]);
      return topics.includes(mark);
    });
    topics.length = 0;
  };
  await clear();
  const waitFor = (topic: string): Promise<unknown> =>
    until(`a notification about ${topic} has arrived`, () => topics.includes(topic));
  return { topics, waitFor, clear, stop };
}
