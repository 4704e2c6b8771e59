import type { OrderStatus } from '../../entities/order.js';

/** What an order must be like for some of its moves. */
export interface OrderConditions {
  /** Whether a line is shipped. */
  ships: boolean;
  /** Whether a token of it has been redeemed. */
  redeemed: boolean;
}

/** One allowed move. */
export interface StatusTransition {
  from: OrderStatus;
  to: OrderStatus;
  /** Left out where the move is always open. */
  when?: (facts: OrderConditions) => boolean;
  /** Whether people make it, who ship the order; the sagas make the others. */
  isManual?: true;
}

/** Where every order begins. */
export const firstStatus: OrderStatus = 'PENDING';

/** All moves that there are. */
export const orderTransitions: readonly StatusTransition[] = [
  { from: 'PENDING', to: 'PAID' },
  { from: 'PAID', to: 'PROCESSING', isManual: true },
  { from: 'PAID', to: 'COMPLETED', when: ({ ships }) => !ships },
  { from: 'PROCESSING', to: 'COMPLETED', isManual: true },
  { from: 'PENDING', to: 'CANCELLED' },
  { from: 'PAID', to: 'CANCELLED' },
  { from: 'PROCESSING', to: 'CANCELLED' },
  { from: 'COMPLETED', to: 'CANCELLED', when: ({ ships, redeemed }) => !ships && !redeemed },
];

const statuses: readonly OrderStatus[] = ['PENDING', 'PAID', 'PROCESSING', 'COMPLETED', 'CANCELLED'];

/** The statuses that an order may move to now. */
export function allowedTransitions(status: OrderStatus, facts: OrderConditions): OrderStatus[] {
  return orderTransitions
    .filter((move) => move.from === status && (move.when?.(facts) ?? true))
    .map((move) => move.to);
}

/** Whether people may move an order so. */
export function isManualTransition(from: OrderStatus, to: OrderStatus): boolean {
  return orderTransitions.some((each) => each.from === from && each.to === to && each.isManual);
}

/** The statuses from which an order that is like this may move to `to`. */
export function sourcesOf(to: OrderStatus, facts: OrderConditions): OrderStatus[] {
  return orderTransitions
    .filter((move) => move.to === to && (move.when?.(facts) ?? true))
    .map((move) => move.from);
}

/** Looks over a table of moves at start. @throws where a status cannot be reached, or a move leads nowhere new. */
export function validateTransitions(moves: readonly StatusTransition[]): void {
  const reached = new Set<OrderStatus>([firstStatus]);
  // A set grows while it is walked: each status that is added is visited in its turn.
  for (const status of reached) {
    for (const move of moves) if (move.from === status) reached.add(move.to);
  }
  const unreachable = statuses.filter((status) => !reached.has(status));
  if (unreachable.length > 0) throw new Error(`No order ever becomes ${unreachable.join(' or ')}.`);
  const still = moves.find((move) => move.from === move.to);
  if (still) throw new Error(`A move from ${still.from} to itself is none.`);
}
