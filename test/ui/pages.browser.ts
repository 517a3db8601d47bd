import "axe-core";
import { App } from "../../src/ui/app.ts";
import { languages, setLanguage } from "../../src/ui/texts/index.ts";
import { check, drawn, everything, found, inside, on, same, settled } from "./bench.ts";
import { states } from "./states.ts";
import { until } from "./until.ts";

// axe-core is a classic script: it leaves itself on the window.
declare const axe: typeof import("axe-core");

const theme = (scheme: string): void => {
  document.documentElement.style.colorScheme = scheme;
};

async function violations(root: Element): Promise<string[]> {
  const { violations } = await axe.run(root, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "page-has-heading-one": { enabled: false } },
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" · ")}`,
  );
}

describe("pages", () => {
  before(() => {
    document.documentElement.lang = "en";
    document.title = "Sealcam";
  });
  after(() => {
    theme("");
    setLanguage("en");
  });

  for (const [name, state] of Object.entries(states)) {
    it(`${name}: nothing for axe to find, light and dark`, () =>
      drawn(state, async (page) => {
        for (const scheme of ["light", "dark"]) {
          theme(scheme);
          same(await violations(page), [], scheme);
        }
      }));

    it(`${name}: one heading, no style attributes, no control below 44 px, in every language`, async () => {
      for (const language of Object.keys(languages)) {
        setLanguage(language as keyof typeof languages);
        await drawn(state, (page) => {
          const all = [...everything(page)];
          same(all.filter((element) => element.localName === "h1").length, 1, "h1");
          for (const element of all) {
            check(!element.hasAttribute("style"), `style attribute on ${element.outerHTML.slice(0, 80)}`);
            if (!element.matches("button, summary, .button, a.row, a.way-in")) continue;
            const { height } = element.getBoundingClientRect();
            check(height === 0 || height >= 44, `${height} px: ${element.outerHTML.slice(0, 80)}`);
          }
        });
      }
      setLanguage("en");
    });
  }

  it("the frame around the pages", () =>
    on(Object.assign(new App(), { renewal: "waiting" as const, reload: () => {} }), async (app) => {
      await settled(app);
      same(await violations(app), [], "axe");
      same(inside(app, ".update")?.textContent?.includes("A new version is ready."), true, "update offered");
    }));

  it("the sheet of quality and sound: nothing for axe to find, and a choice is one of each kind", () => {
    const chosen: unknown[] = [];
    const state = found(states["viewer-adjusting"], "state");
    const chooseQuality = (quality: unknown): void => void chosen.push(quality);
    return drawn({ ...state, snapshot: { ...(state.snapshot as object), chooseQuality } }, async (page) => {
      const all = [...everything(page)];
      const of = (selector: string): HTMLElement =>
        found(
          all.find((element) => element.matches(selector)),
          selector,
        ) as HTMLElement;
      of('button[popovertarget="sheet"]').click();
      check(of("#sheet").matches(":popover-open"), "it is open");
      same(await violations(page), [], "axe");
      of('input[value="small"]').click();
      of('input[value="5"]').click();
      same(
        chosen,
        [
          { picture: "small", framesPerSecond: 30 },
          { picture: "full", framesPerSecond: 5 },
        ],
        "chosen",
      );
    });
  });

  it("a verdict that arrives out of sight is scrolled into it, once", async () => {
    const state = found(states["verify-unchanged"], "state");
    const { files } = state.snapshot as { files: readonly object[] };
    const judging = files.map((file) => ({ ...file, step: "judging", judgement: null }));
    await drawn({ ...state, snapshot: { ...(state.snapshot as object), files: judging } }, async (page) => {
      page.style.marginBlock = "3000px";
      page.snapshot = state.snapshot;
      await settled(page);
      const report = found(inside(page, "sealcam-recording-report"), "report");
      const seen = () => Math.abs(report.getBoundingClientRect().top) < innerHeight / 2;
      while (!seen()) await new Promise(requestAnimationFrame);
      scrollTo({ top: 0, behavior: "instant" });
      page.snapshot = { ...(state.snapshot as object) };
      await settled(page);
      check(!seen(), "told once");
    });
  });

  it("a missing action is a control not drawn", async () => {
    const buttons = (page: Element): string[] =>
      [...everything(page)]
        .filter((element) => element.localName === "button")
        .map((element) => (element.textContent ?? "").trim().replace(/\s+/g, " "));
    const viewing = found(states["viewer-live"], "state");
    await drawn(viewing, (page) => same(buttons(page), ["Other camera", "Eject card"], "both"));
    const { leave: _, ...rest } = viewing.snapshot as { leave: unknown };
    await drawn({ ...viewing, snapshot: rest }, (page) => same(buttons(page), ["Eject card"], "no leave"));
    const preview = found(states["camera-preview"], "state");
    const { start: __, choose: ___, ...still } = preview.snapshot as { start: unknown; choose: unknown };
    await drawn({ ...preview, snapshot: still }, (page) => same(buttons(page), [], "nothing to press"));
  });

  it("a password is given by Enter, and after a refusal the person is back in its field", async () => {
    const given: unknown[] = [];
    const state = found(states["viewer-card"], "state");
    const open = async (...args: unknown[]): Promise<boolean> => given.push(args) > 99;
    await drawn({ ...state, snapshot: { ...(state.snapshot as object), open } }, async (page) => {
      const field = found(inside<HTMLInputElement>(page, "input.password"), "password");
      field.value = "correct horse";
      found(field.form, "form").requestSubmit();
      same(given, [["c2VhbGNhbS1jYXJkLTAx", { password: "correct horse" }]], "the first card is chosen");
      page.snapshot = { ...(state.snapshot as object), step: "opening" };
      await settled(page);
      page.snapshot = { ...(state.snapshot as object), fault: "password", open };
      await settled(page);
      const passwordField = (): HTMLInputElement =>
        found(inside<HTMLInputElement>(page, "input.password"), "password");
      await until("focused", () => passwordField().matches(":focus") && passwordField().selectionEnd === 13);
      const again = passwordField();
      same([again.selectionStart, again.selectionEnd], [0, 13], "selected");
    });
  });

  it("a card is erased only after two dialogs were answered with yes", async () => {
    const erased: string[] = [];
    const state = found(states["cards-two"], "state");
    const erase = async (id: string): Promise<void> => void erased.push(id);
    await drawn({ ...state, snapshot: { ...(state.snapshot as object), erase } }, async (page) => {
      const isAsking = (): boolean => inside<HTMLDialogElement>(page, "dialog")?.open === true;
      const press = (selector: string): void => found(inside(page, selector), selector).click();
      press(".danger:not(.filled)");
      await until("asked", isAsking);
      press('dialog [value="no"]');
      await until("answered", () => !isAsking());
      // What a yes sets off comes at once.
      await new Promise((resolve) => setTimeout(resolve, 50));
      same(erased, [], "no");
      press(".danger:not(.filled)");
      await until("asked again", isAsking);
      press('dialog [value="yes"]');
      await until(
        "asked for sure",
        () => inside(page, "dialog h2")?.textContent === languages.en.card.sureHeading,
      );
      await until("open", isAsking);
      press('dialog [value="no"]');
      await until("answered", () => !isAsking());
      await new Promise((resolve) => setTimeout(resolve, 50));
      same(erased, [], "no, the second time");
      press(".danger:not(.filled)");
      await until("asked once more", isAsking);
      press('dialog [value="yes"]');
      await until(
        "asked for sure",
        () => inside(page, "dialog h2")?.textContent === languages.en.card.sureHeading,
      );
      await until("open", isAsking);
      press('dialog [value="yes"]');
      await until("erased", () => erased.length > 0);
      same(erased, ["c2VhbGNhbS1jYXJkLTAx"], "yes");
    });
  });

  it("a pairing shows the whole link and the number on both sides alike", async () => {
    await drawn(found(states["pair-link"], "state"), (page) => {
      const link = found(inside<HTMLAnchorElement>(page, '[data-role="pairing-link"]'), "link");
      same(link.textContent?.trim(), link.href, "text and address are the whole link");
    });
    const numbers: unknown[] = [];
    for (const name of ["pair-compare", "pair-camera-compare"]) {
      await drawn(found(states[name], name), (page) => {
        const number = found(inside(page, '[data-role="camera-number"]'), "number");
        numbers.push([number.textContent, number.dataset.number]);
      });
    }
    same(
      numbers[0],
      ["K7Q2 MZRB 4XWT N5LE HY3D VSGA", "K7Q2MZRB4XWTN5LEHY3DVSGA6PCJ2FUOIK7Q2MZRB4XWTN5LEHY3"],
      "groups",
    );
    same(numbers[1], numbers[0], "the same");
  });
});
