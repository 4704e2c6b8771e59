import type { RelayTally } from '../support/webhook-relay.js';
import { Tally } from './buyer.js';
import type { Plan } from './plan.js';
import type { StormResult } from './storm.js';

/** A readable summary of a run and its findings. */
export function summaryOf(
  { seed, checkouts, buyers }: Plan,
  storm: StormResult,
  webhooks: RelayTally,
  violations: readonly string[],
): string {
  const { results, lost, faults, failures: troubles, retried, stormMs, calmMs } = storm;
  const outcomes = new Tally();
  for (const { planned, outcome } of results) outcomes.add(`${planned.kind}: ${outcome}`);
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(0)} s`;
  return [
    `Seed ${seed}: ${checkouts.length} checkouts of ${buyers} buyers; ${seconds(stormMs)} of storm, ${seconds(calmMs)} until idle.`,
    ...listOf('Checkouts', outcomes),
    'Faults, with their times in seconds:',
    ...[...faults].map(([name, seconds]) => `  ${name}: ${seconds.join(', ')}`),
    ...listOf('Errors that clients retried', troubles),
    `First answers lost: ${results.filter(({ replayed }) => replayed).length}, recovered by the idempotency key.`,
    `Webhooks: ${Object.entries(webhooks)
      .map(([name, count]) => `${String(count)} ${name}`)
      .join(', ')}.`,
    `Sagas retried by the administrator: ${retried}.`,
    `Scenarios that did not finish: ${lost.length}.`,
    ...lost.map((what) => `  ${what}`),
    `Buyers over their unpaid limit: ${storm.overheld.length}, in ${storm.polls} polls.`,
    ...storm.overheld.map((what) => `  ${what}`),
    `Violations: ${violations.length}.`,
    ...violations.map((what) => `  ${what}`),
  ].join('\n');
}

function listOf(title: string, tally: Tally): string[] {
  return [`${title}:`, ...tally.entries().map(([name, count]) => `  ${String(count).padStart(5)}  ${name}`)];
}
