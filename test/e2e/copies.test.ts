import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type Serving, serve } from "../../scripts/serve.ts";
import { type Bytes, concat, equal } from "../../src/base/index.ts";
import { readNumber } from "../../src/keys/index.ts";
import { isReceipt } from "../../src/seal/check.ts";
import { readRecording } from "../../src/seal/index.ts";
import { judgeRecording } from "../../src/verify/index.ts";
import { makeSensor } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type App, calmCamera, pair, saved, startApp } from "./app.ts";
import { type FaultyWay, startFaultyWay } from "./faulty-way.ts";
import { insertNewCard } from "./inserted.ts";
import { signUp } from "./sign-up.ts";
import { workerd } from "./workerd.ts";

/** The browser's own words for a connection that was cut or refused, and for a camera that is not taken. */
const expected = /WebSocket connection|Failed to load resource|net::ERR/;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What the server tells of a recording. */
interface Listed {
  readonly hash: string;
  readonly frames: number;
  readonly isComplete: boolean;
}

describe("a camera's copies on its server", () => {
  let data: string;
  let server: Serving;
  let way: FaultyWay;
  let home: App;
  let door: App;
  let account: Page;
  let camera: Page;
  let number: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), "sealcam-copies-"));
    server = await serve(0, { data });
    way = await startFaultyWay(server.origin);
    home = await startApp({ server });
    door = await startApp({ server, flags: [...way.flags, calmCamera] });
    await insertNewCard(home);
    number = await pair(home, "Home", "Front door", "", undefined, door);
  });
  after(async () => {
    await door?.close();
    await home?.close();
    await way?.close();
    await server?.stop();
    await rm(data, { recursive: true, force: true });
  });

  const rule = (page: Page) => page.getByRole("switch", { name: /^Keep a copy on the server/ });
  const standing = (more: string) => camera.locator(`[data-role="copies"]${more}`);
  const allThere = (): Promise<void> =>
    standing('[data-unfinished="0"][data-why=""]').waitFor({ timeout: 60_000 });
  const start = async (records: boolean): Promise<void> => {
    await camera.getByRole("switch", { name: /^Record here from the start/ }).setChecked(records);
    await camera.getByRole("button", { name: "Start sealing" }).click();
    if (records) await camera.locator('[data-role="recording"]').waitFor();
    else await camera.getByRole("button", { name: "Stop", exact: true }).waitFor();
  };
  const stop = async (): Promise<void> => {
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await camera.getByRole("button", { name: "Start sealing" }).waitFor();
  };
  /** What the server has of this camera, as its account reads it; the newest first. */
  const listed = (): Promise<Listed[]> =>
    account.evaluate(
      async (path) => (await (await fetch(path)).json()).recordings,
      `/api/cameras/${number}/recordings`,
    );
  const storedFile = async (hash: string): Promise<Bytes> => {
    const text = await account.evaluate(async (path) => {
      const bytes = new Uint8Array(await (await fetch(path)).arrayBuffer());
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    }, `/api/cameras/${number}/recordings/${hash}`);
    return new Uint8Array(Buffer.from(text, "base64"));
  };
  /** The newest recording on the camera's own device. */
  const ownFile = async (): Promise<Bytes> => {
    const page = await door.open("/recordings");
    const file = await saved(page, /^Save a copy: /);
    await page.close();
    return file;
  };
  const judge = async (file: Bytes) =>
    judgeRecording(sourceOf(file), {
      ...{ known: [{ number: readNumber(number), identities: null }], sensor: await makeSensor() },
    });
  const withoutReceipts = async (file: Bytes): Promise<Bytes> => {
    const items: Bytes[] = [];
    for await (const one of readRecording(sourceOf(file)))
      if (one.kind === "item" && !isReceipt(one.item)) items.push(one.item.slice());
    return concat(...items);
  };

  it("are not made of one that no account has registered, and its page says so", async () => {
    camera = await door.open("/camera");
    assert.equal(await rule(camera).isChecked(), false, "off unless a person says so");
    await rule(camera).check();
    await camera.locator('[data-role="fault"][data-code="copy-not-registered"]').waitFor();
    await camera.close();
  });

  it("are the rule for as long as it is on, also after a reload; by itself it seals nothing", async () => {
    await signUp(home);
    number = await pair(home, "Home", "Front door", "", undefined, door);
    account = await home.open("/account");
    camera = await door.open("/camera");
    await allThere();
    assert.equal(await rule(camera).isChecked(), true);
    await start(false);
    await camera.getByText("Nobody is viewing, so nothing is sealed.").waitFor();
    await stop();
    assert.deepEqual(await listed(), []);
  });

  it("are whole and the camera's, though its network was cut and the server killed in the middle", async () => {
    await start(true);
    await standing('[data-why=""]').waitFor();
    await account.waitForFunction(
      async (path) => (await (await fetch(path)).json()).recordings[0]?.frames > 0,
      `/api/cameras/${number}/recordings`,
      { polling: 500, timeout: 60_000 },
    );
    way.cut();
    await standing('[data-why="copy-offline"]').waitFor({ timeout: 60_000 });
    await pause(1_000);
    way.mend();
    await standing('[data-why=""]').waitFor({ timeout: 90_000 });
    process.kill(await workerd(), "SIGKILL");
    await pause(1_000);
    await stop();
    await allThere();
    const [told] = await listed();
    assert.ok(told?.isComplete);
    const [there, here] = [await storedFile(told.hash), await ownFile()];
    assert.ok(equal(await withoutReceipts(there), here), "nothing twice, nothing missing");
    const report = await judge(there);
    assert.deepEqual([report.state, report.reasons, report.gaps], ["ST1", [], []]);
    assert.ok(report.existedBefore.length > 0, "with the server's receipts");
  });

  it("of a recording that broke off go on when the page is opened again", async () => {
    await start(true);
    await pause(500);
    way.cut();
    await standing('[data-why="copy-offline"]').waitFor({ timeout: 60_000 });
    await pause(1_500);
    await camera.close();
    way.mend();
    camera = await door.open("/camera");
    await allThere();
    const [told] = await listed();
    assert.equal(told?.isComplete, false);
    const [there, here] = [await storedFile(told?.hash ?? ""), await ownFile()];
    assert.ok(equal(await withoutReceipts(there), here));
    assert.deepEqual((await judge(there)).reasons, ["incomplete"]);
    const errors = [...home.errors, ...door.errors].filter((error) => !expected.test(error));
    assert.deepEqual(errors, []);
  });
});
