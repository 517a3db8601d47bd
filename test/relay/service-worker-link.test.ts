import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { serviceWorkerLink } from "../../src/relay/client.dom.ts";
import type { RelayMessage } from "../../src/relay/index.ts";
import { holder, peerId } from "./table.ts";

/** What a page has of a service worker, as far as the link touches it. */
class Container extends EventTarget {
  startMessages(): void {}
  say(relay: unknown): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data: { relay }, ports: [] }));
  }
}

describe("what a service worker says", () => {
  let container: Container;
  beforeEach(() => {
    container = new Container();
    Object.defineProperty(navigator, "serviceWorker", { value: container, configurable: true });
  });
  afterEach(() => {
    Reflect.deleteProperty(navigator, "serviceWorker");
  });

  it("[RP22] and this page does not read is a refusal of another version, for whom it was meant", async () => {
    const [{ room }, peer] = [await holder(), peerId()];
    const heard: RelayMessage[] = [];
    const deafen = serviceWorkerLink().listen((message) => heard.push(message) > 0);
    const joined = { kind: "joined", room, peer } as const;
    container.say(joined);
    container.say({ ...joined, since: 1 });
    container.say({ kind: "welcome", room, peer });
    for (const nothing of [null, 5, "joined", {}, { kind: "joined" }, { ...joined, room: "a" }])
      container.say(nothing);
    deafen();
    container.say(joined);
    const apart = { kind: "refused", room, peer, code: "message" };
    assert.deepEqual(heard, [joined, apart, apart]);
  });
});
