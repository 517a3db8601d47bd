import type { Bytes, Sealed } from "../base/index.ts";

/** What may be handed to a carrier: sealed bytes, or small talk (nonces, credit, asks) of at most MAX_TALK bytes. */
export type CarrierMessage = { readonly sealed: Sealed } | { readonly talk: Bytes };

/**
 * What comes out of one. The bytes are what a stranger sent, so nothing says yet that they are sealed: that is
 * for `seal/` to find out.
 */
export type Arrival = { readonly sealed: Bytes } | { readonly talk: Bytes };

/**
 * Why a carrier ended: the other side closed it; it died; it never said a word after the introduction.
 * Nothing was lost on the way before "closed"; before "gone" it may have been.
 */
export type CloseReason = "closed" | "gone" | "silent";

/** Small talk of one message, in bytes. */
export const MAX_TALK = 16 * 1024;

/** Sealed bytes of one message. */
export const MAX_SEALED = 64 * 1024 * 1024;

/**
 * A way between two peers that were introduced. It keeps order, and loses nothing while both ends live. It holds nothing back by
 * itself: who sends sealed items asks `hasRoom` first.
 */
export interface Carrier {
  /**
   * Sends; sealed bytes are consumed (their buffer is transferred where that is possible).
   * After the end it does nothing. Throws TypeError or RangeError on anything but a CarrierMessage.
   */
  send(message: CarrierMessage): void;
  /** Whether a sealed item of this many bytes may be sent now: the other side has taken enough of what was sent before. */
  hasRoom(length: number): boolean;
  /** Bytes of sealed items that may be under way at most: a longer one never has room. 0 until the other side has said it. */
  readonly window: number;
  /** Takes what arrives. Nothing is delivered before it is set, and nothing is lost until then. */
  onmessage: ((message: Arrival) => void) | null;
  /** Called once, and not after close(). */
  onclose: ((reason: CloseReason) => void) | null;
  /** Messages that arrived, were not an Arrival, and were dropped. */
  readonly ignored: number;
  /** Ends it from this side. */
  close(): void;
}
