import type { EntityManager } from 'typeorm';
import { Unavailable } from '@souk/shared/errors';
import type { Money } from '@souk/shared/money';

/** SQL of the generation that is read. */
export const currentGeneration = '(SELECT generation FROM statistics_state)';

/** @throws Unavailable until the orders from before the statistics are counted */
export async function requireCompleteFigures(manager: EntityManager): Promise<void> {
  const [state]: { complete: boolean }[] = await manager.query('SELECT complete FROM statistics_state');
  if (!state?.complete) throw new Unavailable('The statistics of existing orders are being computed.', 60);
}

/** Sums of one currency. PostgreSQL's sums arrive as text. */
export interface CurrencyRow {
  currency: string;
  gross: string;
  refunded: string;
}

/** The amounts of one column that are not 0, by currency. */
export function amountsOf(rows: readonly CurrencyRow[], column: 'gross' | 'refunded'): Money[] {
  return rows
    .map((row) => ({ amount: Number(row[column]), currency: row.currency }))
    .filter(({ amount }) => amount !== 0);
}

/** The sum of a column of counts. */
export function totalOf<Column extends string>(
  rows: readonly Readonly<Record<Column, string>>[],
  column: Column,
): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}
