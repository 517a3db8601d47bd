import { faultCode, isFault } from "../../src/base/index.ts";
import type { AttemptStore } from "../../src/card/index.ts";
import { same } from "./card-store.ts";

/** Two doors to the same counts, as two tabs have them; and what is closed in the end. */
export interface AttemptBench {
  readonly store: AttemptStore;
  readonly other: AttemptStore;
  close(): Promise<void>;
}

const refusal = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
    return "admitted";
  } catch (error) {
    return isFault(error) ? `${error.code} ${error.detail.seconds}` : faultCode(error);
  }
};
const START = 1_000_000;

/** [CF22] The rules of every AttemptStore. */
export const attemptRules: { title: string; run(bench: AttemptBench): Promise<void> }[] = [
  {
    title: "[CF22] three attempts are free, then each wait is twice as long, up to five minutes",
    async run({ store }) {
      for (let free = 0; free < 3; free += 1) await store.claim("card", START);
      let now = START;
      for (const seconds of [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]) {
        same(await refusal(store.claim("card", now)), `card-wait ${seconds}`);
        same(await refusal(store.claim("card", now + seconds * 1000 - 1)), "card-wait 1");
        now += seconds * 1000;
        same(await refusal(store.claim("card", now)), "admitted");
      }
    },
  },
  {
    title: "[CF22] who opens the card is told how many failed before, and counting begins anew",
    async run({ store, other }) {
      await store.claim("card", START);
      await other.claim("card", START);
      await store.claim("card", START);
      same(await other.opened("card", true), 2);
      await store.claim("card", START);
      same(await store.opened("card", true), 0);
      await store.claim("card", START);
      same(await store.opened("card", false), 1);
      same(await store.opened("card", false), 0);
    },
  },
  {
    title: "[CF22] attempts that two tabs make at once are each counted",
    async run({ store, other }) {
      const all = Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? store : other).claim("card", START));
      const admitted = (await Promise.allSettled(all)).filter(({ status }) => status === "fulfilled");
      same(admitted.length, 3);
    },
  },
  {
    title: "[CF22] one that told nothing about the password is taken back",
    async run({ store }) {
      await store.claim("card", START);
      await store.takeBack("card");
      for (let free = 0; free < 3; free += 1) await store.claim("card", START);
      same(await refusal(store.claim("card", START)), "card-wait 2");
      same(await store.opened("card", true), 2);
      await store.takeBack("card");
      await store.claim("card", START);
      same(await store.opened("card", true), 0);
    },
  },
  {
    title: "[CF22] a refused attempt is not counted, and cards do not slow each other down",
    async run({ store }) {
      for (let free = 0; free < 3; free += 1) await store.claim("card", START);
      for (let tries = 0; tries < 5; tries += 1) await refusal(store.claim("card", START));
      same(await refusal(store.claim("another", START)), "admitted");
      same(await refusal(store.claim("card", START + 2000)), "admitted");
      same(await store.opened("card", true), 3);
    },
  },
  {
    title: "[CF22] a clock that was set back makes nobody wait longer than the wait is",
    async run({ store }) {
      for (let free = 0; free < 3; free += 1) await store.claim("card", START);
      same(await refusal(store.claim("card", 1000)), "card-wait 2");
      same(await refusal(store.claim("card", 3000)), "admitted");
    },
  },
];
