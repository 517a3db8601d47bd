import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CameraPairing } from "../../src/apparatus/camera-pairing.ts";
import type { OfferedCamera } from "../../src/apparatus/hub.api.ts";
import { HubPairing, WritableCard } from "../../src/apparatus/hub.ts";
import {
  checkRecipients,
  checkRegistration,
  linkFragment,
  linkKeys,
  makeGrant,
  makeLink,
  makeOffer,
  makeRefusal,
  makeRegistration,
  makeWithdrawal,
  type PairedCamera,
  readOffer,
  signRecipients,
} from "../../src/auth/index.ts";
import {
  type Bytes,
  encodeCbor,
  Fault,
  generateSigningKey,
  importPublicKey,
  randomBytes,
  type SigningKey,
  thumbprint,
} from "../../src/base/index.ts";
import { type CardStore, makeCard, memoryStore } from "../../src/card/index.ts";
import { numberText, recipientOf } from "../../src/keys/index.ts";
import type { Arrival, Carrier } from "../../src/relay/index.ts";
import { PASSWORD, quick } from "../card/sample.ts";
import { flipped } from "../seal/bytes.ts";
import { type FakeClock, fakeClock } from "../seal/camera.ts";
import { carrierPair, quiet, type TestCarrier, until } from "./carriers.ts";
import { memoryCameraStore } from "./memory-camera-store.ts";

const begin = 1_795_000_000_000;
const device = { deviceId: "front", label: "Front door" };

/** What one side was told, in order. */
const listener = () => {
  const heard: string[] = [];
  return {
    heard,
    onoffered: ({ number, label, name }: OfferedCamera) =>
      void heard.push(`offered ${number} ${label}${name === null ? "" : `, known as ${name}`}`),
    onpaired: () => void heard.push("paired"),
    onfailed: (code: string) => void heard.push(code),
  };
};

interface Choices {
  readonly control?: SigningKey;
  readonly store?: CardStore;
  readonly cameras?: ReturnType<typeof memoryCameraStore>;
  readonly card?: WritableCard;
  readonly clock?: FakeClock;
}

/** A hub with a link, a camera that read it, and a carrier between them that nobody has met on yet. */
const stage = async (choices: Choices = {}) => {
  const { clock = fakeClock(begin), control = await generateSigningKey() } = choices;
  const { store = memoryStore(), cameras = memoryCameraStore() } = choices;
  let { card } = choices;
  if (!card) {
    const made = await makeCard("Card", PASSWORD, quick);
    await store.write(made.file, null);
    card = new WritableCard(store, made);
  }
  const link = makeLink(clock, await thumbprint(control.publicKey));
  const keys = await linkKeys(link);
  const kept = new Map<string, PairedCamera>();
  const keep = async (number: string, paired: PairedCamera): Promise<void> => void kept.set(number, paired);
  const hub = new HubPairing(card, control, keys, link.expires, clock, keep);
  const fragment = linkFragment(link);
  const camera = await CameraPairing.begin(cameras, fragment, device);
  const [atHub, atCamera] = carrierPair();
  const [hubEvents, cameraEvents] = [listener(), listener()];
  const meet = async () => {
    hub.meet(atHub, hubEvents);
    await camera.meet(atCamera, cameraEvents);
  };
  const offered = () => until(() => hubEvents.heard.length > 0, "the offer");
  const pinned = () => cameras.identities.get(device.deviceId)!;
  return {
    ...{ clock, control, store, cameras, card, keys, hub, camera, fragment, atHub, atCamera },
    ...{ hubEvents, cameraEvents, meet, offered, pinned, link, kept },
  };
};
type Stage = Awaited<ReturnType<typeof stage>>;

const both = (on: Stage) =>
  until(() => on.hubEvents.heard.includes("paired") && on.cameraEvents.heard.includes("paired"), "pairing");

/** Nothing came of it: the camera keeps no word of this hub, the card counts on none. */
const nothingCame = async (on: Stage): Promise<void> => {
  await quiet();
  assert.equal(on.hubEvents.heard.includes("paired"), false, `${on.hubEvents.heard}`);
  assert.equal(on.cameraEvents.heard.includes("paired"), false, `${on.cameraEvents.heard}`);
  assert.equal(on.pinned().recipients, null);
  assert.ok(on.card.records.every(({ acknowledged }) => !acknowledged));
};

