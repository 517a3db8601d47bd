const item = "sealcam-idle-minutes";

/** After how many minutes without a hand on it a card is locked; what a person may choose. */
export const idleChoices: readonly number[] = [1, 5, 15, 60];
const usual = 15;

/** What was chosen on this device. */
export const keptIdleMinutes = (): number => {
  try {
    const kept = Number(localStorage.getItem(item));
    return idleChoices.includes(kept) ? kept : usual;
  } catch {
    return usual;
  }
};

export const keepIdleMinutes = (minutes: number): void => {
  try {
    localStorage.setItem(item, String(minutes));
  } catch {
    // A private window, or no room: it is as it was.
  }
};
