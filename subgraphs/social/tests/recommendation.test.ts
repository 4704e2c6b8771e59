import { accountStates } from '@souk/shared/contracts/account';
import { newId, toApiId } from '@souk/shared/ids';
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
} from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

interface UserRecommendation {
  user: { id: string };
  score: number;
  mutualCount: number;
  reason: string;
}

interface ListingRecommendation {
  listing: { id: string };
  score: number;
  reason: string;
}

const users = (count: number): TestUser[] => Array.from({ length: count }, () => social.user());
const apiId = (listingId: string): string => toApiId('listing', listingId);

async function recommendedUsers(user: TestUser, limit = 100): Promise<UserRecommendation[]> {
  const result = await social.run(
    'query ($limit: Int) { recommendedUsers(limit: $limit) { user { id } score mutualCount reason } }',
    { limit },
    user,
  );
  return dataOf<{ recommendedUsers: UserRecommendation[] }>(result).recommendedUsers;
}

async function recommendedListings(user: TestUser, limit = 100): Promise<ListingRecommendation[]> {
  const result = await social.run(
    'query ($limit: Int) { recommendedListings(limit: $limit) { listing { id } score reason } }',
    { limit },
    user,
  );
  return dataOf<{ recommendedListings: ListingRecommendation[] }>(result).recommendedListings;
}

