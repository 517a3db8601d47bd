/** Where the time comes from, so that tests can say what time it is. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

/** The clock of this device. */
export const systemClock: Clock = { now: () => Date.now() };
