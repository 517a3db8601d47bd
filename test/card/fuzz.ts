import assert from "node:assert/strict";
import { faultCode } from "../../src/base/index.ts";
import {
  type CardFile,
  decodeCard,
  encodeCard,
  makeCard,
  memoryStore,
  openCardWith,
  type PasswordSlots,
} from "../../src/card/index.ts";
import { output, PASSWORD, quickSlots, sampleBlank, sampleRecord } from "./sample.ts";

/** What opening a damaged card may end in; nothing else may. */
const refusals = ["card-damaged", "card-version", "card-cost", "password", "passkey-none"];

/** scrypt at the cost that the file asks for would take hours: anything but the cheap slots made here is a wrong password. */
const cheap: PasswordSlots = {
  ...quickSlots,
  unwrap: async (file, phrase) => (known.has(file) ? quickSlots.unwrap(file, phrase) : null),
};
const known = new Set<string>();

/** One card of each kind there is, by what opens them. */
const makeCards = async () => {
  const slots = quickSlots;
  const plain = await (await makeCard("Home", PASSWORD, { slots })).put(sampleRecord(1));
  const many = await (await plain.putBlank(sampleBlank(3))).put(sampleRecord(2));
  const withKey = await (await many.addPasskey(output(1))).setAccount({
    name: "Ada",
    server: "https://a.example",
  });
  const { card, recoveryCode } = await withKey.addRecovery();
  for (const slot of [...plain.file.slots, ...card.file.slots]) known.add(slot.file);
  return { cards: [plain.file, card.file], recoveryCode: recoveryCode ?? "" };
};

/** Park–Miller: which damage is done is told by the seed. */
const dice = (seed: number) => {
  let state = (seed % 2147483646) + 1;
  return (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
};

/** Damages a text in one of the ways that files are damaged, and people forge them. */
function damage(text: string, other: string, pick: (below: number) => number): string {
  const at = pick(text.length);
  const length = 1 + pick(40);
  const lines = text.split("\n");
  const line = pick(lines.length);
  const numbers = [...text.matchAll(/(?<=: )\d+/g)];
  const number = numbers[pick(numbers.length)];
  switch (pick(10)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(pick(0x2ff)) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
      return text.slice(0, at);
    case 3:
      return text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
    case 4:
      return lines.toSpliced(line, 1).join("\n");
    case 5:
      return lines.toSpliced(line, 1, other.split("\n")[line] ?? "").join("\n");
    case 6:
      return lines.toSpliced(line, 0, lines[pick(lines.length)] ?? "").join("\n");
    case 7: {
      const big = ["0", "-1", "1e9", "9007199254740993", "null", "[[[[[[[[]]]]]]]]", `${"9".repeat(400)}`][
        pick(7)
      ];
      return (
        text.slice(0, number?.index) + big + text.slice((number?.index ?? 0) + (number?.[0].length ?? 0))
      );
    }
    case 8:
      return text.slice(0, at) + other.slice(at);
    default: {
      const fields = Object.entries(JSON.parse(text) as Record<string, unknown>);
      const [name = ""] = fields[pick(fields.length)] ?? [];
      const theirs = (JSON.parse(other) as Record<string, unknown>)[name];
      return `${JSON.stringify({ ...Object.fromEntries(fields), [name]: theirs }, null, 2)}\n`;
    }
  }
}

/**
 * Damages cards `count` times and opens each in all ways. Throws at the first that does not end in a clear refusal, takes
 * longer than 10 s, or gets into a store over the good one.
 */
export async function fuzzCards(
  count: number,
  { seed = 1, onrun }: { seed?: number; onrun?: (done: number) => void } = {},
): Promise<{ files: number; refused: ReadonlyMap<string, number>; slowest: number }> {
  const pick = dice(seed);
  const { cards, recoveryCode } = await makeCards();
  const texts = cards.map(encodeCard);
  const refused = new Map<string, number>();
  let slowest = 0;
  for (let done = 0; done < count; ) {
    const mine = pick(texts.length);
    const text = texts[mine] ?? "";
    const bad = damage(text, texts[1 - mine] ?? "", pick);
    if (texts.includes(bad)) continue; // no damage: the whole of the other card
    const began = performance.now();
    const code = await tryAll(bad, cards[mine] as CardFile, recoveryCode);
    const took = performance.now() - began;
    assert.ok(took < 10_000, `${took.toFixed(0)} ms for ${JSON.stringify(bad)}`);
    slowest = Math.max(slowest, took);
    refused.set(code, (refused.get(code) ?? 0) + 1);
    done += 1;
    onrun?.(done);
  }
  return { files: count, refused, slowest };
}

async function tryAll(text: string, good: CardFile, recoveryCode: string): Promise<string> {
  let file: CardFile;
  try {
    file = decodeCard(text);
  } catch (error) {
    const code = faultCode(error);
    assert.ok(refusals.includes(code), `${code} for ${JSON.stringify(text)}`);
    return code;
  }
  // Where a card that is damaged inside replaces another, its counter or its MAC was believed.
  const store = memoryStore();
  await store.write(good, null);
  const stays = await store.write(file, null).then(() => "written", faultCode);
  if (file.id === good.id) assert.ok(["card-stale", "card-rolled-back"].includes(stays), stays);
  const ways = [{ password: PASSWORD }, { recoveryCode }, { passkey: output(1) }];
  const codes: string[] = [];
  for (const way of ways) {
    const code = await openCardWith(file, way, { slots: cheap }).then(() => "opened", faultCode);
    assert.ok(refusals.includes(code), `${code} for ${JSON.stringify(text)}`);
    codes.push(code);
  }
  return codes[0] ?? "";
}
