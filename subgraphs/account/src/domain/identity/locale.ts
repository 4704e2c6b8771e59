import type { InputCheck } from '../input-check.js';

const maxLength = 60;

/** The canonical form of a BCP 47 tag (`de-de` is `de-DE`), or null for what is none. */
export function canonicalLocale(tag: string): string | null {
  if (tag.length > maxLength) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** Whether a name is a time zone of the IANA database, e.g. `Europe/Lisbon`. */
export function isTimeZone(name: string): boolean {
  // Some engines take offsets such as +01:00 for time zones: those know no summer time.
  if (name.length > maxLength || !/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The locale in a field, canonical; English where none is given. */
export function validateLocale(input: InputCheck, tag: string | null | undefined): string {
  const locale = canonicalLocale(tag ?? 'en');
  if (locale === null) input.refuse('locale', 'This is not a BCP 47 language tag.');
  return locale ?? 'en';
}

/** The time zone in a field; UTC where none is given. */
export function validateTimeZone(input: InputCheck, name: string | null | undefined): string {
  const timeZone = name ?? 'UTC';
  if (!isTimeZone(timeZone)) input.refuse('timeZone', 'This is not a time zone of the IANA database.');
  return timeZone;
}
