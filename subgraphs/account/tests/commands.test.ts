import { accountCommands } from '@souk/shared/contracts/account';
import { fromApiId, newId } from '@souk/shared/ids';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Person } from './support/account.js';
import { startAccount } from './support/account.js';

let account: AccountUnderTest;
let buyer: Person;

beforeAll(async () => {
  account = await startAccount();
});

beforeEach(async () => {
  buyer = await account.register();
});

afterAll(() => account.close());

const home = {
  recipient: 'Ada Lovelace',
  line1: 'Rua Augusta 1',
  city: 'Lisboa',
  postalCode: '1100-053',
  countryCode: 'PT',
};

async function addressOf(person: Person): Promise<string> {
  const { address } = await account.mutate(
    'mutation ($input: AddressInput!) { addAddress(input: $input) { address { id } userErrors { code } } }',
    { input: home },
    person,
  );
  return fromApiId('addr', (address as { id: string }).id) ?? '';
}

describe('validateUser', () => {
  const validate = (userId: string, shippingAddressId: string | null) =>
    account.subgraph.command(
      accountCommands.validateUser,
      { userId, shippingAddressId },
      { sagaId: newId(), step: 'VALIDATE_USER' },
    );

  test('returns the current address and the locale', async () => {
    const id = await addressOf(buyer);
    expect(await validate(buyer.userId, id)).toEqual({
      kind: 'done',
      output: {
        shippingAddress: {
          ...home,
          id,
          label: null,
          line2: null,
          region: null,
          phone: null,
          isDefault: true,
        },
        locale: 'en',
        userId: buyer.userId,
      },
    });
    expect(await validate(buyer.userId, null)).toEqual({
      kind: 'done',
      output: { shippingAddress: null, locale: 'en', userId: buyer.userId },
    });
  });

  test('rejects an unverified buyer where the setting requires a verified address', async () => {
    await account.query('UPDATE user_account SET email_verified = false WHERE id = $1', [buyer.userId]);
    const admin = await account.admin();
    const set = (value: boolean): Promise<unknown> =>
      account.mutate(
        `mutation ($value: JSON!) {
           setSystemSetting(key: "checkout.requireVerifiedEmail", value: $value) { userErrors { code } } }`,
        { value },
        admin,
      );
    await set(true);
    await until('the setting to apply', async () => (await validate(buyer.userId, null)).kind === 'rejected');
    expect(await validate(buyer.userId, null)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'USER_NOT_ELIGIBLE', message: 'Verify your e-mail address before you buy.' },
    });
    await account.query('UPDATE user_account SET email_verified = true WHERE id = $1', [buyer.userId]);
    expect(await validate(buyer.userId, null)).toMatchObject({ kind: 'done' });
    await set(false);
  });

  test.each(['SUSPENDED', 'DELETED'])('rejects a buyer who is %s', async (status) => {
    await account.query('UPDATE user_account SET status = $1 WHERE id = $2', [status, buyer.userId]);
    expect(await validate(buyer.userId, null)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'USER_NOT_ELIGIBLE' },
    });
  });

  test('rejects an unknown buyer', async () => {
    expect(await validate(newId(), null)).toMatchObject({
      kind: 'rejected',
      rejection: { code: 'USER_NOT_ELIGIBLE' },
    });
  });

  test("rejects another user's address and an unknown one", async () => {
    for (const id of [await addressOf(await account.register()), newId()]) {
      expect(await validate(buyer.userId, id)).toMatchObject({
        kind: 'rejected',
        rejection: { code: 'NOT_FOUND', field: ['input', 'shippingAddressId'] },
      });
    }
  });
});

