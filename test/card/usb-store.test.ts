import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultCode } from "../../src/base/index.ts";
import { LONGEST_FILE } from "../../src/card/medium.ts";
import { encodeUsbFrame } from "../../src/card/usb-frame.ts";
import { type CardDevice, openCardDevice } from "../../src/card/usb-store.dom.ts";
import { SoftwareCardDevice } from "./usb-device.ts";

const refused = (device: CardDevice, patience?: number): Promise<string> =>
  openCardDevice(device, patience).then(() => "opened", faultCode);

describe("the protocol of a card device", () => {
  it("[CU1] the vendor-specific interface is claimed, past others, and by one host alone", async () => {
    const device = new SoftwareCardDevice();
    const { name, close } = await openCardDevice(device);
    assert.equal(name, "Key ring");
    assert.equal(await refused(device), "medium-denied");
    await close();
    assert.equal(await refused(device), "opened");
    const other = new SoftwareCardDevice();
    other.selectConfiguration = async () => {
      other.configuration = { interfaces: [] };
    };
    assert.equal(await refused(other), "medium-foreign");
  });

  it("[CU1] half a frame and a write that was begun are forgotten by the next claim", async () => {
    const device = new SoftwareCardDevice();
    const first = await openCardDevice(device);
    await first.medium.write("a.sealcard", "kept");
    await device.transferOut(1, encodeUsbFrame(4, 9, new Uint8Array(0)).subarray(0, 7));
    await first.close();
    const { medium } = await openCardDevice(device);
    assert.equal(await medium.read("a.sealcard"), "kept");
  });

  it("[CU2] a frame is these bytes", async () => {
    const frame = encodeUsbFrame(3, 0x1234, Uint8Array.of(7, 8));
    assert.deepEqual([...frame], [0x53, 0x43, 1, 3, 0x34, 0x12, 2, 0, 0, 0, 7, 8]);
  });

  it("[CU2] an answer in pieces of one byte is the same answer", async () => {
    const { medium } = await openCardDevice(new SoftwareCardDevice(undefined, { piece: 1 }));
    await medium.write("x.sealcard", "é".repeat(5000));
    assert.deepEqual(await medium.list(), ["x.sealcard"]);
    assert.equal(await medium.read("x.sealcard"), "é".repeat(5000));
  });

  it("[CU2] an answer with any byte of its head turned is a foreign device's, or none", async () => {
    for (let at = 0; at < 10; at += 1) {
      const device = new SoftwareCardDevice();
      device.turn = (answer) => answer.map((byte, place) => (place === at ? byte ^ 0x40 : byte));
      // A length that was turned upwards is waited for in vain: the double has no more to say.
      assert.ok(["medium-foreign", "medium-gone"].includes(await refused(device, 200)), `byte ${at}`);
    }
  });

  it("[CU3] requests at once are sent one after the other", async () => {
    const { medium } = await openCardDevice(new SoftwareCardDevice());
    const names = ["a", "b", "c"].map((name) => `${name}.sealcard`);
    await Promise.all(names.map((name) => medium.write(name, name)));
    assert.deepEqual(await Promise.all(names.map((name) => medium.read(name))), names);
  });

  it("[CU3] a device that is silent is gone, and nobody waits for it for ever", async () => {
    const device = new SoftwareCardDevice();
    device.silent = true;
    assert.equal(await refused(device, 50), "medium-gone");
  });

  it("[CU4] what the device does not do changes nothing", async () => {
    const device = new SoftwareCardDevice();
    const { medium } = await openCardDevice(device);
    await medium.write("a.sealcard", "kept");
    // Its word for an act that it does not know, and for bytes out of order.
    for (const [command, payload, status] of [
      [99, [], 1],
      [5, [0, 0, 0, 0, 1], 4],
      [6, [], 4],
    ] as const) {
      await device.transferOut(1, encodeUsbFrame(command, 7, Uint8Array.from(payload)));
      assert.equal((await device.transferIn(2)).data.getUint8(10), status);
    }
    assert.equal(await medium.read("a.sealcard"), "kept");
    await medium.remove("none.sealcard");
  });

  it("[CU5] what is longer than the device takes, or has no room on it, is Fault medium-full", async () => {
    const { medium } = await openCardDevice(new SoftwareCardDevice());
    const long = "x".repeat(LONGEST_FILE + 1);
    assert.equal(await medium.write("long.sealcard", long).then(() => "", faultCode), "medium-full");
    for (let at = 0; at < 16; at += 1) await medium.write(`${at}.sealcard`, "full");
    assert.equal(await medium.write("more.sealcard", "no").then(() => "", faultCode), "medium-full");
    assert.equal(await medium.read("15.sealcard"), "full");
  });

  it("[CU6] a file of many pieces is read whole; one that claims to be endless is not read", async () => {
    const device = new SoftwareCardDevice();
    const { medium } = await openCardDevice(device);
    const text = "0123456789".repeat(2000);
    await medium.write("x.sealcard", text);
    assert.equal(await medium.read("x.sealcard"), text);
    assert.equal(await medium.read("y.sealcard"), null);
    device.turn = (answer) => (answer.length > 1000 ? answer.with(14, 0x7f) : answer);
    assert.equal(await medium.read("x.sealcard"), null);
  });

  it("[CU7] what does not have the digest that was announced takes no file's place", async () => {
    const device = new SoftwareCardDevice();
    const { medium } = await openCardDevice(device);
    await medium.write("a.sealcard", "old");
    const { transferOut } = device;
    // One byte of the content turned on its way.
    device.transferOut = (endpoint, bytes) =>
      transferOut.call(device, endpoint, bytes[3] === 5 ? bytes.with(14, 0x7f) : bytes);
    assert.equal(await medium.write("a.sealcard", "new").then(() => "", faultCode), "medium-foreign");
    assert.equal(await medium.read("a.sealcard"), "old");
  });

  it("[CU8] a file that is removed does not come back with the state before it", async () => {
    const { medium } = await openCardDevice(new SoftwareCardDevice());
    for (const text of ["one", "two", "three"]) await medium.write("a.sealcard", text);
    await medium.remove("a.sealcard");
    assert.equal(await medium.read("a.sealcard"), null);
    assert.deepEqual(await medium.list(), []);
  });
});
