import type { Check, Evidence } from './evidence.js';
import { money, payments, statements } from './money.js';
import { accepted, carts, orders, unfinished, unsent } from './sagas.js';
import { movements, seats, units, unpaid } from './stock.js';
import { ratings } from './ratings.js';
import { statistics } from './statistics.js';
import { tokens } from './tokens.js';

/** Everything that must hold once all is quiet, however it came about. */
export const checks = {
  unfinished,
  unsent,
  accepted,
  orders,
  carts,
  units,
  movements,
  unpaid,
  seats,
  tokens,
  money,
  statements,
  payments,
  statistics,
  ratings,
} satisfies Record<string, Check>;

export type CheckName = keyof typeof checks;

/** Runs all of them: what was found, each with the name of its check. */
export async function findViolations(evidence: Evidence): Promise<string[]> {
  const found: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    found.push(...(await check(evidence)).map((what) => `${name}: ${what}`));
  }
  return found;
}
