import type { TestClient } from '@souk/testing/test-client';
import type { Check, Evidence } from '../chaos/checks/evidence.js';
import { money, payments, statements } from '../chaos/checks/money.js';
import { carts, unfinished, unsent } from '../chaos/checks/sagas.js';
import { statistics } from '../chaos/checks/statistics.js';
import { movements, unpaid } from '../chaos/checks/stock.js';

/** The checks of the storm that hold whatever was bought, refunded, stocked and shipped. */
const checks: Readonly<Record<string, Check>> = {
  unfinished,
  unsent,
  carts,
  money,
  statements,
  payments,
  movements,
  unpaid,
  statistics,
};

const noOffer = { offerId: '', listingId: '' };
/** Only checks that are not among these read it. */
const noShop: Evidence['shop'] = {
  offers: { licence: noOffer, scarce: noOffer, tour: noOffer, seat: noOffer },
  units: new Map(),
  seatIds: [],
};

/** Inconsistencies between databases, API and card provider, a sentence each. */
export async function inconsistencies(evidence: Omit<Evidence, 'shop' | 'accepted'>): Promise<string[]> {
  const found: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const violations = await check({ ...evidence, shop: noShop, accepted: [] });
    found.push(...violations.map((what) => `${name}: ${what}`));
  }
  return found;
}

/** Ends the checkouts that wait for their money. */
export async function endOpenCheckouts(root: TestClient): Promise<void> {
  const { checkouts } = (await root.run(
    '{ checkouts(status: AWAITING_PAYMENT, first: 100) { nodes { order { customer { id } } } } }',
  )) as { checkouts: { nodes: { order: { customer: { id: string } } }[] } };
  const buyers = new Set(checkouts.nodes.map(({ order }) => order.customer.id));
  for (const id of buyers)
    await root.mutate('mutation ($id: ID!) { endCheckouts(userId: $id) { userErrors { code message } } }', {
      id,
    });
}
