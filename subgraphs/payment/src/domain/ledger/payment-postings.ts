import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { allocate } from '@souk/shared/money';
import type { LedgerAccount } from '../../entities/ledger-entry.js';
import { PaymentShareEntity } from '../../entities/payment-share.js';
import type { PaymentEntity } from '../../entities/payment.js';
import type { Posting } from './ledger.js';
import type { RefundPart } from './seller-deduction.js';
import { deductFromSellers } from './seller-deduction.js';
import { balancesByAccount, balancesOfPayments, postTransactions } from './ledger.js';

/** Accounts that own a payment's money until it is refunded. */
const owners: readonly LedgerAccount[] = ['partner_payable', 'platform_revenue', 'customer_funds'];

/** Money received for a payment, in minor units. */
export interface Sale {
  payment: PaymentEntity;
  received: number;
  /** Whether it arrived after the payment had ended or while it was being reverted. */
  late: boolean;
}

/** A refund to book, in minor units. */
export interface RefundBooking {
  payment: PaymentEntity;
  refundId: string;
  amount: number;
  /** The sellers' parts; null: all owners of the payment's money bear it in proportion. */
  parts: readonly RefundPart[] | null;
}

/**
 * Books received money. Money for a checkout that continues belongs to the sellers and the platform; money that arrived
 * late, or whose amount differs from the payment's, still belongs to the buyer.
 */
export async function bookSales(manager: EntityManager, sales: readonly Sale[], at: Date): Promise<void> {
  const sold = sales.filter(isSold).map(({ payment }) => payment.id);
  const shares = await readShares(manager, sold);
  const postingsOf = new Map<string, Posting[]>(sold.map((id) => [id, []]));
  for (const share of shares) postingsOf.get(share.paymentId)?.push(...postingsOfShare(share));
  await postTransactions(
    manager,
    sales.map((sale) => {
      const { payment, received } = sale;
      const { id: paymentId, currency } = payment;
      return {
        transaction: { kind: 'SALE', at, paymentId, currency },
        postings: [
          { account: clearing(payment), partnerId: null, amount: -received },
          ...(isSold(sale)
            ? (postingsOf.get(paymentId) ?? [])
            : [{ account: 'customer_funds' as const, partnerId: null, amount: received }]),
        ],
      };
    }),
  );
}

async function readShares(
  manager: EntityManager,
  paymentIds: readonly string[],
): Promise<PaymentShareEntity[]> {
  if (paymentIds.length === 0) return [];
  const order = { paymentId: 'ASC', position: 'ASC' } as const;
  return manager.find(PaymentShareEntity, { where: { paymentId: In([...paymentIds]) }, order });
}

function isSold({ payment, received, late }: Sale): boolean {
  return !late && received === payment.amount;
}

function postingsOfShare({ partnerId, gross, commission }: PaymentShareEntity): Posting[] {
  if (partnerId === null) return [{ account: 'platform_revenue', partnerId, amount: gross }];
  return [
    { account: 'partner_payable', partnerId, amount: gross - commission },
    { account: 'platform_revenue', partnerId, amount: commission },
  ];
}

/** Books requested refunds, at most one per payment. The money can no longer be paid out to sellers. */
export async function bookRefunds(
  manager: EntityManager,
  refunds: readonly RefundBooking[],
  at: Date,
): Promise<void> {
  const heldOf = await balancesOfPayments(
    manager,
    refunds.map(({ payment }) => payment.id),
  );
  const shares = await readShares(
    manager,
    refunds.flatMap(({ payment, parts }) => (parts ? [payment.id] : [])),
  );
  await postTransactions(
    manager,
    refunds.map(({ payment: { id: paymentId, currency }, refundId, amount, parts }) => {
      const held = heldOf.get(paymentId) ?? [];
      const sold = shares.filter((share) => share.paymentId === paymentId);
      return {
        transaction: { kind: 'REFUND', at, paymentId, refundId, currency },
        postings: [
          { account: 'refunds', partnerId: null, amount },
          ...(parts ? deductParts(held, sold, parts) : deductFromOwners(held, amount, 'suspense')),
        ],
      };
    }),
  );
}

