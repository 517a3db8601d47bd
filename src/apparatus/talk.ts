import { type Bytes, decodeCbor, encodeCbor } from "../base/index.ts";

/**
 * Small talk from a viewer to the camera it watches, beside the sealed items that come back. Nothing here is
 * believed: a nonce asks for a signature, credit only lets frames flow, an ask repeats what is public anyway.
 */
export type ViewerTalk =
  | { readonly kind: "nonce"; readonly nonce: Bytes }
  /** Every frame up to this sequence is done with; null: some one frame is, which could not be read. */
  | { readonly kind: "credit"; readonly upTo: number | null }
  /** Send the head and the announcement of this epoch again. */
  | { readonly kind: "ask"; readonly epoch: number };

/** Frames a camera sends ahead of a viewer's credit: the bound of every queue between the two. */
export const framesAhead = 4;
/** A viewer asks for what is missing at most this often. ms */
export const askInterval = 1_000;
/** A viewer that gives no credit gets a frame this often all the same, so that lost ones do not end the picture. ms */
export const probeInterval = 2_000;

/** Viewers that may watch one stream at once: each costs a copy of every frame. */
export const mostWatchers = 16;

export const encodeTalk = (talk: ViewerTalk): Bytes => {
  switch (talk.kind) {
    case "nonce":
      return encodeCbor(["nonce", talk.nonce]);
    case "credit":
      return encodeCbor(["credit", talk.upTo]);
    case "ask":
      return encodeCbor(["ask", talk.epoch]);
  }
};

/** null: not small talk of ours; ignored. */
export const decodeTalk = (bytes: Uint8Array): ViewerTalk | null => {
  try {
    const value = decodeCbor(bytes, { depth: 2, length: 64 });
    if (!Array.isArray(value)) return null;
    const [kind, content] = value;
    if (kind === "nonce" && value.length === 2 && content instanceof Uint8Array && content.length === 32)
      return { kind, nonce: content as Bytes };
    if (kind === "credit" && value.length === 2 && (content === null || typeof content === "number"))
      return { kind, upTo: content };
    if (kind === "ask" && value.length === 2 && typeof content === "number" && content >= 0)
      return { kind, epoch: content };
    return null;
  } catch {
    return null;
  }
};
