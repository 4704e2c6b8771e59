import type { Queryable } from '@souk/shared/postgres';
import type { EntityManager } from 'typeorm';
import { auditClosedDay } from '../ledger/day-close.js';
import type { Difference } from './difference.js';

/**
 * Finds payments paid since a time whose ledger differs from their log: received minus refunded money must equal what
 * the clearing accounts gave to the others, and suspense must be zero. Also finds currencies whose entries do not balance,
 * which database constraints should prevent, and accounts whose closed balance differs from their entries: one day a turn.
 */
export async function auditLedger(
  manager: EntityManager,
  { since, turn }: { since: Date; turn: number },
  limit: number,
): Promise<Difference[]> {
  const rows: { id: string; intent: string | null; expected: string; held: string; suspense: string }[] =
    await manager.query(
      `SELECT p.id, p.provider_payment_id AS intent, l.held, l.suspense,
         p.received - p.refunded - coalesce(d.withheld, 0) AS expected
       FROM (SELECT p.id, p.provider_payment_id, p.refunded,
               (SELECT e.amount FROM payment_event e WHERE e.payment_id = p.id AND e.type = 'SUCCEEDED'
                ORDER BY e.seq LIMIT 1) AS received
             FROM payment p WHERE p.succeeded_at >= $1) p
       CROSS JOIN LATERAL (
         SELECT -coalesce(sum(amount) FILTER (WHERE account IN ('provider_clearing', 'bank')), 0) AS held,
           -coalesce(sum(amount) FILTER (WHERE account = 'suspense'), 0) AS suspense
         FROM ledger_entry WHERE payment_id = p.id) l
       LEFT JOIN LATERAL (SELECT sum(withheld) AS withheld FROM dispute WHERE payment_id = p.id) d ON true
       WHERE l.suspense <> 0 OR l.held <> p.received - p.refunded - coalesce(d.withheld, 0)
       ORDER BY p.id LIMIT $2`,
      [since, Math.max(0, limit)],
    );
  const payments = rows.map(({ id, intent, expected, held, suspense }): Difference => ({
    paymentId: id,
    providerPaymentId: intent,
    kind: 'ledger',
    message:
      Number(suspense) === 0
        ? `The payment log has a balance of ${expected}, the ledger ${held}.`
        : `${suspense} was refunded without an account to deduct it from.`,
  }));
  const [{ before_id: open } = { before_id: null }]: { before_id: string | null }[] = await manager.query(
    'SELECT before_id FROM ledger_close',
  );
  // By the value, so that the plan is made for few entries. A close in between changes no sum: each day adds up to zero.
  const unbalanced: { currency: string; sum: string }[] = await manager.query(
    `SELECT currency, sum(amount) AS sum FROM (
       SELECT currency, amount FROM ledger_balance
       UNION ALL
       SELECT currency, amount FROM ledger_entry WHERE id >= $1) posted
     GROUP BY currency HAVING sum(amount) <> 0`,
    [open],
  );
  const closed = await auditClosedDay(manager, turn, limit);
  return [
    ...closed.map(({ day, account, currency, stored, entries }): Difference => ({
      paymentId: null,
      providerPaymentId: null,
      kind: 'ledger',
      message: `The closed day ${day} has ${stored} ${currency} of ${account}, its entries ${entries}.`,
    })),
    ...unbalanced.map(({ currency, sum }): Difference => ({
      paymentId: null,
      providerPaymentId: null,
      kind: 'ledger',
      message: `The ledger entries in ${currency} add up to ${sum} instead of 0.`,
    })),
    ...payments,
  ];
}

/**
 * Finds payments whose last refund failed, and payments that go back of which something is left without a pending
 * refund. If no further refund is scheduled, an administrator has to act. Disputed payments wait for the bank.
 */
export async function failedRefunds(manager: EntityManager, limit: number): Promise<Difference[]> {
  const rows: {
    payment: string;
    intent: string | null;
    amount: string;
    currency: string;
    why: string | null;
    due: Date | null;
  }[] = await manager.query(
    `SELECT p.id AS payment, p.provider_payment_id AS intent, p.currency, p.return_due_at AS due,
       r.failure_reason AS why, CASE WHEN p.return_cause IS NULL THEN r.amount ELSE p.amount - p.refunded END AS amount
     FROM payment p LEFT JOIN LATERAL (
       SELECT id, status, amount, failure_reason FROM refund WHERE payment_id = p.id ORDER BY id DESC LIMIT 1
     ) r ON true
     WHERE p.id IN (
         SELECT payment_id FROM refund WHERE status = 'FAILED'
         UNION ALL SELECT id FROM payment WHERE return_cause IS NOT NULL AND refunded < amount
       )
       AND p.succeeded_at IS NOT NULL AND p.refunded < p.amount AND (p.return_cause IS NOT NULL OR r.status = 'FAILED')
       AND NOT EXISTS (SELECT 1 FROM refund n WHERE n.payment_id = p.id AND n.status = 'PENDING')
       AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.payment_id = p.id AND d.withheld > 0)
     ORDER BY p.id DESC LIMIT $1`,
    [Math.max(0, limit)],
  );
  return rows.map(({ payment, intent, amount, currency, why, due }) => {
    const next =
      due === null
        ? 'No further refund is scheduled'
        : `The next refund is requested at ${due.toISOString()}`;
    return {
      paymentId: payment,
      providerPaymentId: intent,
      kind: 'refund',
      message: `A refund of ${amount} ${currency} failed (${why ?? 'unknown reason'}) and was not replaced. ${next}.`,
    };
  });
}

/** Maximum number of failed refunds that are counted. */
const maxCounted = 1_000;

/** Counts the payments that `failedRefunds` finds, up to a maximum. */
export async function countFailedRefunds(manager: EntityManager): Promise<number> {
  return (await failedRefunds(manager, maxCounted)).length;
}

/** A refund of a manual payment, which an administrator has to transfer. */
export interface TransferDue {
  reference: string;
  amount: number;
  currency: string;
  at: Date;
}

/** Returns manual refunds booked since a time, newest first. */
export async function transfersDue(asker: Queryable, since: Date, limit: number): Promise<TransferDue[]> {
  const rows = await asker.query<{ reference: string; amount: string; currency: string; at: Date }[]>(
    `SELECT p.reference, r.amount, p.currency, r.completed_at AS at
     FROM refund r JOIN payment p ON p.id = r.payment_id
     WHERE p.provider = 'manual' AND r.status = 'SUCCEEDED' AND r.completed_at >= $1
     ORDER BY r.completed_at DESC LIMIT $2`,
    [since, limit],
  );
  return rows.map(({ amount, ...row }) => ({ ...row, amount: Number(amount) }));
}
