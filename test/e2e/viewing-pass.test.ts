import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type Serving, serve } from "../../scripts/serve.ts";
import { en } from "../../src/ui/texts/en.ts";
import {
  type App,
  calmCamera,
  openCard,
  pair,
  startApp,
  startCamera,
  until,
  untilLive,
  view,
} from "./app.ts";
import { insertNewCard } from "./inserted.ts";
import { signUp } from "./sign-up.ts";

const t = en.account;

const step = (viewer: Page, name: string) =>
  viewer.locator(`[data-role="viewing-pass"][data-step="${name}"]`);

/** Types the one-time password that is shown, or a wrong one. */
const enter = async (viewer: Page, isWrong = false): Promise<void> => {
  await step(viewer, "enter").waitFor();
  const code = (await viewer.locator('[data-role="one-time-password"]').innerText()).replace(/\s/g, "");
  const typed = isWrong ? `${(Number(code[0]) + 1) % 10}${code.slice(1)}` : code;
  await viewer.getByLabel(t.viewing.field(8)).fill(typed);
  await viewer.getByRole("button", { name: t.viewing.go, exact: true }).click();
};

describe("[RP21] a viewing pass, from the account to the picture's end", () => {
  let server: Serving;
  let app: App;
  let camera: Page;
  let viewer: Page;
  before(async () => {
    // As an operator may have it; thirty minutes would be long to wait.
    server = await serve(0, { variables: { PASS_MINUTES: "0.6" } });
    app = await startApp({ server, flags: [calmCamera] });
    await insertNewCard(app);
  });
  after(async () => {
    await app?.close();
    await server?.stop();
  });

  it("is asked for by a camera that was paired and registered by who is signed in; a wrong password shows nothing", async () => {
    await signUp(app);
    await pair(app);
    camera = await startCamera(app);
    viewer = await view(app);
    await enter(viewer, true);
    await viewer.locator('[data-role="fault"][data-code="account-one-time"]').waitFor();
    assert.equal(await viewer.locator('[data-role="picture"]').getAttribute("data-frames"), "0");
    await camera.getByText("Nobody is viewing", { exact: true }).first().waitFor();
  });

  it("opens live pictures for the right one, for as long as it lasts; then the keys are gone", async () => {
    await enter(viewer);
    await untilLive(viewer, 5);
    await camera.getByText("1 viewer").waitFor();
    await viewer.locator('[data-role="renew"]').waitFor();
    await viewer.locator('[data-role="fault"][data-code="pass-over"]').waitFor({ timeout: 60_000 });
    assert.equal(await viewer.locator('[data-role="picture"]').count(), 0);
    await camera.getByText("Nobody is viewing", { exact: true }).first().waitFor();
  });

  it("is renewed with the card, or before its end without a break of more than a moment", async () => {
    await openCard(viewer);
    await viewer.getByRole("button", { name: "Front door" }).click();
    await enter(viewer);
    await untilLive(viewer, 5);
    const first = Date.now();
    await untilLive(viewer, 60);
    await viewer.locator('[data-role="renew"]').click();
    await enter(viewer);
    await step(viewer, "entering").waitFor({ state: "detached" });
    await untilLive(viewer, 5);
    // Beyond the end of the first one.
    const isBeyond = (): boolean => Date.now() > first + 36_000;
    await until(viewer, "live beyond the first pass", ({ live }) => live === "yes" && isBeyond(), 60_000);
    assert.equal(await viewer.locator('[data-code="pass-over"]').count(), 0);
  });

  it("stands in the account's log, what was refused as well", async () => {
    const page = await app.open("/account");
    await page.getByText(t.log.heading).click();
    for (const word of ["pass-asked", "pass-given", "pass-refused"] as const)
      await page.getByText(t.log.words[word]).first().waitFor();
    const unexpected = app.errors.filter((error) => !/status of 403/.test(error));
    assert.deepEqual(unexpected, []);
  });
});
