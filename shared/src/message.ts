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

/**
 * Puts messages on their queues. Resolves when the queues have them all. Rejects with `UnsentMessages` if only some have
 * left, with another error if all may have stayed.
 */
export type SendMessages = (messages: readonly Message[]) => Promise<void>;

/** A message that did not leave. */
export interface UnsentMessage {
  message: Message;
  error: Error;
  /**
   * `refused`: the queue does not take this message, now or later; `failed`: the queue answers, but this message failed
   * for a reason that may pass; `unavailable`: the queue did not answer.
   */
  reason: 'refused' | 'failed' | 'unavailable';
  /** The message to send in its place if it is set aside, so that its saga does not wait for it; null for none. */
  replacement: Message | null;
}

/** Some messages did not leave; the others of the same call did. */
export class UnsentMessages extends Error {
  readonly unsent: readonly UnsentMessage[];

  /** @param unsent at least one */
  constructor(unsent: readonly UnsentMessage[]) {
    super(`${unsent.length} messages could not be sent: ${unsent[0]?.error.message ?? 'unknown error'}`);
    this.name = 'UnsentMessages';
    this.unsent = unsent;
  }
}
