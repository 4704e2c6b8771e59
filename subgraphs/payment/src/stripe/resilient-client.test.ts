import { Unavailable } from '@souk/shared/errors';
import type { RetryDecision } from './resilient-client.js';
import { ResilientClient } from './resilient-client.js';

class TestError extends Error {
  constructor(readonly decision: RetryDecision) {
    super(decision);
  }
}

function createClient(): ResilientClient {
  return new ResilientClient({
    decideRetry: (error) => (error instanceof TestError ? error.decision : 'fail'),
    retries: 2,
    pauseMs: 1,
  });
}

function failing(times: number, decision: RetryDecision): jest.Mock<Promise<string>, []> {
  const call = jest.fn<Promise<string>, []>(() => Promise.resolve('answer'));
  for (let time = 0; time < times; time += 1) call.mockRejectedValueOnce(new TestError(decision));
  return call;
}

describe('resilient client', () => {
  it('retries transient failures', async () => {
    const call = failing(2, 'retry');
    await expect(createClient().call(call)).resolves.toBe('answer');
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('gives up after two retries', async () => {
    const call = failing(3, 'retry');
    await expect(createClient().call(call)).rejects.toThrow('retry');
    expect(call).toHaveBeenCalledTimes(3);
  });

  it.each(['reject', 'fail'] as const)('does not retry after the decision %s', async (decision) => {
    const call = failing(1, decision);
    await expect(createClient().call(call)).rejects.toThrow(decision);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('opens the circuit when the provider keeps failing', async () => {
    const dead = createClient();
    const call = failing(1_000, 'fail');
    for (let tries = 0; tries < 30; tries += 1) await dead.call(call).catch(() => undefined);
    const calls = call.mock.calls.length;
    expect(calls).toBeLessThan(30);
    await expect(dead.call(call)).rejects.toBeInstanceOf(Unavailable);
    expect(call).toHaveBeenCalledTimes(calls);
  });

  it('keeps the circuit closed when the provider rejects calls', async () => {
    const alive = createClient();
    const call = failing(60, 'reject');
    for (let tries = 0; tries < 60; tries += 1) await alive.call(call).catch(() => undefined);
    await expect(alive.call(call)).resolves.toBe('answer');
    expect(call).toHaveBeenCalledTimes(61);
  });
});
