// A service worker that is a server of accounts and nothing else, for service-worker-accounts.browser.ts. JavaScript, because the
// tests' compiler settings know windows and not service workers. Each person of a test is a browser with a session of its own.
import { ownServerStore } from "../../src/auth/server.ts";
import { fromBase64Url } from "../../src/base/index.ts";
import { accountHost, isAccountPath } from "../../sw/account-host.ts";

self.addEventListener("install", () => self.skipWaiting());

const { secret } = ownServerStore("test-own-server");
const hostOf = (browser) => accountHost(self, { own: { ...ownServerStore(`test-own-${browser}`), secret } });

const admit = async (request) => {
  const { room, key, pass } = await request.json();
  const guest = { room, key: fromBase64Url(key), pass: pass === null ? null : fromBase64Url(pass) };
  return Response.json(await hostOf("relay").admit(guest));
};

self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (pathname === "/admit") event.respondWith(admit(event.request));
  if (isAccountPath(pathname))
    event.respondWith(hostOf(event.request.headers.get("x-test-browser")).answer(event.request));
});
