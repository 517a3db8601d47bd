import { cacheNames, clientsClaim } from "workbox-core";
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

/** Where the build writes the list of the app's files. */
export type FilesScope = ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (string | PrecacheEntry)[];
};

/** The parts of the version before: pages that still run it load some of them late. */
const FORMER = "sealcam-former-files";

const isPart = (url: URL): boolean => url.pathname.startsWith("/assets/");

/**
 * The whole app is here after the first visit: pages open without the network, and from one version only. A new version
 * waits until a person lets it in, in any one tab: it then serves all of them, also those that still run the old pages, a
 * running camera's among them. Those go on as they were loaded, and find their own parts, until they are loaded again.
 */
export function serveFiles(scope: ServiceWorkerGlobalScope, files: FilesScope["__WB_MANIFEST"]): void {
  scope.addEventListener("install", (event) => event.waitUntil(keepFormer(scope)));
  cleanupOutdatedCaches();
  precacheAndRoute(files);
  registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/api\//] }));
  // Their names carry a hash of their content: none is taken for another version's.
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && isPart(url),
    async ({ request }) =>
      (await scope.caches.match(request, { cacheName: FORMER })) ?? (await fetch(request)),
  );
  scope.addEventListener("message", (event) => {
    if (event.data === "update") event.waitUntil(scope.skipWaiting());
    // A page that was loaded past its service worker asks to be taken.
    if (event.data === "claim") event.waitUntil(scope.clients.claim());
  });
  clientsClaim();
}

/** The installed parts, as this version finds them before it takes their place. Where storage is short, pages do without. */
async function keepFormer({ caches }: ServiceWorkerGlobalScope): Promise<void> {
  try {
    const installed = await caches.open(cacheNames.precache);
    const kept = await installed.keys();
    await caches.delete(FORMER);
    const former = await caches.open(FORMER);
    for (const request of kept.filter(({ url }) => isPart(new URL(url)))) {
      const part = await installed.match(request);
      if (part !== undefined) await former.put(request, part);
    }
  } catch (error) {
    console.warn("the former version's parts are not kept", error);
  }
}
