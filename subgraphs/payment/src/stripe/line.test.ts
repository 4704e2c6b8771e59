import { Unavailable } from '@souk/shared/errors';
import type { Verdict } from './line.js';
import { ProviderLine } from './line.js';

class Trouble extends Error {
  constructor(readonly verdict: Verdict) {
    super(verdict);
  }
}

function line(): ProviderLine {
  return new ProviderLine({
    judge: (error) => (error instanceof Trouble ? error.verdict : 'lasting'),
    retries: 2,
    pauseMs: 1,
  });
}

function failing(times: number, verdict: Verdict): jest.Mock<Promise<string>, []> {
  const call = jest.fn<Promise<string>, []>(() => Promise.resolve('answer'));
  for (let time = 0; time < times; time += 1) call.mockRejectedValueOnce(new Trouble(verdict));
  return call;
}

describe('the line to a provider', () => {
  it('tries again what fails in passing', async () => {
    const call = failing(2, 'passing');
    await expect(line().call(call)).resolves.toBe('answer');
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('gives up after two retries', async () => {
    const call = failing(3, 'passing');
    await expect(line().call(call)).rejects.toThrow('passing');
    expect(call).toHaveBeenCalledTimes(3);
  });

  it.each(['answer', 'lasting'] as const)('does not repeat %s trouble', async (verdict) => {
    const call = failing(1, verdict);
    await expect(line().call(call)).rejects.toThrow(verdict);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('stops asking a provider that keeps failing', async () => {
    const dead = line();
    const call = failing(1_000, 'lasting');
    for (let tries = 0; tries < 30; tries += 1) await dead.call(call).catch(() => undefined);
    const asked = call.mock.calls.length;
    expect(asked).toBeLessThan(30);
    await expect(dead.call(call)).rejects.toBeInstanceOf(Unavailable);
    expect(call).toHaveBeenCalledTimes(asked);
  });

  it('goes on asking a provider that refuses', async () => {
    const alive = line();
    const call = failing(60, 'answer');
    for (let tries = 0; tries < 60; tries += 1) await alive.call(call).catch(() => undefined);
    await expect(alive.call(call)).resolves.toBe('answer');
    expect(call).toHaveBeenCalledTimes(61);
  });
});
