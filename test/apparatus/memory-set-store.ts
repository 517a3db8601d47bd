import type { CameraSet, SetStore } from "../../src/apparatus/hub-store.ts";

/** A hub's sets in memory; `sets` is for tests to reach into. */
export const memorySetStore = (): SetStore & { readonly sets: Map<string, CameraSet> } => {
  const sets = new Map<string, CameraSet>();
  return {
    sets,
    read: async (number) => sets.get(number) ?? null,
    list: async () => [...sets],
    async change(number, act) {
      const next = act(sets.get(number) ?? null);
      if (next) sets.set(number, next);
      return next;
    },
  };
};
