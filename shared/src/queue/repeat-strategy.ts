import type { RepeatOptions } from 'bullmq';
import { defaultRepeatStrategy } from 'bullmq';
import { instantOfWallClock, wallClockOf } from '../wall-clock.js';

/** BullMQ's strategy: the next run after a time, in milliseconds since the epoch; undefined if there is none. */
export function nextRun(afterMs: number, { pattern, tz = 'UTC' }: RepeatOptions): number | undefined {
  const cronOf = (ms: number, zone: string): number | undefined =>
    defaultRepeatStrategy(ms, { pattern: pattern ?? '', tz: zone });
  const found = cronOf(afterMs, tz);
  const wallClock = cronOf(wallClockOf(new Date(afterMs), tz), 'UTC');
  if (found === undefined || wallClock === undefined) return found;
  // cron-parser leaves a day out whose time is skipped by clocks that are set forward at midnight.
  const shifted = instantOfWallClock(wallClock, tz).getTime();
  return shifted > afterMs && shifted < found ? shifted : found;
}
