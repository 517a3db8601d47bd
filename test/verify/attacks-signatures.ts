import {
  type Bytes,
  concat,
  encodeCbor,
  fromHex,
  PURPOSES,
  type Purpose,
  sha256,
  signCose,
} from "../../src/base/index.ts";
import { encodeFrame, signedPayload } from "../../src/seal/frame.ts";
import { decodeFrame, type FrameItem, layoutOf, signHead } from "../../src/seal/index.ts";
import { makeSensor } from "../seal/camera.ts";
import {
  type AttackGroup,
  attack,
  camera,
  earlier,
  end,
  epoch,
  fieldOf,
  frame,
  head,
  instead,
  spliced,
  stranger,
  withFields,
} from "./attack.ts";

// Signatures: by other keys, for other purposes, and by a camera that lies.

/** A frame signed anew over what it says now: with this key, for this purpose, over this head's hash. */
const signedAnew = async (
  item: Uint8Array,
  by: CryptoKey,
  how: { purpose?: Purpose; over?: Bytes; fields?: Partial<FrameItem["fields"]>; tag?: Bytes } = {},
): Promise<Bytes> => {
  const { purpose = "frame", over = camera.hash, fields = {}, ...more } = how;
  const plain = decodeFrame(item);
  const told = { ...plain, ...more, fields: { ...plain.fields, ...fields } as FrameItem["fields"] };
  const sensor = await makeSensor();
  sensor.receive(told.cipher, layoutOf(told.fields, told.cipher.length));
  const { root, leaves } = sensor.tree();
  const envelope = await signCose(by, purpose, signedPayload(over, told.fields, { ...told, root }));
  return encodeFrame({ ...told, envelope, leaves });
};

const headSaid = { counter: 7, previous: null, started: 1_000, path: "track-processor-window" } as const;
const headBy = async (by: CryptoKey, publicKey: Bytes): Promise<Bytes> =>
  (await signHead(by, { ...headSaid, publicKey })).item;

/** A head with this public key under a signature that fits a key of order 1 whatever is signed. */
const weakHead = (publicKey: Bytes): Bytes => {
  const fields = encodeCbor([1, publicKey, 7, null, 1, "camera", "track-processor-window"]);
  const signature = concat(new Uint8Array([1]), new Uint8Array(63));
  return encodeCbor([1, 1, fields, concat(fromHex("8443a10132a0f65840"), signature)]);
};
const headFault = ["head", "head, incomplete", "head, incomplete"] as const;

/** The head's own bytes, signed for another purpose. */
const headFields = fieldOf(head, "head", "fields") as Bytes;
const misused = (purpose: Purpose): Promise<Bytes> => signCose(camera.privateKey, purpose, headFields);

const epochPayload = async (): Promise<Bytes> =>
  encodeCbor([1, camera.hash, 0, 1, "frame", await sha256(fieldOf(epoch, "epoch", "wrap") as Bytes)]);
const endPayload = (): Bytes =>
  encodeCbor([1, camera.hash, fieldOf(end, "end", "counts"), fieldOf(end, "end", "ended")]);

/** The envelope with another byte at this place: its structure, its algorithm, its signature. */
const envelopeWith = (at: number, byte: number): Bytes => {
  const envelope = new Uint8Array(fieldOf(frame, "frame", "envelope") as Uint8Array);
  envelope[at] = byte;
  return withFields(frame, "frame", { envelope });
};

export const otherKeys: AttackGroup = {
  title: "Signed by another key",
  attacks: [
    attack(
      "a frame re-signed by another key",
      instead(await signedAnew(frame, stranger.privateKey)),
      "signature",
    ),
    attack(
      "a head with the camera's key, signed by another",
      spliced(0, 1, await headBy(stranger.privateKey, camera.publicKey)),
      headFault,
    ),
    attack(
      "a head with another key, signed by that",
      spliced(0, 1, await headBy(stranger.privateKey, stranger.publicKey)),
      ["number", "number, epoch, signature, incomplete", "number, epoch, signature, incomplete"],
    ),
    attack(
      "a head with a key of low order, which one signature fits always",
      spliced(0, 1, weakHead(fromHex(`01${"00".repeat(31)}`))),
      headFault,
    ),
    attack(
      "a head with a key that is not canonical",
      spliced(0, 1, weakHead(fromHex(`ee${"ff".repeat(30)}7f`))),
      headFault,
    ),
    attack(
      "the announcement re-signed by another key",
      spliced(
        1,
        1,
        withFields(epoch, "epoch", {
          envelope: await signCose(stranger.privateKey, "epoch", await epochPayload()),
        }),
      ),
      ["epoch", "epoch, no-key", "epoch, no-key"],
    ),
    attack(
      "the end re-signed by another key",
      spliced(
        6,
        1,
        withFields(end, "end", { envelope: await signCose(stranger.privateKey, "end", endPayload()) }),
      ),
      ["signature", "signature, incomplete", "signature, incomplete"],
    ),
    attack(
      "a frame signed by the camera over another head",
      instead(await signedAnew(frame, camera.privateKey, { over: earlier.hash })),
      "signature",
    ),
  ],
};

export const otherPurposes: AttackGroup = {
  title: "Signed for another purpose, or in another form",
  attacks: [
    ...(await Promise.all(
      PURPOSES.filter((purpose) => purpose !== "frame").map(async (purpose) =>
        attack(
          `a frame under the camera's signature for \`${purpose}\``,
          instead(await signedAnew(frame, camera.privateKey, { purpose })),
          "signature",
        ),
      ),
    )),
    attack(
      "a head under the camera's signature for `frame`",
      spliced(0, 1, withFields(head, "head", { envelope: await misused("frame") })),
      headFault,
    ),
    attack(
      "an announcement under its signature for `end`",
      spliced(
        1,
        1,
        withFields(epoch, "epoch", {
          envelope: await signCose(camera.privateKey, "end", await epochPayload()),
        }),
      ),
      ["epoch", "epoch, no-key", "epoch, no-key"],
    ),
    attack(
      "an end under its signature for `frame`",
      spliced(
        6,
        1,
        withFields(end, "end", { envelope: await signCose(camera.privateKey, "frame", endPayload()) }),
      ),
      ["signature", "signature, incomplete", "signature, incomplete"],
    ),
    attack("a signature that names another algorithm", instead(envelopeWith(4, 0x27)), "signature"),
    attack("a signature with a payload attached", instead(envelopeWith(6, 0x40)), "signature"),
    attack(
      "no signature: 73 zero bytes",
      instead(withFields(frame, "frame", { envelope: new Uint8Array(73) })),
      "signature",
    ),
    attack(
      "a signature of 74 bytes",
      instead(withFields(frame, "frame", { envelope: new Uint8Array(74) })),
      "malformed",
    ),
  ],
};
