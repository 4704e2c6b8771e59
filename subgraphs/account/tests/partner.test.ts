import jwt from 'jsonwebtoken';
import { readPartners } from '@souk/account/domain/partner/partners';
import type { PartnerItem } from '@souk/shared/contracts/account';
import { accountStates } from '@souk/shared/contracts/account';
import { fromApiId } from '@souk/shared/ids';
import type { AccountUnderTest, Payload, Person } from './support/account.js';
import { errorsOf, userErrorsOf, startAccount } from './support/account.js';

let account: AccountUnderTest;
let admin: Person;

beforeAll(async () => {
  account = await startAccount();
  admin = await account.admin();
});

afterAll(() => account.close());

interface PartnerResult {
  id: string;
  slug: string;
  status: string;
}

const fields =
  'id name slug about website status verifiedAt rejectionReason commissionBasisPoints createdAt owner { id }';
const payloadFields = `{ partner { ${fields} } userErrors { code message field } }`;

function registerPartner(owner: Person, input: object = { name: 'Costa & Daughters' }): Promise<Payload> {
  return account.mutate(
    `mutation ($input: PartnerInput!) { registerPartner(input: $input) ${payloadFields} }`,
    { input },
    owner,
  );
}

function verify(id: string, commissionBasisPoints?: number | null): Promise<Payload> {
  return account.mutate(
    `mutation ($id: ID!, $c: Int) { verifyPartner(id: $id, commissionBasisPoints: $c) ${payloadFields} }`,
    { id, c: commissionBasisPoints },
    admin,
  );
}

function rejectOrSuspend(
  field: 'rejectPartner' | 'suspendPartner',
  id: string,
  reason: string,
): Promise<Payload> {
  return account.mutate(
    `mutation ($id: ID!, $reason: String!) { ${field}(id: $id, reason: $reason) ${payloadFields} }`,
    { id, reason },
    admin,
  );
}

async function partnerOf(owner: Person, input?: object): Promise<PartnerResult> {
  const payload = await registerPartner(owner, input);
  expect(payload.userErrors).toEqual([]);
  return payload['partner'] as PartnerResult;
}

async function nextRoles(person: Person): Promise<{ roles: string[]; scope: string }> {
  const payload = await account.refresh(person.refreshToken);
  person.refreshToken = payload['refreshToken'] as string;
  const claims = jwt.decode(payload['accessToken'] as string, { json: true });
  return { roles: claims?.['roles'] as string[], scope: claims?.['scope'] as string };
}

/** The partner as account lists them for replicas. */
async function itemOf({ id }: PartnerResult): Promise<PartnerItem | undefined> {
  const { items } = await readPartners(account.subgraph.dependencies.source.manager, null);
  return items.find(({ partnerId }) => partnerId === fromApiId('partner', id));
}

test('a new partner is PENDING and has a unique slug; one per person', async () => {
  const [owner, second, third] = await Promise.all([
    account.register(),
    account.register(),
    account.register(),
  ]);
  const payload = await registerPartner(owner, {
    name: ' Ápice & Söhne ',
    about: 'Line one\nline two',
    website: 'https://apice.example/shop',
    taxId: 'PT123',
  });
  expect(payload).toMatchObject({
    partner: {
      name: 'Ápice & Söhne',
      slug: 'apice-sohne',
      about: 'Line one\nline two',
      website: 'https://apice.example/shop',
      status: 'PENDING',
      verifiedAt: null,
      commissionBasisPoints: null,
      owner: { id: owner.id },
    },
    userErrors: [],
  });
  expect(await partnerOf(second, { name: 'Apice Sohne' })).toMatchObject({ slug: 'apice-sohne-2' });
  expect(await partnerOf(third, { name: '日本' })).toMatchObject({ slug: 'ri-ben' });
  expect(await partnerOf(await account.register(), { name: '🙂' })).toMatchObject({ slug: 'partner' });
  expect(userErrorsOf(await registerPartner(owner))).toEqual(['CONFLICT']);
});

