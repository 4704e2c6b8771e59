import { firstIdAt } from '@souk/shared/ids';
import type { Queryable } from '@souk/shared/postgres';

/** The entries that are checked, by their places in the chain, both included. */
export interface ChainRange {
  /** 1 or more. */
  first: number;
  /** 0 in an empty log. */
  last: number;
}

/**
 * Finds the part of the chain that has all entries of a time: from `from` on and before `to`. It may have others, since
 * actions arrive later than they happen. Where no entry is of that time, it has the entries around it.
 */
export async function findRange(
  database: Queryable,
  { from, to }: { from: Date | null; to: Date | null },
  headSeq: number,
): Promise<ChainRange> {
  const [row]: { first: string | null; last: string | null }[] = await database.query(
    // The sums keep the planner from searching along the primary key, which could read the whole log.
    `SELECT (SELECT min(seq + 0) FROM audit_entry WHERE id >= $1) AS first,
       (SELECT max(seq + 0) FROM audit_entry WHERE id < $2) AS last`,
    [from && firstIdAt(from), to && firstIdAt(to)],
  );
  const first = from === null ? 1 : Number(row?.first ?? headSeq + 1);
  const last = to === null ? headSeq : Number(row?.last ?? 0);
  return { first: Math.max(1, Math.min(first, last)), last: Math.min(headSeq, Math.max(first, last)) };
}
