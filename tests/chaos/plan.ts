import type { Fault, PartName } from './faults.js';
import { partNames } from './faults.js';
import { Random } from './random.js';

/** How a checkout is meant to go; stock, seats and faults may have it end otherwise. */
export const checkoutKinds = [
  'paid',
  'declined',
  'confirmedLater',
  'cancelled',
  'partlyCancelled',
  'expired',
] as const;

export type CheckoutKind = (typeof checkoutKinds)[number];

/** How a waiting payment is confirmed: by the buyer through the API, on the provider's page, or both at once. */
export type Confirmation = 'buyer' | 'provider' | 'both' | 'authentication' | 'last moment';

/** Offers with plentiful stock, scarce stock, or seats. */
export const offerNames = ['licence', 'tour', 'scarce', 'seat'] as const;

export type OfferName = (typeof offerNames)[number];

/** A line of a checkout. */
export interface PlannedItem {
  offer: OfferName;
  quantity: number;
  /** Numbers of seats in the hall; empty where the offer has none. */
  seats: number[];
}

/** One checkout. */
export interface PlannedCheckout {
  kind: CheckoutKind;
  /** The number of the buyer. */
  buyer: number;
  /** From the buyer's cart, or at once. */
  fromCart: boolean;
  items: PlannedItem[];
  /** The card given with the checkout; null: it waits. */
  card: string | null;
  confirmation: Confirmation | null;
  /** How long the buyer hesitates, where something is left to do. */
  pauseMs: number;
}

/** Something that goes wrong when so many checkouts have begun. */
export interface PlannedFault {
  after: number;
  fault: Fault;
}

/** All that a run decides by chance. */
export interface Plan {
  seed: number;
  buyers: number;
  /** Units to begin with. */
  units: Record<Exclude<OfferName, 'seat'>, number>;
  seats: number;
  checkouts: PlannedCheckout[];
  /** In the order in which they strike. */
  faults: PlannedFault[];
}

const shares: readonly [CheckoutKind, number][] = [
  ['paid', 0.35],
  ['declined', 0.15],
  ['confirmedLater', 0.15],
  ['cancelled', 0.15],
  ['partlyCancelled', 0.1],
  ['expired', 0.1],
];
const mostBuyers = 40;
const checkoutsPerRound = 400;
const longestPauseMs = 2_000;

/** The plan of a seed: the same arguments give the same one. */
export function makePlan(seed: number, checkouts: number): Plan {
  const random = new Random(seed);
  // Few enough that some have several checkouts open, and enough that what one may hold unpaid seldom stops them.
  const buyers = Math.max(2, Math.min(mostBuyers, Math.floor(checkouts / 2)));
  // About a third of the checkouts wants seats: most seats are wanted more than once.
  const seats = Math.max(8, Math.ceil(checkouts / 5));
  const kinds = random.shuffled(kindsOf(checkouts));
  return {
    seed,
    buyers,
    units: { licence: checkouts * 5, tour: checkouts * 5, scarce: Math.ceil(checkouts / 10) },
    seats,
    checkouts: kinds.map((kind) => planCheckout(random, kind, { buyers, seats })),
    faults: planFaults(random, checkouts),
  };
}

/** Each kind at least once, and else by its share. */
function kindsOf(count: number): CheckoutKind[] {
  const few = shares
    .slice(1)
    .flatMap(([kind, share]) => Array<CheckoutKind>(Math.max(1, Math.round(count * share))).fill(kind));
  return [...few, ...Array<CheckoutKind>(Math.max(1, count - few.length)).fill('paid')];
}

function planCheckout(
  random: Random,
  kind: CheckoutKind,
  { buyers, seats }: { buyers: number; seats: number },
): PlannedCheckout {
  const confirmation = kind === 'confirmedLater' ? confirmationOf(random) : null;
  return {
    kind,
    buyer: random.below(buyers),
    fromCart: random.chance(0.5),
    items: kind === 'partlyCancelled' ? withSpareUnit(itemsOf(random, seats)) : itemsOf(random, seats),
    card: cardOf(random, kind, confirmation),
    confirmation,
    pauseMs: random.below(longestPauseMs),
  };
}

function itemsOf(random: Random, seats: number): PlannedItem[] {
  const items: PlannedItem[] = [];
  const units = (): number => 1 + random.below(3);
  if (random.chance(0.6)) items.push({ offer: 'licence', quantity: units(), seats: [] });
  if (random.chance(0.3)) items.push({ offer: 'tour', quantity: units(), seats: [] });
  if (random.chance(0.15)) items.push({ offer: 'scarce', quantity: units(), seats: [] });
  if (items.length === 0 || random.chance(0.2)) {
    const first = random.below(seats - 1);
    const wanted = random.chance(0.5) ? [first] : [first, first + 1];
    items.push({ offer: 'seat', quantity: wanted.length, seats: wanted });
  }
  return random.shuffled(items);
}

