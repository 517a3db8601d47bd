// A service worker that is a relay and nothing else, for service-worker.browser.ts; of passes it says what tests say. JavaScript, because the tests'
// compiler settings know windows and not service workers.
import { mountRelay } from "../../sw/relay-host.ts";
import { testAdmit } from "./relay-cases.ts";

self.addEventListener("install", () => self.skipWaiting());
mountRelay(self, testAdmit);
