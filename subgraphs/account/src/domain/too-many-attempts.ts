import { Rejection } from '@souk/shared/errors';

const minuteMs = 60_000;

/**
 * The rejection of an attempt beyond a limit.
 * @param message names the limit, and ends where the time to wait for follows: "Try again in 5 minutes."
 */
export function tooManyAttempts(message: string, retryAt: Date, now: Date): Rejection {
  const minutes = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / minuteMs));
  return new Rejection(
    'TOO_MANY_ATTEMPTS',
    `${message} in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    { typename: 'TooManyAttemptsError', details: { retryAt: retryAt.toISOString() } },
  );
}
