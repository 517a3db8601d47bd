import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { FaultCode } from "../../src/ui/texts/codes.ts";
import { en } from "../../src/ui/texts/en.ts";

/** The page shows this fault with its three sentences (what happened, what it means, what to do), and no other fault. */
export const tells = async (page: Page, code: FaultCode, within = 20_000): Promise<void> => {
  const note = page.locator(`[data-role="fault"][data-code="${code}"]`);
  await note.waitFor({ timeout: within }).catch(async () => {
    const shown = await page.locator("body").ariaSnapshot();
    assert.fail(`"${code}" is not told. The page at ${page.url()} says:\n${shown}`);
  });
  const { what, means, todo } = en.faults[code];
  assert.deepEqual((await note.locator("p").allInnerTexts()).slice(0, 3), [what, means, todo]);
  assert.equal(await page.locator('[data-role="fault"]').count(), 1, "one thing at a time");
};

/** The page says what it waits for. */
export const waits = async (page: Page, what: string, sentence: string, within = 20_000): Promise<void> => {
  const wait = page.locator(`[data-role="waiting"][data-for="${what}"]`);
  await wait.waitFor({ timeout: within });
  assert.equal((await wait.innerText()).trim(), sentence);
};