async function ofListing<Field>(listingId: string, field: string, user: TestUser | null): Promise<Field> {
  const result = await social.run(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Listing { result: ${field} } } }`,
    { of: [{ __typename: 'Listing', id: apiId(listingId) }] },
    user,
  );
  const [entity] = dataOf<{ _entities: { result: Field }[] }>(result)._entities;
  return entity!.result;
}

/** A user who shares purchases. */
async function sharer(): Promise<TestUser> {
  const user = social.user();
  await setActivitySharing(social, user, true);
  return user;
}

describe('recommended users', () => {
  it('are followed by followees, most first; none is oneself or followed', async () => {
    const [me, a, b, popular, second] = users(5);
    for (const followee of [a!, b!]) {
      await follow(social, me!, followee.id);
      await follow(social, followee, popular!.id);
      await follow(social, followee, me!.id);
    }
    await follow(social, a!, second!.id);
    await follow(social, a!, b!.id);
    const found = (await recommendedUsers(me!)).filter(({ score }) => score >= 1);
    expect(found).toEqual([
      { user: { id: popular!.id }, score: 2, mutualCount: 2, reason: 'Followed by 2 people you follow' },
      { user: { id: second!.id }, score: 1, mutualCount: 1, reason: 'Followed by 1 person you follow' },
    ]);
  });

  it('bought what the caller bought, if they share it', async () => {
    const [me, silent, friend] = users(3);
    const [sharing, both] = [await sharer(), await sharer()];
    const [first, second] = [newId(), newId()];
    for (const user of [me!, silent!, sharing, both]) await buy(social, user, first, second);
    await follow(social, me!, friend!.id);
    await follow(social, friend!, both.id);
    const found = (await recommendedUsers(me!)).filter(({ score }) => score >= 1);
    expect(found).toEqual([
      {
        user: { id: both.id },
        score: 3,
        mutualCount: 1,
        reason: 'Followed by 1 person you follow, and bought 2 things that you bought',
      },
      { user: { id: sharing.id }, score: 2, mutualCount: 0, reason: 'Also bought 2 things that you bought' },
    ]);
    await setActivitySharing(social, sharing, false);
    expect((await recommendedUsers(me!)).map(({ user }) => user.id)).not.toContain(sharing.id);
  });

  it('are popular ones for somebody without follows or purchases', async () => {
    const [me, star] = users(2);
    for (const fan of users(5)) await follow(social, fan, star!.id);
    const found = await recommendedUsers(me!);
    expect(found.find(({ user }) => user.id === star!.id)).toMatchObject({
      mutualCount: 0,
      reason: 'Popular at the moment',
    });
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    expect(await recommendedUsers(me!, 1)).toEqual(found.slice(0, 1));
    expect(await recommendedUsers(me!, 0)).toEqual([]);
  });

  it('are not suspended, and not blocked in either direction', async () => {
    const [me, friend, blocked, blocker, suspended, shown] = users(6);
    await follow(social, me!, friend!.id);
    for (const user of [blocked, blocker, suspended, shown]) await follow(social, friend!, user!.id);
    await follow(social, social.user(), me!.id);
    expect(await block(social, me!, blocked!.id)).toEqual([]);
    expect(await block(social, blocker!, me!.id)).toEqual([]);
    social.states.put(
      accountStates.people,
      suspended!.userId,
      person(suspended!.userId, { status: 'SUSPENDED' }),
    );
    const related = async (): Promise<string[]> =>
      (await recommendedUsers(me!)).filter(({ score }) => score >= 1).map(({ user }) => user.id);
    await until('the suspension', async () => !(await related()).includes(suspended!.id));
    expect(await related()).toEqual([shown!.id]);
    const all = (await recommendedUsers(me!)).map(({ user }) => user.id);
    expect(all).not.toContain(blocked!.id);
    expect(all).not.toContain(blocker!.id);
  });
});

describe('recommended listings', () => {
  it('were bought by followees who share, or with what the caller bought; never what the caller has', async () => {
    const [me, silent] = users(2);
    const [friend, stranger] = [await sharer(), await sharer()];
    const [mine, ofFriend, ofSilent, together] = [newId(), newId(), newId(), newId()];
    await buy(social, me!, mine);
    await buy(social, friend, ofFriend, mine);
    await buy(social, silent!, ofSilent);
    await buy(social, stranger, mine, together);
    for (const followee of [friend, silent!]) await follow(social, me!, followee.id);
    const found = (await recommendedListings(me!)).filter(({ score }) => score >= 1);
    expect(found).toEqual([
      // A followee, who is also among the buyers of the caller's listing.
      { listing: { id: apiId(ofFriend) }, score: 3, reason: 'Bought by 1 person you follow' },
      { listing: { id: apiId(together) }, score: 1, reason: 'Often bought together with what you bought' },
    ]);
    await setActivitySharing(social, friend, false);
    const after = (await recommendedListings(me!)).filter(({ score }) => score >= 1);
    expect(after.map(({ listing }) => listing.id)).toEqual([apiId(together)]);
  });

  it('are popular ones for somebody new, without those that are not on sale', async () => {
    const [me, ...buyers] = users(4);
    const [listing, archived] = [newId(), newId()];
    for (const buyer of buyers) await buy(social, buyer, listing, archived);
    await social.dependencies.source.query("INSERT INTO known_listing VALUES ($1, 'ARCHIVED', NULL)", [
      archived,
    ]);
    const found = await recommendedListings(me!);
    expect(found.find((each) => each.listing.id === apiId(listing))).toMatchObject({
      reason: 'Popular at the moment',
    });
    expect(found.map((each) => each.listing.id)).not.toContain(apiId(archived));
    expect(await recommendedListings(me!, 1)).toHaveLength(1);
  });
});

describe('of a listing', () => {
  it('alsoBought counts people, and not one alone who does not share', async () => {
    const [listing, often, once, ofSharer] = [newId(), newId(), newId(), newId()];
    const [a, b, silent] = users(3);
    const undo = await buy(social, a!, listing, often);
    await buy(social, b!, listing, often);
    await buy(social, b!, often);
    await buy(social, silent!, listing, once);
    await buy(social, await sharer(), listing, ofSharer);
    const alsoBought = (): Promise<ListingRecommendation[]> =>
      ofListing(listing, 'alsoBought { listing { id } score reason }', null);
    expect(await alsoBought()).toEqual([
      { listing: { id: apiId(often) }, score: 2, reason: 'Bought by 2 people who bought this' },
      { listing: { id: apiId(ofSharer) }, score: 1, reason: 'Bought by 1 person who bought this' },
    ]);
    await undo();
    expect((await alsoBought()).map((each) => each.listing.id)).toEqual([apiId(ofSharer)]);
  });

  it('boughtByFollowed has followees who share, the latest first, page by page', async () => {
    const [me, silent, stranger] = [social.user(), social.user(), await sharer()];
    const [first, second, blocked] = [await sharer(), await sharer(), await sharer()];
    const listing = newId();
    for (const buyer of [first, second, silent, stranger, blocked]) await buy(social, buyer, listing);
    for (const followee of [first, second, silent, blocked]) await follow(social, me, followee.id);
    await addKnownUser(social, me.userId);
    expect(await block(social, blocked, me.id)).toEqual([]);
    const buyers = (page: string): Promise<{ id: string }[]> =>
      ofListing(listing, `boughtByFollowed${page} { id }`, me);
    expect(await buyers('')).toEqual([{ id: second.id }, { id: first.id }]);
    expect(await buyers('(first: 1)')).toEqual([{ id: second.id }]);
    expect(await buyers(`(after: "${second.id}")`)).toEqual([{ id: first.id }]);
    await setActivitySharing(social, second, false);
    expect(await buyers('')).toEqual([{ id: first.id }]);
    const anonymous = await social.run(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Listing { boughtByFollowed { id } } } }',
      { of: [{ __typename: 'Listing', id: apiId(listing) }] },
    );
    expect(codesOf(anonymous)).toEqual(['UNAUTHENTICATED']);
  });
});
