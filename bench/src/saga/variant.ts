import type { RunDatabases } from './databases.js';
import type { Checkout, Ending } from './scenario.js';

/** Options of a variant's process. */
export interface VariantOptions {
  databases: RunDatabases;
  redisUrl: string;
}

/** A way to do a checkout, open and ready. */
export interface Variant {
  /** Resolves when the checkout has ended and its end is committed. */
  checkout(checkout: Checkout): Promise<Ending>;
  close(): Promise<void>;
}

/** The ways that are measured. */
export const variantNames = ['souk-redis', 'souk-postgres', 'dbos', 'transaction', 'function'] as const;

/** One of them. */
export type VariantName = (typeof variantNames)[number];

/** Titles of the variants in the table. */
export const titles: Readonly<Record<VariantName, string>> = {
  'souk-redis': 'Souk, queue on Redis',
  'souk-postgres': 'Souk, queue on PostgreSQL',
  dbos: 'DBOS',
  transaction: 'one transaction, six statements',
  function: 'one transaction, one function call',
};

/** Whether each participant has a database of its own. */
export function isApart(name: VariantName): boolean {
  return name.startsWith('souk');
}
