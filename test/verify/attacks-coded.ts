import { type Bytes, type CborValue, encodeCbor, utf8 } from "../../src/base/index.ts";
import { type CodedFields, type FrameKind, signFreshness } from "../../src/seal/index.ts";
import { edited, fieldsOf, flipped, placesOf } from "../seal/bytes.ts";
import { coded as fixtures } from "../seal/coded.ts";
import { type AttackGroup, attack, begin, camera, frame as raw } from "./attack.ts";

// Coded pictures, sound and text: what builds on what, and tracks with sequences of their own.

type Kind = Exclude<FrameKind, "raw">;
const fixture = (kind: Kind) => fixtures.find(({ fields }) => fields.kind === kind)!;
const stream = await begin(20);

/** What a frame of this kind holds, with other words about it. */
const sealed = (kind: Kind, changes: Partial<CodedFields>, bytes?: Uint8Array): Promise<Bytes> => {
  const made = fixture(kind);
  return stream.sealAs({ ...made.fields, ...changes } as CodedFields, bytes ?? made.bytes);
};
const said = (sequence: number): Promise<Bytes> => sealed("text", { sequence }, utf8(`line ${sequence}`));
const counts = (...list: [track: number, frames: number][]): Promise<Bytes> => stream.end(new Map(list));
const all = [
  [1, 6],
  [3, 2],
  [5, 2],
] as [number, number][];

/** Still, key frame, two deltas, sound, text, a second key frame and its delta, sound, text. */
const items: readonly Uint8Array[] = [
  ...[stream.head, stream.epoch, await sealed("image", {}), await sealed("key", {})],
  ...[await sealed("delta", { sequence: 2, after: 1 }), await sealed("delta", { sequence: 3, after: 2 })],
  ...[await sealed("sound", {}), await said(0), await sealed("key", { sequence: 4 })],
  ...[
    await sealed("delta", { sequence: 5, after: 1 }),
    await sealed("sound", { sequence: 1 }),
    await said(1),
  ],
  await counts(...all),
];
/** Where each of them stands. */
const at = { image: 2, key: 3, delta: 4, next: 5, sound: 6, text: 7, second: 8, last: 9, end: 12 } as const;
const spliced = (from: number, count: number, ...put: Uint8Array[]): Uint8Array[] =>
  items.toSpliced(from, count, ...put);
const instead = (name: keyof typeof at, put: Uint8Array): Uint8Array[] => spliced(at[name], 1, put);

/** The names of a coded frame's fields, in their order. */
const namesOf = (kind: Kind): string[] => [
  ...["type", "version", "track", "sequence", "epoch", "captured", "kind", ...fixture(kind).names, "piece"],
  ...["tag", "commitment", "envelope", "cipher"],
];
const slotOf = (kind: Kind, field: string): number => {
  const slot = namesOf(kind).indexOf(field);
  if (slot < 0) throw new RangeError(`${kind} has no ${field}`);
  return slot;
};
const withFields = (kind: Kind, values: Readonly<Record<string, CborValue>>): Bytes =>
  edited(items[at[kind]]!, (fields) => {
    for (const [field, value] of Object.entries(values)) fields[slotOf(kind, field)] = value;
  });
const changed = (kind: Kind, values: Readonly<Record<string, CborValue>>): Uint8Array[] =>
  instead(kind, withFields(kind, values));
const contentOf = (kind: Kind, field: string): CborValue => fieldsOf(items[at[kind]]!)[slotOf(kind, field)]!;
/** The frame of one kind with the head of another: track and what stands from `kind` up to the tag. */
const dressed = (kind: Kind, as: Kind): Uint8Array => {
  const [own, other] = [fieldsOf(items[at[kind]]!), fieldsOf(items[at[as]]!)];
  return encodeCbor([
    ...own.slice(0, 6),
    ...other.slice(6, slotOf(as, "tag")),
    ...own.slice(slotOf(kind, "tag")),
  ]);
};
const turned = (kind: Kind, field: string): Uint8Array[] => {
  const { content, to } = placesOf(items[at[kind]]!)[slotOf(kind, field)]!;
  return instead(kind, flipped(items[at[kind]]!, Math.max(content, to) - 1));
};
const bits = (kind: Kind, expected: Record<string, string>) =>
  Object.entries(expected).map(([field, outcome]) =>
    attack(`${kind}: a bit of \`${field}\``, turned(kind, field), outcome),
  );

const kinds = ["key", "delta", "sound", "text", "image"] as const;
/** What all kinds have. */
const common = {
  ...{ type: "malformed", version: "version", track: "malformed", sequence: "signature", epoch: "signature" },
  ...{ captured: "signature", kind: "malformed", piece: "malformed", tag: "signature" },
  ...{ commitment: "signature", envelope: "signature", cipher: "signature" },
};
/** What each has of its own. */
const own: Record<(typeof kinds)[number], Record<string, string>> = {
  key: { codec: "signature", size: "signature", colour: "signature" },
  delta: { after: "malformed" },
  sound: { channels: "malformed", packets: "signature" },
  text: {},
  image: { "image-type": "malformed", size: "signature" },
};

