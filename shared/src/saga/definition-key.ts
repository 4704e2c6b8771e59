import type { SagaDefinition } from './definition.js';

/** A version of a definition. */
export interface DefinitionKey {
  name: string;
  version: number;
}

/** A version as text, for maps and people. */
export function keyOf({ name, version }: DefinitionKey): string {
  return `${name}@${version}`;
}

/**
 * @throws if a definition has two steps of one name at one participant, which answers the second with the reply to the
 * first
 */
export function requireDistinctSteps(definition: SagaDefinition<unknown>): void {
  const names = definition.steps.map((step) => `${step.name} of ${step.do.command.participant}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`${keyOf(definition)} has the step ${twice} twice.`);
}
