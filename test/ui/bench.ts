import type { LitElement } from "lit";
import type { PageElement } from "../../src/ui/router.ts";
import { adoptTokens } from "../../src/ui/tokens.ts";
import "../../src/ui/pages/account-page.ts";
import "../../src/ui/pages/camera-page.ts";
import "../../src/ui/pages/cards-page.ts";
import "../../src/ui/pages/home-page.ts";
import "../../src/ui/pages/insecure-page.ts";
import "../../src/ui/pages/none-page.ts";
import "../../src/ui/pages/pair-page.ts";
import "../../src/ui/pages/operator-page.ts";
import "../../src/ui/pages/play-page.ts";
import "../../src/ui/pages/recordings-page.ts";
import "../../src/ui/pages/self-check-page.ts";
import "../../src/ui/pages/verify-page.ts";
import "../../src/ui/pages/viewer-page.ts";
import type { DrawnState } from "./states.ts";

/** Throws where `holds` is false: what the browser tests assert with. */
export function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Throws where two values differ as JSON. */
export function same(actual: unknown, expected: unknown, what = "what was made"): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what}: expected ${e}, got ${a}`);
}

/** Something that is there. */
export function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`not there: ${what}`);
  return value;
}

/** Puts an element on the page, in a main landmark where it has none itself, and takes it away after `use`. */
export async function on<E extends HTMLElement, R>(
  element: E,
  use: (element: E) => R | Promise<R>,
): Promise<R> {
  adoptTokens();
  // Nothing fades: half-faded colours have no contrast worth measuring.
  document.documentElement.style.setProperty("--quick", "0ms");
  const main = document.createElement(element.localName === "sealcam-app" ? "div" : "main");
  main.append(element);
  document.body.append(main);
  try {
    await settled(element);
    return await use(element);
  } finally {
    main.remove();
  }
}

/** When the element and every element of ours inside it have drawn themselves. */
export async function settled(element: Element): Promise<void> {
  await (element as LitElement).updateComplete;
  for (const inner of everything(element)) await (inner as LitElement).updateComplete;
}

/** Everything inside, through all open shadow roots. */
export function* everything(root: Element | ShadowRoot): Generator<Element> {
  const children = root instanceof Element && root.shadowRoot ? [...root.shadowRoot.children] : [];
  for (const child of [...children, ...root.children]) {
    yield child;
    yield* everything(child);
  }
}

/** The first element inside that matches, through all open shadow roots. */
export function inside<E extends Element = HTMLElement>(root: Element, selector: string): NoInfer<E> | null {
  for (const element of everything(root)) if (element.matches(selector)) return element as E;
  return null;
}

/** A page in one of the gallery's states. */
export async function drawn<R>(
  state: Partial<DrawnState> & { tag: string },
  use: (page: PageElement) => R | Promise<R>,
): Promise<R> {
  const page = document.createElement(state.tag) as PageElement;
  if (state.snapshot !== undefined) page.snapshot = state.snapshot;
  return on(page, async () => {
    if (state.verdict !== undefined) {
      const picture = state.picture === "drawn" ? frame("#808080") : null;
      page.show?.({ picture, verdict: state.verdict });
      await settled(page);
    }
    return use(page);
  });
}

/** A picture of one colour. */
export function frame(colour: string, width = 64, height = 36): VideoFrame {
  const canvas = new OffscreenCanvas(width, height);
  const context = found(canvas.getContext("2d"), "2d context");
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return new VideoFrame(canvas, { timestamp: 0 });
}
