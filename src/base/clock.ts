/** Where the time comes from, so that tests can say what time it is. */
export interface Clock {
  /** Milliseconds: since 1970-01-01T00:00:00Z, or of a steady clock since some moment of its own. */
  now(): number;
}

/** The clock of this device. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * A clock for durations alone; its zero means nothing. It never goes back, and from one call to the next it advances by
 * whichever of the two clocks advanced more: one that was set back makes nothing younger, and neither does a device
 * that slept, whose monotonic clock may have stood. It errs by up to a millisecond for each call, and towards older.
 */
export const makeSteadyClock = (
  monotonic: () => number = () => performance.now(),
  wall: () => number = () => Date.now(),
): Clock => {
  let [lastMonotonic, lastWall, elapsed] = [monotonic(), wall(), 0];
  return {
    now() {
      const [nowMonotonic, nowWall] = [monotonic(), wall()];
      elapsed += Math.max(0, nowMonotonic - lastMonotonic, nowWall - lastWall);
      [lastMonotonic, lastWall] = [nowMonotonic, nowWall];
      return elapsed;
    },
  };
};

/** This realm's clock for durations: freshness, silence, credit. */
export const steadyClock: Clock = makeSteadyClock();
