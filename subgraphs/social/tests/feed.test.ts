import { accountStates } from '@souk/shared/contracts/account';
import type { ListingState } from '@souk/shared/contracts/catalog';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { socialCommands } from '@souk/shared/contracts/social';
import { Unavailable } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import { purgeActivities } from '@souk/social/domain/feed/activity';
import { maxPushedFollowers, wakeFanOuts } from '@souk/social/domain/feed/activity-fan-out';
import { Database } from '@souk/shared/db/database';
import type { GraphStore } from '@souk/social/graph-store/graph-store';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { buy } from './support/purchases.js';
import {
  addKnownUser,
  block,
  codesOf,
  dataOf,
  follow,
  person,
  setActivitySharing,
  startSocial,
  waitUntilIdle,
} from './support/social.js';

let social: SubgraphUnderTest;
let graphProblem: Error | null = null;

beforeAll(async () => {
  social = await startSocial(
    ({ source }) =>
      new Proxy(new PostgresGraphStore(source.manager), {
        get: (store, method: keyof GraphStore) => {
          const problem = graphProblem;
          return problem ? () => Promise.reject(problem) : store[method].bind(store);
        },
      }),
  );
});

afterAll(() => social.close());

interface Entry {
  type: string;
  actor: { id: string };
  listing: { id: string } | null;
  target: { id: string } | null;
}

