import type { ColumnOptions } from 'typeorm';

const transformer = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};

/** Returns the options of a bigint column that holds safe integers, such as minor units. The driver reads bigint as text. */
export function safeIntegerColumn(options: Pick<ColumnOptions, 'name' | 'nullable'> = {}): ColumnOptions {
  return { ...options, type: 'bigint', transformer };
}
