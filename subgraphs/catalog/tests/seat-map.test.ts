import { gzipSync } from 'node:zlib';
import type { FormattedExecutionResult } from 'graphql';
import { isConflatableEvent } from '@souk/shared/graph/subscription';
import { toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { CatalogUnderTest, Made } from './support/catalog.js';
import { eur, inHours, startCatalog } from './support/catalog.js';

let catalog: CatalogUnderTest;

beforeAll(async () => {
  catalog = await startCatalog({ holdMaxSeats: 100 });
});

afterAll(() => catalog.close());

interface SeatMap {
  revision: number;
  sections: { names: string[]; offerIds: string[] };
  rows: { labels: string[]; sections: number[]; firstSeats: number[] };
  seats: { ids: string[]; numbers: number[]; x: (number | null)[]; y: (number | null)[] };
}

interface SeatStates {
  revision: string;
  mapRevision: number;
  states: string;
}

interface SeatChanges {
  since: string | null;
  revision: string;
  mapRevision: number;
  states: string | null;
  changes: [number, number][];
}

const mapFields = `revision sections { names offerIds } rows { labels sections firstSeats } seats { ids numbers x y }`;

async function mapOf(listing: Made, user: TestUser | null = null): Promise<SeatMap> {
  const data = await catalog.query<{ listing: { seatMap: SeatMap } }>(
    `query ($id: ID!) { listing(id: $id) { ... on Event { seatMap { ${mapFields} } } } }`,
    listing,
    user,
  );
  return data.listing.seatMap;
}

async function statesOf(listing: Made): Promise<SeatStates> {
  const data = await catalog.query<{ listing: { seatStates: SeatStates } }>(
    'query ($id: ID!) { listing(id: $id) { ... on Event { seatStates { revision mapRevision states } } } }',
    listing,
  );
  return data.listing.seatStates;
}

/** The states, read as the schema describes them. */
function unpack({ states }: { states: string }, seats: number): number[] {
  const bytes = Uint8Array.from(atob(states), (character) => character.charCodeAt(0));
  return Array.from({ length: seats }, (_, i) => (bytes[i >> 2]! >> (2 * (i & 3))) & 3);
}

const watch = (listing: Made, after: string | null = null, user: TestUser | null = null) =>
  catalog.subgraph.watch(
    `subscription ($id: ID!, $after: String) {
      seatsChanged(eventId: $id, after: $after) { since revision mapRevision states changes } }`,
    { id: listing.id, after },
    user,
  );

const changesIn = ({ events }: { events: readonly FormattedExecutionResult[] }): SeatChanges[] =>
  events.map(({ data }) => (data as { seatsChanged: SeatChanges }).seatsChanged);

async function hold(seats: readonly Made[], user = catalog.user()): Promise<void> {
  const { userErrors } = await catalog.mutate(
    'holdSeats($seatIds: [ID!]!)',
    'heldUntil',
    { seatIds: seats.map(({ id }) => id) },
    user,
  );
  expect(userErrors).toEqual([]);
}

describe('Event.seatMap', () => {
  it('lists sections, rows and seats in columns; seats of a later offer follow', async () => {
    const venue = await catalog.venue([
      { name: 'Stalls', rows: 2, seatsPerRow: 3, x: 1, y: 0 },
      { name: 'Balcony', rows: 1, seatsPerRow: 2 },
    ]);
    const listing = await catalog.draft('Event', {
      listing: { title: 'Play' },
      venueId: venue.id,
      startsAt: inHours(10),
      endsAt: inHours(12),
    });
    expect(await mapOf(listing, catalog.admin)).toMatchObject({ revision: 0, seats: { ids: [] } });
    const balcony = await catalog.offer(listing, { sections: ['Balcony'], price: eur(20) });
    const before = await mapOf(listing, catalog.admin);
    const stalls = await catalog.offer(listing, { sections: ['Stalls'], price: eur(50) });
    await catalog.publish(listing);
    const map = await mapOf(listing);
    expect(map).toMatchObject({
      revision: 2,
      sections: { names: ['Balcony', 'Stalls'], offerIds: [balcony.id, stalls.id] },
      rows: { labels: ['A', 'A', 'B'], sections: [0, 1, 1], firstSeats: [0, 2, 5] },
      seats: {
        numbers: [1, 2, 1, 2, 3, 1, 2, 3],
        x: [null, null, 1, 2, 3, 1, 2, 3],
        y: [null, null, 0, 0, 0, 1, 1, 1],
      },
    });
    expect(map.seats.ids.slice(0, 2)).toEqual(before.seats.ids);
    const rows = await catalog.sql<{ id: string }>(
      'SELECT id FROM event_seat WHERE listing_id = $1 ORDER BY offer_id, row_number, seat_number',
      [listing.uuid],
    );
    expect(map.seats.ids).toEqual(rows.map(({ id }) => toApiId('seat', id)));
  });

  it('is public for published events only', async () => {
    const owner = await catalog.partner();
    const venue = await catalog.venue([{ name: 'Stalls', rows: 1, seatsPerRow: 2 }], {}, owner);
    const event = {
      listing: { title: 'Secret' },
      venueId: venue.id,
      startsAt: inHours(9),
      endsAt: inHours(10),
    };
    const draft = await catalog.draft('Event', event, owner);
    await catalog.offer(draft, { sections: ['Stalls'] }, owner);
    const query = 'query ($id: ID!) { seatMap(eventId: $id) { revision } }';
    expect(await catalog.query(query, draft)).toEqual({ seatMap: null });
    expect(await catalog.query(query, draft, owner)).toEqual({ seatMap: { revision: 1 } });
    const { errors } = (await (await watch(draft)).toEnd())[0]!;
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    const book = await catalog.product();
    expect(await catalog.query(query, book.listing)).toEqual({ seatMap: null });
    await catalog.publish(draft, owner);
    expect(await catalog.query(query, draft)).toEqual({ seatMap: { revision: 1 } });
  });

  it('has at most 350 kB for 20,000 seats, compressed, and their states come in 50 ms', async () => {
    const { listing, seats } = await catalog.concert({ rows: 200, seatsPerRow: 100 });
    expect(gzipSync(JSON.stringify(await mapOf(listing))).length).toBeLessThan(350_000);
    await hold(seats.slice(0, 100));
    const first = await statesOf(listing);
    expect(first.states.length).toBe(6_668);
    expect(unpack(first, 20_000).filter((state) => state === 1)).toHaveLength(100);
    const times: number[] = [];
    for (let time = 0; time < 9; time += 1) {
      await hold(seats.slice(100 + time, 101 + time));
      const begun = performance.now();
      const { states } = await statesOf(listing);
      times.push(performance.now() - begun);
      expect(unpack({ states }, 20_000).filter((state) => state === 1)).toHaveLength(101 + time);
    }
    const median = times.sort((a, b) => a - b)[4]!;
    expect(median).toBeLessThan(50);
  }, 60_000);
});

describe('Event.seatStates', () => {
  it('packs the states of all seats, and names the same states with the same revision', async () => {
    const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 5 });
    expect(await statesOf(listing)).toMatchObject({ mapRevision: 1, states: 'AAA=' });
    await catalog.sql(
      `UPDATE event_seat SET status = (ARRAY['AVAILABLE', 'HELD', 'SOLD', 'BLOCKED', 'HELD'])[seat_number],
         held_by = CASE WHEN seat_number IN (2, 5) THEN uuidv7() END,
         held_until = CASE WHEN seat_number IN (2, 5) THEN now() + interval '1 hour' END
       WHERE listing_id = $1`,
      [listing.uuid],
    );
    const states = await statesOf(listing);
    expect(states).toMatchObject({ mapRevision: 1, states: '5AE=' });
    expect(unpack(states, 5)).toEqual([0, 1, 2, 3, 1]);
    expect(await statesOf(listing)).toEqual(states);
    await hold([seats[0]!]);
    expect((await statesOf(listing)).revision).not.toBe(states.revision);
  });

  it('has what the caller has just written, from many callers and two processes', async () => {
    const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 40 });
    const other = await catalog.another();
    const read = async (index: number): Promise<SeatStates> => {
      if (index % 2 === 0) return statesOf(listing);
      const { data } = await other.execute({
        query:
          'query ($id: ID!) { listing(id: $id) { ... on Event { seatStates { revision mapRevision states } } } }',
        variables: { id: listing.id },
        headers: {},
      });
      return (data as { listing: { seatStates: SeatStates } }).listing.seatStates;
    };
    try {
      const all = await Promise.all(
        seats.map(async (seat, index) => {
          await hold([seat]);
          const states = await read(index);
          expect(unpack(states, 40)[index]).toBe(1);
          return states;
        }),
      );
      // Equal revisions have equal states, whichever process answered.
      const known = new Map(all.map(({ revision, states }) => [revision, states]));
      for (const { revision, states } of all) expect(states).toBe(known.get(revision));
      expect(unpack(await statesOf(listing), 40)).toEqual(seats.map(() => 1));
    } finally {
      await other.close();
    }
  });

  it('begins a new history after a day without changes', async () => {
    const { listing } = await catalog.concert({ rows: 1, seatsPerRow: 4 });
    const before = await statesOf(listing);
    const { removeIdleJournals } = await import('@souk/catalog/domain/seat/seat-journal');
    const { manager } = catalog.subgraph.dependencies.source;
    expect(await removeIdleJournals(manager, new Date())).toBe(0);
    expect(await removeIdleJournals(manager, new Date(Date.now() + 86_460_000))).toBeGreaterThan(0);
    const after = await statesOf(listing);
    expect(after.states).toBe(before.states);
    expect(after.revision.split('.')[0]).not.toBe(before.revision.split('.')[0]);
  });
});

