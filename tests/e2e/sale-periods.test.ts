import type { TestClient } from '@souk/testing/test-client';
import { administrator, newUser } from '../support/suite-clients.js';

const hours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();

let admin: TestClient;
let venueId: string;

beforeAll(async () => {
  admin = await administrator();
  const { venue } = (await admin.mutate(
    'mutation ($input: VenueInput!) { createVenue(input: $input) { venue { id } userErrors { code message } } }',
    { input: { name: 'Field', address: '1 Test Street', city: 'Lisbon', countryCode: 'PT', capacity: 100 } },
  )) as { venue: { id: string } };
  venueId = venue.id;
});

async function newEvent(dates: { startsAt: string; endsAt: string }): Promise<string> {
  const { listing } = (await admin.mutate(
    'mutation ($input: EventInput!) { createEvent(input: $input) { listing { id } userErrors { code message } } }',
    { input: { listing: { title: `Festival ${crypto.randomUUID().slice(0, 8)}` }, venueId, ...dates } },
  )) as { listing: { id: string } };
  return listing.id;
}

interface OfferPayload {
  offer: { id: string } | null;
  userErrors: { code: string; message: string; field: string[] }[];
}

async function newOffer(listingId: string, dates: object): Promise<OfferPayload> {
  const { createOffer } = (await admin.run(
    `mutation ($listingId: ID!, $input: OfferInput!) {
       createOffer(listingId: $listingId, input: $input) { offer { id } userErrors { code message field } } }`,
    {
      listingId,
      input: { title: 'Day ticket', price: { amount: 1_000, currency: 'EUR' }, onHand: 100, ...dates },
    },
  )) as { createOffer: OfferPayload };
  return createOffer;
}

it('sells an event that has begun until the end of its sale', async () => {
  const listingId = await newEvent({ startsAt: hours(-1), endsAt: hours(48) });
  const { offer, userErrors } = await newOffer(listingId, { salesEndAt: hours(47) });
  expect(userErrors).toEqual([]);
  await admin.mutate(
    'mutation ($id: ID!) { publishListing(id: $id) { listing { id } userErrors { code message } } }',
    { id: listingId },
  );
  const buyer = await newUser();
  const bought = await buyer.untilEnded(await buyer.buy([{ offerId: offer?.id ?? '' }]));
  expect(bought).toMatchObject({
    status: 'COMPLETED',
    order: { tokens: [{ kind: 'TICKET', status: 'ACTIVE' }] },
  });
});

it('refuses dates at which nothing can be sold, at their field and with the bound', async () => {
  const [startsAt, endsAt] = [hours(24), hours(72)];
  const listingId = await newEvent({ startsAt, endsAt });
  const refusalOf = async (dates: object): Promise<string[]> => {
    const { offer, userErrors } = await newOffer(listingId, dates);
    expect(offer).toBeNull();
    return userErrors.flatMap(({ code, message, field }) => [code, field.join('.'), message]);
  };
  expect(await refusalOf({ salesEndAt: hours(73) })).toEqual([
    'INVALID',
    'input.salesEndAt',
    `Sales must end by the end of the event, at ${endsAt}.`,
  ]);
  expect(await refusalOf({ salesStartAt: hours(25) })).toEqual([
    'INVALID',
    'input.salesStartAt',
    `Sales must start before they end, at ${startsAt}.`,
  ]);
  const over = await newEvent({ startsAt: hours(-3), endsAt: hours(-2) });
  await expect(
    admin.run('mutation ($id: ID!) { publishListing(id: $id) { userErrors { code field } } }', { id: over }),
  ).resolves.toEqual({
    publishListing: {
      userErrors: [
        { code: 'INVALID', field: ['id'] },
        { code: 'INVALID', field: ['input', 'endsAt'] },
      ],
    },
  });
});
