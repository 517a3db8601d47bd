import type { CardRecord } from "../card/index.ts";
import { numberText } from "../keys/index.ts";
import type { CameraOnCard } from "./hub.api.ts";

/** What a page may know of a card's records: no key is among it. */
export const camerasOn = (records: readonly CardRecord[]): CameraOnCard[] =>
  records.map(({ number, name, generation, acknowledged }) => ({
    ...{ number: numberText(number), name, generation, acknowledged },
  }));
