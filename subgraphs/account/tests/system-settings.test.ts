import { settingKeys } from '@souk/shared/system-setting';
import { readSystemSettings } from '@souk/account/domain/setting/system-setting';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Payload, Person } from './support/account.js';
import { errorsOf, startAccount, userErrorsOf } from './support/account.js';

let account: AccountUnderTest;
let admin: Person;

beforeEach(async () => {
  account = await startAccount();
  admin = await account.admin();
});

afterEach(() => account.close());

interface Setting {
  key: string;
  value: unknown;
  defaultValue: unknown;
  description: string;
  updatedAt: string | null;
  updatedBy: { id: string } | null;
}

const fields = 'key value defaultValue description updatedAt updatedBy { id }';
const list = async (): Promise<Setting[]> => {
  const { data, errors } = await account.run(`{ systemSettings { ${fields} } }`, {}, admin);
  expect(errors).toBeUndefined();
  return data?.['systemSettings'] as Setting[];
};
const set = (key: string, value: unknown, caller = admin): Promise<Payload> =>
  account.mutate(
    `mutation ($key: String!, $value: JSON!) {
      setSystemSetting(key: $key, value: $value) { setting { ${fields} } userErrors { code message field } }
    }`,
    { key, value },
    caller,
  );

test('lists all settings with their defaults at first', async () => {
  const settings = await list();
  expect(settings.map(({ key }) => key)).toEqual(settingKeys);
  for (const { value, defaultValue, description, updatedAt, updatedBy } of settings) {
    expect([value, updatedAt, updatedBy]).toEqual([defaultValue, null, null]);
    expect(description).toMatch(/\.$/);
  }
});

test('stores a value, and who stored it last', async () => {
  await set('catalog.holdMinutes', 3);
  const payload = await set('catalog.holdMinutes', 4);
  expect(payload).toMatchObject({
    userErrors: [],
    setting: { key: 'catalog.holdMinutes', value: 4, defaultValue: 10, updatedBy: { id: admin.id } },
  });
  expect((await list()).find(({ key }) => key === 'catalog.holdMinutes')).toEqual(payload['setting']);
});

test('removes a stored value, so that the default applies again', async () => {
  const reset = (key: string): Promise<Payload> =>
    account.mutate(
      `mutation ($key: String!) { resetSystemSetting(key: $key) { setting { ${fields} } userErrors { code message field } } }`,
      { key },
      admin,
    );
  await set('catalog.holdMinutes', 3);
  const { manager } = account.subgraph.dependencies.source;
  const { next } = await readSystemSettings(manager, null);
  const payload = await reset('catalog.holdMinutes');
  expect(payload).toMatchObject({
    userErrors: [],
    setting: { key: 'catalog.holdMinutes', value: 10, updatedAt: null, updatedBy: null },
  });
  expect((await list()).find(({ key }) => key === 'catalog.holdMinutes')).toEqual(payload['setting']);
  expect((await readSystemSettings(manager, next)).items).toEqual([
    { key: 'catalog.holdMinutes', value: null },
  ]);
  expect(userErrorsOf(await reset('catalog.holdMinute'))).toEqual(['NOT_FOUND key']);
  expect(await reset('catalog.lowStockThreshold')).toMatchObject({ setting: { value: 5 }, userErrors: [] });
  expect(await set('catalog.holdMinutes', 4)).toMatchObject({ setting: { value: 4 }, userErrors: [] });
});

test.each<[string, unknown, string]>([
  ['catalog.holdMinute', 3, 'NOT_FOUND key'],
  ['constructor', 3, 'NOT_FOUND key'],
  ['catalog.holdMinutes', 0, 'INVALID value'],
  ['catalog.holdMinutes', 2.5, 'INVALID value'],
  ['catalog.holdMinutes', '3', 'INVALID value'],
  ['catalog.holdMinutes', { minutes: 3 }, 'INVALID value'],
  ['platform.maintenance', 1, 'INVALID value'],
  ['payments.mfaAboveAmount', -1, 'INVALID value'],
])('refuses %s: %j', async (key, value, expected) => {
  const payload = await set(key, value);
  expect(userErrorsOf(payload)).toEqual([expected]);
  expect(payload['setting']).toBeNull();
  expect(await account.query('SELECT key FROM system_setting')).toEqual([]);
});

test('is for administrators only', async () => {
  const person = await account.register();
  const variables = { key: 'platform.maintenance', value: true };
  const query = `mutation ($key: String!, $value: JSON!) { setSystemSetting(key: $key, value: $value) { setting { key } } }`;
  expect(errorsOf(await account.run(query, variables, person))).toEqual(['FORBIDDEN setSystemSetting']);
  expect(errorsOf(await account.run('{ systemSettings { key } }', {}, person))).toEqual([
    'FORBIDDEN systemSettings',
  ]);
  expect(errorsOf(await account.run(query, variables))[0]).toMatch(/^UNAUTHENTICATED/);
});

test('lists stored settings for replicas: all at first, then the changed ones', async () => {
  const { manager } = account.subgraph.dependencies.source;
  await set('catalog.holdMinutes', 3);
  await set('platform.maintenance', true);
  const first = await readSystemSettings(manager, null);
  expect(first.items).toEqual([
    { key: 'catalog.holdMinutes', value: 3 },
    { key: 'platform.maintenance', value: true },
  ]);
  await set('catalog.holdMinutes', 4);
  const second = await readSystemSettings(manager, first.next);
  expect(second.items).toContainEqual({ key: 'catalog.holdMinutes', value: 4 });
  expect(second.more).toBe(false);
});

test('the limit of registrations follows its setting', async () => {
  const register = (): Promise<boolean> =>
    account.register().then(
      () => true,
      (error: unknown) => !String(error).includes('TOO_MANY_ATTEMPTS'),
    );
  expect(await register()).toBe(true);
  await set('gateway.registrationsPerHour', 1);
  await until('a registration to be refused', async () => !(await register()));
  await set('gateway.registrationsPerHour', 1_000);
  await until('a registration to be accepted', register);
});

test('a partner who is verified without a commission gets the one of the setting', async () => {
  await set('partner.defaultCommissionBasisPoints', 1_234);
  const verify = async (): Promise<number> => {
    const person = await account.register();
    const { partner } = (await account.mutate(
      `mutation { registerPartner(input: { name: "Boats" }) { partner { id } userErrors { code message field } } }`,
      {},
      person,
    )) as unknown as { partner: { id: string } };
    const verified = (await account.mutate(
      'mutation ($id: ID!) { verifyPartner(id: $id) { partner { commissionBasisPoints } userErrors { code } } }',
      { id: partner.id },
      admin,
    )) as unknown as { partner: { commissionBasisPoints: number } };
    return verified.partner.commissionBasisPoints;
  };
  await until('the commission of the setting', async () => (await verify()) === 1_234);
});
