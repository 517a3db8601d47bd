import type { CardOutside } from "../card/index.ts";
import { idbStore } from "../card/index.ts";
import { camerasOn } from "./cameras-on-card.ts";
import type { CameraOnCard } from "./hub.api.ts";
import type { OpenRecords } from "./open-records.ts";
import { openStoredCard } from "./open-stored-card.ts";

/** What a worker does with this device's cards. */
export interface CardControls {
  cards(): Promise<CardOutside[]>;
  open(id: string, password: string): Promise<CameraOnCard[]>;
  eject(): Promise<void>;
}

/** Opens one card at a time into `records`; what was loaded with the one before is unloaded first. */
export const cardControls = (records: OpenRecords, { unload }: { unload(): Promise<void> }): CardControls => {
  const stored = idbStore();
  return {
    cards: async () => (await stored).list(),
    open: async (id, password) =>
      camerasOn(
        await records.open(async () => {
          await unload();
          return openStoredCard(stored, id, password);
        }),
      ),
    async eject() {
      records.shut();
      await unload();
    },
  };
};
