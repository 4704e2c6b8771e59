import type { AccountUnderTest, Payload, Person } from './support/account.js';
import { userErrorsOf, startAccount } from './support/account.js';

let account: AccountUnderTest;
let person: Person;

beforeAll(async () => {
  account = await startAccount();
});

beforeEach(async () => {
  person = await account.register();
});

afterAll(() => account.close());

interface AddressResult {
  id: string;
  line1: string;
  isDefault: boolean;
}

const fields = 'id label recipient line1 line2 city region postalCode countryCode phone isDefault';
const home = {
  recipient: 'Ada Lovelace',
  line1: 'Rua Augusta 1',
  city: 'Lisboa',
  postalCode: '1100-053',
  countryCode: 'PT',
};

function add(input: object, as = person): Promise<Payload> {
  return account.mutate(
    `mutation ($input: AddressInput!) { addAddress(input: $input) {
       address { ${fields} } user { addresses { id } } userErrors { code message field } } }`,
    { input },
    as,
  );
}

function update(id: string, input: object, as = person): Promise<Payload> {
  return account.mutate(
    `mutation ($id: ID!, $input: AddressInput!) { updateAddress(id: $id, input: $input) {
       address { ${fields} } user { id } userErrors { code message field } } }`,
    { id, input },
    as,
  );
}

function remove(id: string, as = person): Promise<Payload> {
  return account.mutate(
    'mutation ($id: ID!) { removeAddress(id: $id) { ok userErrors { code message field } } }',
    { id },
    as,
  );
}

async function addValid(line1: string, more: object = {}): Promise<AddressResult> {
  const payload = await add({ ...home, line1, ...more });
  expect(payload.userErrors).toEqual([]);
  return payload['address'] as AddressResult;
}

async function listAddresses(): Promise<AddressResult[]> {
  const { data } = await account.run(`{ me { addresses { ${fields} } } }`, {}, person);
  return (data!['me'] as { addresses: AddressResult[] }).addresses;
}

async function listDefaults(): Promise<string[]> {
  return (await listAddresses()).filter(({ isDefault }) => isDefault).map(({ line1 }) => line1);
}

test('stores an address as entered, trimmed; the first is the default', async () => {
  const payload = await add({
    ...home,
    recipient: ' Ada Lovelace ',
    label: ' ',
    phone: '+351 1',
    isDefault: false,
  });
  expect(payload['address']).toEqual({
    ...home,
    id: expect.stringMatching(/^addr_/) as string,
    label: null,
    line2: null,
    region: null,
    phone: '+351 1',
    isDefault: true,
  });
  expect(await listAddresses()).toEqual([payload['address']]);
});

test('reports all invalid fields at once', async () => {
  const payload = await add({
    recipient: '',
    line1: '\u200b',
    city: ' ',
    postalCode: ' ',
    countryCode: 'XX',
    phone: 'none',
  });
  expect(userErrorsOf(payload).sort()).toEqual(
    ['city', 'countryCode', 'line1', 'phone', 'postalCode', 'recipient'].map(
      (field) => `INVALID input.${field}`,
    ),
  );
  const texts = await add({ ...home, line1: 'x'.repeat(201), city: '\u0007', label: 'x'.repeat(101) });
  expect(userErrorsOf(texts).sort()).toEqual(
    ['city', 'label', 'line1'].map((field) => `INVALID input.${field}`),
  );
  expect(await listAddresses()).toEqual([]);
});

test('reports an unknown address together with invalid fields', async () => {
  expect(userErrorsOf(await update('addr_x', { ...home, city: ' ', phone: 'none' }))).toEqual([
    'INVALID input.city',
    'INVALID input.phone',
    'NOT_FOUND id',
  ]);
});

test.each(['HK', 'AE', 'PA', 'QA'])('needs no postal code in %s, which has none', async (countryCode) => {
  const { postalCode: _, ...rest } = home;
  const payload = await add({ ...rest, countryCode, postalCode: ' ' });
  expect(payload).toMatchObject({ address: { postalCode: '', countryCode }, userErrors: [] });
  const { id } = payload['address'] as AddressResult;
  // Some people write a code such as 00000 nevertheless.
  expect(await update(id, { ...rest, countryCode, postalCode: '00000' })).toMatchObject({
    address: { postalCode: '00000' },
    userErrors: [],
  });
  expect(userErrorsOf(await update(id, { ...rest, countryCode: 'PT', postalCode: '' }))).toEqual([
    'INVALID input.postalCode',
  ]);
  await remove(id);
});

