import { Fault, isFault } from "../base/index.ts";
import { decodeRelayMessage, type PeerMessage, type RelayMessage } from "./message.ts";

/** A way to a relay and back. */
export interface RelayLink {
  /** Sends as soon as there is a relay. Rejects with Fault "no-relay" where there can be none. */
  post(message: PeerMessage): Promise<void>;
  /** Hands over what the relay says to anybody on this page, until the function it returns is called. */
  listen(take: (message: RelayMessage, port: MessagePort | null) => void): () => void;
}

/** The relay in this origin's service worker. Works before the page is controlled: what counts is an active worker. */
export function serviceWorkerLink(): RelayLink {
  const container = (globalThis.navigator as Navigator | undefined)?.serviceWorker;
  return {
    post: async (message) => {
      if (container === undefined) throw new Fault("no-relay"); // insecure or private context
      const { active } = await container.ready;
      active?.postMessage({ relay: message });
    },
    listen: (take) => {
      const hear = (event: MessageEvent): void => {
        const message = readRelay(event.data);
        if (message !== null) take(message, event.ports[0] ?? null);
      };
      container?.addEventListener("message", hear);
      container?.startMessages(); // addEventListener alone waits for DOMContentLoaded
      return () => container?.removeEventListener("message", hear);
    },
  };
}

function readRelay(data: unknown): RelayMessage | null {
  if (typeof data !== "object" || data === null || !("relay" in data)) return null;
  try {
    return decodeRelayMessage(data.relay);
  } catch (error) {
    if (isFault(error)) return null; // a relay of another version; the time-out speaks for it
    throw error;
  }
}
