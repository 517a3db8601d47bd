import type { PictureMessage, ViewerApi, Want } from "../../src/apparatus/index.ts";
import { type Connection, Fault } from "../../src/base/index.ts";
import type { JudgedPicture, TileNow } from "../../src/ui/models/snapshots.ts";
import { ViewerModel } from "../../src/ui/models/viewer.ts";
import { CameraGrid } from "../../src/ui/parts/camera-grid.ts";
import type { Verdict } from "../../src/verify/index.ts";
import { check, found, frame, inside, on, same, settled } from "./bench.ts";

import { passed, refused } from "./states.ts";
import { until } from "./until.ts";

const numberOf = (at: number): string => `${"ABCDEFGHIJKL"[at]}${"A".repeat(51)}`;

type Viewed = {
  readonly want: Want;
  readonly port: MessagePort;
  readonly events: Parameters<ViewerApi["view"]>[3];
};

/** A model with a card of so many cameras, side by side, and what a viewer's worker would do; `fails`: what it does not view. */
const sideBySide = async (count: number, hash = "", fails = -1) => {
  const viewed = new Map<string, Viewed>();
  const left: string[] = [];
  const remote = {
    cards: async () => [{ id: "card", name: "Home" }],
    open: async () => ({
      cameras: Array.from({ length: count }, (_, at) => ({ number: numberOf(at), name: `Camera ${at}` })),
      ...{ wrongAttempts: 0, due: { state: "no" } },
    }),
    view: async (...[number, want, port, events]: Parameters<ViewerApi["view"]>) => {
      if (number === numberOf(fails)) throw new Fault("unexpected");
      viewed.set(number, { want, port, events });
      return { room: "A".repeat(43), key: new Uint8Array(32) };
    },
    leave: async (number: string) => {
      left.push(number);
      viewed.delete(number);
    },
    eject: async () => undefined,
    want: async () => undefined,
    pass: async () => null,
    watch: async () => undefined,
    views: async () => [],
  };
  const model = new ViewerModel(
    () => ({ remote, close: () => undefined }) as unknown as Connection<ViewerApi>,
    () => undefined,
    hash,
  );
  await until("the card is there", () => model.snapshot.open !== undefined);
  await found(model.snapshot.open, "open")("card", { password: "password" });
  /** Sends it as the worker does, and waits until the page has taken it. */
  const send = (at: number, message: Pick<PictureMessage, "picture" | "verdict">): Promise<void> =>
    new Promise((drawn) => {
      const { port } = found(viewed.get(numberOf(at)), `camera ${at}`);
      port.onmessage = () => drawn();
      port.postMessage({ captured: null, ...message }, message.picture ? [message.picture] : []);
    });
  return { model, viewed, left, send };
};

const tileAt = (model: ViewerModel, at: number): TileNow => found(model.snapshot.tiles[at], `tile ${at}`);