test('needs no city in Singapore, which is one', async () => {
  const input = { ...home, city: '', countryCode: 'SG', postalCode: '018956' };
  const payload = await add(input);
  expect(payload).toMatchObject({ address: { city: '', countryCode: 'SG' }, userErrors: [] });
  await remove((payload['address'] as AddressResult).id);
});

test.each(['US', 'GB', 'DE', 'JP'])('demands a postal code in %s', async (countryCode) => {
  expect(userErrorsOf(await add({ ...home, countryCode, postalCode: '' }))).toEqual([
    'INVALID input.postalCode',
  ]);
});

test.each(['pt', 'PRT', 'EU', 'UK', ''])('rejects the country code %p', async (countryCode) => {
  expect(userErrorsOf(await add({ ...home, countryCode }))).toEqual(['INVALID input.countryCode']);
});

test('there is always exactly one default', async () => {
  await addValid('first');
  const second = await addValid('second');
  expect(await listDefaults()).toEqual(['first']);
  const third = await addValid('third', { isDefault: true });
  expect(await listDefaults()).toEqual(['third']);
  await update(second.id, { ...home, line1: 'second', isDefault: true });
  expect(await listDefaults()).toEqual(['second']);
  await update(second.id, { ...home, line1: 'second' });
  expect(await listDefaults()).toEqual(['second']);
  await update(third.id, { ...home, line1: 'third', isDefault: false });
  expect(await listDefaults()).toEqual(['second']);
  await update(second.id, { ...home, line1: 'second', isDefault: false });
  expect(await listDefaults()).toEqual(['first']);
});

test('removing the default promotes the oldest address; an only address stays the default', async () => {
  const first = await addValid('first');
  const second = await addValid('second');
  expect(await remove(first.id)).toEqual({ ok: true, userErrors: [] });
  expect(await listDefaults()).toEqual(['second']);
  const payload = await update(second.id, { ...home, line1: 'only', isDefault: false });
  expect(payload['address']).toMatchObject({ line1: 'only', isDefault: true });
  expect(await listDefaults()).toEqual(['only']);
  await remove(second.id);
  expect(await listAddresses()).toEqual([]);
});

test('an update replaces the whole address', async () => {
  const { id } = await addValid('first', { label: 'Home', line2: 'left', region: 'Lisboa', phone: '123' });
  const payload = await update(id, home);
  expect(payload['address']).toEqual({
    ...home,
    id,
    label: null,
    line2: null,
    region: null,
    phone: null,
    isDefault: true,
  });
  expect(await listAddresses()).toEqual([payload['address']]);
});

test("another user's address is not found and not changed", async () => {
  const address = await addValid('mine');
  const stranger = await account.register();
  expect(userErrorsOf(await update(address.id, home, stranger))).toEqual(['NOT_FOUND id']);
  expect(await remove(address.id, stranger)).toMatchObject({
    ok: false,
    userErrors: [{ code: 'NOT_FOUND', field: ['id'] }],
  });
  expect(userErrorsOf(await remove('addr_nonsense'))).toEqual(['NOT_FOUND id']);
  expect(await listAddresses()).toEqual([expect.objectContaining({ line1: 'mine' })]);
});

test('stores fifty of sixty addresses added concurrently, one of them the default', async () => {
  await account.warmPool();
  const payloads = await Promise.all(
    Array.from({ length: 60 }, (_, index) => add({ ...home, line1: `at once ${index}`, isDefault: true })),
  );
  expect(payloads.flatMap(userErrorsOf)).toEqual(Array<string>(10).fill('INVALID input'));
  expect(await listAddresses()).toHaveLength(50);
  expect(await listDefaults()).toHaveLength(1);
});

test('each mutation of one operation returns the state after it', async () => {
  const { data } = await account.run(
    `mutation ($input: AddressInput!) {
       a: addAddress(input: $input) { user { addresses { id } } }
       b: addAddress(input: $input) { user { addresses { id } } }
     }`,
    { input: home },
    person,
  );
  const count = (field: string): number =>
    (data![field] as { user: { addresses: object[] } }).user.addresses.length;
  expect([count('a'), count('b')]).toEqual([1, 2]);
});
