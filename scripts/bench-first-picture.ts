import type { Page } from "playwright-core";
import { plainWebrtc } from "../test/bench/plain-webrtc.ts";
import { type App, makeCard, pair, password, startApp, startCamera } from "../test/e2e/app.ts";
import { median } from "./bench-browser.ts";
import type { RoomRow } from "./bench-rooms.ts";

/** One opening of `/viewer`, ms. */
interface Opening {
  /** Until a person can type. */
  readonly page: number;
  /** The card's password is made slow to guess, on purpose; of this the peer has nothing. */
  readonly card: number;
  /** From the choice of the camera on. */
  readonly still: number;
  readonly video: number;
}

/** The first picture and the first picture after it, on a page that was just opened; `steps` are a person's. */
const openViewer = async (app: App): Promise<Opening> => {
  const page = await app.context.newPage();
  try {
    await page.goto(`${app.origin}/viewer`, { waitUntil: "commit" });
    const field = page.getByLabel("Password of “Home”");
    await field.waitFor();
    const shown = await now(page);
    await field.fill(password);
    const typed = await now(page);
    await page.getByRole("button", { name: "Open the card" }).click();
    const camera = page.getByRole("button", { name: "Front door" });
    await camera.waitFor();
    const opened = await now(page);
    const [chosen, still, video] = await camera.evaluate(choose);
    return { page: shown, card: opened - typed, still: still - chosen, video: video - chosen };
  } finally {
    await page.close();
  }
};

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());

/** Runs in the page: presses the button and looks at each of the browser's frames how many pictures were drawn. */
const choose = async (button: HTMLElement | SVGElement): Promise<readonly [number, number, number]> => {
  const find = (root: ParentNode): Element | null => {
    for (const one of root.querySelectorAll("*")) {
      const found = one.matches('[data-role="picture"]') ? one : one.shadowRoot && find(one.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  const chosen = performance.now();
  (button as HTMLElement).click();
  let picture: Element | null = null;
  const drawn = async (count: number): Promise<number> => {
    for (;;) {
      picture ??= find(document);
      if (Number(picture?.getAttribute("data-frames")) >= count) return performance.now();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };
  return [chosen, await drawn(1), await drawn(2)];
};

/** The same of the page with nothing but WebRTC, ms from its opening on. */
const openPlain = async (app: App, origin: string): Promise<number> => {
  const page = await app.context.newPage();
  try {
    await page.goto(`${origin}/viewer`, { waitUntil: "commit" });
    const shown = await page.waitForFunction(() => (globalThis as { shown?: number }).shown);
    return (await shown.jsonValue()) as number;
  } finally {
    await page.close();
  }
};

/**
 * From the opening of a page to the first picture, in a fresh browser each time: `/viewer` beside a page with nothing but WebRTC, with one camera
 * in another browser for both.
 */
export const benchFirstPicture = async (turns: number): Promise<RoomRow[]> => {
  const plain = await plainWebrtc();
  const door = await startApp();
  let home = await startApp({ server: door.server });
  const ours: Opening[] = [];
  const theirs: number[] = [];
  try {
    await makeCard(home);
    await pair(home, "Home", "Front door", "", undefined, door);
    await startCamera(door);
    const camera = await door.context.newPage();
    await camera.goto(`${plain.origin}/camera`);
    await camera.waitForFunction(() => document.title === "ready");
    for (let at = 0; at < turns; at += 1) {
      const killed = await home.kill();
      home = await startApp({ home: killed.home, server: door.server });
      // Which comes first changes: the first page of a fresh browser is the slowest.
      if (at % 2 === 0) theirs.push(await openPlain(home, plain.origin));
      ours.push(await openViewer(home));
      if (at % 2 === 1) theirs.push(await openPlain(home, plain.origin));
    }
  } finally {
    await home.close();
    await door.close();
    await plain.stop();
  }
  const row = (name: string, of: (one: Opening) => number): RoomRow => ({
    ...{ name, peer: "plain WebRTC page, first picture" },
    ours: median(ours.map(of)),
    theirs: median([...theirs]),
    ratio: median(ours.map((one, at) => (theirs[at] ?? Number.NaN) / of(one))),
    unit: "ms",
  });
  return [
    // What a person waits for: the page is there long before a password is typed. The peer's page is loaded within its figure.
    row("the camera chosen to the first still", (one) => one.still),
    row("the camera chosen to the first video frame", (one) => one.video),
    row("/viewer to the first still, without the password", (one) => one.page + one.still),
    row("/viewer to the first video frame, without the password", (one) => one.page + one.video),
    row("/viewer to the first still, with its stretching", (one) => one.page + one.card + one.still),
  ];
};
