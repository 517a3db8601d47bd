import { readLink } from "../../auth/index.ts";
import { Fault } from "../../base/index.ts";

/** Codes of the faults of a text that is to be a pairing link, beside "link-malformed". */
export type ScannedFault =
  | "link-none" // something else: another site's address, a Wi-Fi password
  | "link-foreign"; // a pairing link of an app that is served elsewhere

/**
 * The fragment of a pairing link that was scanned, typed or pasted, without "#". Only a link of one of these origins is one, this page's own and
 * those that its server names: the camera would look for its hub in vain elsewhere. Nobody is sent to another site by a code. Whether it
 * has expired the hub says. Faults of `ScannedFault`, "link-malformed".
 */
export const readScanned = (text: string, origins: readonly string[]): string => {
  const [, from = "", fragment = ""] = /^(.*)\/pair#([^#]*)$/s.exec(text.trim()) ?? [];
  if (!origins.includes(from)) throw new Fault<ScannedFault>(isOrigin(from) ? "link-foreign" : "link-none");
  readLink(fragment);
  return fragment;
};

const isOrigin = (text: string): boolean =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
