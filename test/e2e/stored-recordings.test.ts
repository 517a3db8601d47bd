import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type Serving, serve } from "../../scripts/serve.ts";
import { type Bytes, concat, fromBase64Url, toBase64Url } from "../../src/base/index.ts";
import { makeCard as newCard } from "../../src/card/index.ts";
import { signUpload } from "../../src/images/index.ts";
import { numberText } from "../../src/keys/index.ts";
import { judgeRecording } from "../../src/verify/index.ts";
import { Person, pairCamera, stretchedAs } from "../auth/person.ts";
import { PASSWORD, quick, sampleRecord } from "../card/sample.ts";
import { makeCamera, makeSensor, smallShape, type TestCamera } from "../seal/camera.ts";
import { sourceOf } from "../seal/recordings.ts";
import { type App, openCard, saved, startApp, until } from "./app.ts";
import { insertCard } from "./inserted.ts";

/** Frames of the recording that is stored; half a second apart. */
const frames = 40;

/** Puts items of a camera's stream on the server, as the camera does, in two batches. */
const store = async (
  { origin }: Serving,
  camera: TestCamera,
  stream: { readonly hash: Bytes },
  items: readonly Bytes[],
): Promise<void> => {
  const [number, hash] = [numberText(camera.number), toBase64Url(stream.hash)];
  const base = `${origin}/api/cameras/${number}/recordings`;
  const post = async (path: string, body: BodyInit, headers = {}) => {
    const response = await fetch(base + path, { method: "POST", body, headers });
    const said = (await response.json()) as { nonce: string; token: string; taken: number };
    assert.equal(response.status, 200, JSON.stringify(said));
    return said;
  };
  const { nonce } = await post("/nonce", "");
  const claim = { camera: number, hash, origin, nonce: fromBase64Url(nonce) };
  const proof = await signUpload(camera.privateKey, camera.publicKey, claim);
  const key = toBase64Url(camera.publicKey);
  const opening = JSON.stringify({ key, nonce, proof: toBase64Url(proof) });
  const { token } = await post(`/${hash}/upload`, opening);
  const half = Math.ceil(items.length / 2);
  let taken = 0;
  for (const batch of [items.slice(0, half), items.slice(half)])
    if (batch.length > 0)
      ({ taken } = await post(`/${hash}/items?from=${taken}`, concat(...batch), {
        authorization: `Bearer ${token}`,
      }));
};

/** Puts a card with this camera into the browser. */
const insertCardWith = async (app: App, camera: TestCamera): Promise<void> => {
  const record = sampleRecord(1, {
    ...{ number: camera.number, name: "Front door" },
    decryptionKeys: [{ generation: 1, identity: camera.identity }],
  });
  await insertCard(app, await (await newCard("Home", PASSWORD, quick)).put(record));
};