describe("pairing over a carrier", () => {
  it("leaves the hub what it needs to register the camera with a server, and nobody else", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.hub.confirm("Front");
    await quiet();
    assert.equal(on.kept.size, 0, "nothing before the camera has said so");
    await on.camera.agree();
    await both(on);
    const paired = on.kept.get(numberText(on.camera.identity.number));
    assert.ok(paired);
    const claim = { account: new Uint8Array(16), challenge: "c" };
    const registration = await checkRegistration(await makeRegistration(on.control, paired, claim));
    assert.deepEqual(registration?.number, on.camera.identity.number);
    assert.deepEqual([registration?.generation, registration?.challenge], [1, "c"]);
    const other = await generateSigningKey();
    assert.equal(await checkRegistration(await makeRegistration(other, paired, claim)), null);
  });

  for (const first of ["camera", "hub"] as const) {
    it(`the ${first}'s person answers first: both are paired, with the same set`, async () => {
      const on = await stage();
      await on.meet();
      await on.offered();
      const number = on.camera.identity.number;
      assert.deepEqual(on.hubEvents.heard, [`offered ${numberText(number)} Front door`]);
      if (first === "camera") await on.camera.agree();
      await on.hub.confirm("Front");
      if (first === "hub") {
        await quiet();
        assert.equal(on.pinned().recipients, null);
        await on.camera.agree();
      }
      await both(on);

      const [record, ...more] = on.card.records;
      assert.equal(more.length, 0);
      assert.deepEqual(record?.number, number);
      assert.deepEqual(
        [record?.name, record?.generation, record?.acknowledged, record?.written],
        ["Front", 1, true, begin],
      );
      const identity = on.pinned();
      assert.deepEqual(identity.controlKey, on.control.publicKey);
      assert.equal(identity.generation, 1);
      const set = await checkRecipients(
        await importPublicKey(on.control.publicKey),
        number,
        identity.recipients!,
      );
      assert.deepEqual(set.recipients, [await recipientOf(record!.decryptionKeys[0]!.identity)]);
      assert.deepEqual(set.viewers, [record!.viewerKey.publicKey]);
      assert.deepEqual(
        (await on.store.list()).map(({ counter }) => counter),
        [3],
      );
    });
  }

  it("once more with the same hub: a higher generation, the keys of before stay on the card", async () => {
    const first = await stage();
    await first.meet();
    await first.offered();
    await first.camera.agree();
    await first.hub.confirm("Front");
    await both(first);
    const { card, cameras, store, control } = first;
    const again = await stage({ card, cameras, store, control });
    await again.meet();
    await again.offered();
    await again.camera.agree();
    await again.hub.confirm("Front");
    await both(again);
    const [record] = card.records;
    assert.deepEqual(
      record?.decryptionKeys.map(({ generation }) => generation),
      [1, 2],
    );
    assert.deepEqual([record?.generation, again.pinned().generation], [2, 2]);
    assert.deepEqual(
      (
        await checkRecipients(
          await importPublicKey(control.publicKey),
          record!.number,
          again.pinned().recipients!,
        )
      ).recipients,
      [await recipientOf(record!.decryptionKeys[1]!.identity)],
    );
  });

  it("says beforehand whether another hub is replaced, and the hub what its card calls the camera", async () => {
    const first = await stage();
    assert.equal(first.camera.replaces, null);
    await first.meet();
    await first.offered();
    await first.camera.agree();
    await first.hub.confirm("Front");
    await both(first);
    const { card, cameras, store, control } = first;
    const again = await stage({ card, cameras, store, control });
    assert.equal(again.camera.replaces, "pairing");
    await again.meet();
    await again.offered();
    const offered = `offered ${numberText(again.camera.identity.number)} Front door`;
    assert.deepEqual(again.hubEvents.heard, [`${offered}, known as Front`]);
    const elsewhere = await stage({ cameras });
    assert.equal(elsewhere.camera.replaces, "hub");
    await elsewhere.meet();
    await elsewhere.offered();
    assert.deepEqual(elsewhere.hubEvents.heard, [offered]);
  });

  it("with a new card of the same hub: the camera's word counts, its generation goes on", async () => {
    const first = await stage();
    await first.meet();
    await first.offered();
    await first.camera.agree();
    await first.hub.confirm("Front");
    await both(first);
    const { cameras, control } = first;
    const again = await stage({ cameras, control });
    await again.meet();
    await again.offered();
    await again.camera.agree();
    await again.hub.confirm("Front");
    await both(again);
    assert.equal(again.card.records[0]?.generation, 2);
  });

  it("after a grant that was lost on its way: the generation goes on all the same", async () => {
    const first = await stage();
    first.atHub.way = () => [];
    await first.meet();
    await first.offered();
    await first.hub.confirm("Front");
    first.atHub.die();
    await quiet();
    const { card, cameras, store, control } = first;
    assert.deepEqual([card.records[0]?.generation, card.records[0]?.acknowledged], [1, false]);
    const again = await stage({ card, cameras, store, control });
    await again.meet();
    await again.offered();
    await again.camera.agree();
    await again.hub.confirm("Front");
    await both(again);
    assert.deepEqual([card.records[0]?.generation, again.pinned().generation], [2, 2]);
  });

  it("a camera meets one hub, once", async () => {
    const on = await stage();
    await on.meet();
    await assert.rejects(on.camera.meet(carrierPair()[0], on.cameraEvents), TypeError);
    await on.offered();
  });

  it("a label of any length and kind is offered", async () => {
    const on = await stage();
    const label = `${"x".repeat(199)}🚪 and more`;
    const camera = await CameraPairing.begin(on.cameras, on.fragment, { deviceId: "side", label });
    on.hub.meet(on.atHub, on.hubEvents);
    await camera.meet(on.atCamera, on.cameraEvents);
    await on.offered();
    assert.equal(on.hubEvents.heard[0]?.endsWith(`${"x".repeat(199)}\ufffd`), true, on.hubEvents.heard[0]);
  });
});

