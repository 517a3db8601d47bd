import { formatCount } from "../texts/index.ts";

/** A delay in ms as "8 ms", "1.2 s". */
export function delayWords(delay: number): string {
  return delay < 1000
    ? `${Math.max(0, Math.round(delay))} ms`
    : `${formatCount(Math.round(delay / 100) / 10)} s`;
}
