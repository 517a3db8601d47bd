import { type CardSecret, cardIdOf } from "../../apparatus/index.ts";
import { transfer } from "../../base/index.ts";
import { askCardPasskey } from "./card-passkey.ts";
import type { CardWay } from "./snapshots.ts";

/** What a worker opens a card with. A passkey is asked for now; what it gives is the worker's, and is not here any more once it is sent. */
export const secretOf = async (id: string, way: CardWay): Promise<CardSecret> => {
  if (way !== "passkey") return way;
  const passkey = await askCardPasskey(cardIdOf(id));
  return transfer({ passkey }, [passkey.buffer]);
};
