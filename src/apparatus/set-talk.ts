import { type Bytes, decodeCbor, encodeCbor } from "../base/index.ts";

/** Why a camera does not take a recipient set; a code never changes its place. */
export const setRefusals = [
  "recipients", // not signed by the hub that it obeys, or not about this camera
  "old", // no newer than the one it holds
  "failed", // it could not be kept
] as const;
export type SetRefusal = (typeof setRefusals)[number];

/** What a camera and its hub say to each other once the hub's control key was proven [RP25]. Nothing is believed but what is signed. */
export type SetTalk =
  /** Camera: the generation that it holds. */
  | { readonly kind: "holds"; readonly generation: number }
  /** Hub: the set that is to be in force, as the control key signed it. */
  | { readonly kind: "recipients"; readonly signed: Bytes }
  /** Camera: its envelope over exactly that set, which is in force now. */
  | { readonly kind: "acknowledged"; readonly envelope: Bytes }
  /** Camera: it is not. */
  | { readonly kind: "refused"; readonly why: SetRefusal };

/** The longest set, in bytes: with what is around it, a talk [CR1] holds it. */
const maxSet = 16_000;

// ["holds", generation] · ["recipients", signed set] · ["acknowledged", envelope] · ["refused", place in the list]
export const encodeSetTalk = (talk: SetTalk): Bytes => encodeCbor([talk.kind, contentOf(talk)]);

const contentOf = (talk: SetTalk): Bytes | number => {
  switch (talk.kind) {
    case "holds":
      return talk.generation;
    case "recipients":
      return talk.signed;
    case "acknowledged":
      return talk.envelope;
    case "refused":
      return setRefusals.indexOf(talk.why);
  }
};

/** null: none of these; ignored. */
export const decodeSetTalk = (bytes: Uint8Array): SetTalk | null => {
  try {
    const value = decodeCbor(bytes, { depth: 1, length: maxSet + 64 });
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [kind, content] = value;
    if (kind === "holds" && typeof content === "number" && content >= 0) return { kind, generation: content };
    if (kind === "recipients" && isBytes(content, 1, maxSet)) return { kind, signed: content };
    if (kind === "acknowledged" && isBytes(content, 73, 73)) return { kind, envelope: content };
    const why = typeof content === "number" ? setRefusals[content] : undefined;
    return kind === "refused" && why !== undefined ? { kind, why } : null;
  } catch {
    return null;
  }
};

const isBytes = (value: unknown, least: number, most: number): value is Bytes =>
  value instanceof Uint8Array && value.length >= least && value.length <= most;
