import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** Nothing of the page lies beside the window: it does not scroll sideways, and what can be used is whole. */
export const fits = async (page: Page): Promise<void> => {
  const beside = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth} wide`] : [];
    const look = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll("*")) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (!element.matches("a, button, input, summary, h1, h2, video, [data-role]")) continue;
        const { left, right, width, height } = element.getBoundingClientRect();
        if (width < 2 || height < 2 || !element.checkVisibility({ visibilityProperty: true })) continue;
        if (left < -0.5 || right > clientWidth + 0.5)
          found.push(`${element.localName} "${element.textContent?.trim()}" ${left}–${right}`);
      }
    };
    look(document);
    return found;
  });
  assert.deepEqual(beside, [], page.url());
};

/** Presses Tab until this has the focus, and can be seen to have it. */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await target.waitFor();
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    const isThere = await target.evaluate((element) => element.matches(":focus"));
    if (!isThere) continue;
    assert.ok(await target.evaluate((element) => element.matches(":focus-visible")));
    return;
  }
  assert.fail(`no way there: ${target}`);
};

/** All that this origin keeps in this browser where a script of any page can read it, as one text. Runs in the page. */
export const keptIn = async (): Promise<string> => {
  const texts = [
    JSON.stringify(localStorage),
    JSON.stringify(sessionStorage),
    document.cookie,
    location.href,
  ];
  const add = (value: unknown): void => {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      const bytes = new Uint8Array(value instanceof ArrayBuffer ? value : value.buffer);
      texts.push(new TextDecoder("latin1").decode(bytes));
    } else if (value !== null && typeof value === "object") {
      for (const one of value instanceof Map ? value.values() : Object.values(value)) add(one);
    } else texts.push(String(value));
  };
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    if (!name) continue;
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames)
      add(await settled(database.transaction(store).objectStore(store).getAll()));
    database.close();
  }
  return texts.join("\n");
};
