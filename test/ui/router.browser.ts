import { App } from "../../src/ui/app.ts";
import type { JudgedPicture } from "../../src/ui/models/snapshots.ts";
import { type PageElement, type PageModel, type Route, Router } from "../../src/ui/router.ts";
import { check, found, frame, inside, same, settled } from "./bench.ts";
import { passed, states } from "./states.ts";

const here = location.href;

/** A model that counts what happens to it. */
class Counted implements PageModel {
  snapshot: unknown;
  disposed = 0;
  onpicture: ((judged: JudgedPicture) => void) | null = null;
  readonly subscribers = new Set<() => void>();
  constructor(snapshot: unknown) {
    this.snapshot = snapshot;
  }
  subscribe(changed: () => void): () => void {
    this.subscribers.add(changed);
    return () => this.subscribers.delete(changed);
  }
  dispose(): void {
    this.disposed += 1;
  }
}

const until = async (holds: () => boolean, what: string): Promise<void> => {
  for (let turn = 0; turn < 1000; turn++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never: ${what}`);
};

async function atApp(path: string, models: App["models"], use: (app: App) => Promise<void>): Promise<void> {
  history.replaceState(null, "", path);
  const app = new App();
  app.models = models;
  document.body.append(app);
  try {
    await use(app);
  } finally {
    app.remove();
    history.replaceState(null, "", here);
  }
}
const pageOf = (app: App): PageElement | null => app.querySelector<PageElement>(":scope > *");

describe("router", () => {
  it("stands each path's page with its model, and takes both down together", async () => {
    const cards = new Counted(states["cards-two"]?.snapshot);
    const viewer = new Counted(states["viewer-live"]?.snapshot);
    await atApp("/cards", { "/cards": () => cards, "/viewer": async () => viewer }, async (app) => {
      await until(() => pageOf(app)?.localName === "sealcam-cards-page", "cards page");
      same(document.title, "Cards · Sealcam", "title");
      app.go("/viewer");
      await until(() => pageOf(app)?.localName === "sealcam-viewer-page", "viewer page");
      same([cards.disposed, cards.subscribers.size, app.children.length], [1, 0, 1], "cards are gone");
      const page = found(pageOf(app), "page");
      await settled(page);
      check(app.hasAttribute("immersive"), "a picture gets the window");
      found(viewer.onpicture, "onpicture")({ picture: frame("#ff0000"), verdict: passed });
      await settled(page);
      same(inside(page, '[data-role="picture"]')?.dataset.frames, "1", "pictures arrive");
      viewer.snapshot = { ...(viewer.snapshot as object), waitingFor: "head" };
      for (const changed of viewer.subscribers) changed();
      await settled(page);
      same(inside(page, '[data-role="waiting"]')?.dataset.for, "head", "snapshots arrive");
    });
    same([viewer.disposed, viewer.onpicture], [1, null], "gone with the app");
  });

  it("follows links of its own without loading, leaves the others, and goes back", () =>
    atApp("/", {}, async (app) => {
      await until(() => pageOf(app)?.localName === "sealcam-home-page", "home");
      const home = found(pageOf(app), "home");
      await settled(home);
      found(inside(home, 'a[href="/cards"]'), "link").click();
      await until(() => pageOf(app)?.localName === "sealcam-cards-page", "cards");
      same(location.pathname, "/cards", "address");
      await until(
        () => pageOf(app)?.shadowRoot?.activeElement?.localName === "h1",
        "the heading has the reading position",
      );
      history.back();
      await until(() => pageOf(app)?.localName === "sealcam-home-page", "home again");
      let left: Event | null = null;
      const stop = (event: Event): void => {
        left = event;
        check(!event.defaultPrevented, "not ours");
        event.preventDefault();
      };
      addEventListener("click", stop);
      const link = document.createElement("a");
      link.href = "/cards";
      link.target = "_blank";
      app.append(link);
      link.click();
      removeEventListener("click", stop);
      check(left !== null && location.pathname === "/", "a link to a new tab is the browser's");
    }));

  it("gives the model the whole address, and makes page and model anew when only the fragment changes", async () => {
    const seen: string[] = [];
    const make = (url: URL): PageModel => {
      seen.push(url.hash);
      return new Counted(states["pair-card"]?.snapshot);
    };
    await atApp("/pair#one", { "/pair": make }, async (app) => {
      await until(() => pageOf(app) !== null, "pair");
      location.hash = "two";
      await until(() => seen.length === 2, "second model");
      await until(() => app.children.length === 1, "one page");
      same(seen, ["#one", "#two"], "fragments");
    });
  });

  it("leaves page and model where the model goes along behind the address's fragment, also back and where it went there itself", async () => {
    const seen: string[] = [];
    const model = Object.assign(new Counted(states["viewer-grid"]?.snapshot), {
      moved: (url: URL): boolean => {
        seen.push(url.hash);
        return true;
      },
    });
    const cards = new Counted(states["cards-two"]?.snapshot);
    await atApp("/viewer", { "/viewer": () => model, "/cards": () => cards }, async (app) => {
      await until(() => pageOf(app) !== null, "viewer");
      const page = found(pageOf(app), "page");
      app.go("/viewer#one");
      history.pushState(null, "", "/viewer#two");
      const link = document.createElement("a");
      link.href = "#three";
      app.append(link);
      link.click();
      link.remove();
      same(seen, ["#one", "#three"], "what the model did itself it is not told");
      for (const hash of ["#two", "#one", ""]) {
        history.back();
        await until(() => seen.at(-1) === hash, `back at ${hash}`);
      }
      check(pageOf(app) === page && model.disposed === 0, "the same page all the time");
      app.go("/cards");
      await until(() => pageOf(app)?.localName === "sealcam-cards-page", "cards");
      same(model.disposed, 1, "and gone with it");
      app.go("/viewer#four");
      await until(() => pageOf(app)?.localName === "sealcam-viewer-page", "viewer again");
      check(!seen.includes("#four"), "a model that is gone is told nothing");
    });
  });

  it("disposes of a model that was overtaken while it was made", async () => {
    const late = new Counted(states["cards-two"]?.snapshot);
    const { promise, resolve } = Promise.withResolvers<PageModel>();
    await atApp("/cards", { "/cards": () => promise }, async (app) => {
      await new Promise((done) => setTimeout(done, 100));
      app.go("/");
      await until(() => pageOf(app)?.localName === "sealcam-home-page", "home");
      resolve(late);
      await until(() => late.disposed === 1, "disposed of");
      same([late.subscribers.size, app.children.length], [0, 1], "never stood");
    });
  });

  it("says so by code when a page cannot stand, and that there is no such page", () =>
    atApp(
      "/cards",
      { "/cards": () => Promise.reject(Object.assign(new Error(), { code: "storage" })) },
      async (app) => {
        await until(() => inside(app, '[data-role="fault"]')?.dataset.code === "storage", "fault");
        app.go("/nowhere");
        await until(() => pageOf(app)?.localName === "sealcam-none-page", "none");
      },
    ));

  it("begins page and model at once, and keeps no model whose page could not be had", async () => {
    const begun: string[] = [];
    const model = new Counted(null);
    const failures: unknown[] = [];
    const gone = Promise.withResolvers<never>();
    const lost: Route = {
      tag: "sealcam-lost-page",
      load: () => {
        begun.push("page");
        return gone.promise;
      },
    };
    const makes = (): PageModel => {
      begun.push("model");
      return model;
    };
    history.replaceState(null, "", "/lost");
    const router = new Router({
      ...{ outlet: document.createElement("div"), routes: new Map([["/lost", lost]]), none: lost },
      models: () => ({ "/lost": makes }),
      changed: ({ failure }) => failures.push(failure),
    });
    try {
      router.start();
      same(begun, ["page", "model"], "neither waits for the other");
      gone.reject(new Error("offline"));
      await until(() => failures.length === 2, "failure");
      const { code, cause } = failures[1] as { code?: string; cause?: unknown };
      same([code, String(cause), model.disposed], ["part-missing", "Error: offline", 1], "and says why");
    } finally {
      router.stop();
      history.replaceState(null, "", here);
    }
  });
});