test('accepts one of ten concurrent registrations of a person, and gives ten people ten slugs', async () => {
  const owner = await account.register();
  await account.warmPool();
  const payloads = await Promise.all(
    Array.from({ length: 10 }, () => registerPartner(owner, { name: 'At Once' })),
  );
  expect(payloads.flatMap(userErrorsOf)).toEqual(Array<string>(9).fill('CONFLICT'));
  const people = await Promise.all(Array.from({ length: 10 }, () => account.register()));
  const partners = await Promise.all(people.map((person) => partnerOf(person, { name: 'Same Name' })));
  expect(new Set(partners.map(({ slug }) => slug)).size).toBe(10);
});

test('reports all invalid fields at once', async () => {
  const payload = await registerPartner(await account.register(), {
    name: '',
    website: 'ftp://example.com',
  });
  expect(userErrorsOf(payload).sort()).toEqual(['name', 'website'].map((field) => `INVALID input.${field}`));
  const texts = await registerPartner(await account.register(), {
    name: 'Books',
    about: 'x'.repeat(5_001),
    website: 'https://user:password@example.com',
    taxId: 'x'.repeat(51),
  });
  expect(userErrorsOf(texts).sort()).toEqual(
    ['about', 'taxId', 'website'].map((field) => `INVALID input.${field}`),
  );
});

test('verifying adds the role to the next token, sets the commission, for replicas too', async () => {
  const owner = await account.register();
  const partner = await partnerOf(owner, { name: 'To Be Verified' });
  expect(await nextRoles(owner)).toEqual({ roles: ['USER'], scope: '' });
  const payload = await verify(partner.id);
  expect(payload).toMatchObject({
    partner: {
      status: 'VERIFIED',
      commissionBasisPoints: 1_000,
      rejectionReason: null,
      verifiedAt: expect.any(String) as string,
    },
    userErrors: [],
  });
  expect(await nextRoles(owner)).toEqual({ roles: ['USER', 'PARTNER'], scope: 'partner' });
  expect(accountStates.partners.item.parse(await itemOf(partner))).toEqual({
    partnerId: fromApiId('partner', partner.id),
    userId: owner.userId,
    status: 'VERIFIED',
    commissionBasisPoints: 1_000,
    at: expect.any(String) as string,
  });
  expect((await verify(partner.id, 0))['partner']).toMatchObject({ commissionBasisPoints: 0 });
  expect((await verify(partner.id))['partner']).toMatchObject({ commissionBasisPoints: 0 });
  expect(await nextRoles(owner)).toEqual({ roles: ['USER', 'PARTNER'], scope: 'partner' });
});

test('suspending removes the role, and hides the partner, with a later time for replicas', async () => {
  const owner = await account.register();
  const partner = await partnerOf(owner, { name: 'To Be Suspended' });
  await verify(partner.id);
  const verified = await itemOf(partner);
  // The clock of another process is behind.
  account.advanceClock(-1_000);
  expect(userErrorsOf(await rejectOrSuspend('suspendPartner', partner.id, ' '))).toEqual(['INVALID reason']);
  expect(await rejectOrSuspend('suspendPartner', partner.id, 'Complaints.')).toMatchObject({
    partner: { status: 'SUSPENDED', rejectionReason: 'Complaints.' },
    userErrors: [],
  });
  expect(await nextRoles(owner)).toEqual({ roles: ['USER'], scope: '' });
  const suspended = await itemOf(partner);
  expect(suspended?.status).toBe('SUSPENDED');
  expect(Date.parse(suspended?.at ?? '')).toBeGreaterThan(Date.parse(verified?.at ?? ''));
  expect(userErrorsOf(await rejectOrSuspend('suspendPartner', partner.id, 'Again.'))).toEqual([
    'CONFLICT id',
  ]);
  expect(userErrorsOf(await rejectOrSuspend('rejectPartner', partner.id, 'Again.'))).toEqual(['CONFLICT id']);
  expect((await verify(partner.id))['partner']).toMatchObject({ status: 'VERIFIED', rejectionReason: null });
});