const exchangedPieces = (): Uint8Array => {
  const cipher = new Uint8Array(contentOf("key", "cipher") as Uint8Array);
  // The first piece has 16 384 bytes, the second one.
  return new Uint8Array([...cipher.subarray(-1), ...cipher.subarray(0, -1)]);
};

export const codedFields: AttackGroup = {
  title: "A field of a coded frame",
  attacks: [
    ...kinds.flatMap((kind) => bits(kind, { ...common, ...own[kind] })),
    attack("key: another codec", changed("key", { codec: "vp8" }), "signature"),
    attack("key: a codec of two letters", changed("key", { codec: "vp" }), "malformed"),
    attack("key: a codec of 33 letters", changed("key", { codec: "v".repeat(33) }), "malformed"),
    attack("sound: two channels of one", changed("sound", { channels: 2 }), "signature"),
    attack(
      "sound: another number of packets, which divides the bytes, too",
      changed("sound", { packets: 4 }),
      "signature",
    ),
    attack(
      "sound: a number of packets that does not divide the bytes",
      changed("sound", { packets: 7 }),
      "malformed",
    ),
    attack("sound: no packet", changed("sound", { packets: 0 }), "malformed"),
    attack(
      "sound: 51 packets",
      changed("sound", { packets: 51, cipher: new Uint8Array(51 * 8) }),
      "malformed",
    ),
    attack(
      "sound: packets longer than Opus has",
      changed("sound", { packets: 1, cipher: new Uint8Array(1276) }),
      "malformed",
    ),
    attack("image: the other type of file", changed("image", { "image-type": "image/webp" }), "signature"),
    attack("a kind that is none", changed("image", { kind: 6 }), "malformed"),
    attack("sound: three channels", changed("sound", { channels: 3 }), "malformed"),
    attack(
      "image: a type that is on no list",
      changed("image", { "image-type": "image/svg+xml" }),
      "malformed",
    ),
    attack("text: a line of 4097 bytes", changed("text", { cipher: new Uint8Array(4097) }), "malformed"),
    attack("text: an empty line", changed("text", { cipher: new Uint8Array(0) }), "malformed"),
    attack(
      "key: more than 4 MiB",
      changed("key", { cipher: new Uint8Array(4 * 1024 * 1024 + 1) }),
      "malformed",
    ),
    attack("two pieces exchanged", changed("key", { cipher: exchangedPieces() }), "signature"),
    attack(
      "a piece left out",
      changed("key", { cipher: (contentOf("key", "cipher") as Uint8Array).slice(0, 16_384) }),
      "signature",
    ),
    attack(
      "a leaf list on a coded frame",
      instead(
        "key",
        edited(items[at.key]!, (fields) => fields.splice(-1, 0, new Uint8Array(64))),
      ),
      "malformed",
    ),
    attack(
      "no leaf list on a raw frame",
      async () => [
        camera.head,
        camera.epoch,
        edited(raw, (fields) => fields.splice(-2, 1)),
        await camera.end(3),
      ],
      ["malformed", "malformed", "malformed"],
    ),
  ],
};

const notSent = (missing: number, hidden: number) => {
  const judged = missing > 0 ? `ST1, ${missing} missing` : "ST1";
  return [hidden > 0 ? `${judged}, ${hidden} not shown` : judged, judged, judged] as const;
};
const shortTrack = await counts([1, 6], [3, 1], [5, 2]);