describe("a person says no", () => {
  it("at the camera", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.camera.disagree();
    await until(() => on.hubEvents.heard.includes("pairing-rejected"));
    assert.deepEqual(on.cameraEvents.heard, ["pairing-rejected"]);
    assert.equal(on.atCamera.closed, true);
    await assert.rejects(on.hub.confirm("Front"), TypeError);
    await nothingCame(on);
    assert.equal(on.card.records.length, 0);
  });

  it("at the hub", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.camera.agree();
    await on.hub.reject();
    await until(() => on.cameraEvents.heard.includes("pairing-rejected"));
    assert.deepEqual(on.hubEvents.heard.slice(1), ["pairing-rejected"]);
    await nothingCame(on);
    assert.equal(on.card.records.length, 0);
  });

  it("at the camera after the grant: the set was never taken", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.hub.confirm("Front");
    await quiet();
    await on.camera.disagree();
    await on.camera.agree();
    await until(() => on.hubEvents.heard.includes("pairing-rejected"));
    await nothingCame(on);
    assert.equal(on.card.records.length, 0, "the card is as it was");
  });

  it("[CF20] of a number that waited for its keys: its name and rights are taken over, and it waits again after a no", async () => {
    const on = await stage();
    const number = await thumbprint(on.pinned().publicKey);
    const blank = {
      number,
      name: "Gate",
      rights: ["live"],
      written: 1,
      writtenBy: new Uint8Array(32),
    } as const;
    await on.card.change((open) => open.putBlank(blank));
    await on.meet();
    await on.offered();
    assert.match(on.hubEvents.heard[0] ?? "", /, known as Gate$/);
    await on.hub.confirm("Gate");
    assert.deepEqual(
      on.card.records.map(({ rights }) => rights),
      [["live"]],
    );
    assert.deepEqual(on.card.records[0]?.writtenBy, await thumbprint(on.control.publicKey));
    assert.deepEqual(on.card.blanks, []);
    await quiet();
    await on.camera.disagree();
    await on.camera.agree();
    await until(() => on.hubEvents.heard.includes("pairing-rejected"));
    assert.deepEqual([on.card.records, on.card.blanks], [[], [blank]]);
  });

  it("at the camera while the hub writes the card: nothing is granted, and the card is as it was", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    const confirming = on.hub.confirm("Front");
    await on.camera.disagree();
    await confirming;
    await until(() => on.hubEvents.heard.includes("pairing-rejected"));
    await nothingCame(on);
    assert.equal(on.card.records.length, 0);
  });

  it("at the camera when it is paired anew: the keys it has stay the ones on the card", async () => {
    const first = await stage();
    await first.meet();
    await first.offered();
    await first.camera.agree();
    await first.hub.confirm("Front");
    await both(first);
    const { card, cameras, control, store } = first;
    const before = card.records;
    const on = await stage({ card, cameras, control, store });
    await on.meet();
    await on.offered();
    await on.hub.confirm("Other name");
    assert.equal(card.records[0]?.acknowledged, false);
    await on.camera.disagree();
    await until(() => on.hubEvents.heard.includes("pairing-rejected"));
    assert.deepEqual(card.records, before);
    assert.equal(on.pinned().generation, 1);
  });

  it("at the camera after it was paired: too late, both stay paired", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.hub.confirm("Front");
    await quiet();
    await Promise.all([on.camera.agree(), on.camera.disagree()]);
    await both(on);
    assert.deepEqual(on.hubEvents.heard.slice(1), ["paired"]);
    assert.equal(on.card.records[0]?.acknowledged, true);
  });

  it("nothing is granted before the hub's person confirmed, whatever the camera says", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.camera.agree();
    await nothingCame(on);
    assert.equal(on.atHub.sent.length, 0);
    await assert.rejects((await stage()).hub.confirm("Front"), TypeError);
  });
});

