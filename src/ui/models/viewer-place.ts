/**
 * Where one stands on `/viewer`, as its address says behind "#": a camera by its number, all of the card side by side, or the list. The fragment
 * is told to no server.
 */
export type ViewerPlace = "list" | "grid" | { readonly number: string };

export const readPlace = (hash: string): ViewerPlace => {
  if (hash === "#all") return "grid";
  const [, number] = /^#([a-z2-7]{52})$/i.exec(hash) ?? [];
  return number === undefined ? "list" : { number: number.toUpperCase() };
};

export const placeHash = (place: ViewerPlace): string => {
  if (place === "list") return "";
  return place === "grid" ? "#all" : `#${place.number}`;
};
