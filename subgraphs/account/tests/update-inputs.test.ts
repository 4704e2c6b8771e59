import { parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateFields } from '../../../tests/support/update-fields.js';
import type { AccountUnderTest, Payload, Person } from './support/account.js';
import { startAccount, userErrorsOf } from './support/account.js';

let account: AccountUnderTest;
let ada: Person;
let admin: Person;

beforeAll(async () => {
  account = await startAccount();
  [ada, admin] = await Promise.all([account.register(), account.admin()]);
});

afterAll(() => account.close());

/** Values of the optional fields of an update: before it, and after null; 'INVALID' where null is refused. */
type Table = Readonly<Record<string, { before: unknown; afterNull: unknown }>>;

const profile: Table = {
  firstName: { before: 'Ada', afterNull: 'INVALID' },
  lastName: { before: 'Lovelace', afterNull: '' },
  displayName: { before: 'Countess', afterNull: 'Ada L.' },
  avatarUrl: { before: 'https://example.com/a.png', afterNull: null },
  phone: { before: '+351 1', afterNull: null },
  locale: { before: 'pt-PT', afterNull: 'en' },
  timeZone: { before: 'Asia/Kolkata', afterNull: 'UTC' },
  preferences: { before: { theme: 'dark' }, afterNull: {} },
};

const required = { recipient: 'Ada', line1: 'Rua 1', city: 'Lisbon', postalCode: '1000', countryCode: 'PT' };
/** An address is replaced: absent fields are as those with null. */
const address: Table = {
  label: { before: 'Home', afterNull: null },
  line2: { before: 'left', afterNull: null },
  region: { before: 'Lisboa', afterNull: null },
  phone: { before: '+351 1', afterNull: null },
  isDefault: { before: true, afterNull: true },
};

const partner: Table = {
  name: { before: 'Tide', afterNull: 'INVALID' },
  about: { before: 'Boats', afterNull: null },
  website: { before: 'https://tide.test/', afterNull: null },
  taxId: { before: 'PT1', afterNull: null },
};

const beforeOf = (table: Table): Record<string, unknown> =>
  Object.fromEntries(Object.entries(table).map(([name, { before }]) => [name, before]));

function updateProfile(input: Record<string, unknown>): Promise<Payload> {
  const fields = Object.keys(profile).join(' ');
  return account.mutate(
    `mutation ($input: ProfileInput!) { updateProfile(input: $input) { user { ${fields} } userErrors { code field } } }`,
    { input },
    ada,
  );
}

async function updateAddress(input: Record<string, unknown>): Promise<unknown> {
  const result = `{ address { id ${Object.keys(address).join(' ')} } userErrors { code field } }`;
  const change = (query: string, variables: object) =>
    account.mutate(query, { ...variables }, ada) as Promise<Payload & { address: { id: string } }>;
  const added = await change(`mutation ($input: AddressInput!) { addAddress(input: $input) ${result} }`, {
    input: { ...required, ...beforeOf(address) },
  });
  const { address: changed, userErrors } = await change(
    `mutation ($id: ID!, $input: AddressInput!) { updateAddress(id: $id, input: $input) ${result} }`,
    { id: added.address.id, input: { ...required, ...input } },
  );
  expect(userErrors).toEqual([]);
  const { id: _, ...values } = changed;
  return values;
}

test('the tables have all optional fields of the updates', () => {
  const schema = parse(readFileSync(join(__dirname, '../src/schema.graphql'), 'utf8'));
  const paths = updateFields(schema).map(({ path }) => path);
  expect(paths.sort()).toEqual(
    [
      ...Object.keys(profile).map((name) => `updateProfile.input.${name}`),
      ...Object.keys(address).map((name) => `updateAddress.input.${name}`),
      ...Object.keys(partner).map((name) => `updatePartner.input.${name}`),
      'verifyPartner.commissionBasisPoints',
    ].sort(),
  );
});

describe('updateProfile', () => {
  test.each(Object.entries(profile))('%s stays when absent', async (name) => {
    await updateProfile(beforeOf(profile));
    const { [name]: _, ...others } = beforeOf(profile);
    expect(await updateProfile(others)).toMatchObject({ user: beforeOf(profile), userErrors: [] });
  });

  test.each(Object.entries(profile))(
    'null clears or resets %s alone, or is refused',
    async (name, { afterNull }) => {
      await updateProfile(beforeOf(profile));
      const payload = await updateProfile({ [name]: null });
      if (afterNull === 'INVALID') expect(userErrorsOf(payload)).toEqual([`INVALID input.${name}`]);
      const after = afterNull === 'INVALID' ? {} : { [name]: afterNull };
      expect((await updateProfile({}))['user']).toEqual({ ...beforeOf(profile), ...after });
    },
  );
});

describe('updateAddress', () => {
  test.each(Object.entries(address))(
    'null and absence empty %s, but leave the default',
    async (name, { afterNull }) => {
      const { [name]: _, ...others } = beforeOf(address);
      const expected = { ...beforeOf(address), [name]: afterNull };
      expect(await updateAddress({ ...others, [name]: null })).toEqual(expected);
      expect(await updateAddress(others)).toEqual(expected);
    },
  );
});

async function registerPartner(owner: Person, input: object): Promise<string> {
  const payload = await account.mutate(
    'mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } userErrors { code } } }',
    { input },
    owner,
  );
  return (payload['partner'] as { id: string }).id;
}

describe('updatePartner', () => {
  async function change(input: object): Promise<[string[], unknown]> {
    const owner = await account.register();
    const id = await registerPartner(owner, beforeOf(partner));
    const payload = await account.mutate(
      'mutation ($id: ID!, $input: UpdatePartnerInput!) { updatePartner(id: $id, input: $input) { userErrors { code field } } }',
      { id, input },
      owner,
    );
    const [row] = await account.query(
      'SELECT name, about, website, tax_id AS "taxId" FROM partner WHERE owner_id = $1',
      [owner.userId],
    );
    return [userErrorsOf(payload), row];
  }

  test.each(Object.entries(partner))(
    '%s stays when absent; null clears it, or is refused',
    async (name, { afterNull }) => {
      const { [name]: _, ...others } = beforeOf(partner);
      expect(await change(others)).toEqual([[], beforeOf(partner)]);
      const refused = afterNull === 'INVALID';
      expect(await change({ [name]: null })).toEqual([
        refused ? [`INVALID input.${name}`] : [],
        { ...beforeOf(partner), ...(refused ? {} : { [name]: afterNull }) },
      ]);
    },
  );
});

describe('verifyPartner', () => {
  test('null and absence leave the commission', async () => {
    const id = await registerPartner(ada, { name: 'Costa' });
    const verify = (variables: object) =>
      account.mutate(
        `mutation ($id: ID!, $commission: Int) { verifyPartner(id: $id, commissionBasisPoints: $commission) {
          partner { commissionBasisPoints } userErrors { code } } }`,
        { id, ...variables },
        admin,
      );
    for (const variables of [{ commission: 700 }, {}, { commission: null }])
      expect(await verify(variables)).toEqual({ partner: { commissionBasisPoints: 700 }, userErrors: [] });
  });
});
