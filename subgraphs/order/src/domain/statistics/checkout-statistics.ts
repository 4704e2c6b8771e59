import type { EntityManager } from 'typeorm';
import { currentGeneration, requireCompleteFigures } from './current-figures.js';
import type { DayRange } from './day-range.js';
import { blockColumns, blocksOf } from './day-range.js';
import type { DurationCount } from './duration-histogram.js';

/** Checkouts that ended, of a range of days. */
export interface CheckoutTotals {
  completed: number;
  failed: number;
  /** Durations of the completed ones, by ascending bucket. */
  durations: DurationCount[];
  /** The most frequent first. */
  failures: CheckoutFailureCount[];
}

/** Number of checkouts that failed at a step for a reason. */
export interface CheckoutFailureCount {
  /** Name of the step; null if none failed. */
  step: string | null;
  /** Code of the failure, as its participant named it. */
  code: string;
  checkouts: number;
}

interface EndedRow {
  bucket: number | null;
  step: string | null;
  code: string | null;
  checkouts: string;
}

/** SQL of `readCheckoutTotals`, exported for the query plan test. */
export const checkoutTotalsSql = `
  SELECT c.bucket, c.step, c.code, sum(c.checkouts) AS checkouts FROM (
    SELECT f.bucket, NULL AS step, NULL AS code, f.checkouts
    FROM unnest($1::int[], $2::date[]) AS b (days, day)
    JOIN checkout_durations f ON f.generation = ${currentGeneration} AND f.days = b.days AND f.day = b.day
    UNION ALL
    SELECT NULL, step, code, checkouts FROM checkout_failures
    WHERE generation = ${currentGeneration} AND day >= $3 AND day < $4
    UNION ALL
    SELECT bucket, step, code, checkouts FROM checkout_delta WHERE day >= $3 AND day < $4
  ) AS c GROUP BY 1, 2, 3 HAVING sum(c.checkouts) > 0 ORDER BY 1, 4 DESC, 2, 3`;

/** Reads the checkouts of a range of days, by the day in which they started. @throws Unavailable */
export async function readCheckoutTotals(
  manager: EntityManager,
  range: DayRange,
  now: Date,
): Promise<CheckoutTotals> {
  await requireCompleteFigures(manager);
  const rows: EndedRow[] = await manager.query(checkoutTotalsSql, [
    ...blockColumns(blocksOf(range, now)),
    range.from,
    range.to,
  ]);
  const durations = rows.flatMap(({ bucket, checkouts }) =>
    bucket === null ? [] : [{ bucket, count: Number(checkouts) }],
  );
  const failures = rows.flatMap(({ step, code, checkouts }) =>
    code === null ? [] : [{ step: step === '' ? null : step, code, checkouts: Number(checkouts) }],
  );
  return {
    completed: durations.reduce((sum, { count }) => sum + count, 0),
    failed: failures.reduce((sum, { checkouts }) => sum + checkouts, 0),
    durations,
    failures,
  };
}
