import type { Context } from '../context.js';
import type { RequestOrigin } from '../domain/request-origin.js';

/** The time of a request and its client. */
export function readOrigin({ clientAddress, userAgent, clock }: Context): RequestOrigin {
  return { address: clientAddress, userAgent, now: clock.now() };
}
