import assert from "node:assert/strict";
import { test } from "node:test";
import { IdleLock } from "../../src/ui/models/idle-lock.ts";

/** A page whose clock and timers are ours. */
const page = (t: import("node:test").TestContext, busy = false) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const target = new EventTarget();
  const now = { locked: 0, busy };
  const idle = new IdleLock({
    ...{ target, isBusy: () => now.busy, minutes: () => 15 },
    lock: () => {
      now.locked += 1;
    },
  });
  const pass = (minutes: number): void => {
    for (let second = 0; second < minutes * 60; second += 5) t.mock.timers.tick(5_000);
  };
  return { idle, now, pass, touch: (sign = "pointerdown") => target.dispatchEvent(new Event(sign)) };
};

test("a card that nobody touches is locked after the time, once", (t) => {
  const { idle, now, pass } = page(t);
  idle.begin();
  pass(14.5);
  assert.equal(now.locked, 0);
  pass(1);
  assert.equal(now.locked, 1);
  pass(60);
  assert.equal(now.locked, 1);
});

test("a hand on it, or on the keys, begins the time anew", (t) => {
  for (const sign of ["pointerdown", "keydown", "wheel", "touchstart", "pointermove"]) {
    const { idle, now, pass, touch } = page(t);
    idle.begin();
    pass(14);
    touch(sign);
    pass(14);
    assert.equal(now.locked, 0, sign);
    pass(2);
    assert.equal(now.locked, 1, sign);
    t.mock.timers.reset();
  }
});

test("a live picture keeps it open, and the time begins when that ends", (t) => {
  const { idle, now, pass } = page(t, true);
  idle.begin();
  pass(120);
  now.busy = false;
  pass(14);
  assert.equal(now.locked, 0);
  pass(2);
  assert.equal(now.locked, 1);
});

test("a device that slept locks it when it wakes", (t) => {
  const { idle, now } = page(t);
  idle.begin();
  t.mock.timers.setTime(Date.now() + 3 * 3_600_000);
  t.mock.timers.tick(5_000);
  assert.equal(now.locked, 1);
});

test("an ejected card is not locked, whatever passes", (t) => {
  const { idle, now, pass, touch } = page(t);
  idle.begin();
  idle.end();
  pass(60);
  touch();
  assert.equal(now.locked, 0);
});
