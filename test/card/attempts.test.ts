import { describe, it } from "node:test";
import { type Attempts, memoryAttempts } from "../../src/card/index.ts";
import { attemptRules } from "../contract/attempt-store.ts";

describe("attempts counted in memory", () => {
  for (const { title, run } of attemptRules)
    it(title, () => {
      const kept = new Map<string, Attempts>();
      return run({ store: memoryAttempts(kept), other: memoryAttempts(kept), close: async () => {} });
    });
});
