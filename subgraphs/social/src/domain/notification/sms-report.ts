import { storable } from '@souk/shared/text';
import type { EntityManager } from 'typeorm';

/** A report of the provider about a text message. */
export interface SmsReport {
  /** UUID. */
  notificationId: string;
  /** DELIVERED: it arrived; FAILED: it did not, BOUNCED: because of the number. */
  status: 'DELIVERED' | 'FAILED' | 'BOUNCED';
  /** Null where it arrived. */
  error: string | null;
}

const maxErrorLength = 300;

/**
 * Records what became of a text message. Reports come in any order and may be repeated: a message that arrived stays so. A
 * number that bounced gets no further optional messages until the user changes it.
 */
export async function recordSmsReport(
  manager: EntityManager,
  { notificationId, status, error }: SmsReport,
  now: Date,
): Promise<void> {
  await manager.query(
    `WITH reported AS (
       UPDATE delivery SET status = $2, error = $3, sent_at = coalesce(sent_at, $4), not_before = NULL, wake_at = NULL
       WHERE notification_id = $1 AND channel = 'SMS' AND status IN ('QUEUED', 'SENT') AND attempts > 0
       RETURNING notification_id
     )
     INSERT INTO bounced_address AS b (user_id, channel, address, error, at)
     SELECT n.user_id, 'SMS', k.phone, $3, $4 FROM reported r JOIN notification n ON n.id = r.notification_id
       JOIN known_user k ON k.user_id = n.user_id
     WHERE $2 = 'BOUNCED' AND k.phone IS NOT NULL
     ON CONFLICT (user_id, channel) DO UPDATE
       SET address = excluded.address, error = excluded.error, at = excluded.at`,
    [notificationId, status, error === null ? null : storable(error, maxErrorLength), now],
  );
}
