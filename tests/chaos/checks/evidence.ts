import type { QueryResultRow } from 'pg';
import type { SubgraphName } from '@souk/shared/message';
import type { TestClient } from '@souk/testing/test-client';
import type { StripeSimulator } from '@souk/testing/stripe-simulator';
import type { Shop } from '../shop.js';
import type { Databases } from '../fixture.js';

/** The data that the checks read after the storm. */
export interface Evidence {
  databases: Databases;
  /** The API, as the administrator. */
  root: TestClient;
  simulator: StripeSimulator;
  shop: Shop;
  /** API ids of the checkouts that were returned to buyers. */
  accepted: readonly string[];
}

/** Looks for what must not be; a sentence for each thing found, with ids. */
export type Check = (evidence: Evidence) => Promise<string[]>;

/** Orders that stand: bought, paid, and not cancelled. */
export const isSold = `status IN ('PAID', 'PROCESSING', 'COMPLETED')`;

/** SQL: units of the line `l` that were not cancelled. */
export const remainingUnits = '(l.quantity - cardinality(l.cancelled_units))';

/** Reads a subgraph's database. */
export async function rowsOf<Row extends QueryResultRow>(
  { databases }: Evidence,
  name: SubgraphName,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return (await databases[name].query<Row>(sql, values)).rows;
}

/** Sums by key. */
export function sumBy<T>(
  list: readonly T[],
  keyOf: (item: T) => string,
  of: (item: T) => number,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const item of list) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + of(item));
  return sums;
}

/** A sentence for each key at which two counts differ. A missing key counts as 0. */
export function differences(
  what: string,
  [firstName, first]: [string, ReadonlyMap<string, number>],
  [secondName, second]: [string, ReadonlyMap<string, number>],
): string[] {
  return [...new Set([...first.keys(), ...second.keys()])].flatMap((key) => {
    const [a, b] = [first.get(key) ?? 0, second.get(key) ?? 0];
    return a === b ? [] : [`${what} ${key}: ${a} ${firstName}, ${b} ${secondName}`];
  });
}
