import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { decodeCard, openCard } from "../../src/card/index.ts";
import { readNumber } from "../../src/keys/index.ts";
import { judgeRecording, type KnownCamera, type RecordingReport } from "../../src/verify/index.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type App, password, record, saved, startApp, startCamera, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";

const judge = async (file: Uint8Array, known: KnownCamera[]): Promise<RecordingReport> =>
  judgeRecording(sourceOf(file), { known, sensor: await makeSensor() });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("a viewer's recording", () => {
  let app: App;
  let number = "";
  before(async () => {
    app = await startApp();
    [number = ""] = await insertPaired(app);
  });
  after(() => app.close());

  it("is guaranteed outside of the app, for who has the number, and opens with a copy of the card", async () => {
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 5);
    await record(viewer);
    await pause(2_000);
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await viewer.getByRole("link", { name: "Recordings" }).waitFor();
    await viewer.close();
    await camera.close();
    const file = await saved(await app.open("/recordings"), /^Save a copy/);
    const byNumber = await judge(file, [{ number: readNumber(number), identities: null }]);
    assert.deepEqual([byNumber.state, byNumber.reasons, byNumber.camera], ["ST1", [], number]);
    assert.ok(
      byNumber.frames > 10 && (byNumber.tracks[0]?.first.sequence ?? 0) > 0,
      "begun in mid-stream, up to the signed end",
    );
    assert.ok((byNumber.to ?? 0) - (byNumber.from ?? 0) >= 1_500);
    const text = await saved(await app.open("/cards"), /^Save a copy/);
    const { records } = await openCard(decodeCard(new TextDecoder().decode(text)), password);
    const known = records.map(({ number, decryptionKeys }) => ({
      number,
      identities: decryptionKeys.map(({ identity }) => identity),
    }));
    const opened = await judge(file, known);
    assert.deepEqual([opened.state, opened.opened, opened.frames], ["ST1", true, byNumber.frames]);
    assert.deepEqual(app.errors, []);
  });

  it("loses at most the last second when the tab is killed, and says incomplete", async () => {
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 5);
    await record(viewer);
    await pause(3_000);
    const session = await app.context.newCDPSession(viewer);
    const killed = Date.now();
    // Never answered: the one who would is gone.
    session.send("Page.crash").catch(() => undefined);
    await viewer.waitForEvent("crash");
    const list = await app.open("/recordings");
    const file = await saved(list, /^Save a copy/);
    const report = await judge(file, [{ number: readNumber(number), identities: null }]);
    assert.deepEqual(report.reasons, ["incomplete"]);
    assert.ok(report.frames > 10);
    assert.ok(killed - (report.to ?? 0) < 1_000, `${killed - (report.to ?? 0)} ms were lost`);
    await camera.close();
    await list.close();
  });

  it("is erased once somebody said so twice", async () => {
    const list = await app.open("/recordings");
    const erase = list.getByRole("button", { name: /^Erase: / });
    await erase.first().waitFor();
    const before = await erase.count();
    await erase.first().click();
    await list.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await erase.count(), before);
    await erase.first().click();
    await list.getByRole("button", { name: "Erase the recording" }).click();
    await list.waitForFunction(
      (left) =>
        document.querySelector("sealcam-recordings-page")?.shadowRoot?.querySelectorAll(".recordings li")
          .length === left,
      before - 1,
    );
    await list.reload();
    await list.getByRole("heading", { name: "Recordings" }).waitFor();
    await erase.first().waitFor();
    assert.equal(await erase.count(), before - 1);
  });
});
