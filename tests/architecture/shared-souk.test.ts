import type { SoukAddresses } from '@souk/testing/souk-connection';
import type { TestRedis } from '../support/redis';
import { startRedis } from '../support/redis';
import { startSouk } from '@souk/testing';
import type { TestSouk } from '@souk/testing';
import { SharedSouk } from '../support/shared-souk';

jest.mock('../support/redis', () => ({ redisAvailable: true, startRedis: jest.fn() }));
jest.mock('@souk/testing', () => ({ startSouk: jest.fn() }));

const addresses: SoukAddresses = {
  url: 'http://souk.test',
  simulator: null,
  administrator: { email: 'admin@souk.test', password: 'a password' },
};
const fault = new Error('It does not end.');
const stopRedis = jest.fn(() => Promise.resolve());

/** A Souk with the members that SharedSouk uses. */
function souk(stop: () => Promise<void>): TestSouk {
  const needed: Pick<TestSouk, 'addresses' | 'stop' | 'output'> = {
    addresses,
    stop,
    output: () => '',
  };
  return needed as unknown as TestSouk;
}

test('a Souk that cannot be stopped does not prevent closing the rest, and close rejects', async () => {
  const stopOther = jest.fn(() => Promise.resolve());
  jest.mocked(startRedis).mockResolvedValue({ url: 'redis://test', stop: stopRedis } as unknown as TestRedis);
  jest
    .mocked(startSouk)
    .mockImplementation(({ topology } = {}) =>
      Promise.resolve(souk(topology === 'distributed' ? () => Promise.reject(fault) : stopOther)),
    );
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  const sharedSouk = new SharedSouk({ standalone: 1, distributed: 1 });
  const url = await sharedSouk.open();
  for (const topology of ['distributed', 'standalone']) {
    expect(await (await fetch(`${url}/${topology}`, { method: 'POST' })).json()).toEqual({
      addresses,
      externalIssuer: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    });
  }
  // Its end fails long before anybody closes.
  expect((await fetch(`${url}/distributed`, { method: 'DELETE' })).status).toBe(200);
  await expect(sharedSouk.close()).rejects.toBe(fault);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect(stopRedis).toHaveBeenCalledTimes(1);
  expect(stopOther).toHaveBeenCalledTimes(1);
  await expect(fetch(url)).rejects.toThrow();
});
