import type { OrderStatus } from '../../entities/order.js';

/** Conditions of some transitions. */
export interface OrderConditions {
  /** Whether a unit that was not canceled requires shipping. */
  ships: boolean;
  /** Whether a unit of it has been shipped. */
  shipped: boolean;
  /** Whether one of its tokens has been redeemed. */
  redeemed: boolean;
}

/** The conditions that allow every transition, for callers that have validated them. */
export const metConditions: OrderConditions = { ships: false, shipped: false, redeemed: false };

/** The conditions that allow only transitions without conditions. */
export const unmetConditions: OrderConditions = { ships: true, shipped: true, redeemed: true };

/** An allowed transition. */
export interface StatusTransition {
  from: OrderStatus;
  to: OrderStatus;
  /** Absent if the transition is always allowed. */
  when?: (facts: OrderConditions) => boolean;
  /** Whether people make this transition; sagas make the others. */
  isManual?: true;
}

/** Initial status of every order. */
export const firstStatus: OrderStatus = 'PENDING';

/** All transitions. */
export const orderTransitions: readonly StatusTransition[] = [
  { from: 'PENDING', to: 'PAID' },
  { from: 'PAID', to: 'PROCESSING', isManual: true },
  { from: 'PAID', to: 'COMPLETED', when: ({ ships }) => !ships },
  { from: 'PROCESSING', to: 'COMPLETED', isManual: true },
  { from: 'PENDING', to: 'CANCELLED' },
  { from: 'PAID', to: 'CANCELLED', when: ({ redeemed }) => !redeemed },
  { from: 'PROCESSING', to: 'CANCELLED', when: ({ shipped, redeemed }) => !shipped && !redeemed },
  { from: 'COMPLETED', to: 'CANCELLED', when: ({ ships, redeemed }) => !ships && !redeemed },
];

const statuses: readonly OrderStatus[] = ['PENDING', 'PAID', 'PROCESSING', 'COMPLETED', 'CANCELLED'];

/** Returns the statuses that an order can change to now. */
export function allowedTransitions(status: OrderStatus, facts: OrderConditions): OrderStatus[] {
  return orderTransitions
    .filter((move) => move.from === status && (move.when?.(facts) ?? true))
    .map((move) => move.to);
}

/** Whether people may make this transition. */
export function isManualTransition(from: OrderStatus, to: OrderStatus): boolean {
  return orderTransitions.some((each) => each.from === from && each.to === to && each.isManual);
}

/** Returns the statuses from which an order with these conditions can change to `to`. */
export function sourcesOf(to: OrderStatus, facts: OrderConditions): OrderStatus[] {
  return orderTransitions
    .filter((move) => move.to === to && (move.when?.(facts) ?? true))
    .map((move) => move.from);
}

/** Orders with this status do not change any more. */
const finalStatus: OrderStatus = 'CANCELLED';

/** Every combination of the conditions. */
const allConditions: readonly OrderConditions[] = [false, true].flatMap((ships) =>
  [false, true].flatMap((shipped) => [false, true].map((redeemed) => ({ ships, shipped, redeemed }))),
);

/**
 * Validates the transitions at startup. @throws if a status is unreachable, if a transition leads to itself, is there
 * twice or leaves the final status, or if its condition is never met
 */
export function validateTransitions(moves: readonly StatusTransition[]): void {
  const reached = new Set<OrderStatus>([firstStatus]);
  // Iterating a Set also visits the elements that are added meanwhile.
  for (const status of reached) {
    for (const move of moves) if (move.from === status) reached.add(move.to);
  }
  const unreachable = statuses.filter((status) => !reached.has(status));
  if (unreachable.length > 0) throw new Error(`Unreachable order status: ${unreachable.join(' or ')}.`);
  const seen = new Set<string>();
  for (const { from, to, when } of moves) {
    const name = `${from} to ${to}`;
    if (from === to) throw new Error(`A transition from ${from} to itself is not allowed.`);
    if (from === finalStatus) throw new Error(`A transition from ${name} is not allowed: ${from} is final.`);
    if (seen.has(name)) throw new Error(`The transition from ${name} is there twice.`);
    if (when && !allConditions.some(when))
      throw new Error(`The condition of the transition from ${name} is never met.`);
    seen.add(name);
  }
}
