import type { FormattedExecutionResult } from 'graphql';
import type { PersonItem } from '@souk/shared/contracts/account';
import { accountStates } from '@souk/shared/contracts/account';
import { Database } from '@souk/shared/db/database';
import { databaseStore } from '@souk/shared/db/state-store';
import type { SubgraphDependencies } from '@souk/shared/graph/app';
import { fromApiId } from '@souk/shared/ids';
import { countJobs } from '@souk/shared/queue/schedule';
import { createApp } from '@souk/social/app';
import { entities, migrations } from '@souk/social/database';
import type { DeliveryOptions } from '@souk/social/delivery-options';
import { defaultDelivery } from '@souk/social/delivery-options';
import { storePeople } from '@souk/social/domain/user-projection';
import type { GraphStore } from '@souk/social/graph-store/graph-store';
import type { SubgraphUnderTest, TestUser } from '../../../../tests/support/subgraph.js';
import { startSubgraph } from '../../../../tests/support/subgraph.js';
import { until } from '../../../../tests/support/until.js';

/** The fields of a notification that the tests query. */
export interface NotificationResult {
  id: string;
  type: string;
  title: string;
  body: string;
  data: Record<string, unknown>;
  readAt: string | null;
  deliveries: {
    channel: string;
    status: string;
    attempts: number;
    error: string | null;
    sentAt: string | null;
  }[];
}

/** Starts social on a fresh database, with the graph in PostgreSQL and the development mailbox by default. */
export function startSocial(
  graphStoreOf: (dependencies: SubgraphDependencies) => GraphStore | null = () => null,
  delivery: DeliveryOptions = defaultDelivery,
): Promise<SubgraphUnderTest> {
  return startSubgraph('social', { entities, migrations }, (dependencies) =>
    createApp(dependencies, { graphStore: graphStoreOf(dependencies), delivery }),
  );
}

/** The data of an operation. @throws when it has errors */
export function dataOf<Data>(result: FormattedExecutionResult): Data {
  if (result.errors) throw new Error(JSON.stringify(result.errors));
  return result.data as Data;
}

/** The codes of an operation's errors. */
export function codesOf(result: FormattedExecutionResult): unknown[] {
  return (result.errors ?? []).map((error) => error.extensions?.['code']);
}

/** Queries users by reference, as the gateway does. `fields` is a selection on User. */
export async function queryUsers<User>(
  social: SubgraphUnderTest,
  ids: readonly string[],
  fields: string,
  caller: TestUser | null = null,
): Promise<User[]> {
  const result = await social.run(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${fields} } } }`,
    { of: ids.map((id) => ({ __typename: 'User', id })) },
    caller,
  );
  return dataOf<{ _entities: User[] }>(result)._entities;
}

/** The newest notifications of a user. */
export async function notificationsOf(
  social: SubgraphUnderTest,
  user: TestUser,
): Promise<NotificationResult[]> {
  const [result] = await queryUsers<{ notifications: { nodes: NotificationResult[] } }>(
    social,
    [user.id],
    `notifications(first: 100) { nodes {
       id type title body data readAt deliveries { channel status attempts error sentAt }
     } }`,
    user,
  );
  return result?.notifications.nodes ?? [];
}

/** A person as account replicates them. */
export function person(userId: string, change: Partial<PersonItem> = {}): PersonItem {
  const contact = {
    email: `${userId}@example.com`,
    isEmailVerified: true,
    phone: null,
    displayName: 'Somebody',
    locale: 'en',
    timeZone: 'UTC',
  };
  return { userId, status: 'ACTIVE', contact, ...change };
}

/**
 * Adds a user to account, and to the projection at once: replicas of many changes read a few times a second. Stores as a
 * second process that shares the copy does, so that a page read before does not bring back the former contact.
 */
export async function addKnownUser(
  social: SubgraphUnderTest,
  userId: string,
  contact: Partial<NonNullable<PersonItem['contact']>> = {},
): Promise<void> {
  const known = person(userId);
  const item = { ...known, contact: known.contact && { ...known.contact, ...contact } };
  social.states.put(accountStates.people, userId, item);
  const source = social.states.sources(accountStates.people);
  const { source: connection, sender, log } = social.dependencies;
  const database = new Database(connection, (messages) => sender.send(messages), log);
  const copy = databaseStore(database, accountStates.people, storePeople);
  await until('the user to be stored', async () => {
    const cursor = await copy.readCursor();
    return copy.apply(await source.read(cursor), cursor);
  });
}

/** Lets one user follow another that the projection contains. Returns the payload. */
export async function follow(
  social: SubgraphUnderTest,
  follower: TestUser,
  userId: string,
): ReturnType<typeof sendFollow> {
  const id = fromApiId('user', userId);
  if (id !== null) await addKnownUser(social, id);
  return sendFollow(social, follower, userId);
}

/** Sends the mutation `follow` without adding the user to the projection. */
export async function sendFollow(
  social: SubgraphUnderTest,
  follower: TestUser,
  userId: string,
): Promise<{
  user: { id: string; followersCount: number; followedByMe: boolean } | null;
  userErrors: object[];
}> {
  const result = await social.run(
    `mutation ($id: ID!) { follow(userId: $id) {
       user { id followersCount followedByMe } userErrors { __typename code field }
     } }`,
    { id: userId },
    follower,
  );
  return dataOf<{ follow: Awaited<ReturnType<typeof sendFollow>> }>(result).follow;
}

/** Lets one user block another, who has to be known. Returns the codes of the refusals. */
export async function block(social: SubgraphUnderTest, blocker: TestUser, userId: string): Promise<string[]> {
  const result = await social.run(
    'mutation ($id: ID!) { block(userId: $id) { user { id } userErrors { code } } }',
    { id: userId },
    blocker,
  );
  const { user, userErrors } = dataOf<{
    block: { user: { id: string } | null; userErrors: { code: string }[] };
  }>(result).block;
  expect(user).toEqual(userErrors.length > 0 ? null : { id: userId });
  return userErrors.map(({ code }) => code);
}

/** Switches the sharing of a user's purchases on or off. */
export async function setActivitySharing(
  social: SubgraphUnderTest,
  user: TestUser,
  enabled: boolean,
): Promise<void> {
  const result = await social.run(
    'mutation ($enabled: Boolean!) { setActivitySharing(enabled: $enabled) { ok userErrors { code } } }',
    { enabled },
    user,
  );
  expect(dataOf(result)).toEqual({ setActivitySharing: { ok: true, userErrors: [] } });
}

/** Waits until social's outbox and queue are empty. */
export async function waitUntilIdle({ dependencies: { source, queues } }: SubgraphUnderTest): Promise<void> {
  const queue = queues.queue('social');
  try {
    await until('an empty outbox and queue', async () => {
      const [outbox]: { n: number }[] = await source.query('SELECT count(*)::int AS n FROM outbox');
      return outbox?.n === 0 && (await countJobs(queue)) === 0;
    });
  } finally {
    await queue.close();
  }
}
