import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CborValue, decodeCbor, encodeCbor } from "../../src/base/index.ts";
import { decodeContent, encodeContent } from "../../src/card/content.ts";
import { checkCardFile, decodeCard, encodeCard, makeCard, outsideOf } from "../../src/card/index.ts";
import { PASSWORD, quick, sampleBlank, sampleRecord } from "./sample.ts";

const { file } = await makeCard('Home "1"', PASSWORD, quick);
const text = encodeCard(file);
const damagedCard = { code: "card-damaged" };

describe("[CF1] one card, one text", () => {
  it("there and back", () => {
    assert.deepEqual(decodeCard(text), file);
    assert.equal(encodeCard(decodeCard(text)), text);
    assert.deepEqual(Object.keys(JSON.parse(text)), [
      ...["version", "id", "name", "created", "passwordChanged", "rule"],
      ...["counter", "slots", "records", "mac"],
    ]);
  });

  const others: Record<string, string> = {
    "without the last line feed": text.trimEnd(),
    "with a byte order mark": `\ufeff${text}`,
    compact: JSON.stringify(JSON.parse(text)),
    "a field twice": text.replace('"version": 2,', '"version": 2,\n  "version": 2,'),
    "fields in another order": `${JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()), null, 2)}\n`,
    "another spelling of a number": text.replace('"counter": 1,', '"counter": 1.0,'),
    "an escape that needs none": text.replace("Home", "\\u0048ome"),
    "CR LF": text.replaceAll("\n", "\r\n"),
    "nothing at all": "",
    "no object": "null\n",
  };
  for (const [what, other] of Object.entries(others)) {
    it(`${what}: refused`, () => assert.throws(() => decodeCard(other), damagedCard));
  }
});

it("[CF1] a text too long is refused before it is parsed", () => {
  assert.throws(() => decodeCard(text + " ".repeat(1 << 21)), {
    code: "card-damaged",
    detail: { why: "length" },
  });
});

describe("[CF2] fields", () => {
  it("a copy of a good one passes, the mac as a copy", () => {
    const checked = checkCardFile(structuredClone(file));
    assert.deepEqual(checked, file);
    assert.notEqual(checkCardFile(file).mac, file.mac);
  });

  it("[CF14] the outside of a card is id, name, dates, counter and kinds of slots", () => {
    const { id, name, created, passwordChanged, counter } = file;
    assert.deepEqual(outsideOf(file), { id, name, created, passwordChanged, counter, slots: ["password"] });
  });

  const [slot] = file.slots;
  const key = { kind: "passkey", added: 1, file: "" };
  const bad: [string, unknown][] = [
    ...["id", "name", "created", "passwordChanged", "rule", "counter", "slots", "records", "mac"].flatMap(
      (name): [string, unknown][] => [
        [`no ${name}`, Object.fromEntries(Object.entries(file).filter(([key]) => key !== name))],
        [`${name} undefined`, { ...file, [name]: undefined }],
        [`${name} an object`, { ...file, [name]: {} }],
      ],
    ),
    ...["id", "name", "created", "passwordChanged", "counter", "slots", "records", "mac"].map(
      (name): [string, unknown] => [`${name} null`, { ...file, [name]: null }],
    ),
    ...[0, -1, 1.5, 3651, "365", true].map((rule): [string, unknown] => [
      `the rule ${JSON.stringify(rule)}`,
      { ...file, rule },
    ]),
    ["an unknown field", { ...file, extra: 1 }],
    ["version 0", { ...file, version: 0 }],
    ["version as text", { ...file, version: "2" }],
    ["version 1 with a rule", { ...file, version: 1 }],
    ["id of 15 bytes", { ...file, id: file.id.slice(0, 20) }],
    ["id with stray bits", { ...file, id: `${file.id.slice(0, 21)}B` }],
    ["name untrimmed", { ...file, name: " Home" }],
    ["name decomposed", { ...file, name: "Cafe\u0301" }],
    ["date with a fraction", { ...file, created: 0.5 }],
    ["date below zero", { ...file, created: -1 }],
    ["counter 0", { ...file, counter: 0 }],
    ["counter beyond 2^53", { ...file, counter: 2 ** 53 }],
    ["no slot", { ...file, slots: [] }],
    ["a slot of an unknown kind", { ...file, slots: [slot, { kind: "face", added: 1, file: "" }] }],
    ["a slot that is none", { ...file, slots: [slot, null] }],
    ["a recovery slot without its date", { ...file, slots: [slot, { kind: "recovery", file: "" }] }],
    ["a passkey slot with a date below zero", { ...file, slots: [slot, { ...key, added: -1 }] }],
    ["a slot with more in it", { ...file, slots: [{ ...slot, hint: "dog" }] }],
    ["a slot too long", { ...file, slots: [{ ...slot, file: "x".repeat(5000) }] }],
    ["records too long", { ...file, records: "x".repeat(2 ** 20 + 1) }],
    ["a mac of 31 bytes", { ...file, mac: new Uint8Array(31) }],
    ["an array", [file]],
    ["nothing", undefined],
  ];
  for (const [what, value] of bad) {
    it(`${what}: refused`, () => assert.throws(() => checkCardFile(value), damagedCard));
  }

  it("another version is another fault, whatever fields it has", () => {
    for (const value of [
      { ...file, version: 3 },
      { version: 4, new: 1 },
    ]) {
      assert.throws(() => checkCardFile(value), { code: "card-version" });
    }
    assert.throws(() => decodeCard('{"version":3,"lid":"open"}'), { code: "card-version" });
  });
});

