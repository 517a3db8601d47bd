import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { decodeCameraTalk } from "../../src/apparatus/camera-talk.ts";
import { decodeSetTalk, encodeSetTalk, type SetTalk } from "../../src/apparatus/set-talk.ts";
import { signViewing } from "../../src/apparatus/viewing-proof.ts";
import { checkAcknowledgement, type RecipientSet, signRecipients } from "../../src/auth/index.ts";
import {
  type Bytes,
  encodeCbor,
  generateSigningKey,
  importPublicKey,
  randomBytes,
  type SigningKey,
} from "../../src/base/index.ts";
import { makeEncryptionPair, unwrap } from "../../src/keys/index.ts";
import { checkEpoch, checkHead, decodeFrame, itemType } from "../../src/seal/index.ts";
import { carrierPair, quiet, type TestCarrier, until } from "./carriers.ts";
import { control, device, paired, stopAll, viewer } from "./paired-camera.ts";
import { inbox, say, want } from "./stage.ts";

afterEach(stopAll);

/** A camera that runs, with a viewer of the set in force, and a device that goes on giving frames. */
const running = async (t: { after(act: () => void): void }, server?: Bytes) => {
  const on = await paired(() => ({}), server);
  on.capture.give(0);
  await on.start();
  const watching: TestCarrier[] = [];
  const timer = setInterval(() => {
    on.capture.give(0);
    for (const one of watching) say(one, { kind: "credit", upTo: null });
  }, 10);
  t.after(() => clearInterval(timer));
  const { number } = on.identity;
  /** The hub's end of a channel on which it has proven this key. */
  const meet = (key: SigningKey = control) => {
    const [atCamera, atHub] = carrierPair();
    const said: SetTalk[] = [];
    let sealed = 0;
    atHub.onmessage = async (message) => {
      if ("sealed" in message) {
        sealed += 1;
        return;
      }
      const talk = decodeSetTalk(message.talk);
      if (talk) said.push(talk);
      const asked = decodeCameraTalk(message.talk);
      if (asked?.kind === "challenge")
        say(atHub, { kind: "proof", proof: await signViewing(key, { number, nonce: asked.nonce }) });
    };
    on.camera.watch(atCamera, key.publicKey);
    const hand = async (signed: Bytes): Promise<SetTalk> => {
      await until(() => said.length > 0, "what it holds");
      atHub.send({ talk: encodeSetTalk({ kind: "recipients", signed }) });
      await until(() => said.length > 1, "the answer");
      return said[1]!;
    };
    return {
      ...{ atHub, atCamera, said, hand },
      get sealed() {
        return sealed;
      },
    };
  };
  const join = async (key: SigningKey) => {
    const [atCamera, atViewer] = carrierPair();
    on.camera.watch(atCamera, key.publicKey);
    const heard = inbox(atViewer, { number, key });
    want(atViewer);
    await until(() => heard.ofType(itemType.frame).length > 0, "a frame");
    watching.push(atViewer);
    return { atViewer, heard };
  };
  const signed = (change: Partial<RecipientSet> = {}, key = control) =>
    signRecipients(key.privateKey, { ...on.set, generation: 3, ...change });
  const held = () => on.store.identities.get(device.deviceId)!;
  return { ...on, meet, join, signed, held };
};

