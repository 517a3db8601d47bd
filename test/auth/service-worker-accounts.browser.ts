import { ownServerStore } from "../../src/auth/server.ts";
import { type AccountGround, accountCases } from "./account-cases.ts";

describe("accounts in a service worker", () => {
  let ground: AccountGround;
  let frame: HTMLIFrameElement;

  before(async () => {
    const registration = await navigator.serviceWorker.register("/test/auth/accounts-alone.js", {
      type: "module",
    });
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise<void>((resolve) => {
      const look = (): void => void (worker?.state === "activated" && resolve());
      worker?.addEventListener("statechange", look);
      look();
    });
    // This page is outside of the worker's scope; a frame inside of it is its client.
    frame = document.createElement("iframe");
    frame.src = "/test/auth/blank.html";
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener("load", resolve));
    const { fetch } = frame.contentWindow as Window & typeof globalThis;
    ground = {
      server: { origin: location.origin, fetch: (request) => fetch(request) },
      admit: async (guest) => (await fetch("/admit", { method: "POST", body: JSON.stringify(guest) })).json(),
    };
  });
  after(() => frame.remove());

  for (const { title, check } of accountCases) it(title, () => check(ground));

  it("keeps keys that no script of this origin can read, the same ones for whoever comes first", async () => {
    const [one, other] = [ownServerStore("test-own-first"), ownServerStore("test-own-first")];
    const [made, again] = await Promise.all([one.secret(), other.secret()]);
    if (String(made.signing.publicKey) !== String(again.signing.publicKey)) throw new Error("two servers");
    const later = await ownServerStore("test-own-first").secret();
    if (String(made.signing.publicKey) !== String(later.signing.publicKey)) throw new Error("another server");
    for (const key of [later.mac, later.signing.privateKey])
      if (key.extractable) throw new Error(`${key.algorithm.name} can be read`);
    await one.writeJar({ session: "a", device: "b" });
    await other.writeJar({ session: null });
    const jar = await one.readJar();
    if (JSON.stringify(jar) !== '{"session":null,"device":"b"}') throw new Error(JSON.stringify(jar));
  });
});
