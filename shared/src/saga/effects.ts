import type { EntityManager } from 'typeorm';
import type { Outbox } from '../db/outbox.js';
import type { Advance } from './transition.js';
import type { SagaDefinition, SagaView } from './definition.js';
import type { SagaRecord } from './record.js';

/** A saga with its state after one advance. */
export interface SagaTransition {
  definition: SagaDefinition<unknown>;
  record: SagaRecord;
  view: SagaView<unknown>;
  next: Advance;
}

/** The hook of one step, by its position, or of the saga itself. */
type Hook = number | 'onCompensating' | 'onNeedsAttention' | 'onCompleted' | 'onFailed';

/**
 * Runs the hooks of the definitions. Each hook runs once for all sagas that it concerns: hooks of steps in the order of
 * the list, hooks of the saga after them, however many steps one saga has taken.
 */
export async function applyEffects(
  manager: EntityManager,
  outbox: Outbox,
  transitions: readonly SagaTransition[],
): Promise<void> {
  const steps = transitions.flatMap(({ next }) => (next.completedStep === null ? [] : [next.completedStep]));
  const hooks: Hook[] = [
    ...[...new Set(steps)].sort((a, b) => a - b),
    'onCompensating',
    'onNeedsAttention',
    'onCompleted',
    'onFailed',
  ];
  for (const hook of hooks) {
    const byDefinition = new Map<SagaDefinition<unknown>, SagaView<unknown>[]>();
    for (const { definition, view, next } of transitions) {
      if (!concerns(hook, next)) continue;
      const views = byDefinition.get(definition);
      if (views) views.push(view);
      else byDefinition.set(definition, [view]);
    }
    for (const [definition, views] of byDefinition)
      await runHook({ manager, outbox }, definition, hook, views);
  }
}

function concerns(hook: Hook, next: Advance): boolean {
  switch (hook) {
    case 'onCompensating':
      return next.isCompensating;
    case 'onNeedsAttention':
      return next.needsAttention;
    case 'onCompleted':
      return next.ended === 'completed';
    case 'onFailed':
      return next.ended === 'failed';
    default:
      return next.completedStep === hook;
  }
}

async function runHook(
  { manager, outbox }: { manager: EntityManager; outbox: Outbox },
  definition: SagaDefinition<unknown>,
  hook: Hook,
  views: readonly SagaView<unknown>[],
): Promise<void> {
  if (typeof hook === 'number') await definition.steps[hook]?.onCompleted?.(manager, views, outbox);
  else await definition[hook]?.(manager, views, outbox);
}
