import type { EntityManager } from 'typeorm';
import type { Topic } from '../topic.js';

const pending = new WeakMap<EntityManager, Set<Topic>>();

/**
 * Notes in a transaction that something changes, for those who watch it: they are told after the commit, and
 * after a fault too, since it may stand all the same. Outside a `Database.transact` nobody is told.
 */
export function publishChange(manager: EntityManager, topics: Iterable<Topic>): void {
  const known = pending.get(manager);
  if (known) for (const topic of topics) known.add(topic);
  else pending.set(manager, new Set(topics));
}

/** What has been noted in a transaction. */
export function pendingChanges(manager: EntityManager): Iterable<Topic> {
  return pending.get(manager) ?? [];
}
