import type { BoundCommand } from '@souk/shared/saga/definition';
import type { AnySagaDefinition } from '@souk/shared/saga/orchestrator';

/** The steps and commands of one version, on which running sagas depend. */
export interface SagaDescription {
  steps: Record<string, string | number | boolean>[];
  afterFailure: string | null;
}

/** The released versions, by `name@version`. */
export type ReleasedSagas = Record<string, SagaDescription>;

/** Describes a definition as it is recorded. */
export function describeSaga(definition: Pick<AnySagaDefinition, 'steps' | 'afterFailure'>): SagaDescription {
  return {
    steps: definition.steps.map((step) => ({
      name: step.name,
      do: commandOf(step.do),
      ...(step.undo && { undo: commandOf(step.undo) }),
      ...(step.onWaiting && { onWaiting: commandOf(step.onWaiting) }),
      ...(step.nonCompensatable && { nonCompensatable: true }),
      ...(step.pivot && { pivot: true }),
    })),
    afterFailure: definition.afterFailure ? commandOf(definition.afterFailure) : null,
  };
}

/** Compares the definitions in code with the released ones; returns what is wrong, one sentence each. */
export function findUnreleased(definitions: readonly AnySagaDefinition[], released: ReleasedSagas): string[] {
  const inCode = new Map(definitions.map((each) => [`${each.name}@${each.version}`, describeSaga(each)]));
  const problems: string[] = [];
  for (const [key, before] of Object.entries(released)) {
    const now = inCode.get(key);
    if (!now) {
      problems.push(`${key} was released and is gone. Keep it in code: rows may still need it.`);
    } else if (JSON.stringify(now) !== JSON.stringify(before)) {
      problems.push(
        `${key} differs from its released steps. Restore it, and give the new list a new version.`,
      );
    }
  }
  for (const [key, now] of inCode) {
    if (key in released) continue;
    const entry = `"${key}": ${JSON.stringify(now, null, 2)}`;
    problems.push(`${key} is not recorded. Add to released-sagas.json: ${entry}`);
  }
  return problems;
}

function commandOf<Input>({ command: { participant, name } }: BoundCommand<Input>): string {
  return `${participant}.${name}`;
}
