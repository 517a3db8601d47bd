import { Fault, isFault } from "../base/index.ts";
import { decodeRelayMessage, type RelayMessage, returnAddress } from "./message.ts";
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

/** What this page does not read says one thing: the relay is of another version [RP22]. */
function readRelay(data: unknown): RelayMessage | null {
  if (typeof data !== "object" || data === null || !("relay" in data)) return null;
  try {
    return decodeRelayMessage(data.relay);
  } catch (error) {
    if (!isFault(error)) throw error;
    const to = returnAddress(data.relay);
    return to === null ? null : { kind: "refused", ...to, code: "message" };
  }
}
