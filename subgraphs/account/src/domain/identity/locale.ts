import type { InputCheck } from '@souk/shared/input-check';
import { canonicalLocale } from '@souk/shared/locale';
import { isTimeZone } from '@souk/shared/time-zone';

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
