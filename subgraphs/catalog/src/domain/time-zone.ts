import type { InputCheck } from '@souk/shared/input-check';
import { isTimeZone } from '@souk/shared/time-zone';

/** Reads the field `timeZone` of an input; null if it is unknown. */
export function readTimeZone(name: string | null | undefined, check: InputCheck): string | null {
  const timeZone = name ?? null;
  if (timeZone !== null && !isTimeZone(timeZone))
    check.refuse(['input', 'timeZone'], 'Must be an IANA time zone, for example Europe/Lisbon.');
  return timeZone;
}
