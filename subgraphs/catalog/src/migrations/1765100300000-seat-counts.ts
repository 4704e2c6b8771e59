import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counts the free seats of an offer in its index: only held ones, which are few, are read from the table for the end of
 * their hold.
 */
export class SeatCounts1765100300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      viewOf(`
        SELECT a.free + h.lapsed AS free, h.held
        FROM (SELECT count(*)::int AS free FROM event_seat s
          WHERE o.seated AND s.offer_id = o.id AND s.status = 'AVAILABLE') a
        CROSS JOIN (SELECT
            (count(*) FILTER (WHERE s.held_until <= now()))::int AS lapsed,
            (count(*) FILTER (WHERE s.held_until > now()))::int AS held
          FROM event_seat s WHERE o.seated AND s.offer_id = o.id AND s.status = 'HELD') h`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      viewOf(`
        SELECT
          (count(*) FILTER (WHERE s.status = 'AVAILABLE' OR s.held_until <= now()))::int AS free,
          (count(*) FILTER (WHERE s.status = 'HELD' AND s.held_until > now()))::int AS held
        FROM event_seat s WHERE o.seated AND s.offer_id = o.id AND s.status IN ('AVAILABLE', 'HELD')`),
    );
  }
}

/** The only definition of available stock: expired holds count as free even before the sweep. */
function viewOf(seats: string): string {
  return `CREATE OR REPLACE VIEW offer_stock AS
    SELECT o.id AS offer_id,
      CASE WHEN o.seated THEN seats.free ELSE o.on_hand - o.reserved + lapsed.units END AS available,
      CASE WHEN o.seated THEN seats.free + seats.held ELSE o.on_hand END AS on_hand,
      CASE WHEN o.seated THEN seats.held ELSE o.reserved - lapsed.units END AS reserved
    FROM offer o
    CROSS JOIN LATERAL (${seats}) seats
    CROSS JOIN LATERAL (
      SELECT COALESCE(sum(r.quantity), 0)::int AS units FROM reservation r
      WHERE NOT o.seated AND r.offer_id = o.id AND r.status = 'HELD' AND r.expires_at <= now()
    ) lapsed`;
}
