import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import type { Bytes } from "../../src/base/index.ts";
import { decodeCard, openCard as openCardFile, passwordSlots } from "../../src/card/index.ts";
import { epochKey, unwrap } from "../../src/keys/index.ts";
import {
  checkEpoch,
  checkHead,
  decodeEpochSecret,
  itemType,
  peekType,
  readRecording,
} from "../../src/seal/index.ts";
import { en } from "../../src/ui/texts/en.ts";
import { sourceOf } from "../seal/recordings.ts";
import {
  type App,
  makeCard,
  openCard,
  pair,
  password,
  record,
  saved,
  startApp,
  startCamera,
  until,
  untilLive,
  view,
} from "./app.ts";
import { type Heard, listenInPages, told } from "./page-ears.ts";

/** BIP 173: the 32 bytes behind an age identity's text. */
const scalarOf = (identity: string): Uint8Array => {
  const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const bits = [...identity.toLowerCase().slice("age-secret-key-1".length, -6)]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2));
};

/** Everything of this session that opens or signs and can be had outside of the browser: with the card's file, its password and a recording. */
const secretsOf = async (card: string, recording: Uint8Array): Promise<Map<string, Uint8Array | string>> => {
  const file = decodeCard(card);
  const cardKey = await passwordSlots.unwrap(file.slots[0]!.file, password);
  const { records } = await openCardFile(file, password);
  const secrets = new Map<string, Uint8Array | string>([
    ["the card's key", cardKey!],
    ["the card's key, raw", scalarOf(cardKey!)],
    ["any age identity", "AGE-SECRET-KEY-1"],
  ]);
  const identities: string[] = [];
  for (const { viewerKey, decryptionKeys } of records) {
    secrets.set("viewer key", viewerKey.seed);
    for (const { identity } of decryptionKeys) {
      identities.push(identity);
      secrets.set("decryption key", identity);
      secrets.set("decryption key, raw", scalarOf(identity));
    }
  }
  let head: Awaited<ReturnType<typeof checkHead>> | null = null;
  for await (const recorded of readRecording(sourceOf(recording))) {
    if (recorded.kind !== "item") continue;
    const item: Bytes = recorded.item.slice();
    if (peekType(item) === itemType.head) head = await checkHead(item);
    if (peekType(item) !== itemType.epoch || !head) continue;
    const { epoch, wrap } = await checkEpoch(head, item);
    const { secret } = decodeEpochSecret((await unwrap(wrap, identities))!);
    const key = await epochKey(secret, head.hash);
    secrets.set(`secret of epoch ${epoch}`, secret);
    secrets.set(`key of epoch ${epoch}`, key);
  }
  return secrets;
};

