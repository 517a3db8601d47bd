import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import type { Locator, Page } from "playwright-core";
import { abilityNames, answerNames } from "../../src/apparatus/self-check.api.ts";
import { en } from "../../src/ui/texts/en.ts";
import type { Reason } from "../../src/verify/index.ts";
import { type App, startApp, until, untilLive } from "./app.ts";
import { fits, tabTo } from "./in-window.ts";
import { tells } from "./sentences.ts";

const t = en.selfCheck;

/** The fake camera's pictures: 1280 × 720, in tiles of 64 × 36. */
const columns = 20;

const summary = (page: Page): Locator => page.locator('[data-role="self-check"]');
/** When every check was made: what came of each, by name. */
const results = async (page: Page): Promise<Record<string, string>> => {
  await page.getByRole("button", { name: t.again }).waitFor();
  const lines = await page
    .locator('[data-role="check"]')
    .evaluateAll((all) =>
      all.map((line) => [line.getAttribute("data-name"), line.getAttribute("data-result")]),
    );
  return Object.fromEntries(lines) as Record<string, string>;
};

const watch = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: t.start }).click();
  await untilLive(page, 5);
};
const picker = (page: Page): Locator => page.locator("sealcam-tile-picker button");
/** Presses the middle of a tile. */
const pressTile = async (page: Page, row: number, column: number): Promise<void> => {
  const box = await picker(page).boundingBox();
  assert.ok(box);
  const position = {
    x: ((column - 0.5) / columns) * box.width,
    y: ((row - 0.5) / 20) * box.height,
  };
  await picker(page).click({ position });
};
const outcome = (page: Page): Locator => page.locator('[data-role="outcome"]');
/** ST0 for this reason, with its sentence, and nothing drawn meanwhile. */
const falls = async (page: Page, reason: Reason, tiles = ""): Promise<void> => {
  const { frames } = await until(page, reason, (now) => now.state === "ST0" && now.reason === reason);
  await page.locator(`[data-role="outcome"][data-reason="${reason}"]`).waitFor();
  assert.equal(await outcome(page).getAttribute("data-tiles"), tiles);
  assert.ok((await outcome(page).innerText()).includes(en.reasons[reason].what));
  await page.waitForTimeout(400);
  const still = await until(page, reason, (now) => now.state === "ST0" && now.reason === reason, 0);
  assert.equal(still.frames, frames, "nothing is drawn, and nothing goes on by itself");
};
const recovers = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: t.resend }).click();
  await until(page, "guaranteed again", ({ state }) => state === "ST1");
};

