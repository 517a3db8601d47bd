/**
 * The motif, on a 24 grid: a ring with a notch bitten out at the top. As a filled shape, for marks that do not move; the
 * state icon strokes its ring, so that it can open and close.
 */
export const sealRing =
  "M9.6 2.29A10 10 0 1 0 14.4 2.29L12 5.2ZM10.1 4.65L12 7.1L13.9 4.65A7.6 7.6 0 1 1 10.1 4.65Z";