describe("[CF5] the slots of a card", () => {
  const [slot] = file.slots;
  const passkeys = (count: number) =>
    Array.from({ length: count }, (_, added) => ({ kind: "passkey", added, file: "" }));
  const code = { kind: "recovery", added: 1, file: "" };

  it("are one password, at most one code, at most eight passkeys, in this order", () => {
    for (const more of [[], [code], passkeys(8), [code, ...passkeys(1)], [code, ...passkeys(8)]]) {
      const slots = [slot, ...more];
      assert.deepEqual(checkCardFile({ ...file, slots }).slots, slots);
    }
    const bad = [
      ...[[code], passkeys(1), [slot, slot], [code, slot], [slot, code, code], [...passkeys(1), slot]],
      ...[
        [slot, ...passkeys(9)],
        [slot, ...passkeys(1), code],
        [slot, code, slot],
        [slot, ...passkeys(5000)],
      ],
    ];
    for (const slots of bad) assert.throws(() => checkCardFile({ ...file, slots }), damagedCard);
  });
});

describe("[CF7] [CF8] [CF20] what lies inside", () => {
  const content = {
    account: { name: "Ada", server: "https://cam.example" },
    blanks: [sampleBlank(4), sampleBlank(3)],
    cameras: [sampleRecord(2), sampleRecord(1)],
  };
  const good = encodeContent(content);
  const whole = () => decodeCbor(good) as Map<string, CborValue>;
  const lists = (name: string) => whole().get(name) as Map<string, CborValue>[];
  const map = (entries: Record<string, CborValue>) => new Map<string, CborValue>(Object.entries(entries));
  const key = (generation: number) =>
    map({ generation, identity: sampleRecord(1).decryptionKeys[0]?.identity ?? "" });
  const refused = (value: CborValue, why?: string) =>
    assert.throws(
      () => decodeContent(encodeCbor(value)),
      why === undefined ? damagedCard : { ...damagedCard, detail: { why } },
    );

  it("there and back, by rising number", () => {
    const { account } = content;
    assert.deepEqual(decodeContent(good), {
      account,
      blanks: [sampleBlank(3), sampleBlank(4)],
      cameras: [sampleRecord(1), sampleRecord(2)],
    });
    const nothing = { account: null, blanks: [], cameras: [] };
    assert.deepEqual(decodeContent(encodeContent(nothing)), nothing);
  });

  it("a record without keys is one whose keys come later; old keys are kept beside new ones", () => {
    const later = sampleRecord(1, { generation: 0, decryptionKeys: [] });
    const [old] = sampleRecord(2).decryptionKeys;
    assert.ok(old);
    const renewed = sampleRecord(2, { generation: 3, decryptionKeys: [old, { ...old, generation: 3 }] });
    assert.deepEqual(decodeContent(encodeContent({ ...content, cameras: [later, renewed] })).cameras, [
      later,
      renewed,
    ]);
  });

  const wholes: [string, CborValue][] = [
    ["an array, as version 1 has it", lists("cameras")],
    ["an unknown field", whole().set("extra", 1)],
    ["blanks that are no array", whole().set("blanks", map({}))],
    ["a record that is no map", whole().set("cameras", [1])],
    ["unsorted records", whole().set("cameras", lists("cameras").reverse())],
    ["unsorted blanks", whole().set("blanks", lists("blanks").reverse())],
    ["a camera twice", whole().set("cameras", [lists("cameras")[0] ?? 0, lists("cameras")[0] ?? 0])],
    [
      "a camera that is a blank, too",
      whole().set("blanks", [(lists("blanks")[0] ?? map({})).set("number", new Uint8Array(32).fill(2))]),
    ],
  ];
  for (const [what, value] of wholes) it(`${what}: refused`, () => refused(value));
  for (const field of whole().keys())
    it(`without ${field}: refused`, () => {
      const without = whole();
      without.delete(field);
      refused(without);
      refused(without.set("x", 1), field);
    });

  const bad: [string, Record<string, CborValue>][] = [
    ["an unknown field", { extra: 1 }],
    ["a short number", { number: new Uint8Array(31) }],
    ["a number as text", { number: "1".repeat(32) }],
    ["a name untrimmed", { name: " Door" }],
    ["a name as bytes", { name: new Uint8Array(3) }],
    ["written as text", { written: "today" }],
    ["written beyond 2^53", { written: 2n ** 60n }],
    ["written by a short thumbprint", { writtenBy: new Uint8Array(20) }],
    ["written by a name", { writtenBy: "hub" }],
  ];
  const badKeys: [string, Record<string, CborValue>][] = [
    ["a generation below zero", { generation: -1 }],
    ["keys that are no array", { decryptionKeys: key(1) }],
    ["a key beyond the generation", { decryptionKeys: [key(2)] }],
    ["a key of generation 0", { decryptionKeys: [key(0)] }],
    ["a generation's key twice", { decryptionKeys: [key(1), key(1)] }],
    ["a key that is no identity", { decryptionKeys: [key(1).set("identity", "age1x")] }],
    ["a key with more in it", { decryptionKeys: [key(1).set("note", "")] }],
    ["a viewer key without its public half", { viewerKey: map({ seed: new Uint8Array(32) }) }],
    ["a long control key", { controlKey: new Uint8Array(33) }],
    ["acknowledged as a number", { acknowledged: 1 }],
  ];
  for (const [list, cases] of [
    ["blanks", bad],
    ["cameras", [...bad, ...badKeys]],
  ] as const) {
    const first = () => lists(list)[0] ?? map({});
    for (const [what, change] of cases)
      it(`${list}, ${what}: refused`, () =>
        refused(whole().set(list, [new Map([...first(), ...Object.entries(change)])])));
    for (const name of first().keys())
      it(`${list}, no ${name}: refused`, () => {
        const record = first();
        record.delete(name);
        refused(whole().set(list, [record]));
        refused(whole().set(list, [record.set("x", 1)]), name);
      });
  }

  it("[CF19] rights are known ones, each once, in one order; a card may have none", () => {
    const rights = (value: CborValue): CborValue =>
      whole().set("cameras", [(lists("cameras")[0] ?? map({})).set("rights", value)]);
    for (const one of [[], ["live"], ["recordings"], ["live", "recordings"]])
      assert.deepEqual(decodeContent(encodeCbor(rights(one))).cameras[0]?.rights, one);
    const twisted = [
      ["recordings", "live"],
      ["live", "live"],
      ["all"],
      [""],
      ["live,recordings"],
      [["live"]],
      "live",
      3,
      null,
    ];
    for (const value of twisted) refused(rights(value), "rights");
  });

  it("[CF21] an account is null, or a name and an origin", () => {
    const account = (changes: Record<string, CborValue>): CborValue =>
      whole().set("account", map({ name: "Ada", server: "http://localhost:8787", ...changes }));
    assert.equal(decodeContent(encodeCbor(account({}))).account?.server, "http://localhost:8787");
    const servers = [
      ...["", "cam.example", "https://cam.example/", "https://cam.example/x", "https://a@cam.example"],
      ...[
        "HTTPS://cam.example",
        "javascript:alert(1)",
        "null",
        `https://${"a.".repeat(130)}example`,
        1,
        null,
      ],
    ];
    for (const server of servers) refused(account({ server }));
    for (const value of [" Ada", "", 1, null]) refused(account({ name: value }));
    refused(account({ password: "secret" }));
  });

  it("bytes that are no deterministic CBOR: refused", () => {
    for (const bytes of [[], [0x9f, 0xff], [0x80, 0x80], [0xff]]) {
      assert.throws(() => decodeContent(new Uint8Array(bytes)), damagedCard);
    }
  });

  it("nothing is written that could not be read: TypeError", () => {
    const none = { account: null, blanks: [], cameras: [] };
    assert.throws(() => encodeContent({ ...none, cameras: [sampleRecord(1, { generation: 0 })] }), TypeError);
    assert.throws(() => encodeContent({ ...none, cameras: [sampleRecord(1), sampleRecord(1)] }), TypeError);
    assert.throws(
      () => encodeContent({ ...none, cameras: [sampleRecord(1)], blanks: [sampleBlank(1)] }),
      TypeError,
    );
  });
});
