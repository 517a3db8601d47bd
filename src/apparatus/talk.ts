import { type Bytes, decodeCbor, encodeCbor } from "../base/index.ts";
import { type VideoFamily, videoFamilies } from "../media/index.ts";
import { maxPass, type ViewingProof } from "./viewing-proof.ts";

/** What a viewer wants to be sent. What it does not want is not sealed for it, nor sent. */
export interface Want {
  /** Track 0, 1 or 2. */
  readonly picture: "lossless" | "full" | "small";
  /** The most pixels of the picture's longer side; of a lossless one nothing is changed. */
  readonly longest: number;
  readonly framesPerSecond: number;
  readonly sound: boolean;
  readonly text: boolean;
}

/**
 * Small talk from a viewer to the camera it watches, beside the sealed items that come back. Nothing here is
 * believed but a proof: a nonce asks for a signature, credit only lets frames flow, an ask repeats what is public anyway.
 */
export type ViewerTalk =
  | { readonly kind: "nonce"; readonly nonce: Bytes }
  /** Every frame of this track up to this sequence is done with; null: some one frame is, which could not be read. */
  | { readonly kind: "credit"; readonly upTo: { readonly track: number; readonly sequence: number } | null }
  /** Send the head and the announcement of this epoch again. */
  | { readonly kind: "ask"; readonly epoch: number }
  /** `decodes`: the families of video that it can decode; of others it gets stills. */
  | { readonly kind: "want"; readonly want: Want; readonly decodes: readonly VideoFamily[] }
  /** Nothing can be shown of this track before a key frame. */
  | { readonly kind: "key"; readonly track: number }
  /** A recording begins here: a still, and a key frame behind it. */
  | { readonly kind: "still" }
  /** Before this viewer's card was opened, so many wrong passwords were tried on it: five at least [RP24]. */
  | { readonly kind: "guessed"; readonly passwords: number }
  /** The answer to a camera's challenge, without which it sends nothing [RP19]. */
  | { readonly kind: "proof"; readonly proof: ViewingProof };

/** What a viewer wants before a person has said anything else. */
export const usualWant: Want = {
  ...{ picture: "full", longest: 1280, framesPerSecond: 30 },
  ...{ sound: false, text: true },
};

/** Every picture that the device gives, as the sensor had it. */
export const exactWant: Want = { ...usualWant, picture: "lossless", longest: 4096, framesPerSecond: 60 };

/** Who wants so many a second wants all that the device gives. */
export const mostFramesPerSecond = 60;

/** Raw frames a camera sends ahead of a viewer's credit: with the two below the bound of every queue between the two. */
export const framesAhead = 4;
/** Coded pictures likewise: a third of a second at 25 a second. */
export const codedAhead = 8;
/** Bundles of sound and lines of text likewise. */
export const othersAhead = 16;
/** A viewer asks for what is missing at most this often. ms */
export const askInterval = 1_000;
/** A viewer that gives no credit gets a frame this often all the same, so that lost ones do not end the picture. ms */
export const probeInterval = 2_000;

/** Viewers that may watch one stream at once: each costs a copy of every frame. */
export const mostWatchers = 16;

/** Wrong passwords that a viewer tells its cameras of; fewer are a person's own. */
export const leastGuessed = 5;

const pictures = ["lossless", "full", "small"] as const;

export const encodeTalk = (talk: ViewerTalk): Bytes => {
  switch (talk.kind) {
    case "nonce":
      return encodeCbor(["nonce", talk.nonce]);
    case "credit":
      return encodeCbor(["credit", talk.upTo && [talk.upTo.track, talk.upTo.sequence]]);
    case "ask":
      return encodeCbor(["ask", talk.epoch]);
    case "want": {
      const { picture, longest, framesPerSecond, sound, text } = talk.want;
      const decodes = videoFamilies.flatMap((family, at) => (talk.decodes.includes(family) ? [at] : []));
      return encodeCbor(["want", pictures.indexOf(picture), longest, framesPerSecond, sound, text, decodes]);
    }
    case "key":
      return encodeCbor(["key", talk.track]);
    case "still":
      return encodeCbor(["still", null]);
    case "guessed":
      return encodeCbor(["guessed", talk.passwords]);
    case "proof":
      return encodeCbor(["proof", talk.proof.key, talk.proof.envelope, talk.proof.pass]);
  }
};

const isCount = (value: unknown): value is number => typeof value === "number" && value >= 0;

/** null: not small talk of ours; ignored. */
export const decodeTalk = (bytes: Uint8Array): ViewerTalk | null => {
  try {
    const value = decodeCbor(bytes, { depth: 2, length: maxPass + 128 });
    if (!Array.isArray(value)) return null;
    const [kind, ...content] = value;
    if (kind === "proof") return proofOf(content);
    if (bytes.length > 64) return null;
    const [first, ...others] = content;
    if (kind === "want") return wantOf(content);
    if (others.length > 0) return null;
    if (kind === "still" && first === null) return { kind };
    if (kind === "nonce" && first instanceof Uint8Array && first.length === 32)
      return { kind, nonce: first as Bytes };
    if (kind === "credit" && first === null) return { kind, upTo: null };
    if (kind === "credit" && Array.isArray(first)) {
      const [track, sequence, ...more] = first;
      if (isCount(track) && isCount(sequence) && more.length === 0)
        return { kind, upTo: { track, sequence } };
    }
    if (kind === "ask" && isCount(first)) return { kind, epoch: first };
    if (kind === "key" && isCount(first)) return { kind, track: first };
    if (kind === "guessed" && isCount(first) && first >= leastGuessed) return { kind, passwords: first };
    return null;
  } catch {
    return null;
  }
};

const wantOf = (content: readonly unknown[]): ViewerTalk | null => {
  const [at, longest, framesPerSecond, sound, text, listed, ...more] = content;
  const decodes = familiesOf(listed);
  const picture = isCount(at) ? pictures[at] : undefined;
  if (!picture || !isCount(longest) || !isCount(framesPerSecond) || more.length > 0) return null;
  if (typeof sound !== "boolean" || typeof text !== "boolean" || !decodes) return null;
  return { kind: "want", want: { picture, longest, framesPerSecond, sound, text }, decodes };
};

/** Places in the list of families, each once and in its order. */
const familiesOf = (listed: unknown): VideoFamily[] | null => {
  if (!Array.isArray(listed)) return null;
  const found = videoFamilies.filter((_, at) => listed.includes(at));
  const isOrdered = listed.every((at, index) => index === 0 || at > listed[index - 1]);
  return found.length === listed.length && isOrdered ? found : null;
};

const isBytes = (value: unknown, least: number, most = least): value is Bytes =>
  value instanceof Uint8Array && value.length >= least && value.length <= most;

const proofOf = (content: readonly unknown[]): ViewerTalk | null => {
  const [key, envelope, pass, ...more] = content;
  if (!isBytes(key, 32) || !isBytes(envelope, 73) || more.length > 0) return null;
  if (pass !== null && !isBytes(pass, 1, maxPass)) return null;
  return { kind: "proof", proof: { key, envelope, pass } };
};
