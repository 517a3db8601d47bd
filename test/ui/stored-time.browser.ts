import type { OperatorSnapshot, StoredEntry, StoredSnapshot } from "../../src/ui/models/snapshots.ts";
import { StoredRecordingsView } from "../../src/ui/parts/stored-recordings.ts";
import { formatMoment } from "../../src/ui/texts/index.ts";
import { check, drawn, found, inside, on } from "./bench.ts";

/** Begun while the stream ran for two minutes already. */
const [started, first] = [1795169923000, 1795170050000];
const entry: StoredEntry = {
  ...{ hash: "a".repeat(43), begun: first, started, first, last: first + 60_000, frames: 1_800 },
  ...{ bytes: 1_000_000, isComplete: true, isWriting: false, isProtected: false, until: null },
};
const camera = { number: "A".repeat(52), owner: "anna", own: true };

const saysFirst = (root: Element): void => {
  const row = found(inside(root, `[data-hash="${entry.hash}"]`), "the row");
  const when = found(row.querySelector("strong"), "when").textContent;
  check(when === formatMoment(first), `${when}`);
  for (const button of row.querySelectorAll("button[aria-label]")) {
    const label = button.getAttribute("aria-label") ?? "";
    check(label.endsWith(formatMoment(first)), label);
  }
};

describe("a recording on the server is named by when its first picture was captured, not by its stream's start", () => {
  it("in the list", () => {
    const view = new StoredRecordingsView();
    const nothing = async (): Promise<void> => {};
    view.stored = {
      ...{ step: "here", room: null, busy: null, fault: null },
      cameras: [{ ...camera, recordings: [entry], mayManage: true, fault: null }],
      ...{ play: () => {}, save: () => {}, protect: nothing, erase: nothing },
    } satisfies StoredSnapshot;
    return on(view, saysFirst);
  });

  it("on the operator's page", () => {
    const snapshot = {
      ...{ step: "here", fault: null, check: () => {}, checkAll: () => {} },
      cameras: [{ ...camera, recordings: [{ entry, check: null }] }],
    } satisfies OperatorSnapshot;
    return drawn({ tag: "sealcam-operator-page", snapshot }, saysFirst);
  });
});
