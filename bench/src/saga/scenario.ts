import { newId } from '@souk/shared/ids';

/** The kind of checkouts in a run. */
export interface Scenario {
  name: string;
  /** How many offers they are spread over. */
  offers: number;
  /** Every so many checkouts the payment is declined; 0 for never. */
  declinedEvery: number;
}

/** The three that are measured: issue by issue the same five steps. */
export const scenarios: readonly Scenario[] = [
  { name: 'happy', offers: 1_000, declinedEvery: 0 },
  { name: 'declined', offers: 1_000, declinedEvery: 5 },
  { name: 'hot', offers: 1, declinedEvery: 0 },
];

/** One checkout, the same for every variant: two units of one offer. */
export interface Checkout {
  /** A UUIDv7: of the checkout, and of its order. */
  id: string;
  buyerId: string;
  offerId: string;
  quantity: number;
  /** In minor units. */
  amount: number;
  declined: boolean;
  /** For the rows of the tokens: one for each unit. */
  tokens: { id: string; code: string }[];
}

/** How a checkout ended. */
export type Ending = 'completed' | 'failed';

/** Units of each offer before the run: more than any run sells. */
export const unitsAtStart = 1_000_000;

const buyers = 1_000;
const quantity = 2;
const unitPrice = 4_500;

/** The nth checkout of a scenario. Offers and buyers rotate with different periods. */
export function checkoutOf(scenario: Scenario, n: number): Checkout {
  return {
    id: newId(),
    buyerId: numberedId('b', (n * 7) % buyers),
    offerId: offerIdOf(n % scenario.offers),
    quantity,
    amount: quantity * unitPrice,
    declined: scenario.declinedEvery > 0 && n % scenario.declinedEvery === 0,
    tokens: Array.from({ length: quantity }, () => {
      const id = newId();
      return { id, code: `TKT-${id.slice(-12).toUpperCase()}` };
    }),
  };
}

/** The id of an offer, from 0. */
export function offerIdOf(index: number): string {
  return numberedId('a', index);
}

function numberedId(mark: string, index: number): string {
  return `${mark.repeat(8)}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}
