import type { Json } from './errors.js';

/** The subgraphs. Each has one database and one queue of its name. */
export const subgraphNames = ['account', 'catalog', 'order', 'payment', 'social'] as const;

/** One of the five. */
export type SubgraphName = (typeof subgraphNames)[number];

/** A message for a subgraph's queue: delivered at least once, in any order. */
export interface Message {
  /** The subgraph whose queue it goes to. */
  queue: SubgraphName;
  /** The name that a worker dispatches on: `command`, `reply`, or the name of an event. */
  name: string;
  body: Json;
  /** Attempts before the queue gives up; a default applies where it is left out. */
  attempts?: number;
  /** Partition key for fair scheduling, so that a flood from one user does not starve the others. */
  lane?: string;
}

/** Puts messages on their queues. Resolves when the queue has them; rejects when some may not have left. */
export type SendMessages = (messages: readonly Message[]) => Promise<void>;
