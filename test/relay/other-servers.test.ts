import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import { proveIn } from "../../src/apparatus/prove.ts";
import { type Bytes, fromBase64Url } from "../../src/base/index.ts";
import {
  type JoinRoomsOptions,
  joinRooms,
  type Passage,
  type RelayLink,
} from "../../src/relay/client.dom.ts";
import { decodeMessage, type PeerMessage, type RelayMessage } from "../../src/relay/index.ts";
import { pause, until } from "../contract/carrier.ts";
import { type Holder, holder } from "./table.ts";
import { join, Wire } from "./wire.ts";

const [camera, viewer] = await Promise.all([holder(), holder()]);
const { room } = camera;
const own = "https://sealcam.test";
const second = "https://second.test";
const soon = { answer: 60, proof: 200, beat: 300, pause: 20 };

/** A viewer of a page from `own`, whose server names the second one, with the signer that its worker has. */
function watch(
  t: TestContext,
  links: Record<string, RelayLink>,
  others: readonly RelayLink[],
  more: Partial<JoinRoomsOptions> = {},
) {
  const log: string[] = [];
  const met: { readonly passage: Passage; readonly origin: string }[] = [];
  const { privateKey, key } = viewer;
  const membership = joinRooms(
    {
      ...{ room, role: "guest", pace: soon, others: async () => others },
      prover: {
        key,
        prove: (request) =>
          proveIn(fromBase64Url(room), { privateKey, publicKey: key }, request, async () => [second]),
      },
      onwaiting: (waitsFor, reachable) => log.push([waitsFor, ...reachable].join(" ")),
      onintroduced: (passage, _, origin) => {
        met.push({ passage, origin });
        t.after(() => passage.close());
      },
      onrefused: (code, detail) => log.push(detail === undefined ? code : `${code} ${detail}`),
      onelsewhere: (origin, code) => log.push(`${origin} ${code}`),
      ...more,
    },
    links,
  );
  t.after(() => membership.leave());
  return { log, met, membership };
}

/** A link that remembers what was posted, and answers as it is told. */
const liar = (origin: string, answer: (message: PeerMessage, say: (word: RelayMessage) => void) => void) => {
  const posted: PeerMessage[] = [];
  const takers = new Set<Parameters<RelayLink["listen"]>[0]>();
  const link: RelayLink = {
    origin,
    post: async (message) => {
      posted.push(message);
      answer(message, (word) => {
        for (const take of [...takers]) take(word, null);
      });
    },
    listen: (take) => {
      takers.add(take);
      return () => takers.delete(take);
    },
  };
  return { link, posted };
};

const peer = (who: Holder) => ({ key: who.key, privateKey: who.privateKey });

