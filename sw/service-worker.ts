import { clientsClaim } from "workbox-core";
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { mountRelay } from "./relay-host.ts";

declare const self: ServiceWorkerGlobalScope & {
  // The build writes the list of the app's files here.
  readonly __WB_MANIFEST: (string | PrecacheEntry)[];
};

// The whole app is here after the first visit: pages open without the network, and from one version only.
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/api\//] }));

// A new version waits until a person lets it in, in any one tab: it then serves all of them, also those that still run
// the old pages, a running camera's among them. Those go on as they were loaded until they are loaded again.
self.addEventListener("message", (event) => {
  if (event.data === "update") event.waitUntil(self.skipWaiting());
});
clientsClaim();

mountRelay(self);