describe("one link, one camera", () => {
  it("a second camera is told that the link is used; the first one goes on", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    const late = await stage();
    const second = await CameraPairing.begin(late.cameras, on.fragment, device);
    const [atHub, atSecond] = carrierPair();
    on.hub.meet(atHub, on.hubEvents);
    await second.meet(atSecond, late.cameraEvents);
    await until(() => late.cameraEvents.heard.length > 0);
    assert.deepEqual(late.cameraEvents.heard, ["link-used"]);
    assert.equal(on.hubEvents.heard.length, 1);
    await on.camera.agree();
    await on.hub.confirm("Front");
    await both(on);
    assert.equal(late.pinned().recipients, null);
  });

  it("of two offers at the same moment exactly one is shown", async () => {
    const on = await stage();
    const late = await stage();
    const second = await CameraPairing.begin(late.cameras, on.fragment, device);
    const [atHub, atSecond] = carrierPair();
    on.hub.meet(atHub, on.hubEvents);
    await Promise.all([on.meet(), second.meet(atSecond, late.cameraEvents)]);
    const all = () => [...on.cameraEvents.heard, ...late.cameraEvents.heard];
    await until(() => all().length > 0);
    assert.deepEqual(all(), ["link-used"]);
    assert.equal(on.hubEvents.heard.length, 1);
  });

  it("who has not got the link uses nothing up, and does not get in the camera's way", async () => {
    const junk = [randomBytes(100), encodeCbor(["offer"]), new Uint8Array(1)];
    for (const moment of ["before", "at once"] as const) {
      const on = await stage();
      const others = junk.map((talk) => ({ talk, carriers: carrierPair() }));
      for (const { carriers } of others) on.hub.meet(carriers[0], on.hubEvents);
      on.hub.meet(on.atHub, on.hubEvents);
      for (const { talk, carriers } of others) carriers[1].send({ talk });
      if (moment === "before") await until(() => others.every(({ carriers }) => carriers[1].closed));
      await on.camera.meet(on.atCamera, on.cameraEvents);
      await on.offered();
      await on.camera.agree();
      await on.hub.confirm("Front");
      await both(on);
    }
  });

  it("junk that is under way when the offer comes does not use the link up", async () => {
    const on = await stage();
    const { keys } = on;
    const { privateKey, publicKey, generation } = on.camera.identity;
    const offer = await makeOffer(keys.mac, { privateKey, publicKey, label: "Front", generation });
    const [junkHub, junkGuest] = carrierPair();
    on.hub.meet(junkHub, on.hubEvents);
    on.hub.meet(on.atHub, on.hubEvents);
    // Well formed, and MACed with nothing: it takes the hub a moment to see that.
    junkGuest.send({ talk: flipped(offer.message, offer.message.length - 1) });
    on.atCamera.onmessage = () => undefined;
    on.atCamera.send({ talk: offer.message });
    await on.offered();
    assert.equal(on.atHub.closed, false);
  });

  it("a link that has expired meanwhile lets nobody in", async () => {
    const on = await stage();
    on.clock.time = on.link.expires + 1;
    await on.meet();
    await until(() => on.atCamera.closed);
    assert.deepEqual(on.hubEvents.heard, []);
    await until(() => on.cameraEvents.heard.length > 0);
    await nothingCame(on);
  });

  it("nor does one whose pairing is over", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.hub.reject();
    const late = await stage();
    const second = await CameraPairing.begin(late.cameras, on.fragment, device);
    const [atHub, atSecond] = carrierPair();
    on.hub.meet(atHub, on.hubEvents);
    await second.meet(atSecond, late.cameraEvents);
    await until(() => late.cameraEvents.heard.length > 0);
    assert.equal(on.hubEvents.heard.filter((one) => one.startsWith("offered")).length, 1);
  });

  it("a confirmation that is given twice grants once", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.camera.agree();
    const results = await Promise.allSettled([on.hub.confirm("Front"), on.hub.confirm("Front")]);
    assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    await both(on);
    assert.equal(on.atHub.sent.length, 1);
    assert.equal(on.card.records[0]?.decryptionKeys.length, 1);
    assert.equal(on.card.records[0]?.generation, on.pinned().generation);
  });

  it("nor does one more behind a grant that was not answered yet", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    await on.hub.confirm("Front");
    await assert.rejects(on.hub.confirm("Front"), TypeError);
    assert.equal(on.atHub.sent.length, 1);
    await on.camera.agree();
    await both(on);
  });
});

