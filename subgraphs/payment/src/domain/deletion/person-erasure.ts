import type { EntityManager } from 'typeorm';

/** Replaces a text that a person may have written. */
const erasedText = 'This text was erased with the account.';

/**
 * Erases a person's data from their payments. Amounts, the payments' logs and the ledger stay, under an id that names
 * nobody any more. The logs have no text that people write.
 * @param userId UUID
 */
export async function erasePerson(manager: EntityManager, userId: string): Promise<void> {
  await manager.query('DELETE FROM idempotency_key WHERE caller = $1', [userId]);
  await manager.query('DELETE FROM card_attempt WHERE buyer_id = $1', [userId]);
  await manager.query(
    'UPDATE payment SET return_url = NULL WHERE customer_id = $1 AND return_url IS NOT NULL',
    [userId],
  );
  // Administrators write the reasons of the refunds that they request.
  await manager.query(
    `UPDATE refund SET reason = $2
     WHERE payment_id IN (SELECT id FROM payment WHERE customer_id = $1) AND purpose LIKE 'request-%'`,
    [userId, erasedText],
  );
}
