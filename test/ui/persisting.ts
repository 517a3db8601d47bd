/** Erases all recordings there are. */
export const empty = async (): Promise<void> => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry("recordings", { recursive: true }).catch(() => undefined);
};

/**
 * How often the browser is asked meanwhile to erase nothing of this origin by itself; `act` can look at the count. There are no recordings
 * when it begins. `stays`: the browser has promised it before.
 */
export const persisting = async (
  act: (count: () => number) => Promise<void>,
  stays = false,
): Promise<number> => {
  const { storage } = navigator;
  const { persisted, persist } = storage;
  let asked = 0;
  await empty();
  Object.assign(storage, {
    persisted: async () => stays,
    persist: async () => {
      asked += 1;
      return false;
    },
  });
  try {
    await act(() => asked);
  } finally {
    Object.assign(storage, { persisted, persist });
  }
  return asked;
};
