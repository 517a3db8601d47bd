import type { PassRefusal } from "../auth/index.ts";
import { type Bytes, decodeCbor, encodeCbor } from "../base/index.ts";
import { tracks } from "../seal/index.ts";

/** Why a camera ended its stream, in its own words; a code never changes its place. */
export const endings = [
  "stopped", // by the person at the camera, or because its page was left
  "unplugged", // the capture device went away, or may not be used any more
  "replaced", // the same camera was started elsewhere
  "repaired", // it was paired anew: this stream is no longer for whom it was sealed to
  "failed", // pictures could not be taken or sealed
  "hidden", // its page was hidden, and this browser hands no pictures over then
  "asleep", // its device had slept, or the browser had frozen it
  "resized", // its pictures changed their size: the device was turned, or takes others now
  "crashed", // the worker that seals had died
] as const;
export type Ending = (typeof endings)[number];

/** After these a camera comes back by itself, as a new stream. */
export const interruptions = ["hidden", "asleep", "resized", "crashed"] as const satisfies readonly Ending[];
export type Interruption = (typeof interruptions)[number];

/** Why a viewer gets none of the pictures that it wants, however long it waits; likewise. */
export const unsentReasons = [
  "large", // each is longer than this way ever takes
  "turned", // the device says how its pixels are to be turned, which is not signed of raw pictures
] as const;
export type Unsent = (typeof unsentReasons)[number];

/** Why a camera lets nobody in without another viewing pass; likewise. */
export const passRefusals: readonly PassRefusal[] = ["none", "form", "signature", "foreign", "expired"];

/** Small talk from a camera to a viewer that watches it. Nothing here is believed: what a camera vouches for is sealed. */
export type CameraTalk =
  /** The viewer proves its key over this nonce (32 bytes) before it gets anything else [RP19]. */
  | { readonly kind: "challenge"; readonly nonce: Bytes }
  /** Its pictures come on this track from now on: the one it wants, or the other one where it could not be served there. */
  | { readonly kind: "serving"; readonly track: number }
  /** Of the pictures that it wants none can be sent to it; others can. */
  | { readonly kind: "unsent"; readonly why: Unsent }
  /** The key was proven, and no pass came with it that counts, or it has ended [RP21]. Nothing follows. */
  | { readonly kind: "pass"; readonly why: PassRefusal }
  /** Comes right before the signed end; without one it says nothing. */
  | { readonly kind: "ending"; readonly ending: Ending }
  /** This stream is a new one because the one before it ended so: it may have had no time to say it. That somebody ended it is said by a signed end alone. */
  | { readonly kind: "before"; readonly ending: Interruption };

// ["challenge", nonce] · ["serving", track] · ["pass", place in the list] · ["ending", place in the list] · ["before", place in the same list] · ["unsent", place in the list]
export const encodeCameraTalk = (talk: CameraTalk): Bytes => encodeCbor([talk.kind, contentOf(talk)]);

const contentOf = (talk: CameraTalk): Bytes | number => {
  switch (talk.kind) {
    case "challenge":
      return talk.nonce;
    case "serving":
      return talk.track;
    case "unsent":
      return unsentReasons.indexOf(talk.why);
    case "pass":
      return passRefusals.indexOf(talk.why);
    case "ending":
    case "before":
      return endings.indexOf(talk.ending);
  }
};

const isInterruption = (ending: Ending | undefined): ending is Interruption =>
  (interruptions as readonly (Ending | undefined)[]).includes(ending);

/** null: not small talk of a camera's; ignored. */
export const decodeCameraTalk = (bytes: Uint8Array): CameraTalk | null => {
  try {
    const value = decodeCbor(bytes, { depth: 1, length: 64 });
    if (!Array.isArray(value) || value.length !== 2) return null;
    const [kind, content] = value;
    if (kind === "challenge" && content instanceof Uint8Array && content.length === 32)
      return { kind, nonce: content as Bytes };
    if (kind === "serving" && (content === tracks.full || content === tracks.small))
      return { kind, track: content };
    const why = typeof content === "number" ? passRefusals[content] : undefined;
    if (kind === "pass") return why === undefined ? null : { kind, why };
    const unsent = typeof content === "number" ? unsentReasons[content] : undefined;
    if (kind === "unsent") return unsent === undefined ? null : { kind, why: unsent };
    const ending = typeof content === "number" ? endings[content] : undefined;
    if (kind === "before") return isInterruption(ending) ? { kind, ending } : null;
    return kind === "ending" && ending !== undefined ? { kind, ending } : null;
  } catch {
    return null;
  }
};