interface FeedPage {
  edges: { cursor: string; node: Entry }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const feedQuery = `query ($first: Int, $after: String) { feed(first: $first, after: $after) {
  edges { cursor node { id at type actor { id } listing { id } target { id } } } pageInfo { hasNextPage endCursor } } }`;

async function pageOf(user: TestUser, first = 100, after: string | null = null): Promise<FeedPage> {
  return dataOf<{ feed: FeedPage }>(await social.run(feedQuery, { first, after }, user)).feed;
}

/** The feed as `actor type object`, newest first, after all fan-outs. */
async function feedOf(user: TestUser): Promise<string[]> {
  await waitUntilIdle(social);
  const { edges } = await pageOf(user);
  return edges.map(({ node }) => `${node.actor.id} ${node.type} ${(node.listing ?? node.target)?.id ?? ''}`);
}

const bought = (user: TestUser, listingId: string): string =>
  `${user.id} PURCHASED ${toApiId('listing', listingId)}`;
const followed = (user: TestUser, target: TestUser): string => `${user.id} FOLLOWED ${target.id}`;

/** A user who shares purchases, and a follower of theirs. */
async function actorAndFan(): Promise<{ actor: TestUser; fan: TestUser }> {
  const [actor, fan] = [social.user(), social.user()];
  await setActivitySharing(social, actor, true);
  await follow(social, fan, actor.id);
  return { actor, fan };
}

const query = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> =>
  social.dependencies.source.query(sql, values);

describe('the feed', () => {
  it('has purchases and follows of followees, newest first, and nothing of others or oneself', async () => {
    const { actor, fan } = await actorAndFan();
    const [listing, other, star] = [newId(), newId(), social.user()];
    await buy(social, actor, listing, other);
    await follow(social, actor, star.id);
    await follow(social, star, social.user().id);
    expect(await feedOf(fan)).toEqual([followed(actor, star), bought(actor, other), bought(actor, listing)]);
    expect(await feedOf(actor)).not.toContainEqual(followed(actor, star));
  });

  it('has what a new followee did before, once', async () => {
    const { actor } = await actorAndFan();
    const [late, listing] = [social.user(), newId()];
    await buy(social, actor, listing);
    await waitUntilIdle(social);
    await follow(social, late, actor.id);
    await follow(social, late, actor.id);
    expect(await feedOf(late)).toEqual([bought(actor, listing)]);
  });

  it('loses what was undone: purchases, follows, the follow of the actor', async () => {
    const { actor, fan } = await actorAndFan();
    const [star, listing] = [social.user(), newId()];
    const undo = await buy(social, actor, newId());
    await buy(social, actor, listing);
    await follow(social, actor, star.id);
    expect(await feedOf(fan)).toHaveLength(3);
    await undo();
    const unfollow = 'mutation ($id: ID!) { unfollow(userId: $id) { userErrors { code } } }';
    await social.run(unfollow, { id: star.id }, actor);
    expect(await feedOf(fan)).toEqual([bought(actor, listing)]);
    await social.run(unfollow, { id: actor.id }, fan);
    expect(await feedOf(fan)).toEqual([]);
  });

  it('has no purchase of a user who does not share, and loses those of one who stops', async () => {
    const [silent, fan] = [social.user(), social.user()];
    await follow(social, fan, silent.id);
    await buy(social, silent, newId());
    expect(await feedOf(fan)).toEqual([]);
    await setActivitySharing(social, silent, true);
    const listing = newId();
    await buy(social, silent, listing);
    expect(await feedOf(fan)).toEqual([bought(silent, listing)]);
    await setActivitySharing(social, silent, false);
    await setActivitySharing(social, silent, true);
    expect(await feedOf(fan)).toEqual([]);
  });

  it('has nobody who is suspended, deleted or blocked, neither as actor nor as target', async () => {
    const { actor, fan } = await actorAndFan();
    const [suspended, deleted, blocked, blocker, shown] = Array.from({ length: 5 }, () => social.user());
    for (const target of [suspended, deleted, blocked, blocker, shown])
      await follow(social, actor, target!.id);
    await addKnownUser(social, fan.userId);
    expect(await feedOf(fan)).toHaveLength(5);
    const set = (user: TestUser, status: string): void =>
      social.states.put(accountStates.people, user.userId, person(user.userId, { status }));
    set(suspended!, 'SUSPENDED');
    await social.command(
      socialCommands.erasePerson,
      { userId: deleted!.userId, partnerId: null },
      { sagaId: newId(), step: 'ERASE_SOCIAL' },
    );
    expect(await block(social, fan, blocked!.id)).toEqual([]);
    expect(await block(social, blocker!, fan.id)).toEqual([]);
    await until('the suspension', async () => (await feedOf(fan)).length === 1);
    expect(await feedOf(fan)).toEqual([followed(actor, shown!)]);
    set(actor, 'SUSPENDED');
    await until('the suspension of the actor', async () => (await feedOf(fan)).length === 0);
    expect(await query('SELECT 1 FROM activity WHERE $1 IN (actor_id, target_id)', deleted!.userId)).toEqual(
      [],
    );
  });

  it('has listings of followed sellers while they are on sale, once each', async () => {
    const { actor: seller, fan } = await actorAndFan();
    const partnerId = newId();
    const partner = (status: string): void =>
      social.states.put(accountStates.partners, partnerId, {
        ...{ partnerId, userId: seller.userId, status, commissionBasisPoints: 1000 },
        at: new Date().toISOString(),
      });
    const statusOf = async (): Promise<string | undefined> =>
      (
        await query<{ status: string }>('SELECT status FROM known_partner WHERE partner_id = $1', partnerId)
      )[0]?.status;
    partner('VERIFIED');
    await until('social to know the partner', async () => (await statusOf()) === 'VERIFIED');
    const [listing, archived] = [listingState(partnerId), listingState(partnerId)];
    for (const state of [listing, archived, listing])
      await social.send(eventMessage('social', catalogEvents.listingPublished, state.listingId, state));
    const entry = (state: ListingState): string =>
      `${seller.id} PUBLISHED_LISTING ${toApiId('listing', state.listingId)}`;
    await until('both listings', async () => (await feedOf(fan)).length === 2);
    await social.send(
      eventMessage('social', catalogEvents.listingArchived, archived.listingId, {
        ...archived,
        status: 'ARCHIVED',
      }),
    );
    await until('the end of one', async () => (await feedOf(fan)).length === 1);
    expect(await feedOf(fan)).toEqual([entry(listing)]);
    partner('SUSPENDED');
    await until('the end of both', async () => (await feedOf(fan)).length === 0);
  });

  it('pages without gaps or repeats while it grows', async () => {
    const { actor, fan } = await actorAndFan();
    const listings = [newId(), newId(), newId(), newId(), newId()];
    for (const listing of listings) await buy(social, actor, listing);
    await waitUntilIdle(social);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { edges, pageInfo }: FeedPage = await pageOf(fan, 2, after);
      seen.push(...edges.map(({ node }) => node.listing?.id ?? ''));
      await buy(social, actor, newId());
      await waitUntilIdle(social);
      ({ hasNextPage: more, endCursor: after } = pageInfo);
    }
    expect(seen).toEqual(listings.map((id) => toApiId('listing', id)).reverse());
  });

  it('reads what a much-followed user did, and stores it for nobody', async () => {
    const { actor, fan } = await actorAndFan();
    const before = newId();
    await buy(social, actor, before);
    expect(await feedOf(fan)).toEqual([bought(actor, before)]);
    await query(
      'INSERT INTO follow SELECT uuidv7(), gen_random_uuid(), $1, now() FROM generate_series(1, $2::int)',
      actor.userId,
      maxPushedFollowers,
    );
    const listings = [newId(), newId()];
    await buy(social, actor, ...listings);
    expect(await feedOf(fan)).toEqual([...listings.reverse(), before].map((id) => bought(actor, id)));
    const entries = await query(
      'SELECT 1 FROM feed_entry e JOIN activity a ON a.id = e.activity_id WHERE a.listing_id = ANY($1)',
      listings,
    );
    expect(entries).toEqual([]);
  });

  it('catches up with what happened while the graph was away; meanwhile it is SERVICE_UNAVAILABLE', async () => {
    const { actor, fan } = await actorAndFan();
    await waitUntilIdle(social);
    const listing = newId();
    graphProblem = new Unavailable('The graph is away.', 2);
    try {
      await buy(social, actor, listing);
      const result = await social.run(`{ feed { nodes { id } } recommendedUsers { score } }`, {}, fan);
      expect(result.data).toEqual({ feed: null, recommendedUsers: null });
      expect(codesOf(result)).toEqual(['SERVICE_UNAVAILABLE', 'SERVICE_UNAVAILABLE']);
      const profile = await social.run(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User {
          followers { totalCount } following { totalCount } followersCount followingCount followedByMe
          mutualFollowers { id } socialStatistics { purchases } unreadNotifications
        } } }`,
        { of: [{ __typename: 'User', id: fan.id }] },
        fan,
      );
      expect(profile.data).toEqual({
        _entities: [
          {
            followers: null,
            following: null,
            followersCount: null,
            followingCount: null,
            followedByMe: null,
            mutualFollowers: null,
            socialStatistics: { purchases: 0 },
            unreadNotifications: 0,
          },
        ],
      });
      expect(codesOf(profile)).toEqual(Array(6).fill('SERVICE_UNAVAILABLE'));
      await until('the attempt to fan out', async () => {
        const [row] = await query<{ n: number }>(
          'SELECT count(*)::int AS n FROM activity WHERE is_pulled IS NULL AND actor_id = $1',
          actor.userId,
        );
        return row?.n === 1;
      });
    } finally {
      graphProblem = null;
    }
    // As the schedule does, where the message was lost.
    const { source, sender, log } = social.dependencies;
    const database = new Database(source, sender.send, log, () => undefined);
    const inAMinute = new Date(Date.now() + 60_000);
    await database.transact((manager, outbox) => wakeFanOuts(manager, outbox, inAMinute));
    await until('the activity', async () => (await pageOf(fan)).edges.length === 1);
    expect((await pageOf(fan)).edges[0]?.node.listing?.id).toBe(toApiId('listing', listing));
  });

  it('is kept for 90 days', async () => {
    const { actor, fan } = await actorAndFan();
    await buy(social, actor, newId());
    await waitUntilIdle(social);
    const { manager } = social.dependencies.source;
    const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
    const entries = (): Promise<object[]> => query('SELECT 1 FROM feed_entry WHERE user_id = $1', fan.userId);
    await purgeActivities(manager, inDays(89));
    expect(await entries()).toHaveLength(1);
    await purgeActivities(manager, inDays(91));
    expect(await entries()).toEqual([]);
    expect((await pageOf(fan)).edges).toEqual([]);
  });
});

function listingState(partnerId: string): ListingState {
  const at = new Date().toISOString();
  return {
    ...{ listingId: newId(), kind: 'TOUR', status: 'PUBLISHED', partnerId, slug: newId(), title: 'A tour' },
    ...{ language: 'en', summary: null, categoryId: null, tags: [], priceRange: null, revision: 1 },
    ...{ description: null, brand: null, location: null, venueId: null, difficulty: null },
    ...{ startsAt: null, endsAt: null, createdAt: at, updatedAt: at, publishedAt: at },
  };
}
