import { Crypto } from "@peculiar/webcrypto";

/**
 * To be imported before anything else: what runs in Node, the tests and `npm run verify`, runs on @peculiar/webcrypto, so that
 * the modules meet a second WebCrypto beside the browsers'.
 */

/** The WebCrypto that Node came with. */
export const native: globalThis.Crypto = globalThis.crypto;

Object.defineProperty(globalThis, "crypto", { value: new Crypto(), configurable: true });
