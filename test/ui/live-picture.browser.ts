import { LivePicture } from "../../src/ui/parts/live-picture.ts";
import { reasons } from "../../src/verify/index.ts";
import { check, found, frame, inside, on, same, settled } from "./bench.ts";
import { passed, refused } from "./states.ts";
import { until } from "./until.ts";

const make = (): LivePicture => {
  const element = new LivePicture();
  element.cameraName = "Front door";
  element.device = "HD Webcam";
  return element;
};
const canvasOf = (element: LivePicture): HTMLCanvasElement =>
  found(inside<HTMLCanvasElement>(element, '[data-role="picture"]'), "picture");
const guaranteeOf = (element: LivePicture): HTMLElement =>
  found(inside(element, '[data-role="guarantee"]'), "guarantee");
const pixel = (canvas: HTMLCanvasElement): number[] =>
  [...found(canvas.getContext("2d"), "context").getImageData(8, 8, 1, 1).data].slice(0, 3);
const isRed = ([r = 0, g = 0]: number[]): boolean => r > 200 && g < 60;
const isGreen = ([r = 0, g = 0]: number[]): boolean => g > 200 && r < 60;

describe("live picture", () => {
  it("is ST0, waiting, not live, before anything came", () =>
    on(make(), (element) => {
      const { state, live, reason } = guaranteeOf(element).dataset;
      same([state, live, reason, canvasOf(element).dataset.frames], ["ST0", "no", "waiting", "0"], "hooks");
    }));

  it("changes picture and state in one update: whoever sees the state change sees that picture", () =>
    on(make(), async (element) => {
      element.show({ picture: frame("#ff0000"), verdict: refused("tree") });
      await element.updateComplete;
      const canvas = canvasOf(element);
      const seen: (string | boolean)[][] = [];
      const watch = new MutationObserver(() => {
        const shown = pixel(canvas);
        seen.push([guaranteeOf(element).dataset.state ?? "", canvas.dataset.frames ?? "", isGreen(shown)]);
      });
      watch.observe(element.renderRoot, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
      element.show({ picture: frame("#00ff00"), verdict: passed });
      same(
        [guaranteeOf(element).dataset.state, isRed(pixel(canvas))],
        ["ST0", true],
        "nothing changes early",
      );
      await element.updateComplete;
      await Promise.resolve();
      watch.disconnect();
      same(seen, [["ST1", "2", true]], "state, frames and picture at the moment of the change");
    }));

  it("never draws where there is no picture: the last one stays, dimmed", () =>
    on(make(), async (element) => {
      element.show({ picture: frame("#ff0000"), verdict: passed });
      await element.updateComplete;
      element.show({ picture: null, verdict: refused("signature") });
      await element.updateComplete;
      const canvas = canvasOf(element);
      check(isRed(pixel(canvas)), "the last picture stays");
      same([canvas.dataset.frames, canvas.classList.contains("stale")], ["1", true], "not drawn, dimmed");
      element.show({ picture: frame("#00ff00"), verdict: passed });
      await element.updateComplete;
      check(isGreen(pixel(canvas)) && !canvas.classList.contains("stale"), "drawn again, bright");
    }));

  for (const reason of reasons) {
    it(`says ST0 and "${reason}", and why`, () =>
      on(make(), async (element) => {
        element.show({ picture: frame("#ff0000"), verdict: passed });
        await element.updateComplete;
        check(!guaranteeOf(element).hasAttribute("data-reason"), "a guaranteed picture has no reason");
        element.show({ picture: null, verdict: refused(reason) });
        await element.updateComplete;
        const { state, live, reason: told } = guaranteeOf(element).dataset;
        same([state, live, told], ["ST0", "no", reason], "hooks");
        const alert = found(inside(element, '[role="alert"]'), "alert").textContent ?? "";
        const status = found(inside(element, '[role="status"]'), "status").textContent ?? "";
        check(
          reason === "waiting" ? status !== "" && alert === "" : alert !== "" && status === "",
          "read out",
        );
      }));
  }

  it("says whether it is live, and ST1 names the device and promises no more", () =>
    on(make(), async (element) => {
      element.show({ picture: frame("#ff0000"), verdict: { ...passed, live: false } });
      await settled(element);
      same(
        [guaranteeOf(element).dataset.state, guaranteeOf(element).dataset.live],
        ["ST1", "no"],
        "not live",
      );
      const words = (guaranteeOf(element).textContent ?? "").replace(/\s+/g, " ");
      check(words.includes("Not live") && !words.includes("Live "), `words: ${words}`);
      check(
        words.includes("Unchanged") && words.includes("since received from camera device “HD Webcam”"),
        words,
      );
    }));

  it("falls to silent by itself when nobody shows anything any more", () =>
    on(make(), async (element) => {
      element.patience = 100;
      element.show({ picture: frame("#ff0000"), verdict: passed });
      await element.updateComplete;
      await until("silent", () => guaranteeOf(element).dataset.reason === "silent");
      const { state, live, reason } = guaranteeOf(element).dataset;
      same([state, live, reason], ["ST0", "no", "silent"], "hooks");
      check(canvasOf(element).classList.contains("stale"), "dimmed");
      element.show({ picture: frame("#00ff00"), verdict: passed });
      await element.updateComplete;
      same(guaranteeOf(element).dataset.state, "ST1", "comes back with the next judged picture");
    }));

  it("closes every frame: drawn, overtaken, or come too late", async () => {
    const [first, second, third] = [frame("#ff0000"), frame("#00ff00"), frame("#0000ff")];
    const element = make();
    await on(element, async () => {
      element.show({ picture: first, verdict: passed });
      element.show({ picture: second, verdict: passed });
      await element.updateComplete;
      same(element.frames, 1, "the overtaken one is not drawn");
    });
    element.show({ picture: third, verdict: passed });
    for (const one of [first, second, third]) same(one.format, null, "closed");
  });

  it("hatches the changed tiles only", () =>
    on(make(), async (element) => {
      element.show({
        picture: frame("#ff0000", 640, 360),
        verdict: { ...refused("tree"), changedTiles: [11, 999] },
      });
      await element.updateComplete;
      const overlay = found(inside<HTMLCanvasElement>(element, ".changed"), "overlay");
      const context = found(overlay.getContext("2d"), "context");
      const scale = overlay.width / 640;
      const inked = (column: number, row: number): boolean =>
        context
          .getImageData((column * 64 + 2) * scale, (row * 36 + 2) * scale, 60 * scale, 32 * scale)
          .data.some((value) => value > 0);
      check(inked(1, 1), "tile 11 of 10 columns is column 1, row 1");
      check(!inked(0, 1) && !inked(2, 1) && !inked(1, 0) && !inked(1, 2), "its neighbours are not");
    }));

  it("opens why: every check with its result, in plain and in exact words", () =>
    on(make(), async (element) => {
      element.show({ picture: frame("#ff0000"), verdict: refused("signature") });
      await element.updateComplete;
      found(inside(element, "summary"), "summary").click();
      await until("opened", () => inside(element, "[data-result]") !== null);
      await settled(element);
      const results = [...element.renderRoot.querySelectorAll("[data-result]")].map(
        (one) => (one as HTMLElement).dataset.result,
      );
      same(results, ["passed", "failed", "not-run", "not-run", "not-run", "not-run"], "results in order");
      check((element.renderRoot.textContent ?? "").includes("COSE_Sign1"), "exact words");
      const pressed = new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true });
      found(inside(element, "summary"), "summary").dispatchEvent(pressed);
      await settled(element);
      check(!found(inside<HTMLDetailsElement>(element, "details"), "details").open, "Escape closes it");
    }));
});
