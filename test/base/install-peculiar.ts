import { Crypto } from "@peculiar/webcrypto";

/** The WebCrypto that Node came with. */
export const native: globalThis.Crypto = globalThis.crypto;

Object.defineProperty(globalThis, "crypto", { value: new Crypto(), configurable: true });
