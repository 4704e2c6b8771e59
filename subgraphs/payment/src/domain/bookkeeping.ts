import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { allocate } from '@souk/shared/money';
import type { LedgerAccount } from '../entities/ledger-entry.js';
import { PaymentShareEntity } from '../entities/payment-share.js';
import type { PaymentEntity } from '../entities/payment.js';
import type { Side } from './ledger.js';
import { holdings, holdingsOfPayments, post, postAll } from './ledger.js';

/** Whose the money of a payment is, until it goes back. */
const owners: readonly LedgerAccount[] = ['partner_payable', 'platform_revenue', 'customer_funds'];

/** Money that came for a payment, in minor units. */
export interface Sale {
  payment: PaymentEntity;
  received: number;
  /** Whether it came for what had ended, or was being undone. */
  late: boolean;
}

/** Money that is to go back, or has gone; in minor units. */
export interface RefundBooking {
  payment: PaymentEntity;
  refundId: string;
  amount: number;
}

/**
 * Books money that came. What came for a checkout that goes on is the sellers' and the platform's; what came too late,
 * or is not the amount that was asked for, is still the buyer's.
 */
export async function bookSales(manager: EntityManager, sales: readonly Sale[], at: Date): Promise<void> {
  const sold = sales.filter(isSold).map(({ payment }) => payment.id);
  const shares =
    sold.length === 0
      ? []
      : await manager.find(PaymentShareEntity, {
          where: { paymentId: In(sold) },
          order: { paymentId: 'ASC', position: 'ASC' },
        });
  const sidesOf = new Map<string, Side[]>(sold.map((id) => [id, []]));
  for (const share of shares) sidesOf.get(share.paymentId)?.push(...sidesOfShare(share));
  await postAll(
    manager,
    sales.map((sale) => {
      const { payment, received } = sale;
      const { id: paymentId, currency } = payment;
      return {
        posting: { kind: 'SALE', at, paymentId, currency },
        sides: [
          { account: clearing(payment), partnerId: null, amount: received },
          ...(isSold(sale)
            ? (sidesOf.get(paymentId) ?? [])
            : [{ account: 'customer_funds' as const, partnerId: null, amount: -received }]),
        ],
      };
    }),
  );
}

function isSold({ payment, received, late }: Sale): boolean {
  return !late && received === payment.amount;
}

function sidesOfShare({ partnerId, gross, commission }: PaymentShareEntity): Side[] {
  if (partnerId === null) return [{ account: 'platform_revenue', partnerId, amount: -gross }];
  return [
    { account: 'partner_payable', partnerId, amount: -(gross - commission) },
    { account: 'platform_revenue', partnerId, amount: -commission },
  ];
}

/** Books that money is to go back: from then on it is nobody's to be paid out. Each payment once. */
export async function bookRefunds(
  manager: EntityManager,
  refunds: readonly RefundBooking[],
  at: Date,
): Promise<void> {
  const heldOf = await holdingsOfPayments(
    manager,
    refunds.map(({ payment }) => payment.id),
  );
  await postAll(
    manager,
    refunds.map(({ payment: { id: paymentId, currency }, refundId, amount }) => ({
      posting: { kind: 'REFUND', at, paymentId, refundId, currency },
      sides: [
        { account: 'refunds', partnerId: null, amount: -amount },
        ...takenBack(heldOf.get(paymentId) ?? [], amount, 'suspense'),
      ],
    })),
  );
}

/** Books that it has gone. */
export async function bookRefundsSent(
  manager: EntityManager,
  refunds: readonly RefundBooking[],
  at: Date,
): Promise<void> {
  await postAll(
    manager,
    refunds.map(({ payment, refundId, amount }) => ({
      posting: { kind: 'REFUND_SENT', at, paymentId: payment.id, refundId, currency: payment.currency },
      sides: [
        { account: 'refunds', partnerId: null, amount },
        { account: clearing(payment), partnerId: null, amount: -amount },
      ],
    })),
  );
}

/** Books that a refund came to nothing: everything is where it was before it was asked for. */
export async function bookRefundFailed(
  manager: EntityManager,
  payment: PaymentEntity,
  { refundId, at }: { refundId: string; at: Date },
): Promise<void> {
  const sides = await holdings(manager, { refundId });
  await post(
    manager,
    { kind: 'REFUND_REVERSED', at, paymentId: payment.id, refundId, currency: payment.currency },
    sides.map(opposite),
  );
}

/** Books that the bank took a disputed amount. */
export async function bookDispute(
  manager: EntityManager,
  payment: PaymentEntity,
  { disputeId, amount, at }: { disputeId: string; amount: number; at: Date },
): Promise<void> {
  const held = (await holdingsOfPayments(manager, [payment.id])).get(payment.id) ?? [];
  await post(manager, { kind: 'DISPUTE', at, paymentId: payment.id, disputeId, currency: payment.currency }, [
    { account: clearing(payment), partnerId: null, amount: -amount },
    // What had gone back before the bank took all of it is lost, and it is the platform that lost it.
    ...takenBack(held, amount, 'platform_revenue'),
  ]);
}

/** Books that the bank gave it back. */
export async function bookDisputeWon(
  manager: EntityManager,
  payment: PaymentEntity,
  { disputeId, at }: { disputeId: string; at: Date },
): Promise<void> {
  const sides = await holdings(manager, { disputeId });
  await post(
    manager,
    { kind: 'DISPUTE_REVERSED', at, paymentId: payment.id, disputeId, currency: payment.currency },
    sides.map(opposite),
  );
}

/**
 * Takes an amount from those whose it is, in proportion to what each still holds: the sellers, and the platform its
 * commission. So the parts of many refunds add up to the whole, to the last cent. What nobody holds comes from `beyond`:
 * in suspense (the provider sent back more than we know of) the reconciler sees it.
 */
function takenBack(holdings: readonly Side[], amount: number, beyond: LedgerAccount): Side[] {
  const held = holdings.filter((side) => owners.includes(side.account) && side.amount < 0);
  const there = held.reduce((sum, side) => sum - side.amount, 0);
  const parts = allocate(
    Math.min(amount, there),
    held.map((side) => -side.amount),
  );
  return [
    ...held.map((side, index) => ({ ...side, amount: parts[index] ?? 0 })),
    { account: beyond, partnerId: null, amount: Math.max(0, amount - there) },
  ];
}

function clearing({ provider }: PaymentEntity): LedgerAccount {
  return provider === 'stripe' ? 'provider_clearing' : 'bank';
}

function opposite(side: Side): Side {
  return { ...side, amount: -side.amount };
}
