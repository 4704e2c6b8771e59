import type { InputCheck, Path } from '../input-check.js';
import type { InputPlace } from './input-reader.js';

/** Two arguments or input fields of one type that bound a range. */
export interface InputRange {
  low: string;
  high: string;
}

/** Values that can be compared; money by its amount, in one currency. */
const ordered: ReadonlySet<string> = new Set(['DateTime', 'Date', 'Int', 'SafeInt', 'Float', 'MoneyInput']);

/** Name of the upper bound for that of a lower one; null for other names. */
function upperBoundOf(name: string): string | null {
  if (name === 'from') return 'to';
  if (/^min[A-Z]/.test(name)) return `max${name.slice(3)}`;
  return /.(?:After|Min|From)$/.test(name)
    ? name
        .replace(/After$/, 'Before')
        .replace(/Min$/, 'Max')
        .replace(/From$/, 'To')
    : null;
}

/** The ranges among the arguments of a field, or among the fields of an input object, by their names. */
export function rangesOf(places: readonly InputPlace[]): InputRange[] {
  const typeOf = new Map(places.map(({ name, type }) => [name, type.toString().replace('!', '')]));
  return places.flatMap(({ name: low }) => {
    const high = upperBoundOf(low);
    const type = typeOf.get(low);
    const isRange = high !== null && type !== undefined && ordered.has(type) && typeOf.get(high) === type;
    return isRange ? [{ low, high }] : [];
  });
}

/** Refuses ranges whose lower bound is above the upper one. An empty range, with equal bounds, is none of them. */
export function checkRanges(
  ranges: readonly InputRange[],
  given: Readonly<Record<string, unknown>>,
  path: Path,
  check: InputCheck,
): void {
  for (const { low, high } of ranges) {
    if (isAbove(given[low], given[high]))
      check.refuse([...path, low], `Must not be above ${[...path, high].join('.')}.`);
  }
}

function isAbove(low: unknown, high: unknown): boolean {
  if (low instanceof Date && high instanceof Date) return low.getTime() > high.getTime();
  if (typeof low === 'number' && typeof high === 'number') return low > high;
  if (typeof low === 'string' && typeof high === 'string') return low > high;
  return isMoney(low) && isMoney(high) && low.currency === high.currency && low.amount > high.amount;
}

function isMoney(value: unknown): value is { amount: number; currency: string } {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}
