import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { map } from "lit/directives/map.js";
import { ImmersiveEvent } from "./pages/page.ts";
import { appIcon } from "./parts/app-icon.ts";
import { ReloadEvent } from "./parts/fault.ts";
import { type IconName, icon } from "./parts/icons.ts";
import { base, buttons } from "./parts/styles.ts";
import "./parts/wait.ts";
import { type ModelFactory, type Route, Router, type Standing } from "./router.ts";
import { texts } from "./texts/index.ts";

/** The pages that have a model. */
export type ModelPath =
  | "/camera"
  | "/viewer"
  | "/cards"
  | "/pair"
  | "/play"
  | "/recordings"
  | "/verify"
  | "/self-check"
  | "/account"
  | "/operator";
export type Models = Partial<Record<ModelPath, ModelFactory>>;

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["/", { tag: "sealcam-home-page", load: () => import("./pages/home-page.ts") }],
  ["/viewer", { tag: "sealcam-viewer-page", load: () => import("./pages/viewer-page.ts") }],
  ["/camera", { tag: "sealcam-camera-page", load: () => import("./pages/camera-page.ts") }],
  ["/pair", { tag: "sealcam-pair-page", load: () => import("./pages/pair-page.ts") }],
  ["/recordings", { tag: "sealcam-recordings-page", load: () => import("./pages/recordings-page.ts") }],
  ["/play", { tag: "sealcam-play-page", load: () => import("./pages/play-page.ts") }],
  ["/verify", { tag: "sealcam-verify-page", load: () => import("./pages/verify-page.ts") }],
  ["/self-check", { tag: "sealcam-self-check-page", load: () => import("./pages/self-check-page.ts") }],
  ["/account", { tag: "sealcam-account-page", load: () => import("./pages/account-page.ts") }],
  ["/operator", { tag: "sealcam-operator-page", load: () => import("./pages/operator-page.ts") }],
  ["/cards", { tag: "sealcam-cards-page", load: () => import("./pages/cards-page.ts") }],
]);
const none: Route = { tag: "sealcam-none-page", load: () => import("./pages/none-page.ts") };

const destinations: readonly {
  readonly path: Extract<ModelPath, "/viewer" | "/camera" | "/recordings" | "/pair" | "/cards">;
  readonly icon: IconName;
}[] = [
  { path: "/viewer", icon: "view" },
  { path: "/camera", icon: "camera" },
  { path: "/recordings", icon: "play" },
  { path: "/pair", icon: "pair" },
  { path: "/cards", icon: "cards" },
];

