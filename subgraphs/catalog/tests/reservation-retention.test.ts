import { removeEndedReservations } from '@souk/catalog/domain/reservation/reservation-retention';
import { newId } from '@souk/shared/ids';
import type { CatalogUnderTest } from './support/catalog.js';
import { startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog();
});

afterAll(() => catalog.close());

test('released and expired reservations are removed after 90 days; others are retained', async () => {
  const { offer } = await catalog.product({ onHand: 5 });
  const add = (status: string, days: number): Promise<unknown[]> =>
    catalog.sql(
      `INSERT INTO reservation (saga_id, line_id, offer_id, quantity, seat_ids, status, expires_at)
       VALUES ($1, $2, $3, 1, '{}', $4, now() - $5::interval)`,
      [newId(), newId(), offer.uuid, status, `${days} days`],
    );
  for (const status of ['RELEASED', 'EXPIRED', 'CONFIRMED', 'RETURNED']) await add(status, 91);
  for (const status of ['RELEASED', 'EXPIRED']) await add(status, 89);
  expect(await removeEndedReservations(catalog.subgraph.dependencies.source.manager, new Date())).toBe(2);
  const left = await catalog.sql<{ status: string }>(
    'SELECT status FROM reservation WHERE offer_id = $1 ORDER BY status',
    [offer.uuid],
  );
  expect(left.map(({ status }) => status)).toEqual(['CONFIRMED', 'EXPIRED', 'RELEASED', 'RETURNED']);
});