describe("a man in the middle", () => {
  /** Replaces the n-th message of one side on its way. */
  const tamper = (carrier: TestCarrier, at: number, change: (talk: Bytes) => Bytes[]) => {
    let count = 0;
    carrier.way = (message): Arrival[] => {
      if (!("talk" in message) || count++ !== at) return [message];
      return change(message.talk).map((talk) => ({ talk }));
    };
  };
  const act = async (on: Stage): Promise<void> => {
    await on.meet();
    await quiet(5);
    await on.camera.agree().catch(() => undefined);
    await on.hub.confirm("Front").catch(() => undefined);
    await quiet(10);
  };

  it("who changes the offer is turned away", async () => {
    const on = await stage();
    tamper(on.atCamera, 0, (talk) => [flipped(talk, 60)]);
    await act(on);
    assert.deepEqual(on.hubEvents.heard, []);
    await nothingCame(on);
    assert.equal(on.card.records.length, 0);
  });

  it("who changes the grant stops the camera, and no key is trusted", async () => {
    const on = await stage();
    tamper(on.atHub, 0, (talk) => [flipped(talk, 40)]);
    await act(on);
    assert.deepEqual(on.cameraEvents.heard, ["pairing-mac"]);
    assert.equal(on.atCamera.closed, true);
    await nothingCame(on);
  });

  it("who puts his own keys into the grant, with all signatures but the MAC", async () => {
    const on = await stage();
    const own = await generateSigningKey();
    const { number } = on.camera.identity;
    const signed = await signRecipients(own.privateKey, {
      ...{ number, generation: 1, recipients: ["age1his"], viewers: [own.publicKey] },
    });
    const { mac } = await linkKeys({ ...on.link, secret: randomBytes(32) });
    const his = await makeGrant(mac, randomBytes(32), { controlKey: own.publicKey, signed });
    tamper(on.atHub, 0, () => [his.message]);
    await act(on);
    assert.deepEqual(on.cameraEvents.heard, ["pairing-mac"]);
    await nothingCame(on);
  });

  it("who stole the link and grants from a hub of his own: the camera takes no other than the link's", async () => {
    const on = await stage();
    const own = await generateSigningKey();
    const { number } = on.camera.identity;
    let offered: Bytes | null = null;
    tamper(on.atCamera, 0, (talk) => {
      offered = talk;
      return [talk];
    });
    // He lists the owner's keys beside his own, so that everything would look right on both sides.
    on.atHub.way = (message) => {
      if (!("talk" in message) || on.atHub.sent.length > 1) return [];
      void (async () => {
        const offer = await readOffer(on.keys.mac, offered!);
        const signed = await signRecipients(own.privateKey, {
          ...{ number, generation: 1, recipients: ["age1his", "age1owner"], viewers: [own.publicKey] },
        });
        const grant = { controlKey: own.publicKey, signed };
        const { message: his } = await makeGrant(on.keys.mac, offer.transcript, grant);
        on.atCamera.arrive({ talk: his });
      })();
      return [];
    };
    await act(on);
    assert.deepEqual(on.cameraEvents.heard, ["pairing-mac"]);
    await nothingCame(on);
  });

  it("who plays a no of the hub's or of the link's back: the keys stay on the card", async () => {
    for (const make of ["used", "forged"] as const) {
      const on = await stage();
      const stranger = await generateSigningKey();
      const no =
        make === "used"
          ? await makeRefusal(on.keys.mac, "used")
          : await makeWithdrawal(on.keys.mac, new Uint8Array(32), stranger.privateKey);
      tamper(on.atCamera, 1, () => [no]);
      await act(on);
      await until(() => on.hubEvents.heard.length > 1);
      assert.deepEqual(on.hubEvents.heard.slice(1), ["pairing-mac"], make);
      assert.equal(on.pinned().generation, 1, "the camera has taken the set");
      assert.deepEqual(
        on.card.records.map(({ generation, acknowledged }) => [generation, acknowledged]),
        [[1, false]],
        "its key stays, pending",
      );
    }
  });

  it("who changes the acknowledgement: the hub does not count on this camera", async () => {
    const on = await stage();
    tamper(on.atCamera, 1, (talk) => [flipped(talk, talk.length - 1)]);
    await act(on);
    await until(() => on.hubEvents.heard.length > 1);
    assert.deepEqual(on.hubEvents.heard.slice(1), ["pairing-mac"]);
    assert.ok(on.card.records.every(({ acknowledged }) => !acknowledged));
  });

  it("who sends messages back to who said them", async () => {
    const camera = await stage();
    camera.atCamera.way = (message) => {
      camera.atCamera.arrive(message);
      return [];
    };
    await act(camera);
    assert.deepEqual(camera.cameraEvents.heard, ["pairing-mac"]);
    await nothingCame(camera);
    const hub = await stage();
    hub.atHub.way = (message) => {
      hub.atHub.arrive(message);
      return [];
    };
    await act(hub);
    assert.deepEqual(hub.hubEvents.heard.slice(1), ["pairing-mac"]);
    await nothingCame(hub);
  });

  it("who says the offer again in the place of the acknowledgement", async () => {
    const on = await stage();
    let offer: Bytes | null = null;
    on.atCamera.way = (message) => {
      if (!("talk" in message)) return [];
      if (offer) return [{ talk: offer }];
      offer = new Uint8Array(message.talk);
      return [message];
    };
    await act(on);
    assert.deepEqual(on.hubEvents.heard.slice(1), ["pairing-mac"]);
    assert.ok(on.card.records.every(({ acknowledged }) => !acknowledged));
  });

  it("who lets the camera speak before it was granted anything", async () => {
    const on = await stage();
    await on.meet();
    await on.offered();
    on.atCamera.send({ talk: randomBytes(40) });
    await until(() => on.hubEvents.heard.length > 1);
    assert.deepEqual(on.hubEvents.heard.slice(1), ["pairing-mac"]);
    await assert.rejects(on.hub.confirm("Front"), TypeError);
    await nothingCame(on);
  });

  it("who cuts the connection: both say so", async () => {
    for (const moment of ["before", "after"] as const) {
      const on = await stage();
      await on.meet();
      await on.offered();
      if (moment === "after") {
        await on.hub.confirm("Front");
        await quiet();
      }
      on.atHub.die();
      on.atCamera.die();
      // A dead carrier tells each side once; the second call finds it closed.
      on.atCamera.onclose?.("gone");
      await quiet();
      assert.equal(on.hubEvents.heard.at(-1), "link-unanswered");
      await on.camera.agree();
      await nothingCame(on);
    }
  });
});

