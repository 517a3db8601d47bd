import type { Bytes } from "./bytes.ts";

declare const brand: unique symbol;

/** Bytes that were encrypted: the only kind a carrier or a store of pictures accepts. */
export type Sealed = Bytes & { readonly [brand]: true };

/** Marks bytes as sealed. For `seal/` alone (a law test says so): nobody else can know it. */
export function asSealed(bytes: Bytes): Sealed {
  return bytes as Sealed;
}
