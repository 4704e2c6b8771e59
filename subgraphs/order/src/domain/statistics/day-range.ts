/** Whole days in UTC, `YYYY-MM-DD`; `to` is the day after the last one. PostgreSQL reads the infinities as dates too. */
export interface DayRange {
  from: string;
  to: string;
}

/** A block of days, for which figures are summed up. */
export interface Block {
  /** One of `blockLengths`. */
  days: number;
  /** The first one. */
  day: string;
}

/** Lengths of blocks, ascending. A block begins a multiple of its length after the first day. */
export const blockLengths: readonly number[] = [1, 4, 16, 64, 256];
/** The first day of all; no order is older. */
export const firstDay = '2000-01-01';

const dayMs = 86_400_000;
/** The bounds of a range without one. */
export const [noStart, noEnd] = ['-infinity', 'infinity'];

/** The day of a time. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** The day that is `days` later. */
export function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * dayMs));
}

/** The days that a range of times touches; null is no bound. */
export function daysOf(from: Date | null, to: Date | null): DayRange {
  // A range that ends at midnight does not touch the day that begins.
  return {
    from: from ? dayOf(from) : noStart,
    to: to ? dayOf(new Date(Math.ceil(to.getTime() / dayMs) * dayMs)) : noEnd,
  };
}

/** The days of a range, at most the last `most`. Both bounds must be days. */
export function listDays({ from, to }: DayRange, most: number): string[] {
  const count = Math.max(0, Math.min(most, (Date.parse(to) - Date.parse(from)) / dayMs));
  return Array.from({ length: count }, (_, index) => addDays(to, index - count));
}

/**
 * The fewest blocks that make up a range: about three of each length below the longest, so that a long range is read in
 * few rows. A range that does not end before `now` ends with the longest block that has it.
 */
export function blocksOf({ from, to }: DayRange, now: Date): Block[] {
  const longest = Math.max(...blockLengths);
  // Clocks differ.
  const future = indexOf(dayOf(now)) + 2;
  const last = to === noEnd || indexOf(to) >= future ? Math.ceil(future / longest) * longest : indexOf(to);
  const blocks: Block[] = [];
  for (let index = from === noStart ? 0 : Math.max(0, indexOf(from)); index < last;) {
    const days = blockLengths.findLast((length) => index % length === 0 && index + length <= last) ?? 1;
    blocks.push({ days, day: addDays(firstDay, index) });
    index += days;
  }
  return blocks;
}

/** Blocks as two parameters of a statement: their lengths and their first days. */
export function blockColumns(blocks: readonly Block[]): [number[], string[]] {
  return [blocks.map(({ days }) => days), blocks.map(({ day }) => day)];
}

/** Days since the first one. */
function indexOf(day: string): number {
  return (Date.parse(day) - Date.parse(firstDay)) / dayMs;
}