describe('purchase statistics', () => {
  const step = 'UPDATE_STATS';
  const purchase = (amount = 1_500, currency = 'EUR') => ({
    userId: buyer.userId,
    units: 2,
    total: { amount, currency },
  });
  const add = (sagaId: string, payload = purchase()) =>
    account.subgraph.command(accountCommands.addPurchase, payload, { sagaId, step });
  const subtract = (sagaId: string, payload = purchase()) =>
    account.subgraph.command(accountCommands.subtractPurchase, payload, { sagaId, step, direction: 'undo' });
  const counted = () =>
    account.query(
      `SELECT currency, purchases::int, units::int, total::int FROM user_statistics
       WHERE user_id = $1 ORDER BY currency`,
      [buyer.userId],
    );
  const done = { kind: 'done', output: {} };

  test('add by currency, once per saga', async () => {
    const [first, second, third] = [newId(), newId(), newId()];
    expect(await add(first)).toEqual(done);
    expect(await add(first)).toEqual(done);
    await Promise.all([add(second, purchase(700)), add(third, purchase(9, 'JPY'))]);
    expect(await counted()).toEqual([
      { currency: 'EUR', purchases: 2, units: 4, total: 2_200 },
      { currency: 'JPY', purchases: 1, units: 2, total: 9 },
    ]);
  });

  test('an undo subtracts the purchase once', async () => {
    const [first, second] = [newId(), newId()];
    await add(first);
    await add(second, purchase(700));
    expect(await subtract(first)).toEqual(done);
    expect(await subtract(first)).toEqual(done);
    expect(await counted()).toEqual([{ currency: 'EUR', purchases: 1, units: 2, total: 700 }]);
  });

  test("a cancellation subtracts the checkout's purchase once", async () => {
    const [first, second] = [newId(), newId()];
    await add(first);
    await add(second, purchase(700));
    const withdraw = () =>
      account.subgraph.command(
        accountCommands.withdrawPurchase,
        { checkoutId: first },
        { sagaId: newId(), step },
      );
    expect(await Promise.all([withdraw(), withdraw()])).toEqual([done, done]);
    expect(await counted()).toEqual([{ currency: 'EUR', purchases: 1, units: 2, total: 700 }]);
  });

  test('a cancellation of a part subtracts its units, and one of the rest what is left', async () => {
    const [first, second] = [newId(), newId()];
    await add(first);
    await add(second, purchase(700));
    const part = { sagaId: newId(), step };
    const units = { checkoutId: first, units: 1, total: { amount: 400, currency: 'EUR' } };
    const withdraw = () => account.subgraph.command(accountCommands.withdrawUnits, units, part);
    expect(await withdraw()).toEqual(done);
    expect(await withdraw()).toEqual(done);
    expect(await counted()).toEqual([{ currency: 'EUR', purchases: 2, units: 3, total: 1_800 }]);
    await account.subgraph.command(
      accountCommands.withdrawPurchase,
      { checkoutId: first },
      { sagaId: newId(), step },
    );
    expect(await counted()).toEqual([{ currency: 'EUR', purchases: 1, units: 2, total: 700 }]);
    const unknown = { ...units, checkoutId: newId() };
    await account.subgraph.command(accountCommands.withdrawUnits, unknown, { sagaId: newId(), step });
    expect(await counted()).toEqual([{ currency: 'EUR', purchases: 1, units: 2, total: 700 }]);
  });

  test('an undo before its command subtracts nothing and makes the late command a no-op', async () => {
    const [earlier, undone] = [newId(), newId()];
    await add(earlier);
    expect(await subtract(undone)).toEqual(done);
    expect(await add(undone)).toMatchObject({ kind: 'rejected', rejection: { code: 'CONFLICT' } });
    expect(await counted()).toEqual([{ currency: 'EUR', purchases: 1, units: 2, total: 1_500 }]);
  });

  test('count fifty sagas of one buyer once each although every command arrives three times', async () => {
    const sagas = Array.from({ length: 50 }, () => newId());
    const messages = [...sagas, ...sagas, ...sagas].map((sagaId) => ({
      queue: 'account' as const,
      name: 'command',
      body: {
        sagaId,
        transactionId: 'SAGA-TEST',
        position: 0,
        step,
        direction: 'do',
        command: 'addPurchase',
        payload: purchase(),
        replyTo: 'order',
      },
    }));
    await account.subgraph.send(...messages);
    const replies = () => account.subgraph.replies.filter(({ sagaId }) => sagas.includes(sagaId));
    // Every delivery of a command gets a reply.
    await until('150 replies', () => replies().length >= 150);
    expect(new Set(replies().map(({ outcome }) => outcome.kind))).toEqual(new Set(['done']));
    expect(await counted()).toEqual([{ currency: 'EUR', purchases: 50, units: 100, total: 75_000 }]);
  });
});
