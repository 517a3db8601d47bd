import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usualWant } from "../../src/apparatus/talk.ts";
import { encodeCbor, randomBytes, utf8 } from "../../src/base/index.ts";
import { makeCard, openCard } from "../../src/card/index.ts";
import type { PasswordSlots } from "../../src/card/slot.api.ts";
import { epochKey, unwrap } from "../../src/keys/index.ts";
import { checkEpoch, checkHead, decodeEpochSecret, itemType } from "../../src/seal/index.ts";
import { sampleRecord } from "../card/sample.ts";
import { frameOf, pixelsOf, seedShape, smallShape } from "../seal/camera.ts";
import type { Secret } from "../sensor/traces.ts";
import { carrierPair, quiet, until } from "./carriers.ts";
import { watchCopies } from "./copies.ts";
import { beginViewing, inbox, makeStream, want } from "./stage.ts";

const line = "the quick brown fox jumps over the lazy dog";

/** A stream from its seed to its end, watched by a viewer that shows a raw picture and reads a line. */
const session = async () => {
  const camera = await makeStream();
  const [atCamera, atViewer] = carrierPair();
  const { viewing, output } = await beginViewing(atViewer, camera.record);
  camera.stream.attach(atCamera, "viewer");
  const [atDoor, atGuest] = carrierPair();
  const guest = inbox(atGuest);
  camera.stream.attach(atDoor, "guest");
  want(atGuest);
  await until(() => output.labels.length > 0, "the epoch");
  await camera.seal(2, smallShape);
  await until(() => output.pictures.length === 2, "the pictures");
  viewing.want({ ...usualWant, picture: "lossless", text: true });
  await until(() => {
    camera.stream.say(line);
    return output.lines.length > 0;
  }, "the line");
  const rekeying = camera.stream.rekey("asked");
  await quiet(1);
  await camera.stream.seal(frameOf(seedShape, pixelsOf(seedShape, 78)));
  await rekeying;
  await camera.seal(1, smallShape);
  await until(() => output.pictures.length === 3, "a picture under the next key");
  await viewing.stop();
  await camera.stream.end();
  return { camera, guest };
};

/** What the session's announcement held. */
const secretsOf = async ({ camera, guest }: Awaited<ReturnType<typeof session>>): Promise<Secret[]> => {
  const head = await checkHead(guest.ofType(itemType.head)[0]!);
  const announced = guest.ofType(itemType.epoch);
  const keys = [announced[0]!, announced.at(-1)!].map(async (item): Promise<Secret[]> => {
    const { epoch, wrap } = await checkEpoch(head, item);
    const { secret } = decodeEpochSecret((await unwrap(wrap, [camera.pair.identity]))!);
    return [
      { name: `secret of epoch ${epoch}`, bytes: secret },
      { name: `key of epoch ${epoch}`, bytes: await epochKey(secret, head.hash) },
    ];
  });
  const secrets = (await Promise.all(keys)).flat();
  assert.equal(new Set(secrets.map(({ name }) => name)).size, 4);
  return [
    ...secrets,
    { name: "seed frame", bytes: pixelsOf(seedShape, 77) },
    { name: "next seed frame", bytes: pixelsOf(seedShape, 78) },
    { name: "picture", bytes: pixelsOf(smallShape, 1) },
    { name: "line", bytes: utf8(line) },
  ];
};

describe("copies of what is secret", () => {
  it("are all wiped, at the camera and at the viewer, once a stream is over", async () => {
    const { result, made, left } = await watchCopies(session);
    assert.ok(made > 500, `${made} buffers were seen`);
    assert.deepEqual(left(await secretsOf(result)), []);
  });

  it("stay nowhere behind a short value that was encoded: what encodes keeps its buffer for the next", async () => {
    const secret = randomBytes(32);
    const { result, left } = await watchCopies(async () => encodeCbor([secret, "label"]));
    result.fill(0);
    assert.deepEqual(left([{ name: "secret", bytes: secret }]), []);
  });

  it("are wiped of a card's content, in the clear only while it is opened or changed", async () => {
    const record = sampleRecord(1);
    const slots: PasswordSlots = { wrap: async (identity) => identity, unwrap: async (identity) => identity };
    const { result, left } = await watchCopies(async () => {
      const empty = await makeCard("Home", "correct horse battery", { slots });
      const full = await empty.put(record);
      return [full, await openCard(full.file, "correct horse battery", { slots })];
    });
    const seed = record.viewerKey.seed.slice();
    for (const { records } of result) {
      assert.deepEqual(records[0]?.viewerKey.seed, seed);
      records[0]?.viewerKey.seed.fill(0);
    }
    assert.deepEqual(left([{ name: "viewer key", bytes: seed }]), []);
  });

  it("are seen by this test where one is left", async () => {
    const key = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8("a key")));
    const { result, left } = await watchCopies(async () => new Uint8Array(key));
    assert.deepEqual(result, key);
    // Made by a test, it is not counted; made by ours, it is.
    assert.deepEqual(left([{ name: "key", bytes: key }]), []);
    const ours = await watchCopies(async () => epochKey(key, key));
    assert.equal(ours.left([{ name: "key", bytes: ours.result }]).length, 1);
  });
});