describe("recordings that the server keeps", () => {
  let server: Serving;
  let app: App;
  let camera: TestCamera;
  let anna: Person;
  let number: string;
  let file: Bytes;
  let ended: Awaited<ReturnType<TestCamera["begin"]>>;
  const row = (page: Page, hash: Bytes) => page.locator(`[data-hash="${toBase64Url(hash)}"]`);

  before(async () => {
    server = await serve(0);
    app = await startApp({ server });
    camera = await makeCamera();
    anna = new Person({ origin: server.origin, fetch: (request) => fetch(request) });
    assert.equal((await anna.signUpWithPassword(stretchedAs(1))).status, 200);
    const { serverKey } = (await anna.get("/api/passes/key")).body;
    const pinned = fromBase64Url(serverKey);
    assert.equal((await anna.register(await pairCamera(1, camera, undefined, pinned))).status, 200);
    number = numberText(camera.number);
    ended = await camera.begin(2);
    const items: Bytes[] = [ended.head, ended.epoch];
    for (let at = 0; at < frames; at += 1)
      items.push(await ended.seal(at, { shape: smallShape, captured: 5_000 + 500 * at }));
    file = concat(...items, await ended.end(frames));
    await store(server, camera, ended, [...items, await ended.end(frames)]);
    await insertCardWith(app, camera);
  });
  after(async () => {
    await app?.close();
    await server?.stop();
  });

  it("are not told of before somebody signs in, and neither page says that there are any", async () => {
    for (const path of ["/recordings", `/operator?camera=${number}`]) {
      const page = await app.open(path);
      await page.getByText("Sign in to see what the server keeps").waitFor();
      assert.equal(await page.locator("[data-hash]").count(), 0);
      await page.close();
    }
    const page = await app.open(`/play?camera=${number}&hash=${toBase64Url(ended.hash)}`);
    await page.locator('[data-role="fault"][data-code="stored-none"]').waitFor();
    await page.close();
    const cookies = [...anna.cookies].map(([name, value]) => ({ name, value, url: server.origin }));
    await app.context.addCookies(cookies.map((one) => ({ ...one, httpOnly: true, sameSite: "Strict" })));
  });

  it("stand beside those of this device: how long, how large, how far, until when, and what of the room is used", async () => {
    const page = await app.open("/recordings");
    const one = row(page, ended.hash);
    await one.waitFor();
    const words = await one.innerText();
    assert.match(words, /0:20 · 6\d\d\.\d kB/);
    assert.match(words, /Complete · Stays until .+ · Pictures and sounds: 40/s);
    await page
      .locator('[data-role="server-room"]')
      .getByText(/kB of 2\.1 GB used/)
      .waitFor();
    await page.getByRole("heading", { name: "On this device", exact: true }).waitFor();
    await page.close();
  });

  it("play as those of this device do: each picture with its verdict, anywhere, and all of it judged", async () => {
    const page = await app.open("/recordings");
    await row(page, ended.hash)
      .getByRole("button", { name: /^Play: / })
      .click();
    await openCard(page, "Home", PASSWORD);
    await until(page, "the first picture", ({ frames, state }) => frames > 0 && state === "ST1");
    const clock = page.locator('[data-role="camera-clock"]');
    await page.keyboard.press("End");
    await page.waitForFunction(() => {
      const player = document.querySelector("sealcam-play-page")?.shadowRoot?.querySelector("sealcam-player");
      const said = player?.shadowRoot?.querySelector<HTMLElement>('[data-role="camera-clock"]');
      return said?.dataset.captured === "24500";
    });
    await clock.waitFor();
    await until(page, "the last picture", ({ state, reason }) => state === "ST1" && reason === null);
    await page.locator('[data-role="whole"][data-state="ST1"] summary').click();
    await page.locator('[data-role="whole"] [data-role="existed-before"]').waitFor();
    await page.close();
  });

  it("are saved as a file that is judged like any other, with the server's word on when it existed", async () => {
    const page = await app.open("/recordings");
    await row(page, ended.hash).waitFor();
    const copy = await saved(page, /^Save a copy/);
    assert.ok(copy.length > file.length, "receipts are in it");
    const known = [{ number: camera.number, identities: [camera.identity] }];
    const report = await judgeRecording(sourceOf(copy), { known, sensor: await makeSensor() });
    assert.deepEqual([report.state, report.frames, report.opened], ["ST1", frames, true]);
    assert.equal(report.existedBefore.length, 1);
    await page.close();
  });

  it("are checked on the operator's page without a card: where they are from, how many, when they existed", async () => {
    const torn = await camera.begin(3);
    await store(server, camera, torn, [torn.head, torn.epoch, await torn.seal(0), await torn.seal(2)]);
    const list = await app.open("/recordings");
    await list.getByRole("link", { name: "Check them without a card" }).click();
    const page = list;
    await row(page, ended.hash).waitFor();
    await page.getByRole("button", { name: "Check all" }).click();
    await page.getByText("Checked: 2 of 2. Guaranteed: 1.").waitFor();
    const good = row(page, ended.hash);
    await good.locator('[data-role="judged"][data-state="ST1"] summary').click();
    await good.locator('[data-role="existed-before"]').waitFor();
    const report = good.locator('[data-role="report"]');
    assert.equal(await report.getAttribute("data-opened"), "no", "nothing was opened");
    const cut = row(page, torn.hash).locator('[data-role="report"]');
    assert.equal(await cut.getAttribute("data-reasons"), "incomplete");
    await page.close();
  });

  it("are protected, and erased by who manages the camera once he is sure of it", async () => {
    const page = await app.open("/recordings");
    const one = row(page, ended.hash);
    await one.getByRole("button", { name: /^Keep: / }).click();
    await one.locator('[aria-pressed="true"]').waitFor();
    await one.getByText("Stays until somebody erases it").waitFor();
    await one.getByRole("button", { name: /^Erase: / }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await one.waitFor();
    await one.getByRole("button", { name: /^Erase: / }).click();
    await page.getByText("It is to be kept.").waitFor();
    await page.getByRole("button", { name: "Erase from the server" }).click();
    await one.waitFor({ state: "detached" });
    await page.close();
    const gone = await app.open(`/play?camera=${number}&hash=${toBase64Url(ended.hash)}`);
    await gone.locator('[data-role="fault"][data-code="stored-none"]').waitFor();
    await gone.close();
    assert.deepEqual(
      app.errors.filter((error) => !/status of 404/.test(error)),
      [],
    );
  });
});
