import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault, faultCode, fromWire, isFault, systemClock, toWire } from "../../src/base/index.ts";

test("a Fault carries code, detail and cause; its message is its code", () => {
  const cause = new Error("disk");
  const fault = new Fault("card-busy", { slot: 2, mine: true }, { cause });
  assert.equal(fault.code, "card-busy");
  assert.equal(fault.message, "card-busy");
  assert.equal(fault.name, "Fault");
  assert.deepEqual(fault.detail, { slot: 2, mine: true });
  assert.equal(fault.cause, cause);
  assert.ok(fault instanceof Error && isFault(fault));
  assert.equal("cause" in new Fault("x"), false);
});

test("detail is the Fault's own and cannot be changed", () => {
  const detail = { slot: 2 };
  const fault = new Fault("x", detail);
  detail.slot = 3;
  assert.equal(fault.detail.slot, 2);
  assert.throws(() => Object.assign(fault.detail, { slot: 4 }), TypeError);
});

test("faultCode names every thrown value", () => {
  assert.equal(faultCode(new Fault("card-busy")), "card-busy");
  for (const other of [new Error("card-busy"), "card-busy", null, undefined, { code: "card-busy" }]) {
    assert.equal(faultCode(other), "unexpected");
    assert.equal(isFault(other), false);
  }
});

test("code and detail survive the wire, cause and stack stay", () => {
  const wire = toWire(new Fault("card-busy", { slot: 2 }, { cause: new Error("/home/me/secret") }));
  assert.deepEqual(wire, { code: "card-busy", detail: { slot: 2 } });
  const back = fromWire(JSON.parse(JSON.stringify(wire)));
  assert.ok(isFault(back));
  assert.equal(back.code, "card-busy");
  assert.deepEqual(back.detail, { slot: 2 });
});

test("an error that is no Fault tells the other side nothing", () => {
  assert.deepEqual(toWire(new TypeError("key 1234")), { code: "unexpected", detail: {} });
  assert.deepEqual(toWire("key 1234"), { code: "unexpected", detail: {} });
});

test("what is no WireFault becomes Fault unexpected", () => {
  const odd: unknown[] = [
    null,
    undefined,
    "card-busy",
    [],
    {},
    { code: 1, detail: {} },
    { code: "", detail: {} },
    { code: "x" },
    { code: "x", detail: null },
    { code: "x", detail: "y" },
    { code: "x", detail: { nested: {} } },
    { code: "x", detail: { missing: null } },
  ];
  for (const value of odd) assert.equal(fromWire(value).code, "unexpected", JSON.stringify(value));
});

test("the system clock counts milliseconds since 1970", () => {
  const before = Date.now();
  const now = systemClock.now();
  assert.ok(before <= now && now <= Date.now());
});
