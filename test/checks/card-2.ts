import { type Check, inFile } from "./check.ts";

/** The card: its form, its MAC, its counter; wraps. */
export const card2Checks: readonly Check[] = [
  ...inFile("src/card/content.ts", [
    {
      what: "[CF7] records are strict CBOR",
      text: '    throw damaged("records", cause);',
      instead: "    throw cause;",
      test: { file: "test/card/format.test.ts", title: "bytes that are no deterministic CBOR: refused" },
    },
    {
      what: "[CF7] blanks and cameras are lists",
      text: 'if (!Array.isArray(blanks) || !Array.isArray(cameras)) throw damaged("records");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "blanks that are no array: refused" },
    },
    {
      what: "[CF23] the content of version 1 is a list",
      text: 'if (!Array.isArray(value)) throw damaged("records");',
      instead: "",
      test: {
        file: "test/card/version-1.test.ts",
        title: "with the content of version 2, or the other way round: refused even where the MAC is right",
      },
    },
    {
      what: "[CF7] a camera is a blank or has keys",
      text: "  checkOrder([...content.blanks, ...content.cameras].sort(byNumber)); // in one of them, once\n",
      instead: "",
      test: { file: "test/card/format.test.ts", title: "a camera that is a blank, too: refused" },
    },
    {
      what: "[CF21] an account's server is an origin",
      text: 'if (typeof server !== "string" || !isOrigin(server)) throw damaged("account");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "[CF21] an account is null, or a name and an origin" },
    },
    {
      what: "nothing is written that could not be read",
      text: "    throw new TypeError('\"content\" would not be readable', { cause });",
      instead: "",
      test: {
        file: "test/card/format.test.ts",
        title: "nothing is written that could not be read: TypeError",
      },
    },
  ]),
  ...inFile("src/card/passkey-slot.ts", [
    {
      what: "[CF17] a slot that was damaged says so",
      text: 'if (isFault(cause)) throw damaged("slot");',
      instead: "",
      test: { file: "test/card/ways.test.ts", title: "a slot that was changed behind its stanza is damage" },
    },
  ]),
  ...inFile("src/card/records.ts", [
    {
      what: "[CF7] by rising number, each camera once",
      text: 'if (toHex(number) <= last) throw damaged("order");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "a camera twice: refused" },
    },
    {
      what: "[CF8] keys are a list",
      text: 'if (!Array.isArray(keys)) throw damaged("decryptionKeys");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, keys that are no array: refused" },
    },
    {
      what: "[CF8] keys by rising generation, none above the record's",
      text: 'if (key.generation <= last || key.generation > record.generation) throw damaged("decryptionKeys");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, a generation's key twice: refused" },
    },
    {
      what: "[CF8] a key is an identity",
      text: 'if (typeof identity !== "string" || !/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(identity))\n    throw damaged("identity");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, a key that is no identity: refused" },
    },
    {
      what: "[CF8] these fields and no others",
      text: 'if (!(value instanceof Map) || value.size !== size) throw damaged("fields");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, an unknown field: refused" },
    },
    {
      what: "[CF8] all of them",
      text: "if (field === undefined) throw damaged(name);",
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, no number: refused" },
    },
    {
      what: "[CF8] keys and numbers have 32 bytes",
      text: 'if (!(value instanceof Uint8Array) || value.length !== 32) throw damaged("bytes");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, a short number: refused" },
    },
    {
      what: "[CF3] a camera's name is one",
      text: 'if (typeof value === "string" && cardName(value) === value) return value;',
      instead: "return value as string;",
      test: { file: "test/card/format.test.ts", title: "cameras, a name untrimmed: refused" },
    },
    {
      what: "[CF3] what is no name is damage",
      text: '  throw damaged("name");\n}',
      instead: "  return value as string;\n}",
      test: { file: "test/card/format.test.ts", title: "cameras, a name untrimmed: refused" },
    },
    {
      what: "[CF8] a count is one",
      text: 'if (typeof value !== "number" || value < 0) throw damaged("count");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, written as text: refused" },
    },
    {
      what: "[CF8] true or false",
      text: 'if (typeof value !== "boolean") throw damaged("truth");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "cameras, acknowledged as a number: refused" },
    },
    {
      what: "[CF19] rights are a list",
      text: 'if (!Array.isArray(value)) throw damaged("rights");',
      instead: "",
      test: {
        file: "test/card/format.test.ts",
        title: "[CF19] rights are known ones, each once, in one order; a card may have none",
      },
    },
    {
      what: "[CF19] rights are known ones, in one order",
      text: 'if (value.length !== known.length || value.some((right, at) => right !== known[at]))\n    throw damaged("rights");',
      instead: "",
      test: {
        file: "test/card/format.test.ts",
        title: "[CF19] rights are known ones, each once, in one order; a card may have none",
      },
    },
  ]),
  ...inFile("src/keys/wrap.ts", [
    {
      what: "at most 64 recipients open a wrap",
      text: 'if (stanzas.length > MAX_RECIPIENTS) throw new Fault("wrap-damaged", { why: "recipients" });',
      instead: "",
      test: { file: "test/keys/wrap.test.ts", title: "recipients, and neither writes nor reads more" },
    },
    {
      what: "1 to 64 recipients are wrapped to",
      text: 'if (distinct.length === 0 || distinct.length > MAX_RECIPIENTS) throw new Fault("recipient", { index: -1 });',
      instead: "",
      test: { file: "test/keys/wrap.test.ts", title: "recipients, and neither writes nor reads more" },
    },
    {
      what: "a recipient is an X25519 one",
      text: 'if (!RECIPIENT.test(recipient)) throw new Fault("recipient", { index });',
      instead: "",
      test: { file: "test/keys/wrap.test.ts", title: "refuses every other kind of recipient, and mixtures" },
    },
    {
      what: "a text has one form",
      text: 'if (armor.encode(file) !== text) throw new Fault("wrap-damaged", { why: "armor" }); // one text per file',
      instead: "",
      test: {
        file: "test/keys/wrap.test.ts",
        title: "goes there and back, and refuses every other spelling",
      },
    },
    {
      what: "not mine is told from broken",
      text: "    if (!mine) return null;\n",
      instead: "",
      test: {
        file: "test/keys/wrap.test.ts",
        title: "opens for every recipient, gives null to everyone else",
      },
    },
  ]),
];
