import { PlayModel } from "../../src/ui/models/play.ts";
import { VerifyModel } from "../../src/ui/models/verify.ts";
import "../../src/ui/pages/play-page.ts";
import "../../src/ui/pages/verify-page.ts";
import { fileAt, holdOpen } from "../apparatus/held-film.ts";
import { until } from "./until.ts";

const films = async (): Promise<number> => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("exports");
  let count = 0;
  for await (const _ of root.keys()) count += 1;
  return count;
};

describe("a film of a dead worker that cannot be erased", () => {
  for (const [path, tag, make] of [
    ["/play", "sealcam-play-page", () => new PlayModel("none", () => undefined)],
    ["/verify", "sealcam-verify-page", () => new VerifyModel()],
  ] as const)
    it(`is told of on ${path}, until it is erased`, async () => {
      const place = "dead/1.mp4";
      await fileAt(place);
      const letGo = await holdOpen(place);
      const model = make();
      const page = document.createElement(tag);
      const draw = async (): Promise<boolean> => {
        (page as unknown as { snapshot: unknown }).snapshot = model.snapshot;
        await page.updateComplete;
        return page.renderRoot.querySelector('sealcam-fault[code="films-stay"]') !== null;
      };
      document.body.append(page);
      try {
        await until("the model says so", () => model.snapshot.filmsStay);
        if (!(await draw())) throw new Error("nothing is drawn");
        await letGo();
        const next = make();
        await until("the next one has erased it", async () => (await films()) === 0);
        if (next.snapshot.filmsStay) throw new Error("and says nothing of it");
        next.dispose();
      } finally {
        page.remove();
        model.dispose();
      }
    });
});
