/** A cached text, and the seconds from its birth for which it is fresh: fewer than the schema says, at times. */
export interface CachedEntry {
  maxAgeS: number;
  text: string;
}

/** Part of the keys of entries in this form, so that gateways of another version do not read them. */
export const entryVersion = '2';

/** An entry as it is stored. */
export function writeEntry({ maxAgeS, text }: CachedEntry): string {
  return `${maxAgeS}\n${text}`;
}

/** Reads what `writeEntry` has written; null for any other text, which counts as a miss. */
export function readEntry(stored: string): CachedEntry | null {
  const end = stored.indexOf('\n');
  const maxAgeS = end > 0 ? Number(stored.slice(0, end)) : NaN;
  return Number.isInteger(maxAgeS) ? { maxAgeS, text: stored.slice(end + 1) } : null;
}
