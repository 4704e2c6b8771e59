import type { ColumnOptions } from 'typeorm';

/** A column of minor units: bigint in the database, which the driver reads as a string. */
export function amountColumn(name: string): ColumnOptions {
  return {
    type: 'bigint',
    name,
    transformer: { to: (value: number) => value, from: (value: string) => Number(value) },
  };
}
