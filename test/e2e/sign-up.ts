import { en } from "../../src/ui/texts/en.ts";
import type { App } from "./app.ts";

const t = en.account;

/** A new account on this page's browser, by a passkey whose person says yes. */
export const signUp = async (app: App): Promise<void> => {
  const page = await app.open("/account");
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      ...{ protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.getByLabel(t.signUp.name, { exact: true }).first().fill("Anna");
  await page.getByRole("button", { name: t.signUp.passkey }).click();
  await page.locator('[data-role="account-name"]').waitFor();
  await page.close();
};
