import type { PlayerSnapshot, PlaySnapshot } from "../../src/ui/models/snapshots.ts";
import { Player } from "../../src/ui/parts/player.ts";
import { setLanguage } from "../../src/ui/texts/index.ts";
import type { Verdict } from "../../src/verify/index.ts";
import { check, everything, found, frame, inside, on, same, settled } from "./bench.ts";
import { passed, refused, states } from "./states.ts";
import { until } from "./until.ts";

const { player: changed } = found(states["play-changed"], "state").snapshot as PlaySnapshot & {
  player: PlayerSnapshot;
};

/** A player that notes what is asked of it. */
const make = (more: Partial<PlayerSnapshot> = {}) => {
  const asked: unknown[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): void =>
      void asked.push([name, ...args]);
  const acts = Object.fromEntries(
    ["play", "pause", "seek", "visit", "setRate", "hear", "savePicture", "cancelMp4", "close"].map((name) => [
      name,
      note(name),
    ]),
  );
  const player = { ...changed, ...acts, isHeard: false, ...more } as PlayerSnapshot;
  return { element: Object.assign(new Player(), { player }), asked };
};
const press = (key: string, on: EventTarget = window): void => {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
};
const played = (verdict: Verdict, picture: VideoFrame | null, at = 0) => ({
  ...{ verdict, picture, at, track: 1, captured: 1795170000000, isHole: picture === null },
});
const pixelOf = (element: Element): number[] => {
  const canvas = found(inside<HTMLCanvasElement>(element, "canvas.picture"), "canvas");
  return [...(canvas.getContext("2d")?.getImageData(2, 2, 1, 1).data ?? [])];
};
const stateOf = (element: Element): string | undefined =>
  found(inside(element, '[data-role="guarantee"]'), "guarantee").dataset.state;