describe("what the hub grants", () => {
  it("two grants, both of the hub: the camera takes neither the second nor, without a word, another one", async () => {
    const on = await stage();
    const { number } = on.camera.identity;
    const hubSide: Carrier = on.atHub;
    const grants: Bytes[] = [];
    hubSide.onmessage = async (arrived) => {
      if (!("talk" in arrived)) return;
      const offer = await readOffer(on.keys.mac, arrived.talk).catch(() => null);
      if (!offer) return;
      for (const generation of [1, 2]) {
        const set = { number, generation, recipients: [`age1number${generation}`], viewers: [] };
        const signed = await signRecipients(on.control.privateKey, set);
        grants.push(signed);
        const controlKey = on.control.publicKey;
        const { message } = await makeGrant(on.keys.mac, offer.transcript, { controlKey, signed });
        hubSide.send({ talk: message });
      }
    };
    await on.camera.meet(on.atCamera, on.cameraEvents);
    await until(() => grants.length === 2);
    await quiet();
    assert.deepEqual(on.cameraEvents.heard, ["pairing-mac"]);
    await on.camera.agree();
    assert.equal(on.pinned().recipients, null);
  });

  it("is written on the card first: when that fails nothing is granted, and it can be tried again", async () => {
    const store = memoryStore();
    let full = true;
    const failing: CardStore = {
      ...store,
      write: async (file, previous) => {
        if (full && previous) throw new Fault("card-store");
        await store.write(file, previous);
      },
    };
    const on = await stage({ store: failing });
    await on.meet();
    await on.offered();
    await on.camera.agree();
    await assert.rejects(on.hub.confirm("Front"), { code: "card-store" });
    assert.equal(on.atHub.sent.length, 0);
    await nothingCame(on);
    full = false;
    await on.hub.confirm("Front");
    await both(on);
  });

  it("what the camera cannot keep it does not acknowledge", async () => {
    const on = await stage();
    on.cameras.pin = async () => {
      throw new Fault("recipients-old");
    };
    await on.meet();
    await on.offered();
    await on.camera.agree();
    await on.hub.confirm("Front");
    await until(() => on.cameraEvents.heard.length > 0);
    assert.deepEqual(on.cameraEvents.heard, ["recipients-old"]);
    assert.equal(on.atCamera.sent.length, 1);
    await nothingCame(on);
  });

  it("keeps what another tab wrote on the card meanwhile", async () => {
    const on = await stage();
    const other = new WritableCard(on.store, await reopened(on));
    await on.meet();
    await on.offered();
    const second = await stage({ card: other, store: on.store });
    await second.meet();
    await second.offered();
    await second.camera.agree();
    await second.hub.confirm("Other");
    await both(second);
    await on.camera.agree();
    await on.hub.confirm("Front");
    await both(on);
    assert.deepEqual(on.card.records.map(({ name }) => name).sort(), ["Front", "Other"]);
  });

  it("keeps what another tab wrote about the same camera: no decryption key is lost, no generation goes back", async () => {
    const on = await stage();
    const other = new WritableCard(on.store, await reopened(on));
    const second = await stage({ card: other, store: on.store, cameras: on.cameras, control: on.control });
    for (const one of [on, second]) {
      await one.meet();
      await one.offered();
    }
    await on.hub.confirm("Front");
    await second.camera.agree();
    await second.hub.confirm("Front again");
    await both(second);
    // The first tab's camera comes later with its word, and is too late: it would go back.
    await on.camera.agree();
    await quiet();
    const newest = await reopened(on);
    const [record] = newest.records;
    assert.deepEqual(
      record?.decryptionKeys.map(({ generation }) => generation),
      [1, 2],
    );
    assert.deepEqual([record?.generation, record?.acknowledged], [2, true]);
  });

  it("leaves alone what another tab wrote about the same camera, whichever word comes late", async () => {
    for (const word of ["acknowledgement", "withdrawal"] as const) {
      const on = await stage();
      const other = new WritableCard(on.store, await reopened(on));
      const late: Arrival[] = [];
      await on.meet();
      await on.offered();
      on.atCamera.way = (message) => {
        late.push(message);
        return [];
      };
      await on.hub.confirm("Front");
      await quiet();
      // Nor does the end of its connection get through.
      on.atCamera.close = () => undefined;
      await (word === "acknowledgement" ? on.camera.agree() : on.camera.disagree());
      await until(() => late.length > 0);
      const second = await stage({ card: other, store: on.store, cameras: on.cameras, control: on.control });
      await second.meet();
      await second.offered();
      await second.camera.agree();
      await second.hub.confirm("Front again");
      await both(second);
      on.atHub.arrive(late[0]!);
      await until(() => on.hubEvents.heard.length > 1);
      const [record] = (await reopened(on)).records;
      assert.deepEqual(
        [record?.name, record?.generation, record?.acknowledged, record?.decryptionKeys.length],
        ["Front again", 2, true, 2],
        word,
      );
    }
  });

  it("once it was given up, hears nothing any more", async () => {
    const on = await stage();
    on.hub.cancel();
    await on.meet();
    await quiet();
    assert.deepEqual(on.hubEvents.heard, []);
    assert.equal(on.card.records.length, 0);
  });
});

const reopened = async (on: Stage) => {
  const { openCard } = await import("../../src/card/index.ts");
  const [outside] = await on.store.list();
  return openCard((await on.store.read(outside!.id))!, PASSWORD, quick);
};