describe("/self-check", () => {
  let app: App;
  before(async () => {
    app = await startApp();
  });
  after(() => app.close());

  it("every known answer is right on this device, and each ability was looked for", async () => {
    const page = await app.open("/");
    await page.getByRole("link", { name: en.titles["/self-check"] }).click();
    const found = await results(page);
    for (const name of answerNames) assert.equal(found[name], "passed", name);
    for (const name of abilityNames) assert.match(found[name] ?? "", /^(passed|missing)$/, name);
    for (const name of ["camera", "frames", "service-worker", "files", "locks", "database", "vp8"])
      assert.equal(found[name], "passed", name);
    assert.equal(await summary(page).getAttribute("data-state"), "passed");
    await page.getByText(t.honest).waitFor();
    await page.getByRole("button", { name: t.again }).click();
    assert.equal((await results(page)).aead, "passed", "again");
    const left = await page.evaluate(async () => {
      const names = (await indexedDB.databases()).map(({ name }) => name);
      for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
      return names.filter((name) => name?.includes("self-check"));
    });
    assert.deepEqual(left, [], "nothing is left behind");
    await page.close();
  });

  it("one bit of one tile: not guaranteed, the tile is named, and it recovers", async () => {
    const page = await app.open("/self-check");
    await watch(page);
    const { frames } = await untilLive(page, 1);
    await pressTile(page, 3, 5);
    await falls(page, "tree", String(2 * columns + 4));
    await page.getByText(t.turned(3, 5)).waitFor();
    assert.ok((await outcome(page).innerText()).includes(t.foundIn(3, 5)));
    assert.equal(await page.locator("canvas.changed").count(), 1, "it is hatched");
    await recovers(page);
    await untilLive(page, frames + 10);
    await page.close();
  });

  const others = {
    time: "signature",
    signature: "signature",
    again: "sequence",
    short: "malformed",
  } as const;
  it("every other way to cheat is found out, each for its own reason", async () => {
    const page = await app.open("/self-check");
    await watch(page);
    for (const [kind, reason] of Object.entries(others) as [keyof typeof others, Reason][]) {
      await page.getByRole("button", { name: t.cheats[kind].action }).click();
      await falls(page, reason);
      await page.getByText(t.cheats[kind].done).waitFor();
      await recovers(page);
    }
    assert.deepEqual(app.errors, []);
    await page.close();
  });

  it("works by keyboard alone, in a window of 320 pixels", async () => {
    const page = await app.open("/self-check");
    await page.setViewportSize({ width: 320, height: 640 });
    await results(page);
    await fits(page);
    await tabTo(page, page.getByRole("button", { name: t.start }));
    await page.keyboard.press("Enter");
    await untilLive(page, 3);
    await fits(page);
    const isFocused = (target: Locator): Promise<boolean> =>
      target.evaluate((element) => element.matches(":focus-visible"));
    assert.ok(await isFocused(picker(page)), "the picture's tiles come next");
    for (const key of ["Home", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
    await page.locator("sealcam-tile-picker").getByText(t.tile(12, 2)).waitFor();
    await page.keyboard.press("Space");
    await falls(page, "tree", String(11 * columns + 1));
    await fits(page);
    assert.ok(await isFocused(page.getByRole("button", { name: t.resend })));
    await page.keyboard.press("Enter");
    await until(page, "guaranteed again", ({ state }) => state === "ST1");
    assert.ok(await isFocused(picker(page)));
    await page.close();
  });

  it("the camera is off after Turn off and after leaving, and a new visit has another number", async () => {
    const prepare = async (fresh: Page): Promise<void> => {
      await fresh.addInitScript(() => {
        const tracks: MediaStreamTrack[] = [];
        Object.assign(globalThis, { tracks });
        const { mediaDevices } = navigator;
        const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
        mediaDevices.getUserMedia = async (wish) => {
          const stream = await getUserMedia(wish);
          tracks.push(...stream.getTracks());
          return stream;
        };
      });
    };
    const page = await app.open("/self-check", prepare);
    const states = (): Promise<string[]> =>
      page.evaluate(() =>
        (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.map(({ readyState }) => readyState),
      );
    const numbers: (string | null)[] = [];
    for (let visit = 0; visit < 2; visit += 1) {
      await watch(page);
      assert.equal((await states()).at(-1), "live");
      await page.locator('[data-role="guarantee"] summary').click();
      const number = page.locator('[data-role="camera-number"]');
      await number.waitFor();
      numbers.push(await number.getAttribute("data-number"));
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: t.stop }).click();
      await page.getByRole("button", { name: t.start }).waitFor();
      assert.equal((await states()).at(-1), "ended");
    }
    assert.match(numbers[0] ?? "", /^[A-Z2-7]{52}$/);
    assert.notEqual(numbers[0], numbers[1]);
    await watch(page);
    await page.locator('a[href="/cards"]').first().click();
    await page.waitForURL(/\/cards$/);
    await page
      .waitForFunction(() =>
        (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.every(
          ({ readyState }) => readyState === "ended",
        ),
      )
      .catch(async () => assert.fail(`${await states()}`));
    await page.close();
  });
});

describe("/self-check whose worker does not load", () => {
  let app: App;
  before(async () => {
    app = await startApp();
  });
  after(() => app?.close());

  it("says so, calls nothing right, and the next try succeeds", async () => {
    const worker = "**/self-check.worker-*.js";
    const page = await app.open("/self-check", async (fresh) => {
      await fresh.route(worker, (route) => route.abort());
    });
    await tells(page, "worker-dead");
    assert.equal(await summary(page).getAttribute("data-state"), "waiting");
    assert.equal(await page.locator('[data-role="check"][data-result="passed"]').count(), 0);
    await page.unroute(worker);
    await page.getByRole("button", { name: t.again }).click();
    await page.locator('[data-role="self-check"][data-state="passed"]').waitFor();
    assert.equal(await page.locator('[data-role="fault"]').count(), 0);
    await page.close();
  });
});

describe("/self-check without a camera", () => {
  let app: App;
  before(async () => {
    app = await startApp({ asks: true });
    // What is not listed is refused.
    await app.context.grantPermissions([]);
  });
  after(() => app?.close());

  it("says so, offers no other picture, and every known answer is right all the same", async () => {
    const page = await app.open("/self-check");
    await page.getByRole("button", { name: t.start }).click();
    await tells(page, "camera-refused");
    await page.getByText(t.needsCamera).waitFor();
    assert.equal(await page.locator('[data-role="picture"], sealcam-tile-picker').count(), 0);
    await results(page);
    assert.equal(await summary(page).getAttribute("data-state"), "passed");
    await page.close();
  });
});

describe("/self-check of a sensor that is wrong in one bit", () => {
  let app: App;
  before(async () => {
    app = await startApp();
  });
  after(() => app?.close());

  it("says which answers are wrong, and that Sealcam is not to be relied on here", async () => {
    const wasm = readFileSync(new URL("../../build/array-sensor.wasm", import.meta.url));
    // FIPS 180-4 §4.2.2: the first constant of SHA-256, as it lies in memory.
    const at = wasm.indexOf(Buffer.from("982f8a42", "hex"));
    assert.ok(at > 0);
    wasm[at]! ^= 1;
    const page = await app.open("/self-check", async (fresh) => {
      await fresh.route("**/*.wasm", (route) =>
        route.fulfill({ body: wasm, headers: { "content-type": "application/wasm" } }),
      );
    });
    const found = await results(page);
    const wrong = answerNames.filter((name) => found[name] !== "passed");
    assert.deepEqual(wrong, ["sha-256", "tree", "tiles", "sealed-stream"]);
    for (const name of wrong) assert.equal(found[name], "failed");
    assert.equal(await summary(page).getAttribute("data-state"), "failed");
    await page.getByText(t.someWrong(wrong.length, answerNames.length)).waitFor();
    await page.getByText(t.wrongWords).waitFor();
    await page.close();
  });
});
