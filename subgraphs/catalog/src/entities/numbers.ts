import type { ValueTransformer } from 'typeorm';

/** A bigint column that holds safe integers only; the driver returns bigints as text. */
export const safeInteger: ValueTransformer = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};
