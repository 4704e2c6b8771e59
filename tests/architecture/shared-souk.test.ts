import type { TestRedis } from '../support/redis';
import { startRedis } from '../support/redis';
import { startSouk } from '../support/souk';
import type { TestSouk } from '../support/souk';
import { SharedSouk } from '../support/shared-souk';

jest.mock('../support/redis', () => ({ redisAvailable: true, startRedis: jest.fn() }));
jest.mock('../support/souk', () => ({ startSouk: jest.fn() }));

const fault = new Error('It does not end.');
const stopRedis = jest.fn(() => Promise.resolve());
const listeners = (): number => process.listenerCount('SIGTERM');

/** A Souk with the members that SharedSouk uses. */
function souk(stop: () => Promise<number>): TestSouk {
  const needed: Pick<TestSouk, 'url' | 'stop' | 'clean' | 'output'> = {
    url: 'http://souk.test',
    stop,
    clean: () => Promise.resolve(),
    output: () => '',
  };
  return needed as TestSouk;
}

test('a Souk that cannot be stopped does not prevent closing the rest, and close rejects', async () => {
  const stopOther = jest.fn(() => Promise.resolve(0));
  jest.mocked(startRedis).mockResolvedValue({ url: 'redis://test', stop: stopRedis } as unknown as TestRedis);
  jest
    .mocked(startSouk)
    .mockImplementation(({ topology }) =>
      Promise.resolve(souk(topology === 'distributed' ? () => Promise.reject(fault) : stopOther)),
    );
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  const before = listeners();
  const sharedSouk = new SharedSouk({ standalone: 1, distributed: 1 });
  const url = await sharedSouk.open();
  expect(listeners()).toBe(before + 1);
  for (const topology of ['distributed', 'standalone']) {
    expect(await (await fetch(`${url}/${topology}`, { method: 'POST' })).text()).toBe('http://souk.test');
  }
  // Its end fails long before anybody closes.
  expect((await fetch(`${url}/distributed`, { method: 'DELETE' })).status).toBe(200);
  await expect(sharedSouk.close()).rejects.toBe(fault);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect(stopRedis).toHaveBeenCalledTimes(1);
  expect(stopOther).toHaveBeenCalledTimes(1);
  expect(listeners()).toBe(before);
  await expect(fetch(url)).rejects.toThrow();
});
