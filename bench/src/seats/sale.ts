import { confirm, reserve } from '@souk/catalog/domain/reservation/reservation';
import { defaultSettings } from '@souk/catalog/domain/settings';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId } from '@souk/shared/ids';
import type { DataSource } from 'typeorm';

/** Checkouts in one transaction, as catalog's worker batches commands. */
const soldAtOnce = 100;

/** The result of selling all held seats. */
export interface Sale {
  sold: number;
  refused: number;
  /** Seats that belong to another checkout than their buyer's, or to none. */
  wrong: number;
  seconds: number;
}

/** Sells every held seat to its holder and tries to sell it to somebody else too, as the saga's commands do. */
export async function sellAll(source: DataSource, offerApiId: string): Promise<Sale> {
  const offerId = fromApiId('offer', offerApiId) ?? '';
  const held: { id: string; holder: string }[] = await source.query(
    "SELECT id, held_by AS holder FROM event_seat WHERE offer_id = $1 AND status = 'HELD' ORDER BY id",
    [offerId],
  );
  const sagas = new Map<string, string>();
  let refused = 0;
  const began = performance.now();
  for (let first = 0; first < held.length; first += soldAtOnce) {
    const requests = held.slice(first, first + soldAtOnce).flatMap(({ id, holder }) =>
      [newId(), holder].map((userId) => ({
        sagaId: newId(),
        userId,
        seatId: id,
        isHolder: userId === holder,
        lines: [{ lineId: newId(), offerId, quantity: 1, seatIds: [id] }],
        expectedTotal: null,
        holdUntil: new Date(Date.now() + 600_000),
      })),
    );
    const sold = await source.transaction(async (manager) => {
      const answers = await reserve(manager, requests, defaultSettings, new Date());
      const reserved = requests.filter((_, index) => !(answers[index] instanceof Rejection));
      await confirm(manager, reserved);
      return reserved;
    });
    refused += requests.length - sold.length;
    for (const { seatId, sagaId } of sold) sagas.set(seatId, sagaId);
  }
  const seconds = (performance.now() - began) / 1_000;
  const sold: { id: string; saga_id: string }[] = await source.query(
    "SELECT id, saga_id FROM event_seat WHERE offer_id = $1 AND status = 'SOLD'",
    [offerId],
  );
  const wrong = sold.filter(({ id, saga_id: saga }) => sagas.get(id) !== saga).length;
  return { sold: sold.length, refused, wrong, seconds };
}
