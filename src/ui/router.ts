import type { JudgedPicture } from "./models/snapshots.ts";

/** What a page is drawn from. A model lives as long as its page stands. */
export interface PageModel<S = unknown> {
  readonly snapshot: S;
  /** Calls back after every change of `snapshot`; returns how to stop that. */
  subscribe(changed: () => void): () => void;
  dispose(): void;
  /** Of the viewer: where its pictures go. The router sets it; whoever takes a picture owns its frame. */
  onpicture?: ((judged: JudgedPicture) => void) | null;
}

/** Makes the model of a page that is about to stand. `url` is the address as opened, with its fragment. */
export type ModelFactory = (url: URL) => PageModel | Promise<PageModel>;

/** A page: its element, and how to load the module that defines it. */
export interface Route {
  readonly tag: string;
  readonly load: () => Promise<unknown>;
}

/** A page element, as far as the router touches it. */
export interface PageElement extends HTMLElement {
  snapshot?: unknown;
  show?(judged: JudgedPicture): void;
  focusHeading?(): void;
  readonly updateComplete?: Promise<boolean>;
}

/** What stands now, for whoever draws the frame around it. */
export interface Standing {
  /** The path of the route, or null for an address that is no page. */
  readonly path: string | null;
  readonly loading: boolean;
  /** What kept the page from standing. */
  readonly failure: unknown;
}

interface RouterOptions {
  readonly outlet: HTMLElement;
  readonly routes: ReadonlyMap<string, Route>;
  readonly none: Route;
  readonly models: () => Readonly<Record<string, ModelFactory | undefined>>;
  readonly changed: (standing: Standing) => void;
}

/** Paths without a trailing slash, so that `/cards/` is `/cards`. */
function plainPath(url: URL): string {
  return url.pathname === "/" ? "/" : url.pathname.replace(/\/+$/, "");
}

/**
 * One page at a time: follows the address, makes page and model together and takes them down together. Links of this
 * origin to one of the routes are followed without loading; everything else is the browser's.
 */
export class Router {
  readonly #options: RouterOptions;
  #takeDown: () => void = () => {};
  #address = "";
  /** Counts navigations: work that was overtaken while it waited undoes itself. */
  #turn = 0;

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  start(): void {
    addEventListener("popstate", this.#moved);
    document.addEventListener("click", this.#clicked);
    void this.#stand(false);
  }

  stop(): void {
    removeEventListener("popstate", this.#moved);
    document.removeEventListener("click", this.#clicked);
    this.#turn += 1;
    this.#takeDown();
  }

  /** Goes to a path of this app as if its link had been followed. */
  go(path: string): void {
    history.pushState(null, "", path);
    void this.#stand(true);
  }

  #moved = (): void => {
    if (location.href !== this.#address) void this.#stand(true);
  };

  #clicked = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (link === undefined || link.target !== "" || link.hasAttribute("download")) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !this.#options.routes.has(plainPath(url))) return;
    event.preventDefault();
    this.go(url.pathname + url.search + url.hash);
  };

  async #stand(byPerson: boolean): Promise<void> {
    const { outlet, routes, none, models, changed } = this.#options;
    const turn = ++this.#turn;
    const url = new URL(location.href);
    this.#address = url.href;
    const path = plainPath(url);
    const route = routes.get(path);
    this.#takeDown();
    this.#takeDown = () => {};
    const known = route === undefined ? null : path;
    changed({ path: known, loading: true, failure: null });
    try {
      // Both at once: a model starts workers, which takes as long as a page does.
      const [loaded, modelled] = await Promise.allSettled([
        (route ?? none).load(),
        route === undefined ? undefined : models()[path]?.(url),
      ]);
      const model = modelled.status === "fulfilled" ? modelled.value : undefined;
      const failed = [loaded, modelled].find((one) => one.status === "rejected");
      if (failed || turn !== this.#turn) model?.dispose();
      if (failed) throw failed.reason;
      if (turn !== this.#turn) return;
      const page = document.createElement((route ?? none).tag) as PageElement;
      if (model !== undefined) this.#takeDown = join(page, model);
      const down = this.#takeDown;
      this.#takeDown = () => {
        down();
        page.remove();
      };
      outlet.append(page);
      // A model may have taken the fragment out of the address meanwhile; that is no navigation.
      this.#address = location.href;
      changed({ path: known, loading: false, failure: null });
      scrollTo(0, 0);
      await page.updateComplete;
      if (byPerson && turn === this.#turn) page.focusHeading?.();
    } catch (failure) {
      if (turn === this.#turn) changed({ path: known, loading: false, failure });
    }
  }
}

/** Lets the page draw what the model says, until the returned function is called. */
function join(page: PageElement, model: PageModel): () => void {
  page.snapshot = model.snapshot;
  const stop = model.subscribe(() => {
    page.snapshot = model.snapshot;
  });
  if (model.onpicture !== undefined) {
    model.onpicture = (judged) => {
      if (page.show === undefined) judged.picture?.close();
      else page.show(judged);
    };
  }
  return () => {
    if (model.onpicture !== undefined) model.onpicture = null;
    stop();
    model.dispose();
  };
}
