import type { EntityManager } from 'typeorm';
import type { StateDefinition } from '../state.js';
import { stateTopic } from '../state.js';
import type { Topic } from '../topic.js';

const pending = new WeakMap<EntityManager, Set<Topic>>();

/**
 * Records in a transaction that topics change. `Database.transact` publishes them after the commit, and after a fault
 * too, since the change may have happened. Outside of it nothing is published.
 */
export function publishChange(manager: EntityManager, topics: Iterable<Topic>): void {
  const known = pending.get(manager);
  if (known) for (const topic of topics) known.add(topic);
  else pending.set(manager, new Set(topics));
}

/** Records in a transaction that a replicated state changes, so that its copies are read at once. */
export function publishStateChange(manager: EntityManager, state: StateDefinition): void {
  publishChange(manager, [stateTopic(state)]);
}

/** The changes recorded in a transaction. */
export function pendingChanges(manager: EntityManager): Iterable<Topic> {
  return pending.get(manager) ?? [];
}
