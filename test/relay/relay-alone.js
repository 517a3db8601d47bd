// A service worker that is a relay and nothing else, for service-worker.browser.ts. JavaScript, because the tests'
// compiler settings know windows and not service workers.
import { mountRelay } from "../../sw/relay-host.ts";

self.addEventListener("install", () => self.skipWaiting());
mountRelay(self);
