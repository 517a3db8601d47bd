import { utf8 } from "../../src/base/index.ts";
import { type AttackGroup, attack, begin, shape, stranger, withFields } from "./attack.ts";

// A stream whose key changes: what an old key, an old announcement or a forged one is worth.

/** Frame n of the stream is sealed in epoch n. */
const changing = await begin(10);
const next = await changing.announce(1);
const announced = [changing.epoch, next, await changing.announce(2), await changing.announce(3)];
const frames: Uint8Array[] = [];
for (const epoch of [0, 1, 2, 3]) frames.push(await changing.seal(epoch, { shape, epoch }));
/** Each announcement before its frame, for so many epochs. */
const upTo = (count: number): Uint8Array[] => [
  changing.head,
  ...announced.slice(0, count).flatMap((item, at) => [item, frames[at]!]),
];
const line = await changing.sealAs(
  { kind: "text", track: 5, sequence: 0, epoch: 0, captured: 5_000 },
  utf8("withheld"),
);
const ofOther = await stranger.announce(1);

export const epochs: AttackGroup = {
  title: "A key that changes",
  attacks: [
    attack("four epochs, each announced before its own frames", [...upTo(4), await changing.end(4)], "ST1"),
    attack(
      "an announcement of another camera for the next epoch",
      [...upTo(1), ofOther, frames[1]!, await changing.end(2)],
      ["epoch", "epoch, no-key", "epoch, no-key"],
    ),
    attack(
      "the next announcement under another number",
      [...upTo(1), withFields(next, "epoch", { epoch: 7 }), frames[1]!, await changing.end(2)],
      ["epoch", "epoch, no-key", "epoch, no-key"],
    ),
    attack(
      "the next announcement with the wrap of the one before",
      [
        ...upTo(1),
        withFields(next, "epoch", { wrap: changing.epoch.slice(-1) }),
        frames[1]!,
        await changing.end(2),
      ],
      ["epoch", "epoch, no-key", "epoch, no-key"],
    ),
    attack(
      "the next announcement behind its frame",
      [...upTo(1), frames[1]!, next, await changing.end(2)],
      "no-key",
    ),
    attack(
      "a frame of the epoch before, behind one of the next: signed, and a number that goes back",
      async () => [
        ...upTo(2),
        await changing.seal(2, { shape, epoch: 0, captured: 5_500 }),
        await changing.end(3),
      ],
      "epoch",
    ),
    attack(
      "the announcement of the epoch before once more",
      [...upTo(2), changing.epoch, await changing.end(2)],
      "ST1",
    ),
    attack(
      "a frame that was withheld until its key was given up, with its announcement once more",
      [
        ...upTo(4),
        changing.epoch,
        line,
        await changing.end(
          new Map([
            [0, 4],
            [5, 1],
          ]),
        ),
      ],
      ["no-key", "ST1", "ST1"],
    ),
  ],
};
