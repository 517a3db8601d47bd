import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import type { ViewerApi } from "../../src/apparatus/index.ts";
import type { Remote } from "../../src/base/index.ts";
import type { Passage } from "../../src/relay/client.dom.ts";
import { CameraLine, type LineChange } from "../../src/ui/models/camera-line.ts";
import type { JoinEverywhereOptions } from "../../src/ui/models/rooms.ts";

const own = "https://sealcam.test";
const second = "https://second.test:8443";

/** A line to a camera, and every time that it asks the relays. */
function line(t: TestContext, pass: Uint8Array<ArrayBuffer> | null = null) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const asked: JoinEverywhereOptions[] = [];
  const shown: LineChange[] = [];
  const needed: string[] = [];
  let closed = 0;
  const made = new CameraLine({
    remote: { pass: async () => pass, watch: async () => undefined } as unknown as Remote<ViewerApi>,
    number: "A".repeat(52),
    ticket: { room: "A".repeat(43), key: new Uint8Array(32) },
    show: (change) => shown.push(change),
    onpass: (fault) => needed.push(fault),
    join: (options) => {
      asked.push(options);
      return { leave: async () => false };
    },
  });
  t.after(() => made.end());
  const introduce = (origin: string): Passage => {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    const passage: Passage = {
      ...{ port: port1, path: "relayed", roundTrip: null, onpath: null },
      close: () => {
        closed += 1;
        made.ended();
      },
    };
    const other = { peer: "", key: new Uint8Array(32), role: "host" } as const;
    asked.at(-1)?.onintroduced(passage, other, origin);
    return passage;
  };
  return { line: made, asked, shown, needed, introduce, closed: () => closed };
}

describe("the line to a camera", () => {
  before(() => Object.assign(globalThis, { location: { origin: own } }));
  after(() => Reflect.deleteProperty(globalThis, "location"));

  it("leaves another server that introduced what shows no picture, looks elsewhere, and comes back to it later", (t) => {
    const { line: made, asked, introduce, closed } = line(t);
    made.join();
    introduce(second);
    t.mock.timers.tick(14_999);
    assert.equal(closed(), 0);
    t.mock.timers.tick(1);
    assert.equal(closed(), 1);
    t.mock.timers.tick(1_000);
    assert.deepEqual([asked.length, asked[1]?.shunned], [2, [second]]);
    t.mock.timers.tick(59_000);
    assert.deepEqual([asked.length, asked[2]?.shunned], [3, []]);
  });

  it("leaves another server that shows again what was sealed before, guaranteed or not", (t) => {
    const { line: made, introduce, closed } = line(t);
    made.join();
    introduce(second);
    made.saw({ state: "ST1", live: false });
    made.saw({ state: "ST0", live: false });
    t.mock.timers.tick(15_000);
    assert.equal(closed(), 1);
  });

  it("stays where live pictures came, and at its own server whatever comes", (t) => {
    const { line: made, introduce, asked, closed } = line(t);
    made.join();
    introduce(second);
    made.saw({ state: "ST1", live: true });
    t.mock.timers.tick(600_000);
    made.ended();
    t.mock.timers.tick(1_000);
    introduce(own);
    t.mock.timers.tick(600_000);
    assert.deepEqual([closed(), asked.length, asked[1]?.shunned], [0, 2, []]);
  });

  it("says where the camera is registered, and asks for a pass only where its own server or the camera wants one", async (t) => {
    const { line: made, asked, shown, needed } = line(t);
    made.join();
    asked[0]?.onelsewhere?.(second, "pass");
    assert.deepEqual([shown.at(-1), needed], [{ elsewhere: "second.test:8443" }, []]);
    asked[0]?.onelsewhere?.(second, "proof");
    assert.equal(shown.length, 2);
    asked[0]?.onrefused("pass");
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual(needed, ["pass-none"]);
  });

  it("looks again in a while where it was another server's word that a pass is wanted", (t) => {
    const { line: made, asked, introduce } = line(t);
    made.join();
    introduce(second);
    made.hold();
    made.ended();
    t.mock.timers.tick(59_999);
    assert.deepEqual([asked.length, made.isHeld], [1, true]);
    t.mock.timers.tick(1);
    assert.deepEqual([asked.length, made.isHeld], [2, false]);
    introduce(second);
    made.hold();
    made.end();
    t.mock.timers.tick(600_000);
    assert.equal(asked.length, 2);
  });

  it("asks nobody while a pass is asked for, and says nothing once it has ended", (t) => {
    const { line: made, asked, shown, introduce } = line(t);
    made.join();
    const passage = introduce(own);
    made.hold();
    made.ended();
    t.mock.timers.tick(60_000);
    assert.equal(asked.length, 1);
    made.join();
    assert.equal(asked.length, 2);
    made.end();
    const { length } = shown;
    passage.onpath?.("direct", null);
    asked[1]?.onwaiting("host", []);
    made.ended();
    made.join();
    t.mock.timers.tick(60_000);
    assert.deepEqual([asked.length, shown.length], [2, length]);
  });
});
