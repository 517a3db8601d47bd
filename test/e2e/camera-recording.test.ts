import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { readNumber } from "../../src/keys/index.ts";
import { decodeFrame, itemType, peekType, readRecording } from "../../src/seal/index.ts";
import { judgeRecording, type RecordingReport } from "../../src/verify/index.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type App, record, startApp, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe("recordings of a mix", () => {
  let app: App;
  let number = "";
  before(async () => {
    app = await startApp();
    [number = ""] = await insertPaired(app);
  });
  after(() => app.close());

  const judge = async (file: Uint8Array): Promise<RecordingReport> =>
    judgeRecording(sourceOf(file), {
      known: [{ number: readNumber(number), identities: null }],
      sensor: await makeSensor(),
    });
  const tracksOf = (report: RecordingReport): number[] => report.tracks.map(({ track }) => track);
  const picturesOf = async (file: Uint8Array): Promise<string[]> => {
    const frames: string[] = [];
    for await (const one of readRecording(sourceOf(file))) {
      if (one.kind !== "item" || peekType(one.item) !== itemType.frame) continue;
      const { track, kind } = decodeFrame(one.item).fields;
      if (track <= 2) frames.push(`${track} ${kind}`);
    }
    return frames;
  };
  const say = async (camera: Page, line: string): Promise<void> => {
    await camera.getByRole("textbox", { name: "Say something" }).fill(line);
    await camera.keyboard.press("Enter");
    await camera.locator('[data-role="said"]', { hasText: line }).waitFor();
  };
  /** Newest first. */
  const recordings = async (): Promise<Uint8Array<ArrayBuffer>[]> => {
    const list = await app.open("/recordings");
    const buttons = list.getByRole("button", { name: /^Save a copy: / });
    await buttons.first().waitFor();
    const files: Uint8Array<ArrayBuffer>[] = [];
    for (const button of await buttons.all()) {
      const [download] = await Promise.all([list.waitForEvent("download"), button.click()]);
      files.push(new Uint8Array(await readFile(await download.path())));
    }
    await list.close();
    return files;
  };

  it("recorded at the camera from the start, with sound and text, nobody viewing: whole, a still first", async () => {
    const camera = await app.open("/camera");
    await camera.getByRole("switch", { name: /^Send sound/ }).check();
    await camera.getByRole("switch", { name: /^Record here from the start/ }).check();
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await camera.locator('[data-role="recording"]').waitFor();
    await camera.locator('[data-role="hears"]').waitFor();
    await say(camera, "The postman was here.");
    await pause(2_500);
    await camera.getByText("Sealing", { exact: true }).waitFor();
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await camera.getByRole("button", { name: "Start sealing" }).waitFor();
    await camera.close();
    const [file = new Uint8Array()] = await recordings();
    const report = await judge(file);
    assert.deepEqual([report.state, report.reasons, report.camera], ["ST1", [], number]);
    assert.deepEqual([report.tracks[0]?.first.sequence, report.gaps, report.missing], [0, [], 0]);
    assert.deepEqual(tracksOf(report), [1, 4, 5]);
    const frames = await picturesOf(file);
    assert.deepEqual(frames.slice(0, 2), ["1 image", "1 key"]);
  });

  it("one at the camera and one at the viewer at once: each has its own tracks, both are guaranteed", async () => {
    const camera = await app.open("/camera");
    await camera.getByRole("button", { name: "Start sealing" }).click();
    const viewer = await view(app);
    await untilLive(viewer, 5);
    await viewer.getByRole("button", { name: "Turn sound on" }).click();
    await camera.getByRole("button", { name: "Send sound" }).click();
    await viewer.locator('[data-role="sound"][data-state="arriving"]').waitFor();
    await camera.getByRole("button", { name: "Record here" }).click();
    await camera.locator('[data-role="recording"]').waitFor();
    await record(viewer);
    await say(camera, "Both have this line.");
    await pause(2_500);
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await viewer.getByRole("link", { name: "Recordings" }).waitFor();
    await camera.getByRole("link", { name: "Recordings" }).waitFor();
    await viewer.close();
    await camera.close();
    const reports = await Promise.all((await recordings()).slice(0, 2).map(judge));
    for (const { state, reasons, faults } of reports)
      assert.deepEqual([state, reasons, faults], ["ST1", [], []]);
    assert.deepEqual(reports.map(tracksOf).sort().map(String), ["1,3,5", "1,4,5"]);
  });

  it("stopped at the camera before the stream ends: what is there is the camera's, and incomplete", async () => {
    const camera = await app.open("/camera");
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await camera.getByRole("button", { name: "Record here" }).click();
    await camera.locator('[data-role="recording"]').waitFor();
    await pause(1_500);
    await camera.getByRole("button", { name: "Stop recording" }).click();
    await camera.getByRole("button", { name: "Record here" }).waitFor();
    await camera.getByText("Nobody is viewing, so nothing is sealed.").waitFor();
    const [file = new Uint8Array()] = await recordings();
    const { state, reasons, faults, frames } = await judge(file);
    assert.deepEqual([state, reasons, faults], ["ST0", ["incomplete"], []]);
    assert.ok(frames > 10);
    assert.deepEqual((await picturesOf(file)).slice(0, 2), ["1 image", "1 key"]);
    await camera.close();
    assert.deepEqual(app.errors, []);
  });
});
