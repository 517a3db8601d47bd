import type { Bidi } from "./bidi.ts";

/** What finds elements in a page, through the shadow roots of its components; runs in the page. */
const finders = `
  const all = (root, selector) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? all(shadowRoot, selector) : [])),
  ];
  const named = (element) => (element.getAttribute("aria-label") ?? element.textContent).trim();
  const isShown = (element) => element.checkVisibility();
  const find = (selector, name) =>
    all(document, selector).find((one) => isShown(one) && !one.disabled && (name === null || named(one) === name || one.textContent.includes(name)));
`;

/** How long anything that is waited for may take. ms */
const patience = 30_000;

/** A tab of Firefox, as far as tests need it: elements are found through shadow roots, by selector and what they are called. */
export class FirefoxTab {
  readonly #bidi: Bidi;
  readonly context: string;

  constructor(bidi: Bidi, context: string) {
    this.#bidi = bidi;
    this.context = context;
  }

  /** What the expression gives in the page, as JSON; `find(selector, name)` and `all(root, selector)` are at hand. */
  async evaluate<T>(expression: string): Promise<T> {
    const { type, result, exceptionDetails } = await this.#bidi.send<{
      readonly type: "success" | "exception";
      readonly result?: { readonly value?: string };
      readonly exceptionDetails?: { readonly text: string };
    }>("script.evaluate", {
      expression: `(async () => { ${finders} return JSON.stringify((await (${expression})) ?? null); })()`,
      target: { context: this.context },
      awaitPromise: true,
      userActivation: true,
    });
    if (type === "exception") throw new Error(exceptionDetails?.text);
    return JSON.parse(result?.value ?? "null") as T;
  }

  /** Waits until the expression is true. */
  async until(what: string, expression: string, within = patience): Promise<void> {
    const end = Date.now() + within;
    while (!(await this.evaluate<boolean>(`!!(${expression})`))) {
      if (Date.now() > end) throw new Error(`${what}: the page says ${await this.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Waits for an element that is shown and may be used. */
  async wait(selector: string, name: string | null = null, within = patience): Promise<void> {
    const found = `find(${JSON.stringify(selector)}, ${JSON.stringify(name)})`;
    await this.until(`${selector} ${name ?? ""}`, found, within);
  }

  async click(selector: string, name: string | null = null): Promise<void> {
    await this.wait(selector, name);
    await this.evaluate(`void find(${JSON.stringify(selector)}, ${JSON.stringify(name)}).click()`);
  }

  /** Types into a field as a whole. */
  async fill(selector: string, text: string): Promise<void> {
    await this.wait(selector);
    await this.evaluate(
      `(() => { const field = find(${JSON.stringify(selector)}, null); field.value = ${JSON.stringify(text)};
        field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
        field.dispatchEvent(new Event("change", { bubbles: true })); })()`,
    );
  }

  attribute(selector: string, name: string): Promise<string | null> {
    return this.evaluate(
      `find(${JSON.stringify(selector)}, null)?.getAttribute(${JSON.stringify(name)}) ?? null`,
    );
  }

  /** Everything that the page says now. */
  text(): Promise<string> {
    return this.evaluate(
      `all(document, "sealcam-app, *").flatMap((one) => (one.shadowRoot ? [...one.shadowRoot.children].filter((child) => child.localName !== "style" && child.innerText).map((child) => child.innerText) : [])).join(" | ")`,
    );
  }

  /** Brings it to the front; the one before is hidden. */
  async show(): Promise<void> {
    await this.#bidi.send("browsingContext.activate", { context: this.context });
  }

  async go(url: string): Promise<void> {
    await this.#bidi.send("browsingContext.navigate", { context: this.context, url, wait: "complete" });
  }

  async close(): Promise<void> {
    await this.#bidi.send("browsingContext.close", { context: this.context });
  }
}
