import { Cancellation } from '../cancellation.js';
import { withDeadline } from './deadline.js';

const createError = (): Error => new Error('too late');
const never = new Promise<never>(() => undefined);

describe('withDeadline', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('returns what the promise resolves to, and leaves no timer', async () => {
    await expect(withDeadline(Promise.resolve('value'), { timeoutMs: 10, createError })).resolves.toBe(
      'value',
    );
    expect(jest.getTimerCount()).toBe(0);
  });

  it('throws what the promise rejects with, and leaves no timer', async () => {
    const failing = Promise.reject(new Error('fault'));
    await expect(withDeadline(failing, { timeoutMs: 10, createError })).rejects.toThrow('fault');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('throws the error of the deadline at the deadline', async () => {
    let failure: unknown = null;
    withDeadline(never, { timeoutMs: 10, createError }).catch((error: unknown) => (failure = error));
    await jest.advanceTimersByTimeAsync(9);
    expect(failure).toBeNull();
    await jest.advanceTimersByTimeAsync(1);
    expect(failure).toEqual(createError());
  });

  it('throws the reason of a cancellation, also of an earlier one', async () => {
    const cancellation = new Cancellation();
    const waiting = withDeadline(never, { timeoutMs: 10, createError, cancellation });
    cancellation.cancel(new Error('the client has gone'));
    await expect(waiting).rejects.toThrow('the client has gone');
    await expect(withDeadline(never, { timeoutMs: 10, createError, cancellation })).rejects.toThrow(
      'the client has gone',
    );
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves no hook in the cancellation', async () => {
    const cancellation = new Cancellation();
    const unhook = jest.fn();
    jest.spyOn(cancellation, 'onCancel').mockReturnValue(unhook);
    await withDeadline(Promise.resolve('value'), { timeoutMs: 10, createError, cancellation });
    expect(unhook).toHaveBeenCalledTimes(1);
  });
});
