import type { PaymentShareEntity } from '../../entities/payment-share.js';
import type { Posting } from './ledger.js';

/** An amount to refund of the lines of one seller, in minor units. */
export interface RefundPart {
  /** UUID; null for the platform's own sale. */
  partnerId: string | null;
  amount: number;
}

/** A seller's sale as it was booked. */
export type SaleShare = Pick<PaymentShareEntity, 'partnerId' | 'gross' | 'commission'>;

/**
 * Deducts amounts from what their sellers, and the platform by its commission on them, still hold of a payment. After
 * each deduction, the platform holds its commission on what is left of the seller's sale, rounded half up: so any
 * sequence of parts adds up to the whole, and none is more than half a minor unit from its exact share. Pure.
 * @returns the postings, and the rest that the sellers do not hold any more
 */
export function deductFromSellers(
  held: readonly Posting[],
  shares: readonly SaleShare[],
  parts: readonly RefundPart[],
): { postings: Posting[]; rest: number } {
  const bySeller = new Map<string | null, number>();
  for (const { partnerId, amount } of parts) bySeller.set(partnerId, (bySeller.get(partnerId) ?? 0) + amount);
  const postings: Posting[] = [];
  let rest = 0;
  for (const [partnerId, amount] of bySeller) {
    const [payable, revenue] = (['partner_payable', 'platform_revenue'] as const).map((account) =>
      balanceOf(held, account, partnerId),
    ) as [number, number];
    const taken = Math.min(amount, payable + revenue);
    const share = shares.find((each) => each.partnerId === partnerId);
    const left = payable + revenue - taken;
    const fee = between(
      revenue - commissionOn(left, share, revenue),
      taken - payable,
      Math.min(taken, revenue),
    );
    postings.push(
      { account: 'partner_payable', partnerId, amount: -(taken - fee) },
      { account: 'platform_revenue', partnerId, amount: -fee },
    );
    rest += amount - taken;
  }
  return { postings: postings.filter(({ amount }) => amount !== 0), rest };
}

function balanceOf(held: readonly Posting[], account: Posting['account'], partnerId: string | null): number {
  const own = held.find((posting) => posting.account === account && posting.partnerId === partnerId);
  return Math.max(0, own?.amount ?? 0);
}

/** The platform's commission on `left` of a seller's sale; all of it is the platform's on its own sale. */
function commissionOn(left: number, share: SaleShare | undefined, revenue: number): number {
  if (share === undefined || share.gross === 0) return Math.min(left, revenue);
  if (share.partnerId === null) return left;
  const [gross, exact] = [BigInt(share.gross), BigInt(share.commission) * BigInt(left)];
  return Number((2n * exact + gross) / (2n * gross));
}

function between(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
