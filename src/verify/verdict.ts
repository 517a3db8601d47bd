/** The four states of a picture (D3 of the mission). This version reaches ST0 and ST1. */
export type State = "ST0" | "ST1" | "ST2" | "ST3";

/**
 * Why a picture is ST0: the closed list of `src/seal/FORMAT.md` [SF-reasons]. A code never changes its meaning;
 * the sentence people read belongs to `ui/texts`.
 */
export const reasons = [
  "waiting", // no frame has arrived yet
  "camera-unknown", // neither a card nor a person vouches for the key
  "number", // the key's thumbprint is not the number on the card
  "malformed", // bytes that do not decode strictly
  "version", // a format version this reader does not know
  "head", // the stream's head is not signed by the camera
  "earlier-stream", // the head's counter is not newer than one this viewer has seen
  "unremembered", // this viewer could not keep the head, so an earlier stream could pass for a new one later
  "epoch", // an announcement that is not signed by the camera for this stream, or a frame of an epoch that its track has left
  "no-key", // the card opens none of the epoch's wraps
  "signature", // the frame is not signed by this camera for this stream
  "tree", // the sealed bytes were changed after signing; the changed tiles are known
  "commitment", // the opening key is not the one the camera committed to
  "tag", // the authenticated cipher refuses the bytes
  "sequence", // a frame that was seen already, or arrives after a later one
  "codec", // signed and unchanged, but this browser cannot show it
  "silent", // nothing has arrived for a while
  "ended", // the camera ended the stream, signed
  "disconnected", // the other side is gone
] as const;
export type Reason = (typeof reasons)[number];

/** The checks a person can ask for under "why?", in the order they are made. */
export const checkNames = ["number", "signature", "tree", "commitment", "sequence", "live"] as const;
export type CheckName = (typeof checkNames)[number];
export type CheckResult = "passed" | "failed" | "not-run";

/** What the receiver judged about one frame, or about having none. Immutable; crosses workers as a plain value. */
export interface Verdict {
  readonly state: State;
  /** Present exactly when `state` is ST0. */
  readonly reason?: Reason;
  /** Proven fresh: the stream carries, signed, a nonce this viewer chose a few seconds ago. */
  readonly live: boolean;
  readonly checks: Readonly<Record<CheckName, CheckResult>>;
  /** Good frames still needed before a picture is drawn again after a failure; 0 when drawn. */
  readonly recovering: number;
  /** Row-major numbers of the tiles that were changed, when `reason` is "tree" and they could be located. */
  readonly changedTiles: readonly number[];
  /** Frames of this stream that never arrived, so far. A raw frame stands alone: a gap is shown, not a fault. */
  readonly missing: number;
  /** Of the frame judged: its sequence number and the camera clock's capture time in ms since the epoch. */
  readonly frame?: { readonly sequence: number; readonly captured: number };
}
