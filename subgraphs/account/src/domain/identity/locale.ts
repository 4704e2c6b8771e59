import type { InputCheck } from '@souk/shared/input-check';
import { canonicalLocale } from '@souk/shared/locale';

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

/** Validates the field `locale`. Returns the canonical tag; English when omitted. */
export function validateLocale(input: InputCheck, tag: string | null | undefined): string {
  const locale = canonicalLocale(tag ?? 'en');
  if (locale === null) input.refuse('locale', 'Must be a BCP 47 language tag.');
  return locale ?? 'en';
}

/** Validates the field `timeZone`. UTC when omitted. */
export function validateTimeZone(input: InputCheck, name: string | null | undefined): string {
  const timeZone = name ?? 'UTC';
  if (!isTimeZone(timeZone))
    input.refuse('timeZone', 'Must be an IANA time zone, for example Europe/Lisbon.');
  return timeZone;
}
