import type { z } from 'zod';
import type { SubgraphName } from './message.js';
import type { Topic } from './topic.js';

/**
 * Replicated state as one value: items that their owner changes and that other processes hold copies of. An item has
 * the present state of one key, so that a repeat or an older copy that is overwritten does no harm.
 */
export interface StateDefinition<Item extends z.ZodType = z.ZodType> {
  /** The subgraph that owns it. */
  owner: SubgraphName;
  /** Unique among the states of all owners. */
  name: string;
  item: Item;
}

/** The type of a state's items. */
export type StateItem<State extends StateDefinition> = z.infer<State['item']>;

/** The keys after `after` up to and including `until`, in the owner's order; null: from the first, or to the last. */
export interface KeyRange {
  after: string | null;
  until: string | null;
}

/** Items that changed, or a part of a listing of all items. */
export interface StatePage<Item> {
  items: Item[];
  /** The cursor for the next call. Only the owner interprets it. */
  next: string;
  /** Whether there is more already. */
  more: boolean;
  /**
   * In a listing of all items: the keys of which the page has every item. The owner knows no other key in this range, so
   * that a copy of another history loses what the owner has lost. Absent in a page of changes.
   */
  covers?: KeyRange | undefined;
}

/**
 * Lists the items that changed since `next` of an earlier page; null, or a cursor of another history, lists all of them.
 * May repeat items and skips none, whichever order transactions commit in.
 */
export type ReadState<Item> = (since: string | null) => Promise<StatePage<Item>>;

/** Defines a state. */
export function defineState<Item extends z.ZodType>(
  owner: SubgraphName,
  name: string,
  item: Item,
): StateDefinition<Item> {
  return { owner, name, item };
}

/** The path at which the owner lists a state for other processes. */
export function statePath({ name }: Pick<StateDefinition, 'name'>): string {
  return `/internal/state/${name}`;
}

/** The topic of the owner's change notifications about a state. */
export function stateTopic({ name }: Pick<StateDefinition, 'name'>): Topic {
  return `state:${name}`;
}
