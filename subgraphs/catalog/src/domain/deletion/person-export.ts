import { recordsOf } from '@souk/shared/db/person-export';

/** All that catalog stores about a person, and the listings of their partner. */
export const exportPerson = recordsOf({
  listings: `
    SELECT l.id, l.slug, l.kind, l.title, l.language, l.summary, l.description, l.status, l.tags, l.images, l.features,
      l.seo_title, l.seo_description, l.brand, l.location, l.itinerary, l.website, l.version, l.starts_at, l.ends_at,
      l.created_at, l.updated_at, l.published_at, (
      SELECT coalesce(json_agg(json_build_object('id', o.id, 'upc', o.upc, 'title', o.title,
        'priceAmount', o.price_amount, 'currency', o.price_currency, 'onHand', o.on_hand, 'sold', o.sold) ORDER BY o.id), '[]')
      FROM offer o WHERE o.listing_id = l.id) AS offers
    FROM listing l WHERE l.partner_id = $2 ORDER BY l.id`,
  venues: `
    SELECT id, name, address, city, country_code, latitude, longitude, capacity, sections
    FROM venue WHERE partner_id = $2 ORDER BY id`,
  images: `
    SELECT id, created_at, bytes, name, width, height FROM image WHERE uploaded_by = $1 ORDER BY created_at`,
  stockMovements: `
    SELECT m.offer_id, m.kind, m.on_hand, m.reason, m.created_at FROM stock_movement m
    JOIN offer o ON o.id = m.offer_id JOIN listing l ON l.id = o.listing_id
    WHERE l.partner_id = $2 AND m.user_id = $1 ORDER BY m.created_at`,
  heldSeats: `
    SELECT id, listing_id, section, row_label, seat_number, held_until FROM event_seat
    WHERE held_by = $1 AND status = 'HELD' ORDER BY id`,
  idempotencyKeys: `
    SELECT operation, key, created_at FROM idempotency_key WHERE caller = $1::text ORDER BY created_at`,
});
