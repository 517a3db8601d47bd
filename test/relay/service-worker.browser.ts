import {
  type Bytes,
  generateSigningKey,
  randomBytes,
  thumbprint,
  toBase64Url,
} from "../../src/base/index.ts";
import { joinRoom, localPassage, type Membership, type RelayLink } from "../../src/relay/client.dom.ts";
import { decodeRelayMessage, type RelayMessage, signRelayProof } from "../../src/relay/index.ts";
import { passCases, type RelayGround, relayCases, runRelayCase } from "./relay-cases.ts";

interface Holder {
  readonly key: Bytes;
  readonly privateKey: CryptoKey;
  readonly room: string;
}

async function holder(): Promise<Holder> {
  const { privateKey, publicKey } = await generateSigningKey();
  return { key: publicKey, privateKey, room: toBase64Url(await thumbprint(publicKey)) };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`in vain: ${isSo}`);
    await pause(5);
  }
}

let worker: ServiceWorker;

/**
 * The link of a window: like serviceWorkerLink, but this page is outside of the test worker's scope, so it names the
 * worker itself. A frame is a window too, with an address of its own.
 */
function link(window: Window & typeof globalThis): RelayLink {
  return {
    origin: location.origin,
    post: async (message) => {
      const registration = await window.navigator.serviceWorker.getRegistration("/test/relay/");
      registration?.active?.postMessage({ relay: message });
    },
    listen: (take) => {
      const hear = (event: MessageEvent) => {
        const [port] = event.ports;
        take(decodeRelayMessage(ours(event.data.relay)), port === undefined ? null : localPassage(port));
      };
      window.navigator.serviceWorker.addEventListener("message", hear);
      window.navigator.serviceWorker.startMessages();
      return () => window.navigator.serviceWorker.removeEventListener("message", hear);
    },
  };
}

/** What a frame hears is made of the frame's own Uint8Array: the same in this realm's. */
function ours(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value as Uint8Array);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, ours(item)]));
}

async function frame(): Promise<{ window: Window & typeof globalThis; remove(): void }> {
  const element = document.createElement("iframe");
  element.src = "/test/relay/blank.html";
  document.body.append(element);
  await new Promise((resolve) => element.addEventListener("load", resolve));
  return {
    window: element.contentWindow as Window & typeof globalThis,
    remove: () => element.remove(),
  };
}

const memberships: Membership[] = [];

function join(
  in_: Window & typeof globalThis,
  who: Holder,
  room: string,
  admits?: Bytes[],
  pace = { beat: 300 },
) {
  const log: string[] = [];
  const ports: MessagePort[] = [];
  const membership = joinRoom({
    room,
    role: admits === undefined ? "guest" : "host",
    prover: {
      key: who.key,
      prove: (request) =>
        signRelayProof(who.privateKey, { ...request, origin: location.origin, key: who.key }),
    },
    ...(admits === undefined ? {} : { admits: async () => admits }),
    onwaiting: (waitsFor) => log.push(`waiting ${waitsFor}`),
    onintroduced: ({ port }) => ports.push(port),
    onrefused: (code, detail) => log.push(`${code} ${detail}`),
    relay: link(in_),
    pace,
  });
  memberships.push(membership);
  return { log, ports, membership };
}

describe("the relay in a service worker", () => {
  before(async () => {
    const registration = await navigator.serviceWorker.register("/test/relay/relay-alone.js", {
      type: "module",
    });
    await until(() => registration.active?.state === "activated");
    worker = registration.active as ServiceWorker;
  });

  // Four windows for all cases: each that is opened lets the browser look for a new service worker.
  const frames: Awaited<ReturnType<typeof frame>>[] = [];
  let peers = 0;
  const ground: RelayGround = {
    origin: location.origin,
    peer: async () => {
      if (frames.length < 4) frames.push(await frame());
      return link(frames[peers++ % frames.length]!.window);
    },
  };
  after(() => {
    for (const one of frames) one.remove();
  });
  for (const one of [...relayCases, ...passCases]) it(one.title, () => runRelayCase(one, ground));

  afterEach(async () => {
    await Promise.all(memberships.splice(0).map((membership) => membership.leave()));
  });

  it("[RP11] introduces two windows, which then talk without it", async () => {
    const [host, guest] = await Promise.all([holder(), holder()]);
    const other = await frame();
    const b = join(other.window, guest, host.room);
    await until(() => b.log.includes("waiting host"));
    const a = join(window as Window & typeof globalThis, host, host.room, [guest.key]);
    await until(() => a.ports.length === 1 && b.ports.length === 1);
    const heard = new Promise((resolve) => {
      const [port] = b.ports;
      if (port !== undefined) port.onmessage = (event) => resolve(event.data);
    });
    a.ports[0]?.postMessage("hello");
    if ((await heard) !== "hello") throw new Error("other words");
    other.remove();
  });

  it("[RP3] [RP17] introduces nobody to a window that was taken away", async () => {
    const [host, guest] = await Promise.all([holder(), holder()]);
    const other = await frame();
    const a = join(other.window, host, host.room, [guest.key], { beat: 60_000 });
    await until(() => a.log.includes("waiting guest"));
    other.remove();
    const b = join(window as Window & typeof globalThis, guest, host.room);
    await until(() => b.log.includes("waiting host"));
    if (b.ports.length > 0) throw new Error("introduced");
  });

  it("[RP2] answers what it cannot read only where room and peer are plain", async () => {
    const heard: RelayMessage[] = [];
    // Refusals alone: a test before this one may still be getting its goodbye.
    const deafen = link(window as Window & typeof globalThis).listen((message) => {
      if (message.kind === "refused") heard.push(message);
      return false;
    });
    const room = toBase64Url(randomBytes(32));
    const peer = toBase64Url(randomBytes(16));
    for (const relay of [null, 5, "hello", {}, { kind: "hello" }]) worker.postMessage({ relay });
    worker.postMessage({ relay: { kind: "hello", room, peer, role: "admin" } });
    await until(() => heard.length > 0);
    await pause(100);
    deafen();
    const expected = [{ kind: "refused", room, peer, code: "message" }];
    if (JSON.stringify(heard.map(sorted)) !== JSON.stringify(expected.map(sorted))) {
      throw new Error(JSON.stringify(heard));
    }
  });

  it("[RP14] closes a room for good, in what is stored", async () => {
    const [host, guest] = await Promise.all([holder(), holder()]);
    const here = window as Window & typeof globalThis;
    const a = join(here, host, host.room, [guest.key]);
    await until(() => a.log.includes("waiting guest"));
    const isClosed = await a.membership.leave({ code: "used", until: Date.now() + 60_000 });
    if (!isClosed) throw new Error("not closed");
    const b = join(here, guest, host.room);
    await until(() => b.log.includes("closed used"));
  });
});

const sorted = (message: object) => Object.entries(message).sort(([a], [b]) => (a < b ? -1 : 1));