test('a rejection shows its reason to the owner, and verifying overrides it', async () => {
  const owner = await account.register();
  const partner = await partnerOf(owner, { name: 'To Be Rejected' });
  expect((await rejectOrSuspend('rejectPartner', partner.id, 'No tax id.'))['partner']).toMatchObject({
    status: 'REJECTED',
  });
  expect(await itemOf(partner)).toMatchObject({ status: 'REJECTED' });
  const { data } = await account.run('{ me { partner { status rejectionReason } } }', {}, owner);
  expect(data).toEqual({ me: { partner: { status: 'REJECTED', rejectionReason: 'No tax id.' } } });
  expect((await verify(partner.id))['partner']).toMatchObject({ status: 'VERIFIED' });
});

test('one of several concurrent status changes succeeds', async () => {
  const partner = await partnerOf(await account.register(), { name: 'Twice' });
  await verify(partner.id);
  await account.warmPool();
  const payloads = await Promise.all(
    Array.from({ length: 8 }, () => rejectOrSuspend('suspendPartner', partner.id, 'At once.')),
  );
  expect(payloads.flatMap(userErrorsOf)).toEqual(Array<string>(7).fill('CONFLICT id'));
});

test('rejects invalid commissions, unknown partners and callers without the scope', async () => {
  const owner = await account.register();
  const partner = await partnerOf(owner, { name: 'Refused' });
  for (const commission of [-1, 10_001])
    expect(userErrorsOf(await verify(partner.id, commission))).toEqual(['INVALID commissionBasisPoints']);
  expect(userErrorsOf(await verify('partner_nonsense'))).toEqual(['NOT_FOUND id']);
  expect(userErrorsOf(await verify(owner.id))).toEqual(['NOT_FOUND id']);
  expect(userErrorsOf(await verify('x', -1))).toEqual(['INVALID commissionBasisPoints', 'NOT_FOUND id']);
  expect(userErrorsOf(await rejectOrSuspend('rejectPartner', 'x', ' '))).toEqual([
    'INVALID reason',
    'NOT_FOUND id',
  ]);
  expect(userErrorsOf(await rejectOrSuspend('suspendPartner', partner.id, ''))).toEqual([
    'INVALID reason',
    'CONFLICT id',
  ]);
  const byOwner = await account.run(
    'mutation ($id: ID!) { verifyPartner(id: $id) { partner { id } userErrors { code } } }',
    { id: partner.id },
    owner,
  );
  expect(errorsOf(byOwner)).toEqual(['FORBIDDEN verifyPartner']);
});