describe("a page's realm, over a whole session", () => {
  let app: App;
  let heard: Heard;
  let number = "";
  let secrets = new Map<string, Uint8Array | string>();
  /** What the browser says of frames that nobody closed. */
  const unclosed: string[] = [];
  before(async () => {
    app = await startApp({ flags: ["--js-flags=--expose-gc"] });
    // From the browser's own log: what it says of a worker is no console message of the page.
    app.context.on("page", async (page) => {
      const session = await app.context.newCDPSession(page);
      session.on("Log.entryAdded", ({ entry }) => {
        if (/without being closed/.test(entry.text)) unclosed.push(`${entry.source}: ${page.url()}`);
      });
      await session.send("Log.enable");
    });
    heard = await listenInPages(app.context);
  });
  after(() => app?.close());

  /** Collects what nobody holds, in the page and in its workers: the browser then tells of frames among it. */
  const collect = async (page: Page): Promise<void> => {
    const gc = (): void => {
      for (let round = 0; round < 3; round += 1) (globalThis as unknown as { gc(): void }).gc();
    };
    await page.evaluate(gc);
    for (const worker of page.workers()) await worker.evaluate(gc).catch(() => undefined);
  };

  it("pairs, seals, views, records, plays, checks and opens cards", async () => {
    await makeCard(app);
    number = await pair(app);
    const camera = await startCamera(app);
    const viewer = await view(app);
    await untilLive(viewer, 30);
    await record(viewer);
    await untilLive(viewer, 90);
    const exact = await view(app, { quality: "lossless" });
    await untilLive(exact, 30);
    for (const page of [viewer, exact, camera]) await collect(page);
    await exact.close();
    await camera.getByRole("button", { name: "Stop", exact: true }).click();
    await viewer.getByRole("link", { name: "Recordings" }).waitFor();
    await collect(viewer);
    await collect(camera);
    await viewer.close();
    await camera.close();
    const list = await app.open("/recordings");
    const recording = await saved(list, /^Save a copy/);
    await list
      .getByRole("button", { name: /^Play: / })
      .first()
      .click();
    await openCard(list);
    await until(list, "the first picture", ({ frames, state }) => frames > 0 && state === "ST1");
    await list.getByRole("button", { name: "Play", exact: true }).click();
    await until(list, "it plays", ({ frames }) => frames > 10);
    await collect(list);
    await list.close();
    const cards = await app.open("/cards");
    const card = new TextDecoder().decode(await saved(cards, /^Save a copy/));
    await cards.close();
    const check = await app.open("/self-check");
    await check.getByRole("button", { name: en.selfCheck.start }).click();
    await untilLive(check, 20);
    await collect(check);
    await check.close();
    secrets = await secretsOf(card, recording);
    assert.ok(secrets.size >= 8, [...secrets.keys()].join());
    assert.deepEqual(app.errors, []);
  });

  it("gets no private key, no decryption key, no epoch's secret and no key of the card, by any message or from the database", () => {
    assert.deepEqual(told(heard, secrets), []);
    assert.deepEqual(
      [...heard.objects].filter((one) => one.startsWith("CryptoKey")),
      [],
    );
  });

  it("asks WebCrypto for nothing but hashes", () => {
    assert.deepEqual([...heard.asked], []);
  });

  it("was listened to: what it has to get was heard, and what is planted is found", async () => {
    assert.ok(heard.leaves.length > 100, `${heard.leaves.length}`);
    assert.ok(heard.objects.has("VideoFrame"), [...heard.objects].join());
    assert.deepEqual(told(heard, new Map([["number", number]])), ["number"]);
    const page = await app.open("/");
    const key = secrets.get("viewer key") as Uint8Array;
    await page.evaluate(
      async (bytes) => {
        const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
        const { port1, port2 } = new MessageChannel();
        const arrived = new Promise<void>((resolve) => {
          port2.onmessage = ({ data }) => resolve(data);
        });
        port1.postMessage({ deep: [new Map([["key", new Uint8Array([1, ...bytes, 2])]])], pair });
        await arrived;
      },
      [...key],
    );
    assert.deepEqual(told(heard, secrets), ["viewer key"]);
    assert.ok(heard.objects.has("CryptoKey private") && heard.asked.has("generateKey"));
    await page.close();
  });

  it("and its workers close every frame they get: the browser finds none when it collects", async () => {
    assert.deepEqual(unclosed, []);
    // That it would say so, of a page and of a worker: frames that nobody closes.
    const leak = (): void => {
      const canvas = new OffscreenCanvas(64, 64);
      canvas.getContext("2d")?.fillRect(0, 0, 64, 64);
      for (let at = 0; at < 3; at += 1) new VideoFrame(canvas, { timestamp: at });
    };
    const page = await app.open("/cards");
    await page.getByRole("button", { name: /^Open.*Home/ }).waitFor();
    const [worker] = page.workers();
    assert.ok(worker);
    for (const realm of [page, worker]) {
      const before = unclosed.length;
      await (realm as Page).evaluate(leak);
      const end = Date.now() + 30_000;
      while (unclosed.length === before && Date.now() < end) {
        await collect(page);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      assert.ok(unclosed.length > before, realm === page ? "of a page" : "of a worker");
    }
    await page.close();
  });
});
