import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import type { CacheDependenciesReport } from '@souk/shared/graph/cache-dependencies';
import { cacheDependenciesHeader, cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import { recordNotifications } from '../../../tests/support/recorded-notifications.js';
import type { AccountUnderTest, Person } from './support/account.js';
import { startAccount } from './support/account.js';

let account: AccountUnderTest;
let admin: Person;
let owner: Person;
let verified: string;
let pending: string;

beforeAll(async () => {
  account = await startAccount();
  admin = await account.admin();
  owner = await account.register();
  verified = await partnerOf(owner);
  pending = await partnerOf(await account.register());
  await setStatus('verifyPartner(id: $id)', verified);
});

afterAll(() => account.close());

async function partnerOf(person: Person): Promise<string> {
  const { partner } = await account.mutate(
    'mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } userErrors { code message } } }',
    { input: { name: 'Costa' } },
    person,
  );
  return (partner as { id: string }).id;
}

async function setStatus(field: string, id: string): Promise<void> {
  const { userErrors } = await account.mutate(
    `mutation ($id: ID!) { ${field} { partner { id } userErrors { code message } } }`,
    { id },
    admin,
  );
  expect(userErrors).toEqual([]);
}

const topicOf = (kind: 'user' | 'partner', id: string): string => `${kind}:${fromApiId(kind, id) ?? ''}`;

/** The cache dependencies that an answer about a partner or a user reports. */
async function readDependencies(
  kind: 'User' | 'Partner',
  id: string,
  caller: Person | null,
): Promise<CacheDependenciesReport> {
  const fields = { User: 'displayName avatarUrl', Partner: 'name slug owner { displayName }' }[kind];
  const result = await account.subgraph.app.execute({
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${kind} { ${fields} } } }`,
    variables: { of: [{ __typename: kind, id }] },
    headers: {
      [cacheDependenciesHeader]: '1',
      ...(caller && { authorization: `Bearer ${caller.accessToken}` }),
    },
  });
  const report = cacheDependenciesOf(result);
  if (!report) throw new Error(JSON.stringify(result));
  return { ...report, topics: [...report.topics].sort() };
}

test('a verified partner and its owner are public and cacheable until they change', async () => {
  for (const caller of [null, owner, admin]) {
    expect(await readDependencies('Partner', verified, caller)).toEqual({
      topics: [topicOf('partner', verified), topicOf('user', owner.id)],
      isPrivate: false,
    });
    expect(await readDependencies('User', owner.id, caller)).toEqual({
      topics: [topicOf('user', owner.id)],
      isPrivate: false,
    });
  }
});

test.each([
  ['a partner that is not verified', 'Partner', () => pending],
  ['an unknown partner', 'Partner', () => toApiId('partner', newId())],
  ['an unknown user', 'User', () => toApiId('user', newId())],
] as const)('%s is private to the caller', async (_kind, kind, id) => {
  for (const caller of [null, owner, admin]) {
    expect(await readDependencies(kind, id(), caller)).toMatchObject({ isPrivate: true });
  }
});

test('publishes changes of a profile and of a partner', async () => {
  const { waitFor, stop } = await recordNotifications(
    account.subgraph.dependencies.queues.changes('account'),
  );
  try {
    await account.mutate(
      'mutation ($input: ProfileInput!) { updateProfile(input: $input) { user { id } userErrors { code message } } }',
      { input: { displayName: 'Another' } },
      owner,
    );
    await waitFor(topicOf('user', owner.id));
    await setStatus('suspendPartner(id: $id, reason: "planned")', verified);
    await waitFor(topicOf('partner', verified));
  } finally {
    stop();
  }
});
