import type { EntityManager } from 'typeorm';
import type { OfferEntity } from '../../entities/offer.js';

/** Records the price that an offer has from now on. */
export async function recordPrice(
  manager: EntityManager,
  offer: Pick<OfferEntity, 'id' | 'priceAmount' | 'priceCurrency' | 'compareAtAmount'>,
): Promise<void> {
  await manager.query(
    'INSERT INTO offer_price (offer_id, amount, currency, compare_at_amount) VALUES ($1, $2, $3, $4)',
    [offer.id, offer.priceAmount, offer.priceCurrency, offer.compareAtAmount],
  );
}
