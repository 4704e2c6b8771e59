const maxLength = 60;

/** Whether a name is an IANA time zone, e.g. `Europe/Lisbon`. */
export function isTimeZone(name: string): boolean {
  // Some engines accept offsets such as +01:00, which have no daylight saving time.
  if (name.length > maxLength || !/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Engines have the property or, newer ones, the method. */
interface RegionZones {
  timeZones?: readonly string[];
  getTimeZones?: () => readonly string[];
}

/**
 * The time zone of a country whose zones all show the same time throughout a year; null for others, and for what is no
 * country.
 * @param code ISO 3166-1 alpha-2
 */
export function timeZoneOfCountry(code: string): string | null {
  if (!/^[A-Z]{2}$/.test(code)) return null;
  const locale = new Intl.Locale(`und-${code}`) as RegionZones;
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  const times = new Set(zones.map(offsetsOf));
  return times.size === 1 ? (zones[0] ?? null) : null;
}

/** The offsets of a zone in January and in July. */
function offsetsOf(timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return [0, 6]
    .map((month) => format.formatToParts(new Date(Date.UTC(2026, month, 1))))
    .map((parts) => parts.find(({ type }) => type === 'timeZoneName')?.value ?? '')
    .join(' ');
}
