// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what stands in the source, word by word
import { type Check, inFile } from "./check.ts";

/** The card: its form, its MAC, its counter; wraps. */
export const card1Checks: readonly Check[] = [
  ...inFile("src/card/card.ts", [
    {
      what: "[CF11] a wrong password is one",
      text: 'if (identity === null) throw new Fault<CardFault>("password");',
      instead: 'if (identity === null) throw new Fault("slot");',
      test: { file: "test/card/card.test.ts", title: "[CF11] a wrong password is Fault password" },
    },
    {
      what: "[CF17] a passkey that opens nothing says so",
      text: 'throw new Fault<CardFault>("passkey-none");',
      instead: 'throw new Fault<CardFault>("password");',
      test: {
        file: "test/card/ways.test.ts",
        title: "each opens the card, found by trying; another opens nothing",
      },
    },
  ]),
  ...inFile("src/card/open-card.ts", [
    {
      what: "[CF11] the MAC comes first",
      text: 'if (!(await checkMac(identity, file))) throw damaged("mac");',
      instead: "",
      test: {
        file: "test/card/tamper.test.ts",
        title: "a counter set back: damaged, whichever way it is opened",
      },
    },
    {
      what: "[CF9] no more records than a card holds",
      text: 'if (records.length > RECORDS_LENGTH) throw new Fault<CardFault>("card-full", { most: RECORDS_LENGTH });',
      instead: "",
      test: {
        file: "test/card/card.test.ts",
        title: "[CF9] a card that would grow beyond 2^20 characters is refused, not written",
      },
    },
    {
      what: "[CF12] every change counts",
      text: "counter: outside.counter + 1,",
      instead: "counter: Math.max(1, outside.counter),",
      test: {
        file: "test/card/card.test.ts",
        title: "counts each change, encrypts and authenticates anew, and keeps the slot",
      },
    },
    {
      what: "records that do not open are damage",
      text: '  throw damaged("records");\n}',
      instead: "  return encodeContent({ account: null, blanks: [], cameras: [] });\n}",
      test: {
        file: "test/card/tamper.test.ts",
        title: "are refused: another key's, damaged, no age file, no records",
      },
    },
    {
      what: "[CF12] nobody erases what is not there",
      text: "if (rest.cameras.length + rest.blanks.length === before)\n      throw new RangeError('\"number\" is not on this card');",
      instead: "",
      test: {
        file: "test/card/card.test.ts",
        title: "erase takes out one camera; erasing a camera that is not there is misuse",
      },
    },
    {
      what: "[CF20] a blank takes no keys' place",
      text: "if (cameras.length < this.records.length) throw new RangeError('\"number\" has its keys on this card');",
      instead: "",
      test: { file: "test/card/ways.test.ts", title: "are written anew, and never over keys" },
    },
    {
      what: "[CF5] eight passkeys",
      text: 'if (passkeys.length >= MOST_PASSKEYS) throw new Fault<CardFault>("card-full", { most: MOST_PASSKEYS });',
      instead: "",
      test: {
        file: "test/card/ways.test.ts",
        title: "one that opens the card is not added again; a ninth is refused",
      },
    },
    {
      what: "[CF5] a password stays",
      text: 'if (slot === undefined || slot.kind === "password") throw new RangeError(\'"at" is no slot to be dropped\');',
      instead: "",
      test: {
        file: "test/card/ways.test.ts",
        title: "can be taken off, each alone; the password's slot cannot: a passkey is never the only way",
      },
    },
    {
      what: "[CF18] passkeys of the old password fall away",
      text: "passwordChanged: clock.now(), slots: [slot] };",
      instead: "passwordChanged: clock.now(), slots: [slot, ...this.file.slots.slice(1)] };",
      test: { file: "test/card/ways.test.ts", title: "without a recovery code makes none" },
    },
    {
      what: "[CF18] who holds the old key is told",
      text: 'if (isRekeyed && file.id === this.file.id && !(await checkMac(this.#identity, file)))\n      throw new Fault<CardFault>("password-changed");',
      instead: "",
      test: {
        file: "test/card/ways.test.ts",
        title: "who holds the old card key, as another tab does, is told that the password was changed",
      },
    },
  ]),
  ...inFile("src/card/attempts.ts", [
    {
      what: "[CF22] who is too early waits",
      text: 'if (wait > 0) throw new Fault<CardFault>("card-wait", { seconds: Math.ceil(wait / 1000) });',
      instead: "",
      test: {
        file: "test/card/attempts.test.ts",
        title: "[CF22] three attempts are free, then each wait is twice as long, up to five minutes",
      },
    },
  ]),
  ...inFile("src/card/recovery-code.ts", [
    {
      what: "[CF16] a code has 36 characters",
      text: 'if (!/^[A-Z2-7]{36}$/.test(letters)) throw new Fault<CardFault>("recovery-code");',
      instead: "",
      test: {
        file: "test/card/ways.test.ts",
        title:
          "says its typing slips before anything is computed, all of one character and of neighbours swapped",
      },
    },
    {
      what: "[CF16] a code fits its check",
      text: 'if (code.replaceAll("-", "") !== letters) throw new Fault<CardFault>("recovery-code");',
      instead: "",
      test: {
        file: "test/card/ways.test.ts",
        title:
          "says its typing slips before anything is computed, all of one character and of neighbours swapped",
      },
    },
  ]),
  ...inFile("src/card/mac.ts", [
    {
      what: "[CF10] the MAC is compared",
      text: 'return crypto.subtle.verify("HMAC", await macKey(identity), file.mac, macPayload(file));',
      instead: "return true;",
      test: { file: "test/card/tamper.test.ts", title: "a MAC of zeros: damaged" },
    },
    {
      what: "[CF10] the MAC has a key of its own",
      text: 'utf8("sealcam/1 card mac")',
      instead: 'utf8("")',
      test: { file: "test/card/tamper.test.ts", title: "is HMAC-SHA-256 under a key of its own" },
    },
  ]),
  ...inFile("src/card/card-file.ts", [
    {
      what: "[CF1] a text has an end",
      text: 'if (text.length > TEXT_LENGTH) throw damaged("length");',
      instead: "",
      test: {
        file: "test/card/format.test.ts",
        title: "[CF1] a text too long is refused before it is parsed",
      },
    },
    {
      what: "[CF1] one card, one text",
      text: 'if (encodeCard(file) !== text) throw damaged("text");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "compact: refused" },
    },
    {
      what: "[CF1] what is no JSON is damage",
      text: '    throw damaged("text", cause);',
      instead: "    throw cause;",
      test: { file: "test/card/format.test.ts", title: "nothing at all: refused" },
    },
    {
      what: "[CF10] the MAC covers the id",
      text: "const { slots, ...fields } = unsealed(file);",
      instead: "const { slots, id: _, ...fields } = unsealed(file) as CardFileV2;",
      test: { file: "test/card/tamper.test.ts", title: "the id: damaged, whichever way it is opened" },
    },
    {
      what: "[CF10] the MAC covers the name",
      text: "const { slots, ...fields } = unsealed(file);",
      instead: "const { slots, name: _, ...fields } = unsealed(file) as CardFileV2;",
      test: { file: "test/card/tamper.test.ts", title: "the name: damaged, whichever way it is opened" },
    },
    {
      what: "[CF10] the MAC covers the date it was made",
      text: "const { slots, ...fields } = unsealed(file);",
      instead: "const { slots, created: _, ...fields } = unsealed(file) as CardFileV2;",
      test: {
        file: "test/card/tamper.test.ts",
        title: "the date it was made: damaged, whichever way it is opened",
      },
    },
    {
      what: "[CF10] the MAC covers the date of the password",
      text: "const { slots, ...fields } = unsealed(file);",
      instead: "const { slots, passwordChanged: _, ...fields } = unsealed(file) as CardFileV2;",
      test: {
        file: "test/card/tamper.test.ts",
        title: "the date of its password: damaged, whichever way it is opened",
      },
    },
    {
      what: "[CF10] the MAC covers the rule",
      text: "const { slots, ...fields } = unsealed(file);",
      instead: "const { slots, rule: _, ...fields } = unsealed(file) as CardFileV2;",
      test: { file: "test/card/tamper.test.ts", title: "the rule: damaged, whichever way it is opened" },
    },
    {
      what: "[CF10] the MAC covers the counter",
      text: "const { slots, ...fields } = unsealed(file);",
      instead: "const { slots, counter: _, ...fields } = unsealed(file) as CardFileV2;",
      test: {
        file: "test/card/tamper.test.ts",
        title: "a counter set back: damaged, whichever way it is opened",
      },
    },
    {
      what: "[CF10] the MAC covers the slots",
      text: '[...Object.entries(fields), ["slots", maps]]',
      instead: "[...Object.entries(fields)]",
      test: { file: "test/card/tamper.test.ts", title: "the same key locked again with another password" },
    },
    {
      what: "[CF10] the MAC covers the records",
      text: '[...Object.entries(fields), ["slots", maps]]',
      instead: '[...Object.entries({ ...fields, records: "" }), ["slots", maps]]',
      test: {
        file: "test/card/tamper.test.ts",
        title: "records that somebody else encrypted to the card, which age alone would open",
      },
    },
  ]),
  ...inFile("src/card/card-check.ts", [
    {
      what: "[CF2] an id is one",
      text: 'if (!isId(id)) throw damaged("id");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "id of 15 bytes: refused" },
    },
    {
      what: "[CF3] a name is one",
      text: 'if (!isName(name)) throw damaged("name");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "name untrimmed: refused" },
    },
    {
      what: "[CF2] dates are dates",
      text: 'if (!isCount(created) || !isCount(passwordChanged)) throw damaged("dates");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "date below zero: refused" },
    },
    {
      what: "[CF12] a counter begins at 1",
      text: 'if (!isCount(counter) || counter < 1) throw damaged("counter");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "counter 0: refused" },
    },
    {
      what: "[CF5] a list of slots",
      text: 'if (!Array.isArray(value) || value.length > 2 + MOST_PASSKEYS) throw damaged("slots");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "slots null: refused" },
    },
    {
      what: "[CF5] a password, a code, passkeys",
      text: 'if (!/^password( recovery)?( passkey){0,8}$/.test(kinds)) throw damaged("slots");',
      instead: "",
      test: {
        file: "test/card/format.test.ts",
        title: "are one password, at most one code, at most eight passkeys, in this order",
      },
    },
    {
      what: "[CF23] version 1 has the password alone",
      text: 'if (slots.length !== 1) throw damaged("slots");',
      instead: "",
      test: {
        file: "test/card/version-1.test.ts",
        title: "is read as version 1 alone: not with a rule, nor with other slots, nor called version 2",
      },
    },
    {
      what: "[CF15] a rule is one",
      text: 'if (!isRule(rule)) throw damaged("rule");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "the rule 3651: refused" },
    },
    {
      what: "[CF9] records are short enough",
      text: 'if (typeof records !== "string" || records.length > RECORDS_LENGTH) throw damaged("records");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "records too long: refused" },
    },
    {
      what: "[CF2] a MAC has 32 bytes",
      text: 'if (!(mac instanceof Uint8Array) || mac.length !== 32) throw damaged("mac");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "a mac of 31 bytes: refused" },
    },
    {
      what: "[CF5] a slot is of a known kind, and dated",
      text: 'if ((kind !== "recovery" && kind !== "passkey") || !isCount(added)) throw damaged("slots");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "a passkey slot with a date below zero: refused" },
    },
    {
      what: "a slot is short enough",
      text: 'if (typeof file !== "string" || file.length > SLOT_LENGTH) throw damaged("slots");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "a slot too long: refused" },
    },
    {
      what: "[CF2] a slot is an object",
      text: 'if (typeof value !== "object" || value === null) throw damaged("fields");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "a slot that is none: refused" },
    },
    {
      what: "[CF2] a later version is not guessed at",
      text: 'if (isCount(version) && version > 2) throw new Fault<CardFault>("card-version", { version });',
      instead: "",
      test: {
        file: "test/card/format.test.ts",
        title: "another version is another fault, whatever fields it has",
      },
    },
    {
      what: "[CF2] an earlier one there is not",
      text: 'throw damaged("version");',
      instead: "return 2;",
      test: { file: "test/card/format.test.ts", title: "version 0: refused" },
    },
    {
      what: "[CF2] these fields and no others",
      text: 'if (found.length !== names.length || !names.every((name) => found.includes(name))) throw damaged("fields");',
      instead: "",
      test: { file: "test/card/format.test.ts", title: "an unknown field: refused" },
    },
  ]),
  ...inFile("src/card/store.ts", [
    {
      what: "[CF13] the very state that the change was made from",
      text: 'if (!same || (stored !== null && file.counter <= stored.counter)) {\n    throw new Fault<CardFault>("card-stale", { stored: stored?.counter ?? 0 });\n  }',
      instead: "",
      test: {
        file: "test/card/memory-store.test.ts",
        title: "[CF13] a change made from a state that is gone is stale, and changes nothing",
      },
    },
    {
      what: "[CF13] a copy is laid over an older state alone",
      text: 'if (stored !== null && file.counter <= stored.counter)\n    throw new Fault<CardFault>("card-stale", { stored: stored.counter });\n  return true;',
      instead: "return true;",
      test: {
        file: "test/card/memory-store.test.ts",
        title: "[CF13] a copy is laid over no newer state, and over no other of the same counter",
      },
    },
    {
      what: "[CF13] a counter rises",
      text: "if (!same || (stored !== null && file.counter <= stored.counter)) {",
      instead: "if (!same) {",
      test: { file: "test/card/memory-store.test.ts", title: "[CF13] a counter that does not rise is stale" },
    },
    {
      what: "[CF13] one of two states with one counter",
      text: "previous !== null && equal(stored.mac, previous.mac)",
      instead: "previous !== null",
      test: {
        file: "test/card/memory-store.test.ts",
        title: "[CF13] a change made from a state that is gone is stale, and changes nothing",
      },
    },
    {
      what: "[CF12] no older than this device has seen",
      text: 'if (file.counter < highest) {\n    throw new Fault<CardFault>("card-rolled-back", { counter: file.counter, highest });\n  }',
      instead: "",
      test: {
        file: "test/card/memory-store.test.ts",
        title: "[CF12] an old copy put back behind our back is rolled back",
      },
    },
  ]),
  ...inFile("src/card/slots.ts", [
    {
      what: "[CF6] no dearer than a device can pay",
      text: 'if (workFactor > HIGHEST_WORK_FACTOR) throw new Fault<CardFault>("card-cost", { workFactor });',
      instead: "",
      test: { file: "test/card/slots.test.ts", title: "a work factor above 20 is refused at once" },
    },
    {
      what: "[CF6] a scrypt stanza stands alone",
      text: 'if (stanzas.length !== 1 || kind !== "scrypt" || !/^[1-9][0-9]*$/.test(factor ?? "")) throw damaged("slot");',
      instead: "",
      test: { file: "test/card/slots.test.ts", title: "a work factor that is no plain number is damage" },
    },
    {
      what: "[CF5] an identity and a line feed",
      text: 'if (content !== `${identity}\\n`) throw damaged("slot");',
      instead: "",
      test: { file: "test/card/slots.test.ts", title: "holds one identity and a line feed, nothing else" },
    },
    {
      what: "[CF5] an identity is one",
      text: '    await recipientOf(identity);\n  } catch {\n    throw damaged("slot"); // no cause: it may quote the key',
      instead: "  } catch {",
      test: { file: "test/card/slots.test.ts", title: "holds one identity and a line feed, nothing else" },
    },
    {
      what: "[CF11] a wrong password is told from damage",
      text: "if (wrong) return null;",
      instead: "",
      test: {
        file: "test/card/slots.test.ts",
        title: "gives the identity for the password and null for another",
      },
    },
    {
      what: "the price is said",
      text: 'if (isFault(cause) && cause.code === "card-cost") throw cause;',
      instead: "",
      test: { file: "test/card/slots.test.ts", title: "a work factor above 20 is refused at once" },
    },
    {
      what: "what does not open is damage",
      text: '    throw damaged("slot");\n  }\n}\n\n/** The identity in an age identity file.',
      instead: "    throw cause;\n  }\n}\n\n/** The identity in an age identity file.",
      test: { file: "test/card/slots.test.ts", title: "is an age file in its text form" },
    },
    {
      what: "[CF6] want of memory is told from damage",
      text: 'if (cause instanceof RangeError && workFactor >= WORK_FACTOR)\n      throw new Fault<CardFault>("card-cost", { workFactor });',
      instead: "",
      test: { file: "test/card/slots.test.ts", title: "want of memory is the price, not damage" },
    },
  ]),
];