describe("cameras side by side", () => {
  const here = location.href;
  afterEach(() => history.replaceState(null, "", here));

  it("are all cameras of the card, small and slow, without sound and text", async () => {
    const { model, viewed } = await sideBySide(3);
    same(model.snapshot.step, "choose-camera");
    found(model.snapshot.viewAll, "viewAll")();
    await until("all are asked for", () => viewed.size === 3);
    same([model.snapshot.step, location.hash], ["grid", "#all"]);
    for (const { want } of viewed.values())
      same(want, { picture: "small", longest: 320, framesPerSecond: 10, sound: false, text: false });
    model.dispose();
  });

  it("are not offered where there is one", async () => {
    const { model } = await sideBySide(1);
    same(model.snapshot.viewAll, undefined);
    model.dispose();
  });

  it("show each its own pictures, in what was judged of it", async () => {
    const { model, viewed, send } = await sideBySide(2, "#all");
    await until("both", () => viewed.size === 2);
    const seen: JudgedPicture[] = [];
    model.onpicture = (judged) => seen.push(judged);
    await send(1, { picture: frame("green"), verdict: passed });
    await send(0, { picture: null, verdict: refused("signature") });
    same(
      seen.map(({ number, picture, verdict }) => [number, picture !== null, verdict.state]),
      [
        [numberOf(1), true, "ST1"],
        [numberOf(0), false, "ST0"],
      ],
    );
    for (const { picture } of seen) picture?.close();
    model.dispose();
  });

  it("are nine at most that are live; another one runs once one is paused", async () => {
    const { model, viewed, left } = await sideBySide(11, "#all");
    await until("nine", () => viewed.size === 9);
    same(
      model.snapshot.tiles.map(({ isLive }) => isLive),
      [...Array(9).fill(true), false, false],
    );
    check(tileAt(model, 9).isOneTooMany && tileAt(model, 9).resume === undefined, "it says why");
    found(tileAt(model, 4).pause, "pause")();
    same([left, tileAt(model, 4).isLive, tileAt(model, 4).isOneTooMany], [[numberOf(4)], false, false]);
    found(tileAt(model, 10).resume, "resume")();
    await until("it runs", () => viewed.has(numberOf(10)));
    check(tileAt(model, 9).isOneTooMany && tileAt(model, 4).isOneTooMany, "full again");
    same(viewed.size, 9);
    model.dispose();
  });

  it("do not disturb one another: one that cannot be viewed says so at its own place", async () => {
    const { model, viewed, send } = await sideBySide(3, "#all", 1);
    await until("the others", () => viewed.size === 2 && tileAt(model, 1).fault !== null);
    same(
      model.snapshot.tiles.map(({ fault }) => fault),
      [null, "unexpected", null],
    );
    // Relays that are not there say so meanwhile, too: the next picture counts, a second later.
    for (let turn = 0; turn < 8 && tileAt(model, 2).waitingFor !== null; turn += 1) {
      await send(2, { picture: null, verdict: passed });
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    same([model.snapshot.fault, tileAt(model, 2).waitingFor], [null, null]);
    found(viewed.get(numberOf(0)), "the first").events.onpass("expired");
    same(
      [tileAt(model, 0).fault, model.snapshot.pass],
      ["pass-expired", null],
      "a pass is asked for where it stands alone",
    );
    model.dispose();
  });

  it("lead to one alone by its address, and back to all; what is not looked at is not viewed", async () => {
    const { model, viewed, left } = await sideBySide(2, "#all");
    await until("both", () => viewed.size === 2);
    await found(model.snapshot.view, "view")(numberOf(1));
    same([model.snapshot.step, location.hash], ["viewing", `#${numberOf(1)}`]);
    same([[...viewed.keys()], left.slice(0, 2)], [[numberOf(1)], [numberOf(0), numberOf(1)]]);
    same([viewed.get(numberOf(1))?.want.picture, model.snapshot.tiles], ["full", []]);
    found(model.snapshot.leave, "leave")();
    same([model.snapshot.step, location.hash], ["grid", "#all"]);
    await until("both again", () => viewed.size === 2);
    // What the browser's own way back does.
    check(model.moved(new URL("https://sealcam.test/viewer")), "it goes along");
    same([model.snapshot.step, viewed.size], ["choose-camera", 0]);
    model.dispose();
  });

  it("are where the address says once the card is open, and nothing of them stays in it when it is ejected", async () => {
    history.replaceState(null, "", `#${numberOf(1)}`);
    const { model, viewed } = await sideBySide(2, location.hash);
    await until("it is viewed", () => model.snapshot.step === "viewing");
    same([...viewed.keys()], [numberOf(1)]);
    found(model.snapshot.eject, "eject")();
    same([model.snapshot.step, location.hash], ["choose-card", ""]);
    const stranger = await sideBySide(2, `#${"Z".repeat(52)}`);
    same(
      [stranger.model.snapshot.step, stranger.model.snapshot.fault],
      ["choose-camera", "camera-not-on-card"],
    );
    for (const one of [model, stranger.model]) one.dispose();
  });
});

describe("a tile", () => {
  const tile: TileNow = {
    ...{ number: numberOf(0), name: "Yard", isLive: true, isOneTooMany: false, waitingFor: "camera" },
    ...{ delay: null, path: null, fault: null, elsewhere: null },
  };
  const drawn = async (
    tiles: readonly TileNow[],
    use: (grid: CameraGrid) => Promise<void>,
  ): Promise<void> => {
    const grid = new CameraGrid();
    grid.tiles = tiles;
    await on(grid, use);
  };
  const show = async (
    grid: CameraGrid,
    verdict: Verdict,
    picture: VideoFrame | null,
    at = 0,
  ): Promise<void> => {
    grid.show({ picture, verdict, number: numberOf(at) });
    await settled(grid);
  };
  const articles = (grid: CameraGrid): HTMLElement[] =>
    [...found(grid.shadowRoot, "root").querySelectorAll("sealcam-camera-tile")].map((one) =>
      found(inside(one, "article"), "article"),
    );

  it("draws picture and verdict in one update, and says what it waits for while nothing is guaranteed", () =>
    drawn([tile, { ...tile, number: numberOf(1) }], async (grid) => {
      const [mine, other] = articles(grid) as [HTMLElement, HTMLElement];
      same([mine.dataset.state, mine.querySelector(".said") !== null], ["ST0", true]);
      const picture = frame("green", 32, 18);
      await show(grid, passed, picture);
      same(picture.format, null, "closed");
      same([mine.dataset.state, mine.querySelector(".said")], ["ST1", null]);
      same(mine.querySelector("canvas")?.dataset.frames, "1");
      same([other.dataset.state, other.querySelector("canvas")?.dataset.frames], ["ST0", "0"], "no other");
      await show(grid, refused("signature"), null);
      same([mine.dataset.state, mine.dataset.tone], ["ST0", "alarm"]);
      check(mine.querySelector("canvas")?.classList.contains("stale") === true, "dimmed");
      const lost = frame("red");
      grid.show({ picture: lost, verdict: passed, number: numberOf(5) });
      same(lost.format, null, "of a camera that is not there: closed");
    }));

  it("that is paused shows nothing of before, and takes nothing that comes late", () =>
    drawn([tile], async (grid) => {
      await show(grid, passed, frame("green", 32, 18));
      grid.tiles = [{ ...tile, isLive: false, waitingFor: null }];
      await settled(grid);
      const [mine] = articles(grid) as [HTMLElement];
      const canvas = found(mine.querySelector("canvas"), "canvas");
      same([...found(canvas.getContext("2d"), "2d").getImageData(0, 0, 1, 1).data], [0, 0, 0, 0]);
      const late = frame("red");
      await show(grid, passed, late);
      same([late.format, mine.dataset.state], [null, "paused"]);
    }));

  it("leads to its camera by a link as large as itself, and its button is reached behind it", () =>
    drawn([{ ...tile, pause: () => undefined }], async (grid) => {
      const [mine] = articles(grid) as [HTMLElement];
      const link = found(mine.querySelector("a"), "link");
      same(new URL(link.href).hash, `#${numberOf(0)}`);
      const box = mine.getBoundingClientRect();
      const at = (x: number, y: number): Element | null =>
        (mine.getRootNode() as ShadowRoot).elementFromPoint(x, y);
      same(at(box.left + 20, box.top + 20)?.localName, "a");
      const button = found(mine.querySelector("button"), "button");
      const of = button.getBoundingClientRect();
      check(
        button.contains(at(of.left + of.width / 2, of.top + of.height / 2)),
        "the button is above the link",
      );
    }));
});