describe("the player", () => {
  before(() => setLanguage("en"));

  it("asks for the first picture once there is a place to draw it on", () => {
    const { element, asked } = make({ at: 4_000 });
    return on(element, () => same(asked, [["seek", 4_000]], "asked"));
  });

  it("obeys keys: space, arrows, home and end, one to five", () => {
    const { element, asked } = make({ at: 60_000 });
    return on(element, async () => {
      asked.length = 0;
      for (const key of [" ", "ArrowRight", "ArrowLeft", "Home", "End", "1", "5", "x"]) press(key);
      same(
        asked,
        [
          ["play"],
          ...[
            ["seek", 70_000],
            ["seek", 60_000],
            ["seek", 0],
            ["seek", changed.length],
          ],
          ...[
            ["setRate", 1],
            ["setRate", 16],
          ],
        ],
        "what was asked",
      );
      asked.length = 0;
      element.player = { ...(element.player as PlayerSnapshot), isGoing: true };
      await settled(element);
      press(" ");
      same(asked, [["pause"]], "space halts what goes");
      asked.length = 0;
      press(" ", found(inside(element, "button"), "button"));
      press("1", found(inside(element, "select"), "select"));
      same(asked, [], "a control that has the focus has its own keys");
    });
  });

  it("cancels a film that is being made", () => {
    const { element, asked } = make({ saving: 0.3 });
    return on(element, async () => {
      asked.length = 0;
      found(inside<HTMLElement>(element, '[data-role="cancel-mp4"]'), "cancel").click();
      same(
        asked.map((one) => (one as unknown[])[0]),
        ["cancelMp4"],
        "asked",
      );
      element.player = { ...(element.player as PlayerSnapshot), saving: null };
      await settled(element);
      same(inside(element, '[data-role="cancel-mp4"]'), null, "nothing to cancel");
    });
  });

  it("marks every fault, gap and hole on the time line, and says what stands at its place", () => {
    const { element } = make();
    return on(element, async () => {
      const marks = [...everything(element)].filter((one) => (one as HTMLElement).dataset.role === "mark");
      same(
        marks.map((one) => (one as HTMLElement).dataset.kind),
        ["hole", "gap", "fault", "fault"],
        "kinds",
      );
      const line = found(inside<HTMLInputElement>(element, 'input[type="range"]'), "line");
      check(
        (line.getAttribute("aria-valuetext") ?? "").includes("Pictures changed"),
        "said to screen readers",
      );
      check(
        (inside(element, '[data-role="said"]')?.textContent ?? "").includes("Pictures changed"),
        "and seen",
      );
      element.player = { ...(element.player as PlayerSnapshot), at: 100_000 };
      await settled(element);
      same(
        inside(element, '[data-role="said"]')?.textContent?.trim(),
        "1,287 more places are not marked",
        "nothing elsewhere but how many gaps are not listed",
      );
      const box = line.getBoundingClientRect();
      const clientX = box.left + 8 + ((box.width - 16) * 601_000) / changed.length;
      line.dispatchEvent(new PointerEvent("pointermove", { clientX, clientY: box.top + 5 }));
      await settled(element);
      const said = inside(element, '[data-role="said"]')?.textContent ?? "";
      check(said.includes("10:0") && said.includes("Foreign part"), `under the pointer: ${said}`);
    });
  });

  it("says how many more there are where a report lists a thousand, and draws all that can be told apart", () => {
    const faults = Array.from({ length: 1_000 }, (_, at) => ({
      offset: 1_000 * at,
      reason: "signature" as const,
    }));
    const report = {
      ...changed.report,
      faults,
      faultCount: 1_512,
      gaps: [],
      gapCount: 0,
    } as PlayerSnapshot["report"];
    const marks = faults.map((fault, at) => {
      const place = Math.floor((at * changed.length) / 1_000);
      return { at: place, until: place, offset: fault.offset, fault };
    });
    const { element } = make({ report, marks, at: 0 });
    return on(element, () => {
      const drawn = [...everything(element)].filter((one) => (one as HTMLElement).dataset.role === "mark");
      check(drawn.length > 700 && drawn.length <= 1_000, `${drawn.length} are drawn`);
      const places = drawn.map((one) => Number(one.getAttribute("x")));
      check(Math.max(...places) > 990, "up to the end of the line");
      const said = inside(element, '[data-role="said"]')?.textContent ?? "";
      check(said.includes("512 more places are not marked"), said);
      const line = found(inside<HTMLInputElement>(element, 'input[type="range"]'), "line");
      check((line.getAttribute("aria-valuetext") ?? "").includes("512 more"), "said to screen readers");
      // A hundred are listed.
      const left = inside(element, '[data-role="left"]')?.textContent ?? "";
      check(left.includes("1,412"), left);
    });
  });

  it("goes from fault to fault, and behind the last one to the first", () => {
    const { element, asked } = make({ at: 0 });
    return on(element, async () => {
      const next = found(
        [...everything(element)].find((one) => one.textContent?.trim() === "Next fault"),
        "next",
      ) as HTMLButtonElement;
      const visited: unknown[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        asked.length = 0;
        next.click();
        const [[, mark] = []] = asked as [string, { at: number; fault?: { reason: string } }][];
        visited.push(mark?.fault?.reason);
        element.player = { ...(element.player as PlayerSnapshot), at: mark?.at ?? 0 };
        await settled(element);
      }
      same(visited, ["tree", "splice", "tree"], "visited");
    });
  });

  it("leaves nothing on the canvas where nothing may be shown, and calls nothing live", () => {
    const { element } = make({ marks: [] });
    return on(element, async () => {
      element.show(played({ ...passed, live: false }, frame("#ff0000")));
      await settled(element);
      same(pixelOf(element), [255, 0, 0, 255], "drawn");
      same(stateOf(element), "ST1", "state");
      const text = [...everything(element)].map((one) => one.textContent).join(" ");
      check(text.includes("Recording") && !text.includes("Not live"), "a recording is called one");
      same(
        found(inside(element, '[data-role="camera-clock"]'), "clock").dataset.captured,
        "1795170000000",
        "clock",
      );
      element.show(played(refused("signature"), null));
      await settled(element);
      same([pixelOf(element), stateOf(element)], [[0, 0, 0, 0], "ST0"], "gone");
    });
  });

  it("says a fault for a second while the recording goes on, longer than its picture lasts", () => {
    const { element } = make({ isGoing: true });
    return on(element, async () => {
      element.show(played(refused("signature"), null));
      await settled(element);
      element.show(played({ ...passed, live: false }, frame("#00ff00")));
      await settled(element);
      same([pixelOf(element), stateOf(element)], [[0, 255, 0, 255], "ST0"], "drawn under the fault's state");
      element.player = { ...(element.player as PlayerSnapshot), isGoing: false };
      await settled(element);
      same(stateOf(element), "ST1", "where it stands, each picture has its own");
      element.player = { ...(element.player as PlayerSnapshot), isGoing: true };
      await new Promise((resolve) => setTimeout(resolve, 1_050));
      element.show(played({ ...passed, live: false }, frame("#00ff00")));
      await settled(element);
      same(stateOf(element), "ST1", "a second later");
    });
  });

  it("shows lines of text up to its place, with their time", () => {
    const lines = [1_000, 2_000, 9_000].map((at) => ({
      at,
      captured: 1795170000000 + at,
      words: `line ${at}`,
    }));
    const { element } = make({ lines, at: 5_000 });
    return on(element, () => {
      const said = [...everything(found(inside(element, '[data-role="lines"]'), "lines"))]
        .filter(({ localName }) => localName === "li")
        .map((one) => one.textContent?.replace(/\s+/g, " ").trim().split(" ").slice(-2).join(" "));
      same(said, ["line 1000", "line 2000"], "said");
    });
  });

  it("gives the picture that is shown to be saved, without what lies over it", async () => {
    const { element, asked } = make();
    await on(element, async () => {
      element.show(played({ ...refused("tree"), changedTiles: [0] }, frame("#0000ff")));
      await settled(element);
      asked.length = 0;
      found(
        [...everything(element)].find((one) => one.textContent?.trim() === "Picture as PNG"),
        "save",
      ).dispatchEvent(new MouseEvent("click", { bubbles: true }));
      await until("asked", () => asked.length > 0);
      const [[name, blob, captured] = []] = asked as [string, Blob, number][];
      same([name, blob?.type, captured], ["savePicture", "image/png", 1795170000000], "asked");
      const bitmap = await createImageBitmap(blob as Blob);
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = found(canvas.getContext("2d"), "2d");
      context.drawImage(bitmap, 0, 0);
      same([...context.getImageData(2, 2, 1, 1).data], [0, 0, 255, 255], "no hatching");
    });
  });
});
