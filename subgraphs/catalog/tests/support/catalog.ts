import { createApp } from '@souk/catalog/app';
import type { CatalogOptions } from '@souk/catalog/app';
import { entities, migrations } from '@souk/catalog/database';
import type { MediaOptions } from '@souk/catalog/media-options';
import { accountStates } from '@souk/shared/contracts/account';
import { openDataSource } from '@souk/shared/db/data-source';
import type { SubgraphApp } from '@souk/shared/graph/app';
import { newId, toApiId, fromApiId } from '@souk/shared/ids';
import type { Role } from '@souk/shared/auth/scopes';
import type { SubgraphUnderTest, TestUser } from '../../../../tests/support/subgraph.js';
import { startSubgraph } from '../../../../tests/support/subgraph.js';
import { until } from '../../../../tests/support/until.js';

/** User error fields that the tests select. */
export interface Refusal {
  code: string;
  field: string[] | null;
  [detail: string]: unknown;
}

/** Any payload with the selected fields. */
export type Payload<Fields = Record<string, unknown>> = Fields & { userErrors: Refusal[] };

/** A partner with their access token. */
export interface TestPartner extends TestUser {
  /** UUID. */
  partnerId: string;
}

/** A catalog row with its UUID and API id. */
export interface Made {
  id: string;
  uuid: string;
}

const errors =
  'userErrors { __typename code message field ... on InsufficientStockError { offerId available } ' +
  '... on SeatUnavailableError { seatIds } ... on MaxPerOrderError { offerId maximum held } ' +
  '... on TooManyHoldsError { maximum held } ... on StaleWriteError { currentRevision } ... on CategoryInUseError { listings children } ... on IdempotencyConflictError { idempotencyKey firstUsedAt } }';

type KindName = 'Product' | 'Tour' | 'App' | 'Event';

/** An amount in EUR cents. */
export const eur = (amount: number): { amount: number; currency: string } => ({ amount, currency: 'EUR' });

/** A time from now. */
export const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

/** The catalog subgraph under test, with helpers to fill it. */
export class CatalogUnderTest {
  readonly subgraph: SubgraphUnderTest;
  readonly admin: TestUser;
  readonly #options: CatalogOptions;

  constructor(subgraph: SubgraphUnderTest, options: CatalogOptions = {}) {
    this.subgraph = subgraph;
    this.#options = options;
    this.admin = subgraph.user(['USER', 'ADMIN']);
  }

  /** A second catalog process with separate connections that serves requests and commands. */
  async another(): Promise<SubgraphApp> {
    const { dependencies, databaseUrl } = this.subgraph;
    const source = await openDataSource({
      url: databaseUrl,
      applicationName: 'test-catalog-other',
      poolSize: 5,
      entities,
      migrations,
    });
    const app = await createApp({ ...dependencies, source }, this.#options);
    await app.start();
    return app;
  }

  close(): Promise<void> {
    return this.subgraph.close();
  }

  user(roles?: Role[]): TestUser {
    return this.subgraph.user(roles);
  }

  /** Runs SQL. */
  sql<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.subgraph.dependencies.source.query(sql, parameters);
  }

  /** Returns the data of an operation. @throws on any top-level error */
  async query<Data>(query: string, variables: object = {}, user: TestUser | null = null): Promise<Data> {
    const { data, errors: failures } = await this.subgraph.run(
      query,
      variables as Record<string, unknown>,
      user,
    );
    if (failures) throw new Error(failures.map((failure) => failure.message).join(' '));
    return data as Data;
  }

  /** Returns the code of the first top-level error. */
  async failure(query: string, variables: object = {}, user: TestUser | null = null): Promise<unknown> {
    const { errors: failures } = await this.subgraph.run(query, variables as Record<string, unknown>, user);
    return failures?.[0]?.extensions?.['code'];
  }

  /** Runs one mutation; `head` is its name with typed variables, e.g. `publishListing($id: ID!)`. */
  async mutate<Fields = Record<string, unknown>>(
    head: string,
    selection: string,
    variables: object,
    user: TestUser | null = this.admin,
  ): Promise<Payload<Fields>> {
    const [name = '', declared = ''] = head.split(/[()]/);
    const passed = [...declared.matchAll(/\$(\w+)/g)].map(([, variable]) => `${variable}: $${variable}`);
    const data = await this.query<Record<string, Payload<Fields>>>(
      `mutation ${inBrackets(declared)} { ${name}${inBrackets(passed.join(', '))} { ${selection} ${errors} } }`,
      variables,
      user,
    );
    return data[name]!;
  }

  /** Creates a partner at account, and waits until catalog knows it. */
  async partner(status = 'VERIFIED'): Promise<TestPartner> {
    const user = this.user(['USER', 'PARTNER']);
    const partnerId = newId();
    this.setPartnerStatus(partnerId, user.userId, status);
    await until('the partner to be known', async () => {
      const rows = await this.sql('SELECT FROM partner_owner WHERE partner_id = $1', [partnerId]);
      return rows.length > 0;
    });
    return { ...user, partnerId };
  }

  /** Suspends a partner at account, and waits until catalog knows it. */
  async suspend({ partnerId, userId }: TestPartner): Promise<void> {
    this.setPartnerStatus(partnerId, userId, 'SUSPENDED');
    await until('the suspension', async () => {
      const rows = await this.sql<{ status: string }>(
        'SELECT status FROM partner_owner WHERE partner_id = $1',
        [partnerId],
      );
      return rows[0]?.status === 'SUSPENDED';
    });
  }

