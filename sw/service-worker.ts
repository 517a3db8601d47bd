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

// A new version waits until a person lets it in: a camera that is running is not exchanged under its pages.
self.addEventListener("message", (event) => {
  if (event.data === "update") event.waitUntil(self.skipWaiting());
});
clientsClaim();

mountRelay(self);
