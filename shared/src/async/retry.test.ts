import { withRetries } from './retry.js';

function failing(times: number, message: string): jest.Mock<Promise<string>, []> {
  const call = jest.fn<Promise<string>, []>(() => Promise.resolve('value'));
  for (let time = 0; time < times; time += 1) call.mockRejectedValueOnce(new Error(message));
  return call;
}

const isRetryable = (error: unknown): boolean => error instanceof Error && error.message === 'transient';

describe('withRetries', () => {
  it('retries retryable errors', async () => {
    const call = failing(2, 'transient');
    await expect(withRetries(call, { retries: 2, isRetryable })).resolves.toBe('value');
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('throws the error of the last attempt', async () => {
    const call = failing(3, 'transient');
    await expect(withRetries(call, { retries: 2, isRetryable })).rejects.toThrow('transient');
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('does not retry other errors', async () => {
    const call = failing(1, 'permanent');
    await expect(withRetries(call, { retries: 2, isRetryable })).rejects.toThrow('permanent');
    expect(call).toHaveBeenCalledTimes(1);
  });

  it('pauses twice as long before each further retry, with jitter', async () => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
    try {
      const call = failing(2, 'transient');
      const result = withRetries(call, { retries: 2, isRetryable, pauseMs: 200 });
      await jest.advanceTimersByTimeAsync(199);
      expect(call).toHaveBeenCalledTimes(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(call).toHaveBeenCalledTimes(2);
      await jest.advanceTimersByTimeAsync(399);
      expect(call).toHaveBeenCalledTimes(2);
      await jest.advanceTimersByTimeAsync(1);
      await expect(result).resolves.toBe('value');
    } finally {
      random.mockRestore();
      jest.useRealTimers();
    }
  });
});
