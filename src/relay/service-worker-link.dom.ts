import { Fault, isFault } from "../base/index.ts";
import { decodeRelayMessage, type RelayMessage } from "./message.ts";
import { localPassage } from "./passage.ts";
import type { RelayLink } from "./relay-link.ts";

/** The relay in this origin's service worker. Works before the page is controlled: what counts is an active worker. */
export function serviceWorkerLink(): RelayLink {
  const container = (globalThis.navigator as Navigator | undefined)?.serviceWorker;
  return {
    get origin() {
      return location.origin;
    },
    post: async (message) => {
      if (container === undefined) throw new Fault("no-relay"); // insecure or private context
      const { active } = await container.ready;
      active?.postMessage({ relay: message });
    },
    listen: (take) => {
      const hear = (event: MessageEvent): void => {
        const message = readRelay(event.data);
        const [port] = event.ports;
        // Not closed where nobody takes it: each listener hears every event, and the port may be another one's.
        if (message !== null) take(message, port === undefined ? null : localPassage(port));
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
