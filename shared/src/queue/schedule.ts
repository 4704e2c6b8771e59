import { z } from 'zod';
import type { Log } from '../log.js';
import type { JobQueue } from './connection.js';
import { jobsOf } from './job.js';
import type { MessageHandlers } from './message-worker.js';

/** Work at certain times: one run each time, however many processes there are. */
export interface Schedule {
  /** Unique in its queue. */
  name: string;
  /** When it runs: a cron expression with seconds, `everyHour` for example. */
  cron: string;
  /** IANA name of the zone whose clocks the expression means; UTC by default. */
  timeZone?: string;
  /**
   * The work. It may run twice, and while the last run goes on. Times at which no process was there are made up for by one
   * run.
   */
  run: () => Promise<unknown>;
}

/** At the beginning of each minute. */
export const everyMinute = '0 * * * * *';
/** Every ten seconds. */
export const everyTenSeconds = '*/10 * * * * *';
/** Every ten minutes. */
export const everyTenMinutes = '30 */10 * * * *';
/** Every hour. */
export const everyHour = '45 7 * * * *';

const messageName = 'runSchedule';
const scheduleBody = z.object({ schedule: z.string() });
/** A run that fails is tried again soon, and then at its next time. */
const attempts = 3;

/** The handler of the messages by which schedules run. */
export function scheduleHandlers(schedules: readonly Schedule[]): MessageHandlers {
  const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]));
  return {
    [messageName]: async (body) => {
      // One of an older release: the next registration removes it.
      await byName.get(scheduleBody.parse(body).schedule)?.run();
    },
  };
}

/**
 * Registers schedules at a queue, which then has one job scheduler for each, and removes those that are not among them.
 * Repeating it has no further effect: it brings back what a store that lost its data has lost.
 */
export async function registerSchedules(
  queue: JobQueue,
  schedules: readonly Schedule[],
  log: Log,
): Promise<void> {
  const registered = new Map((await queue.getJobSchedulers()).map((found) => [found.key, found]));
  for (const { name, cron, timeZone = 'UTC' } of schedules) {
    const found = registered.get(name);
    registered.delete(name);
    if (found?.pattern === cron && found.tz === timeZone) continue;
    const [job] = jobsOf([{ name: messageName, body: { schedule: name }, attempts, attempt: 1 }]);
    if (!job) throw new Error('A schedule has a job.');
    await queue.upsertJobScheduler(name, { pattern: cron, tz: timeZone }, job);
  }
  for (const name of registered.keys()) {
    log.info({ schedule: name }, 'removed a schedule of another release');
    await queue.removeJobScheduler(name);
  }
}

/** Number of jobs that wait or run, without those that wait for the next time of a schedule. */
export async function countJobs(queue: JobQueue): Promise<number> {
  const [counts, schedulers] = await Promise.all([
    queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized'),
    queue.getJobSchedulers(),
  ]);
  const jobs = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return Math.max(0, jobs - schedulers.length);
}
