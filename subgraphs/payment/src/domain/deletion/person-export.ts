import { recordsOf } from '@souk/shared/db/person-export';

/** All that payment stores about a person, and the ledger entries of their partner. */
export const exportPerson = recordsOf({
  payments: `
    SELECT p.id, p.order_id, p.order_number, p.method, p.provider, p.reference, p.amount, p.currency, p.return_url,
      p.provider_payment_id, p.status, p.refunded, p.failure_code, p.failure_message, p.created_at, p.expires_at,
      p.succeeded_at, (
      SELECT json_agg(json_build_object('at', e.at, 'type', e.type, 'amount', e.amount, 'source', e.source,
        'code', e.code, 'message', e.message) ORDER BY e.seq)
      FROM payment_event e WHERE e.payment_id = p.id) AS log, (
      SELECT json_agg(json_build_object('amount', r.amount, 'reason', r.reason, 'status', r.status,
        'createdAt', r.created_at, 'completedAt', r.completed_at) ORDER BY r.id)
      FROM refund r WHERE r.payment_id = p.id) AS refunds, (
      SELECT json_agg(json_build_object('amount', d.amount, 'reason', d.reason, 'status', d.status,
        'createdAt', d.created_at) ORDER BY d.id)
      FROM dispute d WHERE d.payment_id = p.id) AS disputes
    FROM payment p WHERE p.customer_id = $1 ORDER BY p.id`,
  cardAttempts: 'SELECT at, declined, network FROM card_attempt WHERE buyer_id = $1 ORDER BY at',
  ledgerEntries: `
    SELECT id, at, kind, account, amount, currency, payment_id FROM ledger_entry
    WHERE partner_id = $2 AND account = 'partner_payable' ORDER BY id`,
  idempotencyKeys: `
    SELECT operation, key, created_at FROM idempotency_key WHERE caller = $1::text ORDER BY created_at`,
});
