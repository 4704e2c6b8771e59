import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { isTimeZone } from '@souk/shared/time-zone';
import { instantOfWallClock, wallClockOf } from '@souk/shared/wall-clock';
import type { EntityManager } from 'typeorm';

/** The part of a day in which a user wants no messages, in minutes since midnight. It may include midnight. */
export interface QuietHours {
  startsAt: number;
  /** The first minute after it. */
  endsAt: number;
}

const minuteMs = 60_000;
const minutesPerDay = 1_440;
const dayMs = minutesPerDay * minuteMs;

/**
 * When the quiet hours end that an instant is in; null outside of them. They are those of clocks in the zone: where clocks
 * skip the end, they end when the clocks are set forward; where clocks show the end twice, at the first.
 * @param timeZone IANA name; UTC for null and for a zone that this engine does not know
 */
export function quietUntil(now: Date, hours: QuietHours, timeZone: string | null): Date | null {
  const zone = timeZone !== null && isTimeZone(timeZone) ? timeZone : 'UTC';
  if (!isQuiet(now, hours, zone)) return null;
  const wallClock = wallClockOf(now, zone);
  const midnight = wallClock - (wallClock % dayMs);
  const sameDay = midnight + hours.endsAt * minuteMs;
  const end = sameDay > wallClock ? sameDay : sameDay + dayMs;
  let until = instantOfWallClock(end, zone).getTime();
  // Clocks were set back since the first time that they showed the end.
  if (until <= now.getTime()) until = now.getTime() + (end - wallClock);
  while (until - minuteMs > now.getTime() && !isQuiet(new Date(until - minuteMs), hours, zone))
    until -= minuteMs;
  return new Date(until);
}

function isQuiet(at: Date, { startsAt, endsAt }: QuietHours, zone: string): boolean {
  const minute = Math.floor((wallClockOf(at, zone) % dayMs) / minuteMs);
  return startsAt < endsAt ? minute >= startsAt && minute < endsAt : minute >= startsAt || minute < endsAt;
}

/** The quiet hours of a user; null without any. */
export async function findQuietHours(manager: EntityManager, userId: string): Promise<QuietHours | null> {
  const [row]: QuietHours[] = await manager.query(
    'SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM quiet_hours WHERE user_id = $1',
    [userId],
  );
  return row ?? null;
}

/** Sets the quiet hours of a user; null removes them. Messages that wait already leave when they were to leave. */
export async function setQuietHours(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  hours: QuietHours | null,
): Promise<void> {
  const [changed]: [unknown[], number] | [] = hours
    ? [
        await manager.query(
          `INSERT INTO quiet_hours AS q (user_id, starts_at, ends_at) VALUES ($1, $2, $3)
           ON CONFLICT (user_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at
             WHERE q IS DISTINCT FROM excluded
           RETURNING 1`,
          [userId, hours.startsAt, hours.endsAt],
        ),
        0,
      ]
    : await manager.query('DELETE FROM quiet_hours WHERE user_id = $1 RETURNING 1', [userId]);
  if (!changed || changed.length === 0) return;
  const payload = { userId, start: hours && timeOf(hours.startsAt), end: hours && timeOf(hours.endsAt) };
  outbox.publish(socialEvents.quietHoursChanged, userId, payload);
}

/** Reads times of day as `22:30`. @throws Rejection(s) INVALID */
export function readQuietHours({ start, end }: { start: string; end: string }): QuietHours {
  const hours = { startsAt: minuteOf(start, 'start'), endsAt: minuteOf(end, 'end') };
  if (hours.startsAt === hours.endsAt)
    throw new Rejection('INVALID', 'The end must differ from the start.', { field: ['quietHours', 'end'] });
  return hours;
}

function minuteOf(time: string, field: string): number {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined || minute === undefined)
    throw new Rejection('INVALID', 'Must be a time of day such as 22:30.', { field: ['quietHours', field] });
  return Number(hour) * 60 + Number(minute);
}

/** A time of day as `22:30`. */
export function timeOf(minute: number): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
