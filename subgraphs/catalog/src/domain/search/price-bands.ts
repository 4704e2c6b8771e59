import { minorUnitDigits } from '@souk/shared/money';

/** The lowest amounts of the price bands in minor units; the first band begins at 0. The migration has them as well. */
const bandStarts = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000];

/** The range of a price band, for filters and for people. @param code currency and number of the band, such as EUR:3 */
export function priceBand(code: string): { value: string; label: string } {
  const [currency = '', band = '0'] = code.split(':');
  const start = bandStarts[Number(band) - 1] ?? 0;
  const end = bandStarts[Number(band)];
  const digits = minorUnitDigits(currency);
  const written = (amount: number): string => `${(amount / 10 ** digits).toFixed(digits)} ${currency}`;
  return end === undefined
    ? { value: `${currency}:${start}:`, label: `${written(start)} and more` }
    : { value: `${currency}:${start}:${end - 1}`, label: `${written(start)} to ${written(end - 1)}` };
}

/** The codes in search_listing.facets of the bands that a range of prices touches. */
export function bandsWithin(
  currency: string,
  min: number | null | undefined,
  max: number | null | undefined,
): string[] {
  const first = min === null || min === undefined ? 0 : bandOf(min);
  const last = max === null || max === undefined ? bandStarts.length : bandOf(max);
  return Array.from(
    { length: Math.max(last - first + 1, 0) },
    (_, index) => `b:${currency}:${first + index}`,
  );
}

function bandOf(amount: number): number {
  return bandStarts.filter((start) => start <= amount).length;
}
