import { Fault, faultCode } from "../base/index.ts";
import { type CardStore, type OpenCard, openCard, workerSlots } from "../card/index.ts";
import { guessStore } from "./guess-store.ts";

/** Opens a card of this device with its password, whose stretching runs in a worker of its own. A wrong one is noted. Fault "card-none", and those of `openCard`. */
export const openStoredCard = async (
  cards: Promise<CardStore>,
  id: string,
  password: string,
): Promise<OpenCard> => {
  const file = await (await cards).read(id);
  if (!file) throw new Fault("card-none");
  try {
    return await openCard(file, password, { slots: workerSlots });
  } catch (error) {
    // A note that cannot be kept takes nothing from what is said.
    if (faultCode(error) === "password")
      await guessStore()
        .note(id)
        .catch(() => undefined);
    throw error;
  }
};