export const codedOrder: AttackGroup = {
  title: "Key frames, deltas and tracks",
  attacks: [
    attack("nothing is changed", items, "ST1"),
    attack(
      "a delta left out: none behind it is shown before the next key frame",
      spliced(at.delta, 1),
      notSent(1, 1),
    ),
    attack("the key frame left out", spliced(at.key, 1), notSent(1, 2)),
    attack("the second key frame left out", spliced(at.second, 1), notSent(1, 1)),
    attack(
      "all of it but the deltas left out",
      [...items.slice(0, 2), items[at.delta]!, items[at.next]!, await counts([1, 4])],
      ["waiting", "ST1, 2 before", "ST1, 2 before"],
    ),
    attack("the still left out", spliced(at.image, 1), ["ST1", "ST1, 1 before", "ST1, 1 before"]),
    attack("two deltas exchanged", spliced(at.delta, 2, items[at.next]!, items[at.delta]!), "sequence"),
    attack(
      "a delta behind the next key frame",
      spliced(at.next, 4, ...items.slice(at.sound, at.last), items[at.next]!),
      "sequence",
    ),
    attack(
      "a delta made to name another key frame",
      instead(
        "last",
        edited(items[at.last]!, (fields) => fields.splice(slotOf("delta", "after"), 1, 4)),
      ),
      "signature",
    ),
    attack(
      "a delta that the camera signed as one of an older key frame",
      async () => instead("last", await sealed("delta", { sequence: 5, after: 4 })),
      notSent(0, 1),
    ),
    attack("a delta that counts itself a key frame: `after` 0", changed("delta", { after: 0 }), "malformed"),
    attack(
      "a delta of a key frame before the beginning: `after` beyond its sequence",
      changed("delta", { after: 3 }),
      "malformed",
    ),
    attack("a delta called a key frame", instead("delta", dressed("delta", "key")), "signature"),
    attack("a key frame called a delta", instead("key", dressed("key", "delta")), "signature"),
    attack("a still called a key frame", instead("image", dressed("image", "key")), "signature"),
    attack("a line of text on the picture's track", instead("key", dressed("key", "text")), "malformed"),
    attack("sound on the picture's track", instead("key", dressed("key", "sound")), "malformed"),
    attack("a picture on the text's track", instead("text", dressed("text", "image")), "malformed"),
    attack(
      "a raw frame on a coded track",
      instead(
        "key",
        edited(raw, (fields) => fields.splice(2, 1, 1)),
      ),
      "malformed",
    ),
    attack("a coded frame on the raw track", changed("key", { track: 0 }), "malformed"),
    attack("a frame on a track that is none", changed("text", { track: 6 }), "malformed"),
    attack("the full picture called the small one", changed("key", { track: 2 }), "signature"),
    attack("sound for live use called sound for recordings", changed("sound", { track: 4 }), "signature"),
    attack("the sound twice", spliced(at.sound, 0, items[at.sound]!), "sequence"),
    attack(
      "the sound left out",
      items.filter((_, index) => index !== at.sound && index !== 10),
      ["ST1", "ST1, track 3 absent", "ST1, track 3 absent"],
    ),
    attack("the last line of text left out", spliced(11, 1), "ST1, 1 missing"),
    attack("the first line of text left out", spliced(at.text, 1), ["ST1", "ST1, 1 before", "ST1, 1 before"]),
    attack(
      "text that is no UTF-8, signed by a camera that lies",
      async () => instead("text", await sealed("text", {}, new Uint8Array([0x61, 0xff]))),
      ["malformed", "malformed", "ST1"],
    ),
    attack(
      "an answer for one track, to frames of another that were sealed before",
      async (viewer) => {
        const at = { counts: new Map([[1, 6]]), signed: 6_000 };
        const answers = await signFreshness(camera.privateKey, stream.hash, at, [
          viewer.judge.fresh.choose(),
        ]);
        return [...items.slice(0, 2), ...answers, ...items.slice(2)];
      },
      ["ST1", "–", "–"],
    ),
  ],
};

const countsInstead = (list: CborValue) =>
  instead(
    "end",
    edited(items[at.end]!, (fields) => fields.splice(2, 1, list)),
  );
const malformedEnd = ["malformed", "malformed, incomplete", "malformed, incomplete"] as const;
const unsignedEnd = ["signature", "signature, incomplete", "signature, incomplete"] as const;

export const codedCounts: AttackGroup = {
  title: "Counts of all tracks",
  attacks: [
    attack(
      "the counts out of order",
      countsInstead([
        [3, 2],
        [1, 6],
        [5, 2],
      ]),
      malformedEnd,
    ),
    attack(
      "a track counted twice",
      countsInstead([
        [1, 6],
        [1, 6],
        [5, 2],
      ]),
      malformedEnd,
    ),
    attack(
      "a track counted with no frame",
      countsInstead([
        [1, 6],
        [3, 0],
        [5, 2],
      ]),
      malformedEnd,
    ),
    attack(
      "a track that is none",
      countsInstead([
        [1, 6],
        [3, 2],
        [6, 2],
      ]),
      malformedEnd,
    ),
    attack(
      "a count with a third number",
      countsInstead([
        [1, 6, 1],
        [3, 2],
        [5, 2],
      ]),
      malformedEnd,
    ),
    attack(
      "seven counts",
      countsInstead([
        [0, 1],
        [1, 6],
        [2, 1],
        [3, 2],
        [4, 1],
        [5, 2],
        [5, 2],
      ]),
      malformedEnd,
    ),
    attack("one number in the place of the counts, as the format was once", countsInstead(6), malformedEnd),
    attack(
      "a track left out of the counts",
      countsInstead([
        [1, 6],
        [5, 2],
      ]),
      unsignedEnd,
    ),
    attack(
      "another count",
      countsInstead([
        [1, 6],
        [3, 2],
        [5, 3],
      ]),
      unsignedEnd,
    ),
    attack("counts of fewer frames of one track, signed", instead("end", shortTrack), [
      "ST1",
      "sequence",
      "sequence",
    ]),
    attack("counts without a track that has frames, signed", instead("end", await counts([1, 6], [3, 2])), [
      "ST1",
      "sequence",
      "sequence",
    ]),
    attack(
      "counts of more frames of one track, signed",
      instead("end", await counts([1, 6], [3, 4], [5, 2])),
      "ST1, 2 missing",
    ),
  ],
};