describe('seatsChanged', () => {
  it('sends the changed seats only, one after the other, to anonymous visitors', async () => {
    const { listing, seats } = await catalog.concert({ rows: 2, seatsPerRow: 10 });
    const heard = await watch(listing);
    await until('the confirmation', () => heard.events.length === 1);
    const { revision, states } = await statesOf(listing);
    expect(changesIn(heard)).toEqual([
      { since: revision, revision, mapRevision: 1, states: null, changes: [] },
    ]);
    const buyer = catalog.user();
    await hold([seats[17]!], buyer);
    await until('the hold', () => heard.events.length === 2);
    expect(changesIn(heard)[1]).toMatchObject({ since: revision, states: null, changes: [[17, 1]] });
    expect(JSON.stringify(heard.events[1]).length).toBeLessThan(300);
    await catalog.mutate('releaseSeats($seatIds: [ID!]!)', 'heldUntil', { seatIds: [seats[17]!.id] }, buyer);
    await until('the release', () => heard.events.length === 3);
    expect(changesIn(heard)[2]).toMatchObject({ since: changesIn(heard)[1]!.revision, changes: [[17, 0]] });
    expect((await statesOf(listing)).states).toBe(states);
    expect(heard.events.every(isConflatableEvent)).toBe(true);
    await heard.stop();
  });

  it('sends what happens within 100 ms together, and the chain of changes ends at the states', async () => {
    const { listing, seats } = await catalog.concert({ rows: 10, seatsPerRow: 10 });
    const heard = await watch(listing);
    await until('the confirmation', () => heard.events.length === 1);
    const begun = performance.now();
    await Promise.all(seats.map((seat) => hold([seat])));
    const took = performance.now() - begun;
    await until('all seats', () => changesIn(heard).flatMap(({ changes }) => changes).length === 100);
    expect(heard.events.length).toBeLessThanOrEqual(took / 100 + 3);
    const all = changesIn(heard);
    for (const [index, { since }] of all.entries())
      if (index > 0) expect(since).toBe(all[index - 1]!.revision);
    expect(all.at(-1)!.revision).toBe((await statesOf(listing)).revision);
    await heard.stop();
  });

  it('goes on after a revision, in another process too, and sends all states where it cannot', async () => {
    const { listing, seats } = await catalog.concert({ rows: 30, seatsPerRow: 20 });
    const { revision } = await statesOf(listing);
    const buyer = catalog.user();
    await hold([seats[3]!, seats[4]!], buyer);
    await statesOf(listing);
    await hold([seats[5]!]);
    await catalog.mutate('releaseSeats($seatIds: [ID!]!)', 'heldUntil', { seatIds: [seats[3]!.id] }, buyer);
    const first = async (after: string): Promise<SeatChanges> => {
      const heard = await watch(listing, after);
      await until('the first event', () => heard.events.length > 0);
      expect(heard.events.some(isConflatableEvent)).toBe(false);
      await heard.stop();
      return changesIn(heard)[0]!;
    };
    const { since, changes } = await first(revision);
    expect(since).toBe(revision);
    expect([...changes].sort(([a], [b]) => a - b)).toEqual([
      [3, 0],
      [4, 1],
      [5, 1],
    ]);
    const now = await statesOf(listing);
    expect(await first(now.revision)).toMatchObject({ since: now.revision, changes: [] });
    const [history = '', number = ''] = now.revision.split('.');
    for (const unknown of [
      'rubbish',
      `${history}.${Number(number) + 1}`,
      `0${history}.1`,
      `${history}.99999999999`,
    ]) {
      expect(await first(unknown)).toEqual({ ...now, since: null, changes: [] });
    }
    await catalog.sql(
      "UPDATE event_seat SET status = 'BLOCKED' WHERE listing_id = $1 AND status = 'AVAILABLE'",
      [listing.uuid],
    );
    expect(await first(revision)).toMatchObject({ since: null, mapRevision: 1, changes: [] });
  });

  it('misses nothing where an older transaction commits late', async () => {
    const { listing, seats } = await catalog.concert({ rows: 1, seatsPerRow: 8 });
    const runner = catalog.subgraph.dependencies.source.createQueryRunner();
    try {
      await runner.startTransaction();
      await runner.query("UPDATE event_seat SET status = 'BLOCKED' WHERE id = $1", [seats[0]!.uuid]);
      await hold([seats[1]!]);
      expect(unpack(await statesOf(listing), 8)).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
      await hold([seats[2]!]);
      expect(unpack(await statesOf(listing), 8)).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
      await runner.commitTransaction();
      expect(unpack(await statesOf(listing), 8)).toEqual([3, 1, 1, 0, 0, 0, 0, 0]);
    } finally {
      await runner.release();
    }
  });

  it('sends all states under the next map when seats are added or removed', async () => {
    const venue = await catalog.venue([
      { name: 'Stalls', rows: 1, seatsPerRow: 3 },
      { name: 'Balcony', rows: 1, seatsPerRow: 3 },
    ]);
    const event = {
      listing: { title: 'Play' },
      venueId: venue.id,
      startsAt: inHours(10),
      endsAt: inHours(12),
    };
    const listing = await catalog.draft('Event', event);
    const offer = await catalog.offer(listing, { sections: ['Stalls'] });
    await catalog.publish(listing);
    const heard = await watch(listing);
    await until('the confirmation', () => heard.events.length === 1);
    const change = async (sections: string[], mapRevision: number): Promise<SeatMap> => {
      const { userErrors } = await catalog.mutate(
        'updateOffer($id: ID!, $input: OfferInput!)',
        'offer { id }',
        {
          id: offer.id,
          input: { sections },
        },
      );
      expect(userErrors).toEqual([]);
      await until('the seats', () => changesIn(heard).at(-1)?.mapRevision === mapRevision);
      const last = changesIn(heard).at(-1)!;
      expect(last).toEqual({ ...(await statesOf(listing)), since: null, changes: [] });
      const map = await mapOf(listing);
      expect(map.revision).toBe(mapRevision);
      return map;
    };
    const both = await change(['Stalls', 'Balcony'], 2);
    expect(both.seats.ids).toHaveLength(6);
    await hold([{ id: both.seats.ids[4]!, uuid: '' }]);
    await until('the hold', () => changesIn(heard).at(-1)?.changes.length === 1);
    const balcony = await change(['Balcony'], 3);
    expect(balcony.seats.ids).toEqual(both.seats.ids.slice(3));
    expect(unpack(await statesOf(listing), 3)).toEqual([0, 1, 0]);
    await heard.stop();
  });
});
