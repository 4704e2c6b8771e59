/**
 * Rounds fractions of 0 or more, which share a denominator, to integers that add up to `total` (the largest remainder
 * method): rounds each down, then adds the missing units to the largest remainders, the first of equal ones first.
 * `total` is the sum of the fractions, rounded up or down. @throws Error for any other total
 */
export function roundToTotal(numerators: readonly bigint[], denominator: bigint, total: bigint): number[] {
  const shares = numerators.map((numerator, index) => ({
    index,
    part: numerator / denominator,
    remainder: numerator % denominator,
  }));
  const missing = total - shares.reduce((sum, { part }) => sum + part, 0n);
  const byRemainder = shares
    .filter(({ remainder }) => remainder > 0n)
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  if (missing < 0n || missing > BigInt(byRemainder.length)) {
    throw new Error(`The parts cannot be rounded to ${total}.`);
  }
  for (const share of byRemainder.slice(0, Number(missing))) share.part += 1n;
  return shares.map(({ part }) => Number(part));
}