describe("a new recipient set reaches a running camera", () => {
  it("[RP25] [RP26] is kept, drops who is not in it, re-keys for the others, and then is acknowledged", async (t) => {
    const on = await running(t);
    const stays = await generateSigningKey();
    const both = { viewers: [viewer.publicKey, stays.publicKey] };
    const first = on.meet();
    assert.equal((await first.hand(await on.signed(both))).kind, "acknowledged");
    const [lost, kept] = [await on.join(viewer), await on.join(stays)];
    const theirs = await makeEncryptionPair();
    const next = { generation: 4, viewers: [stays.publicKey], recipients: [theirs.recipient] };
    const set = await on.signed(next);
    const hub = on.meet();
    const answer = await hub.hand(set);
    assert.deepEqual(hub.said[0], { kind: "holds", generation: 3 });
    assert.ok(answer.kind === "acknowledged");
    const camera = await importPublicKey(on.identity.publicKey);
    assert.ok(await checkAcknowledgement(camera, set, answer.envelope));
    // At the moment of the word it is so already.
    assert.deepEqual([on.held().generation, on.held().recipients], [4, set]);
    const { cause, epoch } = on.keys.at(-1)!;
    assert.equal(cause, "recipients");
    await until(() => lost.atViewer.closed, "the end for who is out");
    assert.deepEqual(lost.heard.talks.at(-1), { kind: "ending", ending: "repaired" });
    const epochs = () => kept.heard.ofType(itemType.frame).map((item) => decodeFrame(item).fields.epoch);
    await until(() => epochs().includes(epoch), "a frame with the new key");
    const head = await checkHead(kept.heard.items[0]!);
    const { wrap, generation } = await checkEpoch(head, kept.heard.ofType(itemType.epoch).at(-1)!);
    assert.equal(generation, 4);
    assert.ok(await unwrap(wrap, [theirs.identity]));
    assert.ok(lost.heard.ofType(itemType.frame).every((item) => decodeFrame(item).fields.epoch < epoch));
    assert.throws(() => on.camera.watch(carrierPair()[0], viewer.publicKey), { code: "peer-proof" });
    assert.deepEqual(on.admitted.at(-1), [control.publicKey, stays.publicKey]);
    assert.equal(hub.sealed, 0, "the hub gets nothing of the stream");
    assert.deepEqual(on.ended, []);
  });

  it("[RP26] the very set that is held is acknowledged again, and changes nothing", async (t) => {
    const on = await running(t);
    const set = await on.signed();
    const first = await on.meet().hand(set);
    const keys = on.keys.length;
    assert.deepEqual(await on.meet().hand(set), first);
    assert.equal(on.keys.length, keys);
  });

  it("[RP26] another hub's, another camera's, an old one and what is none are refused, and nothing changes", async (t) => {
    const on = await running(t);
    const before = on.held();
    const stranger = await generateSigningKey();
    const cases: [string, Bytes, SetTalk][] = [
      ["another hub's", await on.signed({}, stranger), { kind: "refused", why: "recipients" }],
      [
        "another camera's",
        await on.signed({ number: randomBytes(32) }),
        { kind: "refused", why: "recipients" },
      ],
      ["none", randomBytes(40), { kind: "refused", why: "recipients" }],
      [
        "the same generation",
        await on.signed({ generation: 2, viewers: [] }),
        { kind: "refused", why: "old" },
      ],
      ["a lower generation", await on.signed({ generation: 1 }), { kind: "refused", why: "old" }],
    ];
    for (const [what, set, answer] of cases) assert.deepEqual(await on.meet().hand(set), answer, what);
    assert.deepEqual(on.held(), before);
    assert.deepEqual([on.keys.length, on.admitted, on.ended], [1, [], []]);
  });

  it("[RP25] who has not proven the control key hands over nothing", async (t) => {
    const on = await running(t);
    const before = on.held();
    const set = await on.signed();
    const stranger = await generateSigningKey();
    assert.throws(() => on.meet(stranger), { code: "peer-proof" });
    const [atCamera, atHub] = carrierPair();
    on.camera.watch(atCamera, control.publicKey);
    atHub.send({ talk: encodeSetTalk({ kind: "recipients", signed: set }) });
    const proof = { key: control.publicKey, envelope: randomBytes(73), pass: null };
    say(atHub, { kind: "proof", proof });
    await until(() => atCamera.closed, "the end of a wrong proof");
    // A viewer is no hub, whatever it says.
    const { atViewer, heard } = await on.join(viewer);
    atViewer.send({ talk: encodeSetTalk({ kind: "recipients", signed: set }) });
    await quiet(100);
    assert.ok(!heard.talks.some(({ kind }) => (kind as string) === "acknowledged"));
    assert.deepEqual(on.held(), before);
  });

  it("[RP25] one set over each connection", async (t) => {
    const on = await running(t);
    const hub = on.meet();
    await hub.hand(await on.signed());
    hub.atHub.send({
      talk: encodeSetTalk({ kind: "recipients", signed: await on.signed({ generation: 4 }) }),
    });
    await quiet(100);
    assert.equal(hub.said.length, 2);
    assert.equal(on.held().generation, 3);
  });

  it("[RP25] no pass is asked of the hub, and it gets none of the pictures", async (t) => {
    const { publicKey: server } = await generateSigningKey();
    const on = await running(t, server);
    const hub = on.meet();
    assert.equal((await hub.hand(await on.signed())).kind, "acknowledged");
    want(hub.atHub);
    await quiet(100);
    assert.equal(hub.sealed, 0);
  });

  it("a stream that ends closes the hub's channel", async (t) => {
    const on = await running(t);
    const hub = on.meet();
    await until(() => hub.said.length > 0, "what it holds");
    await on.camera.stop();
    await until(() => hub.atHub.closed, "the end");
  });
});

describe("what a hub and a camera say of sets", () => {
  it("[RP25] is read as it was written, and anything else is ignored", () => {
    const talks: SetTalk[] = [
      { kind: "holds", generation: 7 },
      { kind: "recipients", signed: randomBytes(16_000) },
      { kind: "acknowledged", envelope: randomBytes(73) },
      { kind: "refused", why: "old" },
    ];
    for (const talk of talks) assert.deepEqual(decodeSetTalk(encodeSetTalk(talk)), talk);
    const others = [
      ["holds", -1],
      ["holds", "7"],
      ["holds", 7, 7],
      ["recipients", randomBytes(16_001)],
      ["recipients", new Uint8Array(0)],
      ["acknowledged", randomBytes(72)],
      ["refused", 3],
      ["want", null],
      [],
    ];
    for (const other of others) assert.equal(decodeSetTalk(encodeCbor(other)), null, String(other[0]));
    assert.equal(decodeSetTalk(randomBytes(20)), null);
  });
});
