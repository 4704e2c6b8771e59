/** The present time. Rules take it as an argument or through this, so that tests can set it. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. Clocks of different processes differ by a second: nothing may depend on less. */
export const systemClock: Clock = { now: () => new Date() };
