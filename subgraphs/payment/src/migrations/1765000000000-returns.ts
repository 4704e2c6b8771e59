import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stores that all that is left of a payment goes back to the buyer, why, and when the next refund is requested. */
export class Returns1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE payment ADD COLUMN return_cause text, ADD COLUMN return_due_at timestamptz,
         ADD CONSTRAINT payment_return_cause CHECK (return_cause IN ('revert', 'late', 'cancel'))`,
    );
    await runner.query(
      'CREATE INDEX payment_return_due_at ON payment (return_due_at) WHERE return_due_at IS NOT NULL',
    );
    await runner.query(
      'CREATE INDEX payment_returning ON payment (id) WHERE return_cause IS NOT NULL AND refunded < amount',
    );
    // Earlier returns that came to nothing are requested again: the last refund failed.
    await runner.query(
      `UPDATE payment p SET return_cause = split_part(r.purpose, '-', 1),
         return_due_at = CASE WHEN r.status = 'FAILED' THEN now() END
       FROM (
         SELECT DISTINCT ON (payment_id) payment_id, purpose, status FROM refund
         WHERE split_part(purpose, '-', 1) IN ('revert', 'late', 'cancel') ORDER BY payment_id, id DESC
       ) r WHERE r.payment_id = p.id`,
    );
    // Order states what payment states: of payments whose refund has failed or is pending, it may state another amount.
    await runner.query(
      `INSERT INTO outbox (queue, name, body, attempts)
       SELECT 'order', 'paymentRefunded', jsonb_build_object('orderId', p.order_id, 'paymentId', p.id,
         'refunded', jsonb_build_object('amount', p.refunded, 'currency', p.currency), 'sentBack', NULL,
         'disputed', (SELECT coalesce(sum(withheld) FILTER (WHERE status <> 'lost'), 0) FROM dispute WHERE payment_id = p.id),
         'chargedBack', (SELECT coalesce(sum(withheld) FILTER (WHERE status = 'lost'), 0) FROM dispute WHERE payment_id = p.id),
         'position', (SELECT max(seq) FROM payment_event WHERE payment_id = p.id)), 10
       FROM payment p
       WHERE EXISTS (SELECT 1 FROM dispute WHERE payment_id = p.id)
         OR EXISTS (SELECT 1 FROM refund WHERE payment_id = p.id AND status <> 'SUCCEEDED')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX payment_returning');
    await runner.query('DROP INDEX payment_return_due_at');
    await runner.query('ALTER TABLE payment DROP COLUMN return_due_at, DROP COLUMN return_cause');
  }
}