  /** Sets a partner's status at account. */
  setPartnerStatus(partnerId: string, userId: string, status: string): void {
    const item = { partnerId, userId, status, commissionBasisPoints: null, at: new Date().toISOString() };
    this.subgraph.states.put(accountStates.partners, partnerId, item);
  }

  /** Creates a draft. */
  async draft(
    type: KindName,
    input: { listing: object; [own: string]: unknown },
    user: TestUser = this.admin,
  ): Promise<Made> {
    const payload = await this.mutate<{ listing: { id: string } | null }>(
      `create${type}($input: ${type}Input!)`,
      'listing { id }',
      { input },
      user,
    );
    if (!payload.listing) throw new Error(JSON.stringify(payload.userErrors));
    return made('listing', payload.listing.id);
  }

  /** Creates an offer. */
  async offer(listing: Made, input: object = {}, user: TestUser = this.admin): Promise<Made> {
    const payload = await this.mutate<{ offer: { id: string } | null }>(
      'createOffer($listingId: ID!, $input: OfferInput!)',
      'offer { id }',
      { listingId: listing.id, input: { price: eur(1_000), ...input } },
      user,
    );
    if (!payload.offer) throw new Error(JSON.stringify(payload.userErrors));
    return made('offer', payload.offer.id);
  }

  async publish(listing: Made, user: TestUser = this.admin): Promise<void> {
    const { userErrors } = await this.mutate('publishListing($id: ID!)', 'listing { id }', listing, user);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  }

  /** Creates a published product with one offer. */
  async product(
    offer: object = {},
    listing: object = {},
    user: TestUser = this.admin,
  ): Promise<{ listing: Made; offer: Made }> {
    const draft = await this.draft('Product', { listing: { title: 'A book', ...listing } }, user);
    const itsOffer = await this.offer(draft, offer, user);
    await this.publish(draft, user);
    return { listing: draft, offer: itsOffer };
  }

  async venue(sections: object[] = [], more: object = {}, user: TestUser = this.admin): Promise<Made> {
    const payload = await this.mutate<{ venue: { id: string } | null }>(
      'createVenue($input: VenueInput!)',
      'venue { id }',
      {
        input: {
          name: 'Hall',
          address: 'Rua 1',
          city: 'Lisbon',
          countryCode: 'PT',
          sections,
          ...more,
        },
      },
      user,
    );
    if (!payload.venue) throw new Error(JSON.stringify(payload.userErrors));
    return made('venue', payload.venue.id);
  }

  /** Creates a published event in a venue of one section, whose seats belong to one offer. */
  async concert(
    shape: { rows: number; seatsPerRow: number },
    more: { event?: object; offer?: object; user?: TestUser } = {},
  ): Promise<{ listing: Made; offer: Made; seats: Made[] }> {
    const user = more.user ?? this.admin;
    const venue = await this.venue([{ name: 'Stalls', x: 0, y: 0, ...shape }], {}, user);
    const listing = await this.draft(
      'Event',
      {
        listing: { title: 'Concert' },
        venueId: venue.id,
        startsAt: inHours(48),
        endsAt: inHours(50),
        ...more.event,
      },
      user,
    );
    const offer = await this.offer(
      listing,
      { title: 'Seat', sections: ['Stalls'], maxPerOrder: 100, ...more.offer },
      user,
    );
    await this.publish(listing, user);
    const rows = await this.sql<{ id: string }>(
      'SELECT id FROM event_seat WHERE listing_id = $1 ORDER BY row_number, seat_number',
      [listing.uuid],
    );
    return {
      listing,
      offer,
      seats: rows.map((row) => ({ id: toApiId('seat', row.id), uuid: row.id })),
    };
  }

  /** Returns the stock columns of an offer. */
  async stock(offer: Made): Promise<{ on_hand: number | null; reserved: number; sold: number }> {
    const [row] = await this.sql<{ on_hand: number | null; reserved: number; sold: number }>(
      'SELECT on_hand, reserved, sold FROM offer WHERE id = $1',
      [offer.uuid],
    );
    return row!;
  }

  /** Counts the seats of an event by status. */
  async seatCounts(listing: Made): Promise<Record<string, number>> {
    const rows = await this.sql<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM event_seat WHERE listing_id = $1 GROUP BY status',
      [listing.uuid],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }
}

/** Returns the codes and fields of user errors. */
export function refusals({ userErrors }: { userErrors: Refusal[] }): string[] {
  return userErrors.map(({ code, field }) => `${code} ${(field ?? []).join('.')}`.trim());
}

function inBrackets(list: string): string {
  return list && `(${list})`;
}

export async function startCatalog(
  options: CatalogOptions = {},
  media?: MediaOptions,
): Promise<CatalogUnderTest> {
  return new CatalogUnderTest(
    await startSubgraph('catalog', { entities, migrations }, (dependencies) =>
      createApp(dependencies, options, media),
    ),
    options,
  );
}

function made(type: 'listing' | 'offer' | 'venue', id: string): Made {
  const uuid = fromApiId(type, id);
  if (!uuid) throw new Error(`${id} is no ${type}.`);
  return { id, uuid };
}