describe('visibility of a partner', () => {
  const byId = 'query ($id: ID) { partner(id: $id) { id } }';
  const bySlug = 'query ($slug: String) { partner(slug: $slug) { id } }';
  const reference = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Partner { id } } }';
  let owner: Person;
  let stranger: Person;
  let partner: PartnerResult;

  beforeAll(async () => {
    [owner, stranger] = await Promise.all([account.register(), account.register()]);
    partner = await partnerOf(owner, { name: 'Seen By Some' });
  });

  async function isVisibleTo(caller?: Person): Promise<boolean[]> {
    const results = await Promise.all([
      account.run(byId, { id: partner.id }, caller),
      account.run(bySlug, { slug: partner.slug }, caller),
      account.run('query ($id: ID!) { user(id: $id) { partner { id } } }', { id: owner.id }, caller),
      account.run(reference, { r: [{ __typename: 'Partner', id: partner.id }] }, caller),
    ]);
    return results.map((result) => {
      expect(result.errors).toBeUndefined();
      return JSON.stringify(result.data).includes(partner.id);
    });
  }

  test('pending: to the owner and users:manage; verified: public', async () => {
    expect(await isVisibleTo(owner)).toEqual([true, true, true, true]);
    expect(await isVisibleTo(admin)).toEqual([true, true, true, true]);
    expect(await isVisibleTo(stranger)).toEqual([false, false, false, false]);
    expect(await isVisibleTo()).toEqual([false, false, false, false]);
    await verify(partner.id);
    expect(await isVisibleTo(stranger)).toEqual([true, true, true, true]);
    expect(await isVisibleTo()).toEqual([true, true, true, true]);
  });

  test('an invalid slug finds no partner', async () => {
    const { data, errors } = await account.run(bySlug, { slug: '' }, admin);
    expect({ data, errors }).toEqual({ data: { partner: null }, errors: undefined });
    for (const slug of ['\0', 'x'.repeat(5_000)])
      expect(errorsOf(await account.run(bySlug, { slug }, admin))).toEqual(['BAD_USER_INPUT partner']);
  });

  test('commission and rejection reason are private', async () => {
    await verify(partner.id);
    const query = 'query ($id: ID) { partner(id: $id) { name commissionBasisPoints rejectionReason } }';
    const result = await account.run(query, { id: partner.id }, stranger);
    expect(errorsOf(result).sort()).toEqual([
      'FORBIDDEN partner.commissionBasisPoints',
      'FORBIDDEN partner.rejectionReason',
    ]);
    expect(result.data).toMatchObject({ partner: { name: 'Seen By Some' } });
    expect((await account.run(query, { id: partner.id }, owner)).errors).toBeUndefined();
  });

  test('the query takes exactly one of id and slug', async () => {
    const both = await account.run('query ($id: ID) { partner(id: $id, slug: "x") { id } }', {
      id: partner.id,
    });
    const neither = await account.run('{ partner(id: null) { id } }');
    expect([errorsOf(both), errorsOf(neither)]).toEqual([
      ['BAD_USER_INPUT partner'],
      ['BAD_USER_INPUT partner'],
    ]);
  });
});

describe('updatePartner', () => {
  const update = (id: string, input: object, caller: Person): Promise<Payload> =>
    account.mutate(
      `mutation ($id: ID!, $input: UpdatePartnerInput!) { updatePartner(id: $id, input: $input) ${payloadFields} }`,
      { id, input },
      caller,
    );

  test('changes what is given, clears what is null, and leaves the slug', async () => {
    const owner = await account.register();
    const input = { name: 'Tide', about: 'Boats', website: 'https://tide.test/', taxId: 'PT123' };
    const { id, slug } = (await registerPartner(owner, input))['partner'] as PartnerResult;
    expect(await update(id, {}, owner)).toMatchObject({
      partner: { name: 'Tide', about: 'Boats', website: 'https://tide.test/' },
      userErrors: [],
    });
    expect(await update(id, { name: 'Ebb', about: null }, owner)).toMatchObject({
      partner: { slug, name: 'Ebb', about: null, website: 'https://tide.test/' },
    });
    expect(await update(id, { website: null, taxId: null }, admin)).toMatchObject({
      partner: { name: 'Ebb', website: null },
    });
    const [row] = await account.query<{ tax_id: string | null }>(
      'SELECT tax_id FROM partner WHERE slug = $1',
      [slug],
    );
    expect(row).toEqual({ tax_id: null });
  });

  test('reports all violations, and is for the owner and users:manage', async () => {
    const [owner, other] = [await account.register(), await account.register()];
    const { id } = (await registerPartner(owner))['partner'] as PartnerResult;
    expect(userErrorsOf(await update(id, { name: null, website: 'ftp://tide.test' }, owner))).toEqual([
      'INVALID input.name',
      'INVALID input.website',
    ]);
    expect(userErrorsOf(await update(id, { name: 'Mine' }, other))).toEqual(['NOT_FOUND id']);
    await verify(id);
    expect(userErrorsOf(await update(id, { name: 'Mine' }, other))).toEqual(['NOT_OWNER id']);
    expect(userErrorsOf(await update('partner_nonsense', { name: 'Mine' }, admin))).toEqual(['NOT_FOUND id']);
  });
});
