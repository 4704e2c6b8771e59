import type { Json } from './errors.js';

/** The subgraphs. Each has one database and one queue of its name. */
export const subgraphNames = ['account', 'catalog', 'order', 'payment', 'social'] as const;

/** One of the five. */
export type SubgraphName = (typeof subgraphNames)[number];

/** A message on its way to a subgraph's queue: at least once, in any order. */
export interface Message {
  /** The subgraph whose queue it goes to. */
  queue: SubgraphName;
  /** What a worker dispatches on: `command`, `reply`, or the name of an event. */
  name: string;
  body: Json;
  /** Tries before the queue gives up; the house's default where it is left out. */
  attempts?: number;
  /** Whose it is: messages of many take turns, so that a flood of one does not starve the others. */
  lane?: string;
}

/** Puts messages on their queues. Resolves when the queue has them; rejects when some may not have left. */
export type SendMessages = (messages: readonly Message[]) => Promise<void>;
