/** Bounds of the buckets grow by this factor; the trigger's function `checkout_figures` has the same. */
const growth = 1.02;

/** Number of durations in a bucket: above growth^(bucket-1) and up to growth^bucket milliseconds. */
export interface DurationCount {
  bucket: number;
  count: number;
}

/**
 * The duration in milliseconds below or at which a share of all lies (nearest rank); null without any. At most 1 % off,
 * because that is how far the bounds of a bucket are from its representative; durations below 1 ms count as 1 ms.
 * @param counts by ascending bucket
 * @param share above 0, at most 1
 */
export function percentileOf(counts: readonly DurationCount[], share: number): number | null {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  let rank = Math.ceil(total * share);
  for (const { bucket, count } of counts) {
    rank -= count;
    if (rank <= 0 && total > 0) return (2 * growth ** bucket) / (growth + 1);
  }
  return null;
}
