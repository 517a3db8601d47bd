import type { PeerMessage, RelayMessage } from "./message.ts";
import type { Passage } from "./passage.ts";

/** A way to a relay and back. */
export interface RelayLink {
  /** Of the relay behind it, as `location.origin` writes it: what is asked over this link is proven for this origin alone. */
  readonly origin: string;
  /** Sends as soon as there is a relay. Rejects with Fault "no-relay" where there can never be one. */
  post(message: PeerMessage): Promise<void>;
  /**
   * Hands over what the relay says to anybody on this page, until the function it returns is called. `take` answers whether it
   * was meant for this listener: a passage that nobody takes is closed. `lost`: what the relay said before is forgotten there.
   */
  listen(take: (message: RelayMessage, passage: Passage | null) => boolean, lost?: () => void): () => void;
}
