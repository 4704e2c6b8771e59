import type { EntityManager } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import { paymentEvents } from '@souk/shared/contracts/payment';
import { once } from '@souk/shared/db/idempotency';
import type { Outbox } from '@souk/shared/db/outbox';
import { recordAction } from '@souk/shared/db/recorded-action';
import { Rejection } from '@souk/shared/errors';
import { InputCheck } from '@souk/shared/input-check';
import { toApiId } from '@souk/shared/ids';
import type { Money } from '@souk/shared/money';
import { formatMoney, parseMoney } from '@souk/shared/money';
import { singleItem } from '@souk/shared/single-item';
import { postTransactions } from './ledger.js';
import { isPartner } from './partner-projection.js';
import { balancesOf } from './partner-balance.js';

/** A payout to a partner, entered by an administrator. */
export interface PayoutInput {
  /** UUID; null for an unknown id. */
  partnerId: string | null;
  amount: Money;
  /** The reference on the bank statement. */
  reference: string;
  idempotencyKey: string;
}

/**
 * Books a payout that does not exceed the balance due. Returns the id of the entry on the partner's account.
 * @throws Rejections INVALID, NOT_FOUND, INSUFFICIENT_BALANCE, IDEMPOTENCY_CONFLICT
 */
export async function recordPayout(
  manager: EntityManager,
  outbox: Outbox,
  caller: Identity,
  { idempotencyKey: key, ...input }: PayoutInput,
  now: Date,
): Promise<{ result: string; replayed: boolean }> {
  const call = { caller: caller.userId, operation: 'recordPayout', key, arguments: input };
  return once(manager, call, ['idempotencyKey'], async () => {
    const { partnerId } = input;
    const money = parseMoney(input.amount, ['amount']);
    const check = new InputCheck();
    if (money.amount === 0) check.refuse(['amount', 'amount'], 'The amount must be greater than 0.');
    const reference = check.textWithoutCard('reference', input.reference);
    check.throwIfAny();
    if (partnerId === null || !(await isPartner(manager, partnerId))) {
      throw new Rejection('NOT_FOUND', 'There is no such partner.', { field: ['partnerId'] });
    }
    // One payout per partner at a time: concurrent ones would check against the same balance.
    await manager.query("SELECT pg_advisory_xact_lock(hashtextextended('payout ' || $1, 0))", [partnerId]);
    await assertNotAboveDue(manager, partnerId, money);
    const { amount, currency } = money;
    const transaction = { kind: 'PAYOUT', at: now, currency, reference } as const;
    const postings = [
      { account: 'partner_payable', partnerId, amount: -amount },
      { account: 'bank', partnerId: null, amount },
    ] as const;
    const [entryId] = singleItem(await postTransactions(manager, [{ transaction, postings }]));
    if (entryId === undefined) throw new Error('The payout has no ledger entry.');
    outbox.publish(paymentEvents.payoutRecorded, partnerId, { partnerId, entryId, amount: money, reference });
    const after = { entryId: toApiId('ledger', entryId), amount: money, reference };
    recordAction(outbox, 'RECORD_PAYOUT', partnerId, { before: null, after });
    return entryId;
  });
}

async function assertNotAboveDue(
  manager: EntityManager,
  partnerId: string,
  { amount, currency }: Money,
): Promise<void> {
  const balances = (await balancesOf(manager, [partnerId])).get(partnerId) ?? [];
  const due = balances.find((balance) => balance.currency === currency)?.due ?? 0;
  if (amount <= due) return;
  const message = `Due are ${formatMoney({ amount: due, currency }, 'en')}.`;
  throw new Rejection('INSUFFICIENT_BALANCE', message, { field: ['amount', 'amount'] });
}
