import { html, render, type TemplateResult } from "lit";
import { goodCounts, notInIt } from "../../src/ui/parts/recording-tracks.ts";
import { setLanguage } from "../../src/ui/texts/index.ts";
import { same } from "./bench.ts";

const lines = (content: TemplateResult | symbol, selector: string): string[] => {
  const place = document.createElement("div");
  render(html`${content}`, place);
  return [...place.querySelectorAll(selector)].map((one) => one.textContent ?? "");
};
const track = (number: number, sequence: number, sealed: number | null) => ({
  ...{ track: number, frames: 1, first: { sequence, captured: 1795170000000 }, sealed },
});

describe("what a recording holds of each track", () => {
  before(() => setLanguage("en"));

  it("counts pictures, sound and text apart", () => {
    const of = (pictures: number, sounds: number, texts: number) =>
      lines(goodCounts({ good: { pictures, sounds, texts } }), "dt, dd");
    const all = ["Good pictures", "0", "Good pieces of sound", "12", "Good lines of text", "3"];
    same(of(0, 12, 3), all, "all three");
    same(of(4, 0, 0), ["Good pictures", "4"], "pictures alone");
  });

  it("[SR7] says what was sealed before a track begins, and which track is not there", () => {
    const [late = "", cut = "", gone = "", ...more] = lines(
      notInIt({
        tracks: [track(1, 0, 9), track(4, 2, null), track(5, 2, 3)],
        absent: [{ track: 2, frames: 7 }],
      }),
      "li",
    );
    same(
      late.startsWith("Pieces of the camera's recorded sound: the first 2. What is there begins at "),
      true,
      "late",
    );
    same(cut.startsWith("Lines of text: the first 2 of 3. What is there begins at "), true, "late");
    same([gone, more], ["Small pictures: all 7.", []], "gone");
    same(lines(notInIt({ tracks: [track(1, 0, 9)], absent: [] }), "li, p"), [], "whole");
  });

  it("[SR7] names the two tracks of sound apart, and says which one is there", () => {
    const of = (here: number, gone: number): string[] =>
      lines(notInIt({ tracks: [track(here, 0, 360)], absent: [{ track: gone, frames: 80 }] }), "li");
    const [live, recorded] = ["ieces of live sound", "ieces of the camera's recorded sound"];
    same(of(3, 4), [`P${recorded}: all 80. In their place it has p${live}.`], "a viewer's");
    same(of(4, 3), [`P${live}: all 80. In their place it has p${recorded}.`], "the camera's own");
    same(of(1, 4), [`P${recorded}: all 80.`], "no sound at all");
    setLanguage("ja");
    same(of(3, 4), ["カメラの録画用の音声:80 すべて。代わりにライブ用の音声が含まれています。"], "Japanese");
    setLanguage("en");
  });
});