describe("a room at several servers", () => {
  before(() => Object.assign(globalThis, { location: { origin: own } }));
  after(() => Reflect.deleteProperty(globalThis, "location"));

  it("[RP5] a relay elsewhere that passes on another relay's question gets an answer that is worth nothing there", async (t) => {
    // Whoever runs the second server asks the first one for the camera in the viewer's name, and hands its challenge on.
    const attack = async (
      origin: string,
    ): Promise<{ readonly words: string[]; readonly introduced: number }> => {
      const home = new Wire(t);
      const words: string[] = [];
      const host = join(home, "camera", camera, room, [viewer.key]);
      await until(() => host.log.includes("waiting guest"), "the camera is there");
      const thief = home.link("thief");
      const { link } = liar(origin, (message, say) => {
        said = say;
        void thief.post(message);
      });
      let said: (word: RelayMessage) => void = () => {};
      thief.listen((word) => {
        words.push(word.kind === "refused" ? word.code : word.kind);
        if (word.kind !== "introduced") said(word);
        return true;
      });
      const nobody = new Wire(t);
      watch(t, { "this-device": nobody.link("viewer") }, [link]);
      await until(() => words.includes("proof") || host.met.length > 0, "it is decided");
      await pause(50);
      return { words, introduced: host.met.length };
    };
    const { words, introduced } = await attack(second);
    assert.ok(words.includes("challenge") && words.includes("proof"), words.join(" "));
    assert.ok(!words.includes("introduced"), words.join(" "));
    assert.equal(introduced, 0);
    // The same with a signature for the first one's origin: this is the door that stays shut.
    assert.ok((await attack(own)).introduced > 0);
  });

  it("[RP5] nothing is signed for a server that one's own does not name", async (t) => {
    const far = new Wire(t);
    const { link, posted } = liar("https://third.test", (message, say) => {
      if (message.kind !== "hello") return;
      const answers = message.nonce;
      say({ kind: "challenge", room, peer: message.peer, nonce: new Uint8Array(32), answers });
    });
    const guest = watch(t, { "this-device": far.link("viewer") }, [link]);
    await until(() => guest.log.includes("https://third.test prover"), "it is refused here");
    assert.deepEqual(new Set(posted.map(({ kind }) => kind)), new Set(["hello"]));
  });

  it("[CX11] a guest asks other servers only once nobody nearer knows of the host, and takes what they introduce", async (t) => {
    const [here, server, elsewhere] = [new Wire(t), new Wire(t), new Wire(t, second)];
    let asked = 0;
    elsewhere.watch = () => {
      asked += 1;
      return true;
    };
    const links = (address: string) => ({ "this-device": here.link(address), [own]: server.link(address) });
    const host = join(server, "a", camera, room, [viewer.key]);
    await until(() => host.log.includes("waiting guest"), "the camera is there");
    // However slow this machine is.
    const near = watch(t, links("b"), [elsewhere.link("b")], {
      answersWithin: 60_000,
      pace: { ...soon, answer: 60_000 },
    });
    await until(() => near.met.length === 1, "introduced at home");
    await pause(50);
    assert.deepEqual([near.met[0]?.origin, asked], [own, 0]);
    await host.membership.leave();
    join(elsewhere, "c", camera, room, [viewer.key]);
    await until(() => elsewhere.store.rooms.has(room), "it is there now");
    const far = watch(t, links("d"), [elsewhere.link("d")]);
    await until(() => far.met.length === 1, "introduced elsewhere");
    assert.equal(far.met[0]?.origin, second);
    await until(() => !here.store.rooms.has(room) && !server.store.rooms.has(room), "left at home");
  });

  it("[CX11] a host is at no other server", async (t) => {
    const [here, elsewhere] = [new Wire(t), new Wire(t, second)];
    const admits = async (): Promise<readonly Bytes[]> => [viewer.key];
    const { privateKey, key } = peer(camera);
    const host = watch(t, { "this-device": here.link("a") }, [elsewhere.link("a")], {
      ...{ role: "host", admits },
      prover: {
        key,
        prove: (request) => proveIn(fromBase64Url(room), { privateKey, publicKey: key }, request),
      },
    });
    await until(() => host.log.includes("guest this-device"), "it is here");
    await pause(100);
    assert.equal(elsewhere.store.rooms.size, 0);
  });

  it("[CX11] what another server refuses is told, and ends nothing", async (t) => {
    for (const code of ["pass", "proof", "closed"] as const) {
      const home = new Wire(t);
      const { link, posted } = liar(second, (message, say) => {
        if (message.kind === "hello") say({ kind: "refused", room, peer: message.peer, code });
      });
      const guest = watch(t, { "this-device": home.link("b") }, [link]);
      await until(() => guest.log.includes(`${second} ${code}`), "it is told");
      await until(() => posted.length > 0, "asked once");
      join(home, "a", camera, room, [viewer.key]);
      await until(() => guest.met.length === 1, "and the camera is found at home all the same");
      assert.ok(!guest.log.includes(code), guest.log.join());
    }
  });

  it("[RP21] no other server is shown a pass", async (t) => {
    const [home, elsewhere] = [new Wire(t), new Wire(t, second)];
    const shown: string[] = [];
    for (const [name, wire] of Object.entries({ home, elsewhere }))
      wire.watch = (message) => {
        if (message.kind === "proof") shown.push(`${name} ${"pass" in message}`);
        if (message.kind === "proof") decodeMessage(message);
        return true;
      };
    watch(t, { "this-device": home.link("b") }, [elsewhere.link("b")], {
      pass: async () => Uint8Array.of(1),
    });
    await until(() => shown.length >= 2, "both were asked");
    assert.deepEqual([...new Set(shown)].sort(), ["elsewhere false", "home true"]);
  });
});
