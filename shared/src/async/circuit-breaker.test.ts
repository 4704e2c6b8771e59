import { Unavailable } from '../errors.js';
import type { CircuitBreakerOptions } from './circuit-breaker.js';
import { CircuitBreaker } from './circuit-breaker.js';

const openMessage = 'The dependency is unavailable.';
const opened: CircuitBreaker[] = [];

function createBreaker(options: Partial<CircuitBreakerOptions> = {}): CircuitBreaker {
  const breaker = new CircuitBreaker({
    name: 'test',
    openMessage,
    resetTimeoutMs: 5_000,
    minCalls: 4,
    ...options,
  });
  opened.push(breaker);
  return breaker;
}

const fail = (message = 'fault'): Promise<never> => Promise.reject(new Error(message));

async function failTimes(breaker: CircuitBreaker, times: number): Promise<void> {
  for (let call = 0; call < times; call += 1) await breaker.call(fail).catch(() => undefined);
}

describe('circuit breaker', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    for (const breaker of opened.splice(0)) breaker.close();
    jest.useRealTimers();
  });

  it('returns what the call returns, and throws what it throws', async () => {
    const breaker = createBreaker();
    await expect(breaker.call(() => Promise.resolve('value'))).resolves.toBe('value');
    await expect(breaker.call(fail)).rejects.toThrow('fault');
  });

  it('opens after the minimum of calls, and says when to try again', async () => {
    const breaker = createBreaker();
    await failTimes(breaker, 3);
    expect(breaker.isOpen).toBe(false);
    await failTimes(breaker, 1);
    expect(breaker.isOpen).toBe(true);
    const call = jest.fn(() => Promise.resolve('value'));
    const error: unknown = await breaker.call(call).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ message: openMessage, retryAfter: 5 });
    expect(call).not.toHaveBeenCalled();
  });

  it('opens after slow failures in a row, and not if a call succeeds between them', async () => {
    const breaker = createBreaker({ failuresInARow: 3 });
    const failSlowly = async (): Promise<void> => {
      await failTimes(breaker, 1);
      jest.advanceTimersByTime(10_000);
    };
    for (let round = 0; round < 3; round += 1) {
      await failSlowly();
      await failSlowly();
      await breaker.call(() => Promise.resolve('value'));
    }
    expect(breaker.isOpen).toBe(false);
    await failSlowly();
    await failSlowly();
    expect(breaker.isOpen).toBe(false);
    await failTimes(breaker, 1);
    expect(breaker.isOpen).toBe(true);
    jest.advanceTimersByTime(5_000);
    await breaker.call(() => Promise.resolve('value'));
    expect(breaker.isOpen).toBe(false);
  });

  it('stays closed while fewer than half of the calls fail', async () => {
    const breaker = createBreaker();
    for (let round = 0; round < 10; round += 1) {
      for (let call = 0; call < 2; call += 1) await breaker.call(() => Promise.resolve('value'));
      await failTimes(breaker, 1);
    }
    expect(breaker.isOpen).toBe(false);
  });

  it('closes after a successful trial call', async () => {
    const observer = { onOpen: jest.fn(), onClose: jest.fn() };
    const breaker = createBreaker({ observer });
    await failTimes(breaker, 4);
    await jest.advanceTimersByTimeAsync(4_999);
    await expect(breaker.call(() => Promise.resolve('value'))).rejects.toBeInstanceOf(Unavailable);
    await jest.advanceTimersByTimeAsync(1);
    await expect(breaker.call(() => Promise.resolve('value'))).resolves.toBe('value');
    expect(breaker.isOpen).toBe(false);
    expect([observer.onOpen.mock.calls.length, observer.onClose.mock.calls.length]).toEqual([1, 1]);
  });

  it('does not count errors that are no failures', async () => {
    const observer = { onSuccess: jest.fn(), onFailure: jest.fn() };
    const breaker = createBreaker({
      observer,
      isFailure: (error) => !(error instanceof Error && error.message === 'refused'),
    });
    for (let call = 0; call < 20; call += 1)
      await expect(breaker.call(() => fail('refused'))).rejects.toThrow('refused');
    await expect(breaker.call(fail)).rejects.toThrow('fault');
    expect([observer.onSuccess.mock.calls.length, observer.onFailure.mock.calls.length]).toEqual([20, 1]);
  });

  it('ends a call at its time limit, and counts it as a failure', async () => {
    const onFailure = jest.fn();
    const breaker = createBreaker({ timeoutMs: 2_000, observer: { onFailure } });
    const call = breaker.call(() => new Promise(() => undefined)).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1_999);
    expect(onFailure).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await expect(call).resolves.toMatchObject({ code: 'ETIMEDOUT' });
    expect(onFailure).toHaveBeenCalledTimes(1);
  });

  it('rejects calls beyond the maximum of concurrent calls', async () => {
    const onBusy = jest.fn();
    const breaker = createBreaker({ maxCalls: 1, observer: { onBusy } });
    let finish = (_value: string): void => undefined;
    const running = breaker.call(() => new Promise<string>((resolve) => (finish = resolve)));
    for (let call = 0; call < 3; call += 1) {
      const busy = breaker.call(() => Promise.resolve('value'));
      await expect(busy).rejects.toMatchObject({ name: 'Unavailable', retryAfter: 1 });
    }
    expect(onBusy).toHaveBeenCalledTimes(3);
    finish('value');
    await expect(running).resolves.toBe('value');
  });
});
