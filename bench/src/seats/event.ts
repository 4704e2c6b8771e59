import { newId } from '@souk/shared/ids';
import type { SubgraphApp } from '@souk/shared/graph/app';
import type { DataSource } from 'typeorm';

/** Executes an operation as a user. */
export async function execute(
  app: SubgraphApp,
  userId: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { data, errors } = await app.execute({
    query,
    variables,
    headers: { authorization: `Bearer ${userId}`, 'x-forwarded-for': '192.0.2.1' },
  });
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** A published event with all seats in one section. */
export async function makeEvent(
  app: SubgraphApp,
  source: DataSource,
  { rows, seatsPerRow }: { rows: number; seatsPerRow: number },
): Promise<{ listingId: string; offerId: string; seatIds: string[] }> {
  const seller = newId();
  const create = async (
    mutation: string,
    result: string,
    variables: Record<string, unknown>,
  ): Promise<string> => {
    const data = await execute(app, seller, mutation, variables);
    const payload = data['made'] as Record<string, { id: string } | null>;
    const made = payload[result];
    if (!made) throw new Error(JSON.stringify(payload));
    return made.id;
  };
  const venueId = await create(
    'mutation ($input: VenueInput!) { made: createVenue(input: $input) { venue { id } userErrors { message } } }',
    'venue',
    {
      input: {
        name: 'Arena',
        address: '1 Street',
        city: 'Lisbon',
        countryCode: 'PT',
        sections: [{ name: 'Stalls', rows, seatsPerRow, x: 0, y: 0 }],
      },
    },
  );
  const startsAt = new Date(Date.now() + 86_400_000);
  const listingId = await create(
    'mutation ($input: EventInput!) { made: createEvent(input: $input) { listing { id } userErrors { message } } }',
    'listing',
    {
      input: {
        listing: { title: 'Rush' },
        venueId,
        startsAt,
        endsAt: new Date(startsAt.getTime() + 7_200_000),
      },
    },
  );
  const offerId = await create(
    `mutation ($id: ID!, $input: OfferInput!) {
      made: createOffer(listingId: $id, input: $input) { offer { id } userErrors { message } } }`,
    'offer',
    { id: listingId, input: { price: { amount: 5_000, currency: 'EUR' }, sections: ['Stalls'] } },
  );
  await create(
    'mutation ($id: ID!) { made: publishListing(id: $id) { listing { id } userErrors { message } } }',
    'listing',
    { id: listingId },
  );
  const data = (await execute(app, seller, 'query ($id: ID!) { seatMap(eventId: $id) { seats { ids } } }', {
    id: listingId,
  })) as { seatMap: { seats: { ids: string[] } } };
  await source.query('VACUUM ANALYZE event_seat');
  return { listingId, offerId, seatIds: data.seatMap.seats.ids };
}
