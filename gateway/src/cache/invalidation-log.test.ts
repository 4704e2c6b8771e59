import { InvalidationLog } from './invalidation-log.js';

/** The maximum number of topics, and one more. */
const topics = Array.from({ length: 50_001 }, (_, number) => `topic ${number}`);

describe('an invalidation log', () => {
  it('knows what has changed since a version', () => {
    const log = new InvalidationLog();
    const { version } = log;
    log.record(['a']);
    expect([log.isCurrent(version, ['a']), log.isCurrent(version, ['b'])]).toEqual([false, true]);
    expect(log.isCurrent(log.version, ['a'])).toBe(true);
    log.recordAll();
    expect(log.isCurrent(version, ['b'])).toBe(false);
  });

  it('treats forgotten topics as changed, and forgets those first that changed first', () => {
    const log = new InvalidationLog();
    const { version } = log;
    log.record(topics.slice(0, 1));
    const second = log.version;
    for (const topic of topics.slice(1, -1)) log.record([topic]);
    // A topic that is read remains the first to be forgotten.
    expect(log.isCurrent(version, topics.slice(0, 1))).toBe(false);
    expect(log.isCurrent(version, ['unrelated'])).toBe(true);
    log.record(topics.slice(-1));
    expect(log.isCurrent(version, ['unrelated'])).toBe(false);
    expect(log.isCurrent(second, ['unrelated'])).toBe(true);
    // The second topic is the next to be forgotten, not the first, which has changed again.
    log.record(topics.slice(0, 1));
    expect(log.isCurrent(second, ['unrelated'])).toBe(false);
    expect(log.isCurrent(second + 1, ['unrelated'])).toBe(true);
  });
});
