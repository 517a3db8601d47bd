import type { CardPlacesNow } from "../models/snapshots.ts";
import { texts } from "../texts/index.ts";

/** Where a card lies, in words. */
export const whereWords = (place: string | null, { open }: CardPlacesNow): string => {
  const t = texts().places;
  const there = open.find(({ key }) => key === place);
  if (!there) return t.browser;
  return there.kind === "file" ? t.inFile(there.name) : t.at(there.name);
};
