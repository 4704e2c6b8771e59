/**
 * Compares two samples by the rank-sum test of Mann and Whitney. Robust against outliers, such as pauses of a busy
 * machine.
 * @returns z, which is 0 on average for samples of one distribution, with a standard deviation of 1; positive where
 * values of the first sample tend to be greater
 */
export function compareRanks(first: readonly number[], second: readonly number[]): number {
  const { length: n } = first;
  const { length: m } = second;
  const wins = first
    .flatMap((value) => second.map((other) => Math.sign(value - other)))
    .reduce((sum, sign) => sum + (sign + 1) / 2, 0);
  return (wins - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

/** The median. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return ((sorted[middle] ?? NaN) + (sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN)) / 2;
}

/** Durations of two operations in milliseconds. */
export interface InterleavedTimes {
  first: number[];
  second: number[];
}

/** Times two operations in turns, each turn in random order, so that both see the same load of the machine. */
export async function timeInterleaved(
  turns: number,
  first: (turn: number) => Promise<unknown>,
  second: (turn: number) => Promise<unknown>,
): Promise<InterleavedTimes> {
  const times: InterleavedTimes = { first: [], second: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    const measured = [
      { run: first, into: times.first },
      { run: second, into: times.second },
    ];
    if (Math.random() < 0.5) measured.reverse();
    for (const { run, into } of measured) {
      const begin = performance.now();
      await run(turn);
      into.push(performance.now() - begin);
    }
  }
  return times;
}

/** Beyond it samples of one distribution are found in one of 16,000 comparisons. */
const significantZ = 4;
/** Of the medians: less is no use to somebody who measures over a network. */
const smallestRatio = 1.25;

/** Whether the times of the operations differ: significantly, and by more than noise. */
export function areDistinguishable({ first, second }: InterleavedTimes): boolean {
  const ratio = medianOf(first) / medianOf(second);
  return Math.abs(compareRanks(first, second)) > significantZ && Math.max(ratio, 1 / ratio) > smallestRatio;
}
