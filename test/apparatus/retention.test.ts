import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { RecordingKeeper } from "../../src/apparatus/recording-keeper.ts";
import type { RecordingEntry } from "../../src/apparatus/recording-store.ts";
import {
  defaultRetention,
  freeFor,
  lacking,
  lasting,
  overdue,
  type RetentionSettings,
  rulesOf,
} from "../../src/apparatus/retention.ts";
import type { ErasedRecording } from "../../src/apparatus/retention-store.ts";
import { Fault } from "../../src/base/index.ts";
import { fakeClock } from "../seal/camera.ts";
import { retained } from "./recordings-in-memory.ts";

const day = 86_400_000;
const now = 1_000 * day;
const none = { days: null, bytes: null };
/** Ten recordings, one a day, of 100 bytes each: "1" is one day old, "10" ten. */
const ten = Array.from({ length: 10 }, (_, at) => retained(`${at + 1}`, now - (at + 1) * day));
const names = (...args: Parameters<typeof overdue>): string =>
  overdue(...args)
    .map(({ name, why }) => `${name} ${why}`)
    .join();

describe("what is overdue", () => {
  it("is nothing without rules, and what is older than the days they say", () => {
    assert.equal(names(ten, none, now), "");
    assert.equal(names(ten, { days: 8, bytes: null }, now), "10 age,9 age");
    assert.equal(names(ten, { days: 10, bytes: null }, now), "");
    assert.equal(names(ten, { days: 10, bytes: null }, now + 1), "10 age");
  });

  it("is as many of the oldest as the size asks for", () => {
    assert.equal(names(ten, { days: null, bytes: 1_000 }, now), "");
    assert.equal(names(ten, { days: null, bytes: 999 }, now), "10 size");
    assert.equal(names(ten, { days: 9, bytes: 750 }, now), "10 age,9 size,8 size");
  });

  it("is as many of the oldest as give the room that lacks", () => {
    assert.equal(names(ten, none, now, 1), "10 room");
    assert.equal(names(ten, none, now, 201), "10 room,9 room,8 room");
    assert.equal(
      names(ten, { days: 8, bytes: null }, now, 200),
      "10 age,9 age",
      "what goes anyhow gives room, too",
    );
  });

  it("is never what a person protects or what is being written, which take their part of the size", () => {
    const some = [
      ...ten.slice(0, 7),
      retained("8", now - 8 * day, { isWriting: true }),
      retained("9", now - 9 * day, { isKept: true }),
    ];
    assert.equal(names(some, { days: 6, bytes: 800 }, now), "7 age");
    assert.equal(names(some, { days: null, bytes: 750 }, now), "7 size,6 size");
    assert.equal(overdue(some, { days: null, bytes: 0 }, now, 1e9).length, 7);
  });

  it("is for room's sake what a server has before what is here alone, whichever is older", () => {
    const some = ten.map((one) => ({ ...one, isStored: one.name === "2" || one.name === "4" }));
    assert.equal(names(some, { days: null, bytes: 750 }, now), "4 size,2 size,10 size");
    assert.equal(names(some, { days: 9, bytes: null }, now, 150), "10 age,4 room");
  });

  it("is not what a clock that was set back lets begin in the future", () => {
    assert.equal(names([retained("later", now + 5 * day)], { days: 1, bytes: null }, now), "");
  });

  it("for any recordings: the oldest unprotected ones, as many as needed and not one more", () => {
    const entry = fc.record({
      begun: fc.integer({ min: 900, max: 1_010 }).map((at) => at * day),
      bytes: fc.nat(1_000),
      isKept: fc.boolean(),
      isWriting: fc.boolean(),
    });
    const entries = fc.array(entry, { maxLength: 20 });
    const limit = fc.option(fc.nat(5_000));
    fc.assert(
      fc.property(entries, fc.option(fc.nat(60)), limit, fc.nat(3_000), (drawn, days, bytes, lack) => {
        const all = drawn.map(({ begun, ...more }, at) => retained(`${at}`, begun, more));
        const gone = overdue(all, { days, bytes }, now, lack);
        const entryOf = (name: string) => all.find((one) => one.name === name)!;
        const went = gone.map(({ name }) => entryOf(name));
        const left = all.filter((one) => !went.includes(one));
        const leftOpen = left.filter(({ isKept, isWriting }) => !isKept && !isWriting);
        const sum = (some: readonly RecordingEntry[]) => some.reduce((total, one) => total + one.bytes, 0);
        for (const one of went) {
          assert.ok(!one.isKept && !one.isWriting);
          for (const other of leftOpen) assert.ok(one.begun <= other.begun);
        }
        if (leftOpen.length > 0) {
          if (days !== null) for (const one of leftOpen) assert.ok(now - one.begun <= days * day);
          if (bytes !== null) assert.ok(sum(left) <= bytes);
          assert.ok(sum(went) >= lack);
        }
        const last = gone.at(-1);
        if (!last) return;
        const [before, given] = [sum(left) + entryOf(last.name).bytes, sum(went.slice(0, -1))];
        if (last.why === "age") assert.ok(now - entryOf(last.name).begun > (days ?? 0) * day);
        if (last.why === "size") assert.ok(before > (bytes ?? 0));
        if (last.why === "room") assert.ok(given < lack);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("rules", () => {
  it("are thirty days and half of what the browser grants, unless a person chose others", () => {
    assert.deepEqual(rulesOf(defaultRetention, { used: 10, quota: 1_001 }), { days: 30, bytes: 500 });
    assert.deepEqual(rulesOf({ erases: true, days: null, bytes: 7 }, { used: 0, quota: 10 }), {
      days: null,
      bytes: 7,
    });
    assert.deepEqual(rulesOf({ ...defaultRetention, erases: false }, { used: 0, quota: 10 }), none);
  });

  it("ask for nothing where the browser does not say what it grants", () => {
    assert.deepEqual(rulesOf(defaultRetention, { used: 0, quota: 0 }), { days: 30, bytes: null });
    assert.equal(lacking({ used: 0, quota: 0 }, 1_000), 0);
    assert.equal(lacking({ used: 300, quota: 1_000 }, 1_000), 300);
  });
});

describe("how long the room lasts", () => {
  it("is told from the newest recordings, as fast as they grew", () => {
    const at = (begun: number, bytes: number, duration: number | null) => ({ begun, bytes, duration });
    assert.equal(lasting([at(1, 1_000, 10_000)], 5_000), 50_000);
    const newer = [at(5, 4_000, 10_000), at(4, 1, null), at(3, 9e9, 100), at(2, 2_000, 10_000)];
    assert.equal(lasting([at(1, 1_000, 10_000), ...newer, at(0, 1e9, 10_000)], 7_000), 30_000);
    assert.equal(lasting([], 5_000), null);
    assert.equal(lasting([at(1, 1_000, 10_000)], -5), 0);
  });
});

describe("how much room recordings have", () => {
  const two = [{ bytes: 300 }, { bytes: 100 }];
  it("is what the browser still grants, and no more than the rules still allow", () => {
    assert.equal(freeFor(two, none, { used: 900, quota: 1_000 }), 100);
    assert.equal(
      freeFor(two, { days: null, bytes: 450 }, { used: 900, quota: 1_000 }),
      50,
      "the rule is less",
    );
    assert.equal(
      freeFor(two, { days: null, bytes: 600 }, { used: 900, quota: 1_000 }),
      100,
      "the grant is less",
    );
    assert.equal(freeFor(two, { days: 30, bytes: 450 }, { used: 0, quota: 0 }), 50, "the rule alone says");
    assert.equal(freeFor([], { days: null, bytes: 450 }, { used: 0, quota: 0 }), 450);
  });

  it("is never less than nothing, and unknown where neither says", () => {
    assert.equal(freeFor(two, { days: null, bytes: 399 }, { used: 0, quota: 1_000 }), 0);
    assert.equal(freeFor(two, none, { used: 1_100, quota: 1_000 }), 0);
    assert.equal(freeFor(two, { days: 30, bytes: null }, { used: 10, quota: 0 }), null);
  });
});

describe("a keeper", () => {
  const keep = (
    entries: RecordingEntry[],
    settings: Partial<RetentionSettings> = {},
    more: { refuse?: string[]; noteFails?: boolean; quota?: number } = {},
  ) => {
    const erased: ErasedRecording[][] = [];
    const noted: ErasedRecording[] = [];
    const order: string[] = [];
    let left = entries;
    const keeper = new RecordingKeeper({
      store: {
        list: async () => left,
        async eraseUnprotected(name) {
          order.push(`erase ${name}`);
          if (more.refuse?.includes(name)) return false;
          left = left.filter((one) => one.name !== name);
          return true;
        },
      },
      retention: {
        settings: async () => ({ ...defaultRetention, ...settings }),
        async note(one) {
          if (more.noteFails) throw new Fault("storage");
          order.push("note");
          return noted.push(one);
        },
        async takeBack(key) {
          assert.equal(key, noted.length);
          noted.pop();
        },
      },
      room: async () => ({ used: left.length * 100, quota: more.quota ?? 100_000 }),
      clock: fakeClock(now),
      onerased: (some) => erased.push([...some]),
    });
    return { keeper, erased, noted, order, left: () => left.map(({ name }) => name).join() };
  };

  it("erases what is overdue and says what and why, here and to who looks later", async () => {
    const { keeper, erased, noted, left } = keep(ten, { days: 8 });
    await keeper.sweep();
    assert.equal(left(), "1,2,3,4,5,6,7,8");
    assert.deepEqual(erased, [noted]);
    const { name: _, duration: __, isKept: ___, isWriting: ____, isStored: _____, ...tenth } = ten[9]!;
    assert.deepEqual(noted[0], { ...tenth, why: "age", erased: now });
    await keeper.sweep();
    assert.equal(erased.length, 1, "nothing to say");
  });

  it("notes each before it erases it, so that a tab that ends in between leaves nothing unsaid", async () => {
    const { keeper, order } = keep(ten, { days: 8 });
    await keeper.sweep();
    assert.deepEqual(order, ["note", "erase 10", "note", "erase 9"]);
  });

  it("makes room ahead, where less is free than will be wanted", async () => {
    const { keeper, left } = keep(ten, {}, { quota: 2_000 });
    await keeper.sweep(1_000);
    assert.equal(left(), "1,2,3,4,5,6,7,8,9,10");
    await keeper.sweep(1_150);
    assert.equal(left(), "1,2,3,4,5,6,7,8");
  });

  it("makes room when it is asked to, whatever the browser says is free, until nothing is left", async () => {
    const { keeper, erased } = keep(ten);
    assert.equal(await keeper.makeRoom(250), true);
    assert.deepEqual(
      erased[0]?.map(({ number: _, why, begun }) => [why, (now - begun) / day]),
      [
        ["room", 10],
        ["room", 9],
        ["room", 8],
      ],
    );
    assert.equal(await keeper.makeRoom(1e9), true);
    assert.equal(await keeper.makeRoom(1), false);
  });

  it("does one act at a time: what comes meanwhile sees what the one before left", async () => {
    const twice = keep(ten);
    assert.deepEqual(await Promise.all([twice.keeper.makeRoom(100), twice.keeper.makeRoom(100)]), [
      true,
      true,
    ]);
    assert.equal(twice.left(), "1,2,3,4,5,6,7,8");
    assert.deepEqual(
      twice.erased.map((some) => some.map(({ begun }) => (now - begun) / day)),
      [[10], [9]],
    );
    const ahead = keep(ten, {}, { quota: 2_000 });
    await Promise.all([ahead.keeper.sweep(1_100), ahead.keeper.sweep(1_100)]);
    assert.equal(ahead.left(), "1,2,3,4,5,6,7,8,9", "the room was made already");
    assert.equal(ahead.erased.length, 1);
  });

  it("goes on behind an act that failed", async (t) => {
    t.mock.method(console, "error", () => undefined);
    const asked: string[] = [];
    const keeper = new RecordingKeeper({
      store: {
        list: async () => {
          asked.push("list");
          if (asked.length === 1) throw new Fault("storage");
          return ten;
        },
        eraseUnprotected: async () => true,
      },
      retention: { settings: async () => defaultRetention, note: async () => 1, takeBack: async () => {} },
      ...{ room: async () => ({ used: 0, quota: 0 }), clock: fakeClock(now), onerased: () => {} },
    });
    assert.deepEqual(await Promise.all([keeper.makeRoom(1), keeper.makeRoom(1)]), [false, true]);
  });

  it("that must not erase by itself erases nothing, not even for want of room", async () => {
    const { keeper, left } = keep(ten, { erases: false, days: 1, bytes: 0 });
    await keeper.sweep(1e9);
    assert.equal(await keeper.makeRoom(1), false);
    assert.equal(left().split(",").length, 10);
  });

  it("leaves what was protected meanwhile, and says nothing of it", async () => {
    const { keeper, noted } = keep(ten, { days: 8 }, { refuse: ["10"] });
    await keeper.sweep();
    assert.deepEqual(
      noted.map(({ begun }) => begun),
      [ten[8]!.begun],
    );
  });

  it("does not fail a recording because something cannot be read or noted", async (t) => {
    t.mock.method(console, "error", () => undefined);
    const { keeper, erased } = keep(ten, { days: 8 }, { noteFails: true });
    await keeper.sweep();
    assert.equal(erased.length, 1);
    const broken = new RecordingKeeper({
      store: { list: () => Promise.reject(new Fault("storage")), eraseUnprotected: async () => true },
      retention: { settings: async () => defaultRetention, note: async () => 1, takeBack: async () => {} },
      ...{ room: async () => ({ used: 0, quota: 0 }), clock: fakeClock(now), onerased: () => {} },
    });
    await broken.sweep();
    assert.equal(await broken.makeRoom(1), false);
  });
});
