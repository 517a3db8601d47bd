import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readNumber } from "../../src/keys/index.ts";
import {
  type CheckedHead,
  checkEpoch,
  checkHead,
  itemType,
  peekType,
  readRecording,
} from "../../src/seal/index.ts";
import { judgeRecording } from "../../src/verify/index.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import type { SeedPicture } from "../sensor/seed-pictures.ts";
import { type App, makeCard, pair, saved, startApp } from "./app.ts";
import { writeSeedFilm } from "./seed-film.ts";

/** What the signed announcements of a recording say of their secrets. */
const lightsOf = async (file: Uint8Array<ArrayBuffer>): Promise<string[]> => {
  const lights: string[] = [];
  let head: CheckedHead | null = null;
  for await (const one of readRecording(sourceOf(file))) {
    if (one.kind !== "item") continue;
    if (peekType(one.item) === itemType.head) head = await checkHead(one.item);
    if (peekType(one.item) === itemType.epoch && head) lights.push((await checkEpoch(head, one.item)).light);
  }
  return lights;
};

describe("[SF10] what a camera's lens sees becomes its seed, or does not", () => {
  let app: App;
  let dir: string;
  let film: string;
  let number: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "sealcam-seeds-"));
    film = join(dir, "seed.y4m");
    await writeSeedFilm(film, "room");
    app = await startApp({ flags: [`--use-file-for-fake-video-capture=${film}`] });
    await makeCard(app);
    number = await pair(app);
  });
  after(async () => {
    await app?.close();
    await rm(dir, { recursive: true, force: true });
  });

  /** A stream of this film, recorded at the camera: the browser reads the file when the camera is opened. */
  const recordingOf = async (picture: SeedPicture): Promise<Uint8Array<ArrayBuffer>> => {
    await writeSeedFilm(film, picture);
    const camera = await app.open("/camera");
    const fromTheStart = camera.getByRole("switch", { name: /^Record here from the start/ });
    await fromTheStart.waitFor();
    if (!(await fromTheStart.isChecked())) await fromTheStart.check();
    await camera.getByRole("button", { name: "Start sealing" }).click();
    await camera.locator('[data-role="recording"]').waitFor();
    await camera.getByText("Sealing", { exact: true }).waitFor();
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await camera.getByRole("button", { name: "Start sealing" }).waitFor();
    await camera.close();
    const list = await app.open("/recordings");
    const file = await saved(list, /^Save a copy: /);
    await list.close();
    return file;
  };

  for (const [picture, light] of [
    ["room", "frame"],
    ["noise", "frame"],
    ["covered lens", "none"],
    ["night", "none"],
    ["saturated", "none"],
    ["uniform grey", "none"],
  ] as const)
    it(`${picture}: the announcement says "${light}", and the stream goes on and is guaranteed`, async () => {
      const file = await recordingOf(picture);
      assert.deepEqual(await lightsOf(file), [light]);
      const known = [{ number: readNumber(number), identities: null }];
      const report = await judgeRecording(sourceOf(file), { known, sensor: await makeSensor() });
      assert.deepEqual([report.state, report.reasons, report.missing], ["ST1", [], 0]);
      assert.ok(report.frames > 0);
      assert.equal(report.tracks[0]?.first.sequence, 0);
    });
});