/** Items of which one unit can be cancelled and others are left. */
function withSpareUnit(items: PlannedItem[]): PlannedItem[] {
  const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return units > 1 ? items : [...items, { offer: 'licence', quantity: 1, seats: [] }];
}

function confirmationOf(random: Random): Confirmation {
  return random.pick(['buyer', 'buyer', 'provider', 'provider', 'both', 'authentication', 'last moment']);
}

function cardOf(random: Random, kind: CheckoutKind, confirmation: Confirmation | null): string | null {
  switch (kind) {
    case 'declined':
      return random.pick(['pm_card_chargeDeclined', 'pm_card_chargeDeclinedInsufficientFunds']);
    case 'confirmedLater':
      return confirmation === 'authentication' ? 'pm_card_authenticationRequired' : null;
    case 'expired':
      return null;
    case 'paid':
    case 'cancelled':
    case 'partlyCancelled':
      return 'pm_card_visa';
  }
}

/** Each round, in an order and at moments of its own: every part dies, and so do Redis and PostgreSQL. */
function planFaults(random: Random, checkouts: number): PlannedFault[] {
  const rounds = Math.max(1, Math.round(checkouts / checkoutsPerRound));
  const first = Math.floor(checkouts * 0.05);
  const length = Math.floor((checkouts * 0.85) / rounds);
  const flushedIn = random.below(rounds);
  const allDieIn = random.below(rounds);
  const faults = Array.from({ length: rounds }, (_, round) => {
    const begin = first + round * length;
    return [
      ...partNames.map((part): Fault => ({ kind: 'kill', parts: [part] })),
      ...(round === allDieIn ? [{ kind: 'kill', parts: partNames } as const] : []),
      { kind: 'redis killed' } as const,
      ...(round === flushedIn ? [{ kind: 'redis flushed' } as const] : []),
      { kind: 'postgres shut down' } as const,
      ...cardFaults,
    ].map((fault) => ({ fault, after: begin + random.below(length) }));
  });
  return faults.flat().sort((a, b) => a.after - b.after);
}

const confirm = '/v1/payment_intents/*/confirm';
const cancel = '/v1/payment_intents/*/cancel';

/** Faults of the card provider in one round. */
const cardFaults: readonly Fault[] = [
  // It has charged, sent back or cancelled, and answers a 500 or nothing.
  { kind: 'card provider', fault: { kind: 'error500_after', count: 2, method: 'POST', path: confirm } },
  { kind: 'card provider', fault: { kind: 'error500_after', count: 1, method: 'POST', path: '/v1/refunds' } },
  { kind: 'card provider', fault: { kind: 'error500_after', count: 1, method: 'POST', path: cancel } },
  { kind: 'card provider', fault: { kind: 'timeout_after', count: 2, method: 'POST', path: confirm } },
  { kind: 'card provider', fault: { kind: 'timeout_after', count: 1, method: 'POST', path: '/v1/refunds' } },
  // A 500 that has done nothing, and stays under its key.
  { kind: 'card provider', fault: { kind: 'error500', count: 2, method: 'POST', path: confirm } },
  { kind: 'card provider', fault: { kind: 'error500', count: 1, method: 'POST', path: '/v1/refunds' } },
  { kind: 'card provider', fault: { kind: 'error500', count: 1, method: 'POST', path: cancel } },
  { kind: 'card provider', fault: { kind: 'error500', count: 3, before_execution: true } },
  { kind: 'card provider', fault: { kind: 'reset', count: 4 } },
  { kind: 'card provider', fault: { kind: 'rate_limit', count: 3 } },
  { kind: 'card provider', fault: { kind: 'slow', count: 3, delay_ms: 1_500 } },
];

/** The checkouts' kinds, and how many there are of each. */
export function countKinds(plan: Plan): Record<CheckoutKind, number> {
  const counts = Object.fromEntries(checkoutKinds.map((kind) => [kind, 0])) as Record<CheckoutKind, number>;
  for (const { kind } of plan.checkouts) counts[kind] += 1;
  return counts;
}

/** The parts that a fault kills; none where it is another fault. */
export function partsOf({ fault }: PlannedFault): readonly PartName[] {
  return fault.kind === 'kill' ? fault.parts : [];
}
