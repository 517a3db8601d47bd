import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { itemType, peekType } from "../../src/seal/fields.ts";
import { readRecording } from "../../src/seal/index.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type App, openCard, record, saved, startApp, startCamera, untilLive, view } from "./app.ts";
import { insertPaired } from "./inserted.ts";

interface Told {
  readonly state: string | null;
  readonly reasons: string | null;
  readonly readable: string | null;
  readonly opened: string | null;
  readonly text: string;
}

/** What the page says of a file once it is judged with `expected` as its reasons; fails with the last words otherwise. */
const told = async (page: Page, name: string, expected: string): Promise<Told> => {
  const report = page.locator(`[data-role="report"][data-name="${name}"]`);
  await page
    .locator(`[data-role="report"][data-name="${name}"][data-step="judged"][data-reasons="${expected}"]`)
    .waitFor()
    .catch(async () => assert.fail(`${name}: still ${await report.evaluate((one) => one.outerHTML)}`));
  return report.evaluate((one) => ({
    state: one.getAttribute("data-state"),
    reasons: one.getAttribute("data-reasons"),
    readable: one.getAttribute("data-readable"),
    opened: one.getAttribute("data-opened"),
    text: (one.textContent ?? "").replace(/\s+/g, " "),
  }));
};

describe("/verify", () => {
  let app: App;
  let number = "";
  let file = new Uint8Array();
  /** Of the first frame in the file: where it begins and ends. */
  let frame = { offset: 0, length: 0 };
  /** Where the signed end begins. */
  let endOffset = 0;
  let folder = "";
  /** As a person does, by a file: how long the recording is depends on how fast the machine is. */
  const give = async (page: Page, name: string, bytes: Uint8Array): Promise<void> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    await page.locator('input[type="file"]').setInputFiles(path);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "sealcam-verify-"));
    app = await startApp();
    [number = ""] = await insertPaired(app);
    const camera = await startCamera(app);
    const viewer = await view(app, { quality: "lossless" });
    await untilLive(viewer, 5);
    await record(viewer);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await viewer.getByRole("link", { name: "Recordings" }).waitFor();
    await viewer.close();
    await camera.close();
    const list = await app.open("/recordings");
    file = await saved(list, /^Save a copy/);
    await list.close();
    for await (const recorded of readRecording(sourceOf(file))) {
      if (recorded.kind !== "item") continue;
      const { offset, item } = recorded;
      if (peekType(item) === itemType.frame && frame.length === 0) frame = { offset, length: item.length };
      if (peekType(item) === itemType.end) endOffset = offset;
    }
    assert.ok(frame.length > 1000 && endOffset > frame.offset);
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("says unchanged of a recording whose camera is known, and of no other", async () => {
    const home = await app.open("/");
    await home.getByRole("link", { name: "Check a recording" }).click();
    const page = home;
    await give(page, "whole.sealed", file);
    const unknown = await told(page, "whole.sealed", "camera-unknown");
    assert.equal(unknown.state, "ST0");
    assert.match(unknown.text, /Compare it/);
    assert.match(unknown.text, /unchanged since the camera with this number signed it/);

    const field = page.getByLabel("Camera number", { exact: true });
    await field.fill(number.slice(0, 24));
    await page.locator('[data-role="typed"][data-state="partial"]').waitFor();
    assert.equal(
      (await told(page, "whole.sealed", "camera-unknown")).state,
      "ST0",
      "24 characters vouch not",
    );

    await field.fill(number.toLowerCase().replace(/(.{4})(?=.)/g, "$1 "));
    const known = await told(page, "whole.sealed", "");
    assert.deepEqual([known.state, known.opened], ["ST1", "no"]);
    assert.match(known.text, /Unchanged since this camera sealed it\./);
    assert.match(known.text, /Camera clock says/);
    assert.match(known.text, /Content is closed/);
    assert.doesNotMatch(known.text, /\breal\b|\blive\b|Compare it/i);

    await give(page, "turned.sealed", turned());
    const changed = await told(page, "turned.sealed", "tree");
    assert.equal(changed.state, "ST0");
    assert.match(changed.text, /Pictures were changed after the camera signed them/);
    await give(page, "cut.sealed", file.subarray(0, frame.offset + frame.length));
    assert.equal((await told(page, "cut.sealed", "incomplete")).state, "ST0");
    await give(page, "notes.txt", new TextEncoder().encode("This is a note, and no recording at all.\n"));
    const unreadable = await told(page, "notes.txt", "not-sealed");
    assert.deepEqual([unreadable.state, unreadable.readable], ["ST0", "no"]);
    assert.match(unreadable.text, /Not a sealed file/);
    assert.equal((await told(page, "whole.sealed", "")).state, "ST1", "the others stay as they are");

    await field.fill(`${number.slice(1)}${number.slice(0, 1)}`);
    await field.fill("A".repeat(52));
    assert.equal((await told(page, "whole.sealed", "number")).state, "ST0", "another camera's number");
    await field.fill("");
    assert.equal(
      (await told(page, "whole.sealed", "camera-unknown")).state,
      "ST0",
      "nobody vouches any more",
    );

    for (const name of ["turned.sealed", "whole.sealed", "cut.sealed", "notes.txt"])
      await page.getByRole("button", { name: `Remove: ${name}` }).click();
    await page.getByText("Nothing to check yet.").waitFor();
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("knows the cameras of an open card and opens every picture, until the card is ejected", async () => {
    const page = await app.open("/verify");
    await give(page, "whole.sealed", file);
    await told(page, "whole.sealed", "camera-unknown");
    await page.getByText("Open a memory card").click();
    await openCard(page);
    const opened = await told(page, "whole.sealed", "");
    assert.deepEqual([opened.state, opened.opened], ["ST1", "yes"]);
    assert.match(opened.text, /Front door/);
    await page.getByRole("button", { name: "Eject card" }).click();
    assert.equal((await told(page, "whole.sealed", "camera-unknown")).state, "ST0");
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("takes files that are dropped anywhere on the page, many at once", async () => {
    const page = await app.open("/verify");
    await page.locator('input[type="file"]').waitFor({ state: "attached" });
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      for (const name of ["a.txt", "b.txt"])
        dataTransfer.items.add(new File(["This is no recording."], name));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    });
    for (const name of ["a.txt", "b.txt"])
      assert.equal((await told(page, name, "not-sealed")).readable, "no", name);
    await page.close();
  });

  it("ends judging a file that is removed, and the next has its turn", async () => {
    const page = await app.open("/verify");
    await page.locator('input[type="file"]').waitFor({ state: "attached" });
    // Gigabytes, by reference: without its end, so that all of it has to be judged.
    await page.evaluate(async (end) => {
      const files: File[] = [];
      const collect = async (directory: FileSystemDirectoryHandle): Promise<void> => {
        for await (const handle of directory.values()) {
          if (handle.kind === "directory") await collect(handle as FileSystemDirectoryHandle);
          else files.push(await (handle as FileSystemFileHandle).getFile());
        }
      };
      await collect(await navigator.storage.getDirectory());
      const one = files.find(({ size }) => size > 1_000_000);
      if (!one) throw new Error("no recording");
      const many = Array.from({ length: 100 }, () => one.slice(0, end));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(many, "long.sealed"));
      dataTransfer.items.add(new File(["This is no recording."], "next.txt"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, endOffset);
    const progress = page.getByRole("progressbar");
    await progress.waitFor();
    const begun = Date.now();
    let done = 0;
    while (done === 0) {
      await page.waitForTimeout(100);
      done = await progress.evaluate((bar) => (bar as HTMLProgressElement).value);
    }
    assert.ok(done < 0.3, `far from over: ${done}`);
    // At this pace.
    const left = ((Date.now() - begun) * (1 - done)) / done;
    const next = page.locator('[data-role="report"][data-name="next.txt"]');
    assert.equal(await next.getAttribute("data-step"), "waiting", "one at a time");
    await page.getByRole("button", { name: "Remove: long.sealed" }).click();
    const removed = Date.now();
    await page.locator('[data-name="next.txt"][data-step="judged"]').waitFor();
    const took = Date.now() - removed;
    assert.ok(took < Math.max(1_000, left / 2), `${took} ms, where all of it had taken ${left} ms more`);
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  /** One bit in the middle of the first picture. */
  const turned = (): Uint8Array => {
    const copy = file.slice();
    const at = frame.offset + (frame.length >> 1);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
});
