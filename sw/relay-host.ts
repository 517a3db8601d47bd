import { isFault } from "../src/base/index.ts";
import {
  type Address,
  decodeMessage,
  idbRoomStore,
  introductions,
  type OutwardEffect,
  type PeerMessage,
  type RelayContext,
  type RelayMessage,
  returnAddress,
  serveRoom,
} from "../src/relay/index.ts";

const SWEEP_EVERY = 10 * 60_000;

/**
 * Mounts the relay in a service worker: peers are this origin's windows, their address is the client's id. `admit` where this
 * worker is the server of accounts, too: a camera that one of them registered is for viewing passes [RP21].
 */
export function mountRelay(scope: ServiceWorkerGlobalScope, admit?: RelayContext["admit"]): void {
  const context: RelayContext = {
    store: idbRoomStore(),
    origin: scope.location.origin,
    now: () => Date.now(),
    ...(admit !== undefined && { admit }),
  };
  // Memory that may be lost with the worker: then the sweep comes early, and that is all.
  let sweptAt = Number.NEGATIVE_INFINITY;

  scope.addEventListener("message", (event) => {
    const { data, source } = event;
    if (typeof data !== "object" || data === null || !("relay" in data)) return;
    if (event.origin !== scope.location.origin || !(source instanceof WindowClient)) return;
    event.waitUntil(receive(source, data.relay));
  });

  async function receive(sender: WindowClient, value: unknown): Promise<void> {
    const message = read(sender, value);
    if (message === null) return;
    // If this fails (storage is full or denied), the peer hears nothing and asks again: nothing fails open.
    await inRoom(message.room, async () => {
      await forgetGone(message.room);
      await perform(message.room, await serveRoom(message.room, { from: sender.id, message }, context));
    });
    if (context.now() - sweptAt > SWEEP_EVERY) await sweep();
  }

  /** One event of a room at a time, first come first served, also across two versions of this worker. */
  async function inRoom(room: string, act: () => Promise<void>): Promise<void> {
    await scope.navigator.locks.request(`relay-room-${room}`, act);
  }

  /** A window never says goodbye when it crashes; nobody is introduced to one that is not there. */
  async function forgetGone(room: string): Promise<void> {
    const state = await context.store.read(room);
    if (state === null) return;
    const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
    const here = new Set<Address>(windows.map((client) => client.id));
    const ends = [state.host, ...state.guests, ...state.challenges].filter((end) => end !== null);
    for (const gone of new Set(ends.map((end) => end.address))) {
      if (!here.has(gone)) await serveRoom(room, { gone }, context);
    }
  }

  async function perform(room: string, effects: readonly OutwardEffect[]): Promise<void> {
    for (const effect of effects) {
      if ("to" in effect) {
        tell(await scope.clients.get(effect.to), effect.message);
        continue;
      }
      const { host, guest } = effect.introduce;
      const [hostWindow, guestWindow] = await Promise.all([
        scope.clients.get(host.address),
        scope.clients.get(guest.address),
      ]);
      // The guest has been taken off the list: one that hears nothing asks again, and finds what is true then.
      if (hostWindow === undefined || guestWindow === undefined) continue;
      const { toHost, toGuest } = introductions(room, host, guest);
      const { port1, port2 } = new MessageChannel();
      tell(hostWindow, toHost, port1);
      tell(guestWindow, toGuest, port2);
    }
  }

  async function sweep(): Promise<void> {
    sweptAt = context.now();
    for (const room of await context.store.list()) {
      await inRoom(room, async () => {
        await forgetGone(room);
        await serveRoom(room, { tick: true }, context);
      });
    }
  }
}

function read(sender: Client, value: unknown): PeerMessage | null {
  try {
    return decodeMessage(value);
  } catch (error) {
    if (!isFault(error)) throw error;
    const to = returnAddress(value);
    if (to !== null) tell(sender, { kind: "refused", ...to, code: "message" });
    return null;
  }
}

function tell(client: Client | undefined, message: RelayMessage, port?: MessagePort): void {
  client?.postMessage({ relay: message }, port === undefined ? [] : [port]);
}
