import type { RelayTally } from '../support/webhook-relay.js';
import { Tally } from './buyer.js';
import type { Plan } from './plan.js';
import type { StormResult } from './storm.js';

/** What a run did and found, for people. */
export function summaryOf(
  { seed, checkouts, buyers }: Plan,
  storm: StormResult,
  webhooks: RelayTally,
  violations: readonly string[],
): string {
  const { results, lost, faults, troubles, retried, stormMs, calmMs } = storm;
  const outcomes = new Tally();
  for (const { planned, outcome } of results) outcomes.add(`${planned.kind}: ${outcome}`);
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(0)} s`;
  return [
    `Seed ${seed}: ${checkouts.length} checkouts of ${buyers} buyers; ${seconds(stormMs)} of storm, ${seconds(calmMs)} until all was quiet.`,
    ...listOf('Checkouts', outcomes),
    'Faults, and the seconds at which they struck:',
    ...[...faults].map(([name, seconds]) => `  ${name}: ${seconds.join(', ')}`),
    ...listOf('What clients met and asked again', troubles),
    `First answers lost: ${results.filter(({ replayed }) => replayed).length}, brought back by the key.`,
    `Webhooks: ${Object.entries(webhooks)
      .map(([name, count]) => `${String(count)} ${name}`)
      .join(', ')}.`,
    `Asked again because it needed attention: ${retried}.`,
    `Journeys without an end: ${lost.length}.`,
    ...lost.map((what) => `  ${what}`),
    `Buyers who held too much: ${storm.overheld.length}, looked for ${storm.polls} times.`,
    ...storm.overheld.map((what) => `  ${what}`),
    `Violations: ${violations.length}.`,
    ...violations.map((what) => `  ${what}`),
  ].join('\n');
}

function listOf(title: string, tally: Tally): string[] {
  return [`${title}:`, ...tally.entries().map(([name, count]) => `  ${String(count).padStart(5)}  ${name}`)];
}