/** The code of a thrown fault; anything else is unexpected. */
function codeOf(failure: unknown): string {
  const code = (failure as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "unexpected";
}

/**
 * `<sealcam-app>`: the frame around the pages: where one can go, and the page that stands, in its light DOM. A page that
 * is a picture gets the whole window.
 */
export class App extends LitElement {
  static override properties = {
    renewal: { attribute: false },
    standing: { state: true },
    immersive: { type: Boolean, reflect: true },
  };
  /** Which model makes which page's snapshots. Set before the element is connected. */
  models: Models = {};
  /** "waiting": a new version can be taken into use; "taken": it is, by another tab, and this page is of the former one. */
  declare renewal: "waiting" | "taken" | null;
  /** Loads the page anew, in the newest version there is. */
  reload: () => void = () => location.reload();
  declare private standing: Standing;
  declare private immersive: boolean;
  #router: Router | null = null;

  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-rows: auto 1fr auto;
        grid-template-columns: minmax(0, 1fr);
        min-block-size: 100dvh;
        background: var(--paper);
        color: var(--ink);
      }

      :host([dark]) {
        color-scheme: dark;
      }

      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding: env(safe-area-inset-top) var(--space-4) 0;
      }

      .home {
        display: inline-flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: 52px;
        color: var(--ink);
        font-weight: var(--strong);
        letter-spacing: -0.01em;
        text-decoration: none;
      }

      .home svg {
        color: var(--accent);
      }

      main {
        display: grid;
        min-inline-size: 0;
      }

      .middle {
        place-self: start center;
        padding: var(--space-8) var(--space-4);
      }

      nav {
        position: sticky;
        inset-block-end: 0;
        z-index: 1;
        padding-block-end: env(safe-area-inset-bottom);
        border-block-start: 1px solid var(--line);
        background: var(--surface);
      }

      nav ul {
        display: grid;
        grid-template-columns: repeat(5, 1fr);
      }

      nav a {
        display: grid;
        justify-items: center;
        align-content: center;
        gap: 2px;
        min-block-size: 60px;
        color: var(--ink-2);
        font-size: var(--small);
        line-height: 1.2;
        text-decoration: none;
      }

      nav a:focus-visible {
        outline-offset: -3px;
      }

      nav a[aria-current] {
        color: var(--accent);
        font-weight: var(--strong);
      }

      .update {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: var(--space-2) var(--space-4);
        padding: var(--space-2) var(--space-4);
        background: var(--accent-wash);
        font-size: var(--small);
      }

      :host([immersive]) header,
      :host([immersive]) nav,
      :host([immersive]) .update {
        display: none;
      }

      @media (min-width: 48rem) {
        :host {
          grid-template-rows: auto auto 1fr;
        }

        header {
          grid-area: 1 / 1;
          padding-inline: var(--space-6);
          min-block-size: 64px;
        }

        nav {
          position: static;
          grid-area: 1 / 1;
          justify-self: end;
          padding: 0 var(--space-4);
          border: 0;
          background: none;
        }

        nav ul {
          display: flex;
          gap: var(--space-2);
          block-size: 100%;
          align-items: center;
        }

        nav a {
          grid-auto-flow: column;
          align-items: center;
          gap: var(--space-2);
          min-block-size: var(--touch);
          padding-inline: var(--space-4);
          border-radius: var(--round-small);
          font-size: var(--body);
        }

        nav a:hover {
          background: var(--sunken);
        }

        nav svg {
          inline-size: 20px;
          block-size: 20px;
        }

        main {
          grid-row: 3;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.renewal = null;
    this.standing = { path: null, loading: true, failure: null };
    this.immersive = false;
    this.addEventListener(ReloadEvent.type, () => this.reload());
    this.addEventListener(ImmersiveEvent.type, (event) => {
      this.immersive = (event as ImmersiveEvent).immersive;
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#router = new Router({
      outlet: this,
      routes,
      none,
      models: () => this.models as Readonly<Record<string, ModelFactory | undefined>>,
      changed: (standing) => this.#stands(standing),
    });
    this.#router.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#router?.stop();
    this.#router = null;
  }

  /** Goes to a page of the app. */
  go(path: string): void {
    this.#router?.go(path);
  }

  #stands(standing: Standing): void {
    const t = texts();
    this.standing = standing;
    if (standing.loading) this.immersive = false;
    // Where pictures are shown it is dark in both themes, with the frame around it.
    this.toggleAttribute("dark", standing.path === "/viewer" || standing.path === "/play");
    const titles: Readonly<Record<string, string>> = t.titles;
    const title = titles[standing.path ?? "none"] ?? t.app.name;
    document.title = standing.path === "/" ? t.app.name : `${title} · ${t.app.name}`;
  }

  override render(): TemplateResult {
    const t = texts();
    const { path, loading, failure } = this.standing;
    return html`
      <header>
        <a class="home" href="/" aria-label=${t.app.home}>${appIcon(28)} ${t.app.name}</a>
      </header>
      ${
        this.renewal === null
          ? nothing
          : html`<div class="update" role="status" data-renewal=${this.renewal}>
              ${this.renewal === "waiting" ? t.app.updateReady : t.app.outdated}
              <button @click=${this.reload}>${this.renewal === "waiting" ? t.app.update : t.app.reload}</button>
            </div>`
      }
      <main>
        <slot></slot>
        ${failure === null ? nothing : html`<div class="middle"><sealcam-fault code=${codeOf(failure)}></sealcam-fault></div>`}
        ${loading ? html`<sealcam-wait class="middle">${t.app.loading}</sealcam-wait>` : nothing}
      </main>
      <nav aria-label=${t.app.navigation}>
        <ul>
          ${map(
            destinations,
            (to) => html`<li>
              <a href=${to.path} aria-current=${to.path === path ? "page" : nothing}
                >${icon(to.icon)}<span>${t.navigation[to.path]}</span></a
              >
            </li>`,
          )}
        </ul>
      </nav>
    `;
  }
}
customElements.define("sealcam-app", App);

declare global {
  interface HTMLElementTagNameMap {
    "sealcam-app": App;
  }
}
