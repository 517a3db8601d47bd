import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultCode } from "../../src/base/index.ts";
import { folderMedium } from "../../src/card/file-store.dom.ts";
import { encodeCard, memoryStore } from "../../src/card/index.ts";
import type { CardMedium } from "../../src/card/medium.ts";
import { mediumStore } from "../../src/card/medium-store.ts";
import { openCardDevice } from "../../src/card/usb-store.dom.ts";
import { storedCard } from "../contract/card-store.ts";
import { type Files, FolderDouble, type Replacing } from "./folder-double.ts";
import { Flash, SoftwareCardDevice } from "./usb-device.ts";

const none = null;
const old = storedCard(1, 9);
/** Longer than the old one, so that a counter has more digits and everything behind it moves. */
const next = storedCard(1, 10);
/** As long as the old one to the byte: of two texts mixed the result may still be JSON. */
const alike = { ...storedCard(1, 8), records: "records 9" };

/** What a fresh device reads after a cut. */
const readAgain = async (medium: CardMedium): Promise<string> => {
  const card = await mediumStore(medium, memoryStore()).read(old.id);
  return card === null ? "nothing" : encodeCard(card);
};

const copyOf = (files: Files): Files => new Map([...files].map(([name, bytes]) => [name, bytes.slice()]));

const write = (medium: CardMedium, from: typeof old | null, to: typeof old): Promise<string> =>
  mediumStore(medium, memoryStore())
    .write(to, from)
    .then(() => "done", faultCode);

describe("[CF24] a folder that is pulled out at any byte", () => {
  for (const replacing of ["swap", "empty", "over"] as Replacing[])
    for (const [what, from, to] of [
      ["a change", old, next],
      ["a change of one length", alike, old],
      ["a new card", none, old],
    ] as const)
      it(`has the old card or the new one: ${what}, ${replacing}`, async () => {
        const before: Files = new Map();
        if (from) assert.equal(await write(folderMedium(new FolderDouble(before)), none, from), "done");
        const rehearsal = new FolderDouble(copyOf(before), replacing);
        assert.equal(await write(folderMedium(rehearsal), from, to), "done");
        const [first, last] = [from ? encodeCard(from) : "nothing", encodeCard(to)];
        const seen = new Set<string>();
        assert.ok(rehearsal.steps > 2 * last.length);
        for (let cut = 0; cut <= rehearsal.steps; cut += 1) {
          const files = copyOf(before);
          const code = await write(folderMedium(new FolderDouble(files, replacing, cut)), from, to);
          const now = await readAgain(folderMedium(new FolderDouble(copyOf(files))));
          assert.ok(now === first || now === last, `cut at ${cut}`);
          if (code === "done") assert.equal(now, last, `told to be written, cut at ${cut}`);
          seen.add(now);
        }
        assert.equal(seen.size, 2, "some cuts left the old one, some the new one");
      });

  it("and again at any byte while the next change ends what was cut off", async () => {
    const before: Files = new Map();
    await write(folderMedium(new FolderDouble(before)), none, alike);
    const whole = new FolderDouble(copyOf(before), "over");
    await write(folderMedium(whole), alike, old);
    // In the middle of the second writing: the file is torn, the copy beside it whole.
    const torn = copyOf(before);
    await write(folderMedium(new FolderDouble(torn, "over", Math.floor(whole.steps * 0.75))), alike, old);
    assert.equal(await readAgain(folderMedium(new FolderDouble(copyOf(torn)))), encodeCard(old));
    const rehearsal = new FolderDouble(copyOf(torn), "over");
    assert.equal(await write(folderMedium(rehearsal), old, next), "done");
    assert.equal(rehearsal.files.size, 1, "nothing is left beside it");
    for (let cut = 0; cut <= rehearsal.steps; cut += 1) {
      const files = copyOf(torn);
      await write(folderMedium(new FolderDouble(files, "over", cut)), old, next);
      const now = await readAgain(folderMedium(new FolderDouble(files)));
      assert.ok(now === encodeCard(old) || now === encodeCard(next), `cut at ${cut}`);
    }
  });

  it("in the middle of erasing: the card is there or gone", async () => {
    const before: Files = new Map();
    await write(folderMedium(new FolderDouble(before)), none, old);
    for (let cut = 0; cut <= 2; cut += 1) {
      const files = copyOf(before);
      await mediumStore(folderMedium(new FolderDouble(files, "over", cut)), memoryStore())
        .erase(old.id)
        .catch(() => undefined);
      const now = await readAgain(folderMedium(new FolderDouble(files)));
      assert.ok(now === "nothing" || now === encodeCard(old));
    }
  });
});

const flashWith = async (card: typeof old | null): Promise<Flash> => {
  const flash = new Flash();
  if (card)
    assert.equal(
      await write((await openCardDevice(new SoftwareCardDevice(flash))).medium, none, card),
      "done",
    );
  return flash;
};

describe("[CU7] a USB device that is cut off at any byte", () => {
  for (const [what, from, to] of [
    ["a change", old, next],
    ["a change of one length", alike, old],
    ["a new card", none, old],
  ] as const) {
    const [first, last] = [from ? encodeCard(from) : "nothing", encodeCard(to)];
    const cuts = async (
      set: (device: SoftwareCardDevice, cut: number) => void,
      most: number,
    ): Promise<void> => {
      const seen = new Set<string>();
      for (let cut = 0; cut <= most; cut += 1) {
        const flash = await flashWith(from);
        const device = new SoftwareCardDevice(flash, { piece: 4096 });
        set(device, cut);
        const code = await openCardDevice(device).then(
          ({ medium }) => write(medium, from, to),
          () => "medium-gone",
        );
        flash.power = Number.POSITIVE_INFINITY;
        const now = await readAgain(
          (await openCardDevice(new SoftwareCardDevice(flash, { piece: 4096 }))).medium,
        );
        assert.ok(now === first || now === last, `cut at ${cut}`);
        if (code === "done") assert.equal(now, last, `told to be written, cut at ${cut}`);
        seen.add(now);
      }
      assert.equal(seen.size, 2, "some cuts left the old one, some the new one");
    };

    it(`that it receives: ${what}`, async () => {
      const flash = await flashWith(from);
      const rehearsal = new SoftwareCardDevice(flash);
      await write((await openCardDevice(rehearsal)).medium, from, to);
      await cuts((device, cut) => {
        device.cutAfter = cut;
      }, rehearsal.received + 1);
    });

    it(`that it keeps: ${what}`, async () => {
      const flash = await flashWith(from);
      const before = flash.programmed;
      await write((await openCardDevice(new SoftwareCardDevice(flash))).medium, from, to);
      await cuts(
        (device, cut) => {
          device.flash.power = cut;
        },
        flash.programmed - before + 1,
      );
    });
  }
});
