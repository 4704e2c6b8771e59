import { openDbos } from './dbos.js';
import type { LoadPlan, LoadResult } from './load.js';
import { load } from './load.js';
import type { Scenario } from './scenario.js';
import { openParticipants, openSouk } from './souk.js';
import type { Participant } from './statements.js';
import { openFunctionCalls, openTransactions } from './transaction.js';
import type { Variant, VariantName, VariantOptions } from './variant.js';

// The process in which a variant runs, with the load that it is put under.

/** The settings of a runner. */
export interface RunnerRole {
  variant: VariantName;
  scenario: Scenario;
  options: VariantOptions;
  /** Participants of Souk that this process runs; those of the others where it is not the one under load. */
  participants: readonly Participant[];
  underLoad: boolean;
}

/** To a runner: open first, then loads, then close. */
export type RunnerOrder = { open: RunnerRole } | { load: LoadPlan } | { close: true };

/** From a runner: one for each order. */
export type RunnerAnswer = { done: LoadResult | null } | { failed: string };

let opened: { close(): Promise<void>; checkout?: Variant['checkout'] } | null = null;
let scenario: Scenario | null = null;
let begun = 0;

async function execute(order: RunnerOrder): Promise<LoadResult | null> {
  if ('open' in order) {
    scenario = order.open.scenario;
    opened = await open(order.open);
    return null;
  }
  if ('load' in order) {
    if (!opened?.checkout || !scenario) throw new Error('Nothing is open that could be put under load.');
    const result = await load(opened.checkout, scenario, order.load, begun);
    begun += result.latenciesMs.length;
    return result;
  }
  await opened?.close();
  return null;
}

async function open({
  variant,
  options,
  participants,
  underLoad,
}: RunnerRole): Promise<NonNullable<typeof opened>> {
  switch (variant) {
    case 'souk-redis':
    case 'souk-postgres': {
      const queue = variant === 'souk-redis' ? 'redis' : 'postgres';
      return underLoad
        ? openSouk(options, queue, participants)
        : openParticipants(participants, options, queue);
    }
    case 'dbos':
      return openDbos(options);
    case 'transaction':
      return openTransactions(options);
    case 'function':
      return openFunctionCalls(options);
  }
}

process.on('message', (order: RunnerOrder) => {
  execute(order)
    .then(
      (done): RunnerAnswer => ({ done }),
      (error: unknown): RunnerAnswer => ({
        failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    )
    .then((answer) => {
      process.send?.(answer, () => {
        if ('close' in order) process.exit(0);
      });
    })
    .catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit(1));
