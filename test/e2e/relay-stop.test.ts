import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { CDPSession, Page } from "playwright-core";
import { type App, startApp } from "./app.ts";
import { inPageScript } from "./in-page-script.ts";

let app: App;
let devtools: CDPSession;
let host: Page;
let guest: Page;

let stops = 0; // as the browser reports them: a command that did nothing would let every test here pass

const stop = () => devtools.send("ServiceWorker.stopAllWorkers");
const logged = (page: Page, words: string) =>
  page.waitForFunction((wanted) => inPage.log.includes(wanted), words);
const echo = async (page: Page, more: number) => {
  const now = await page.evaluate(() => inPage.echoes());
  await page.waitForFunction((wanted) => inPage.echoes() >= wanted, now + more);
};

before(async () => {
  app = await startApp();
  const script = await inPageScript();
  const prepare = async (page: Page) => {
    await page.addInitScript(script);
  };
  host = await app.open("/", prepare);
  await host.evaluate(async () => void (await navigator.serviceWorker.ready));
  guest = await app.open("/", prepare);
  devtools = await app.context.newCDPSession(host);
  devtools.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    stops += versions.filter(({ runningStatus }) => runningStatus === "stopped").length;
  });
  await devtools.send("ServiceWorker.enable");
});

after(() => app?.close());

test("[RP18] a service worker that is stopped between all messages introduces two tabs, and ports outlive it", async () => {
  const a = await host.evaluate(() => inPage.key());
  const b = await guest.evaluate(() => inPage.key());
  await guest.evaluate(([key, room]) => inPage.join(key as string, room as string), [b.key, a.room]);
  await logged(guest, "waiting host");
  await stop();
  await host.evaluate(
    ([key, room, admitted]) => {
      inPage.join(key as string, room as string, [admitted as string]);
    },
    [a.key, a.room, b.key],
  );
  await logged(host, "introduced guest");
  await logged(guest, "introduced host");
  await echo(guest, 5);
  await stop();
  await echo(guest, 50);
  await echo(host, 50);
  assert.ok(stops >= 2, `${stops} stops`);
});

test("[RP11] [RP18] one that is stopped all the time introduces them in the end", async () => {
  const a = await host.evaluate(() => inPage.key());
  const b = await guest.evaluate(() => inPage.key());
  for (const page of [host, guest]) await page.evaluate(() => inPage.log.splice(0));
  const stopsBefore = stops;
  let isOver = false;
  const stopping = (async () => {
    // Ever longer pauses: the first stops come in the middle of everything, the last ones leave time for an answer.
    for (let pause = 20; !isOver; pause *= 1.1) {
      await stop();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  })();
  await guest.evaluate(([key, room]) => inPage.join(key as string, room as string), [b.key, a.room]);
  await host.evaluate(
    ([key, room, admitted]) => {
      inPage.join(key as string, room as string, [admitted as string]);
    },
    [a.key, a.room, b.key],
  );
  await logged(guest, "introduced host");
  await logged(host, "introduced guest");
  isOver = true;
  await stopping;
  await echo(guest, 5);
  assert.ok(stops > stopsBefore, "never stopped");
  assert.deepEqual(app.errors, []);
});
