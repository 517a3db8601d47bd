import { equal } from "../base/index.ts";

/** A camera that somebody vouches for: its number, from a card or compared by a person. */
export interface KnownCamera {
  /** 32 bytes. */
  readonly number: Uint8Array;
  /** The card's decryption keys for it (age identities): every frame is opened too. null: there is no card. */
  readonly identities: readonly string[] | null;
}

/** What is asked of a card's record. */
interface OnCard {
  readonly number: Uint8Array;
  /** By rising generation. */
  readonly decryptionKeys: readonly { readonly identity: string }[];
}

/**
 * The cameras somebody vouches for: those of an open card, or the one with this number (32 bytes), or both at once. A card without
 * that camera opens nothing of it; without a card (null) nothing is opened at all.
 */
export const knownCameras = (number: Uint8Array | null, card: readonly OnCard[] | null): KnownCamera[] => {
  const known = (card ?? []).map((record) => ({
    number: record.number,
    identities: record.decryptionKeys.map(({ identity }) => identity).reverse(),
  }));
  if (number === null) return known;
  const record = known.find((one) => equal(one.number, number));
  return [record ?? { number, identities: card ? [] : null }];
};