/** Deducts refunded lines from their sellers; what they do not hold any more, from the other owners. */
function deductParts(
  held: readonly Posting[],
  shares: readonly PaymentShareEntity[],
  parts: readonly RefundPart[],
): Posting[] {
  const { postings, rest } = deductFromSellers(held, shares, parts);
  if (rest === 0) return postings;
  const left = held.map((posting) => {
    const own = postings.find(
      ({ account, partnerId }) => account === posting.account && partnerId === posting.partnerId,
    );
    return { ...posting, amount: posting.amount + (own?.amount ?? 0) };
  });
  return [...postings, ...deductFromOwners(left, rest, 'suspense')];
}

/** Books completed refunds. */
export async function bookRefundsSent(
  manager: EntityManager,
  refunds: readonly RefundBooking[],
  at: Date,
): Promise<void> {
  await postTransactions(
    manager,
    refunds.map(({ payment, refundId, amount }) => ({
      transaction: { kind: 'REFUND_SENT', at, paymentId: payment.id, refundId, currency: payment.currency },
      postings: [
        { account: 'refunds', partnerId: null, amount: -amount },
        { account: clearing(payment), partnerId: null, amount },
      ],
    })),
  );
}

/** Books a failed refund: reverses the postings of its request. */
export async function bookRefundFailed(
  manager: EntityManager,
  payment: PaymentEntity,
  { refundId, at }: { refundId: string; at: Date },
): Promise<void> {
  const postings = await balancesByAccount(manager, { refundId });
  const { id: paymentId, currency } = payment;
  const transaction = { kind: 'REFUND_REVERSED', at, paymentId, refundId, currency } as const;
  await postTransactions(manager, [{ transaction, postings: postings.map(opposite) }]);
}

/** Books a disputed amount that the bank withdrew. */
export async function bookDispute(
  manager: EntityManager,
  payment: PaymentEntity,
  { disputeId, amount, at }: { disputeId: string; amount: number; at: Date },
): Promise<void> {
  const { id: paymentId, currency } = payment;
  const held = (await balancesOfPayments(manager, [paymentId])).get(paymentId) ?? [];
  const transaction = { kind: 'DISPUTE', at, paymentId, disputeId, currency } as const;
  const postings: Posting[] = [
    { account: clearing(payment), partnerId: null, amount },
    // The platform bears the loss of money that was refunded before the bank withdrew the full amount.
    ...deductFromOwners(held, amount, 'platform_revenue'),
  ];
  await postTransactions(manager, [{ transaction, postings }]);
}

/** Books a disputed amount that the bank returned. */
export async function bookDisputeWon(
  manager: EntityManager,
  payment: PaymentEntity,
  { disputeId, at }: { disputeId: string; at: Date },
): Promise<void> {
  const postings = await balancesByAccount(manager, { disputeId });
  const { id: paymentId, currency } = payment;
  const transaction = { kind: 'DISPUTE_REVERSED', at, paymentId, disputeId, currency } as const;
  await postTransactions(manager, [{ transaction, postings: postings.map(opposite) }]);
}

/**
 * Deducts an amount from its owners (the sellers, and the platform for its commission) in proportion to their balances,
 * so that partial refunds add up to the whole to the last minor unit. Any remainder comes from `remainderAccount`;
 * the reconciler reports a balance in suspense (the provider refunded more than we know of).
 */
function deductFromOwners(
  balances: readonly Posting[],
  amount: number,
  remainderAccount: LedgerAccount,
): Posting[] {
  const held = balances.filter((posting) => owners.includes(posting.account) && posting.amount > 0);
  const available = held.reduce((sum, posting) => sum + posting.amount, 0);
  const parts = allocate(
    Math.min(amount, available),
    held.map((posting) => posting.amount),
  );
  return [
    ...held.map((posting, index) => ({ ...posting, amount: -(parts[index] ?? 0) })),
    { account: remainderAccount, partnerId: null, amount: -Math.max(0, amount - available) },
  ];
}

function clearing({ provider }: PaymentEntity): LedgerAccount {
  return provider === 'stripe' ? 'provider_clearing' : 'bank';
}

function opposite(posting: Posting): Posting {
  return { ...posting, amount: -posting.amount };
}
