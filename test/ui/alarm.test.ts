import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Alarm } from "../../src/ui/models/alarm.ts";
import type { AlarmNow, ResumedNow } from "../../src/ui/models/snapshots.ts";
import { checkNames, type Reason, type Verdict } from "../../src/verify/index.ts";

const checks = Object.fromEntries(checkNames.map((name) => [name, "passed"])) as Verdict["checks"];
const passed: Verdict = {
  ...{ state: "ST1", live: true, checks, recovering: 0, changedTiles: [], missing: 0 },
  frame: { sequence: 1, captured: 0 },
};
const refused = (reason: Reason): Verdict => ({ ...passed, state: "ST0", live: false, reason });

/** An alarm with a clock of its own, and all that it said and sounded. */
const stage = () => {
  const on = { time: 1_000, tones: 0, alarm: null as AlarmNow | null, resumed: null as ResumedNow | null };
  const alarm = new Alarm({
    now: () => on.time,
    show: (change) => void Object.assign(on, change),
    sound: () => {
      on.tones += 1;
    },
  });
  const take = (verdict: Verdict): void => alarm.take(verdict, null);
  const fall = (reason: Reason): void => take(refused(reason));
  /** Time passes as it does on a page: looked at twice a second. */
  const pass = (ms: number): void => {
    for (const end = on.time + ms; on.time < end; ) {
      on.time += Math.min(500, end - on.time);
      alarm.look();
    }
  };
  return { on, alarm, take, fall, pass };
};

describe("an alarm", () => {
  it("is none while nothing was guaranteed yet, however long that lasts", () => {
    const { on, fall, pass } = stage();
    pass(60_000);
    fall("waiting");
    fall("silent");
    fall("signature");
    assert.deepEqual([on.alarm, on.tones], [null, 0]);
  });

  for (const reason of ["silent", "disconnected", "ended", "tree", "number"] as const)
    it(`is raised when guaranteed pictures fall to ${reason}, and sounds once`, () => {
      const { on, take, fall, pass } = stage();
      take(passed);
      pass(1_000);
      fall(reason);
      fall(reason);
      assert.deepEqual(on.alarm, { reason, ending: null, after: 1_000 });
      assert.equal(on.tones, 1);
    });

  it("comes within five seconds when the judge itself has died", () => {
    const { on, take, pass } = stage();
    take(passed);
    pass(4_000);
    assert.equal(on.alarm, null);
    pass(1_000);
    const alarm = on.alarm as AlarmNow | null;
    assert.deepEqual([alarm?.reason, (alarm?.after ?? 0) <= 5_000], ["silent", true]);
    pass(60_000);
    assert.equal(on.tones, 1);
  });

  it("says what is found out later, and does not sound once more", () => {
    const { on, take, fall, pass } = stage();
    take(passed);
    pass(3_500);
    fall("silent");
    pass(20_000);
    fall("disconnected");
    assert.deepEqual(on.alarm, { reason: "disconnected", ending: null, after: 3_500 });
    assert.equal(on.tones, 1);
  });

  it("tells the camera's own word with its signed end, and with nothing else", () => {
    const { on, alarm, take } = stage();
    take(passed);
    alarm.take(refused("silent"), "stopped");
    assert.equal(on.alarm?.ending, null, "without the end the word says nothing");
    alarm.take(refused("ended"), "stopped");
    assert.equal(on.alarm?.ending, "stopped");
  });

  it("ends when pictures are guaranteed again, and says for how long there were none, for a while", () => {
    const { on, take, fall, pass } = stage();
    take(passed);
    pass(3_000);
    fall("silent");
    pass(9_000);
    take(passed);
    assert.deepEqual([on.alarm, on.resumed], [null, { after: 12_000, ending: null }]);
    take(passed);
    pass(4_000);
    take(passed);
    assert.equal(on.resumed?.after, 12_000);
    pass(3_000);
    take(passed);
    pass(3_500);
    assert.equal(on.resumed, null);
    fall("silent");
    assert.equal(on.tones, 2);
  });

  it("says with them why there were none, also where the camera tells it only when it is back", () => {
    const { on, alarm, take, fall, pass } = stage();
    take(passed);
    alarm.take(refused("ended"), "resized");
    take(passed);
    assert.equal(on.resumed?.ending, "resized");
    pass(11_000);
    fall("disconnected");
    alarm.explain("crashed");
    assert.deepEqual([on.alarm?.reason, on.alarm?.ending, on.tones], ["disconnected", "crashed", 2]);
    take(passed);
    assert.equal(on.resumed?.ending, "crashed");
    pass(11_000);
    fall("silent");
    take(passed);
    assert.equal(on.resumed?.ending, null, "it was said of the one before");
  });

  it("forgets everything when another camera is viewed", () => {
    const { on, alarm, take, fall, pass } = stage();
    take(passed);
    fall("ended");
    alarm.reset();
    assert.equal(on.alarm, null);
    fall("silent");
    pass(60_000);
    assert.deepEqual([on.alarm, on.tones], [null, 1]);
  });
});
