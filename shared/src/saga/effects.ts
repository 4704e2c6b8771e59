import type { EntityManager } from 'typeorm';
import type { Advance } from './advance.js';
import type { SagaDefinition, SagaView } from './definition.js';
import type { SagaRecord } from './record.js';

/** A saga that went on. */
export interface Told {
  definition: SagaDefinition<unknown>;
  record: SagaRecord;
  view: SagaView<unknown>;
  next: Advance;
}

/** What may be learned of a saga that went on, in the order of learning: its steps by their position, then the ends. */
type Occasion = number | 'turnedBack' | 'needsAttention' | 'completed' | 'failed';

/**
 * Lets the owner's tables learn how sagas went on: each effect of a definition once, for all sagas that it concerns,
 * in the order of the list and the ends last, however many steps a saga has taken at once.
 */
export async function tell(manager: EntityManager, told: readonly Told[]): Promise<void> {
  const steps = told.flatMap(({ next }) => (next.learned === null ? [] : [next.learned]));
  const occasions: Occasion[] = [
    ...[...new Set(steps)].sort((a, b) => a - b),
    'turnedBack',
    'needsAttention',
    'completed',
    'failed',
  ];
  for (const occasion of occasions) {
    const byDefinition = new Map<SagaDefinition<unknown>, SagaView<unknown>[]>();
    for (const { definition, view, next } of told) {
      if (!isOf(occasion, next)) continue;
      const views = byDefinition.get(definition);
      if (views) views.push(view);
      else byDefinition.set(definition, [view]);
    }
    for (const [definition, views] of byDefinition) await learn(manager, definition, occasion, views);
  }
}

function isOf(occasion: Occasion, next: Advance): boolean {
  if (typeof occasion === 'number') return next.learned === occasion;
  return occasion === 'completed' || occasion === 'failed' ? next.ended === occasion : next[occasion];
}

async function learn(
  manager: EntityManager,
  definition: SagaDefinition<unknown>,
  occasion: Occasion,
  views: readonly SagaView<unknown>[],
): Promise<void> {
  if (typeof occasion === 'number') await definition.steps[occasion]?.learn?.(manager, views);
  else await definition[occasion]?.(manager, views);
}
