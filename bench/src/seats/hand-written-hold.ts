import { fromApiId } from '@souk/shared/ids';
import type { Pool } from 'pg';

/** Holds a seat for a buyer; false if it was refused. */
export type Hold = (userId: string, seatId: string) => Promise<boolean>;

/** Holds of the same seats (TypeIDs) as one writes them by hand: a row lock, a check and an update. */
export async function handWrittenHold(pool: Pool, seatIds: readonly string[]): Promise<Hold> {
  await pool.query(
    "CREATE TABLE peer_seat (id uuid PRIMARY KEY, status text NOT NULL DEFAULT 'AVAILABLE', held_by uuid, held_until timestamptz)",
  );
  await pool.query('INSERT INTO peer_seat (id) SELECT unnest($1::uuid[])', [
    seatIds.map((id) => fromApiId('seat', id)),
  ]);
  await pool.query('VACUUM ANALYZE peer_seat');
  return async (userId, seatId) => {
    const id = fromApiId('seat', seatId);
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const { rows: found } = await client.query<{ free: boolean }>(
        "SELECT status = 'AVAILABLE' OR held_until <= now() AS free FROM peer_seat WHERE id = $1 FOR UPDATE",
        [id],
      );
      const isFree = found[0]?.free ?? false;
      if (isFree)
        await client.query(
          "UPDATE peer_seat SET status = 'HELD', held_by = $2, held_until = now() + interval '10 minutes' WHERE id = $1",
          [id, userId],
        );
      await client.query('COMMIT');
      return isFree;
    } finally {
      client.release();
    }
  };
}
