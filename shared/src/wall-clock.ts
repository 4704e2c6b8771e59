const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** At most one for each zone of the time zone database. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/**
 * The time that clocks in a zone show, in milliseconds as if the zone were UTC.
 * @param timeZone an IANA name
 * @throws RangeError for a zone that this engine does not know
 */
export function wallClockOf(at: Date, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const milliseconds = ((at.getTime() % 1_000) + 1_000) % 1_000;
  return Date.UTC(year, month - 1, day, hour, minute, second) + milliseconds;
}

/**
 * The instant at which clocks in a zone show a time. Where they show it twice, because they are set back, it is the first
 * one. Where they never show it, because they are set forward, it is as much later as they are set forward: 02:30 is 03:30.
 * @param wallClock as `wallClockOf` returns it
 * @throws RangeError for a zone that this engine does not know
 */
export function instantOfWallClock(wallClock: number, timeZone: string): Date {
  const offsetAt = (ms: number): number => wallClockOf(new Date(ms), timeZone) - ms;
  const before = wallClock - offsetAt(wallClock - dayMs);
  const after = wallClock - offsetAt(wallClock + dayMs);
  const instants = [before, after].filter((ms) => wallClockOf(new Date(ms), timeZone) === wallClock);
  return new Date(instants.length > 0 ? Math.min(...instants) : before);
}
