import { type App, type StoredName, showInsecure, startApp } from "./ui/index.ts";

// A pairing link's secret stands in the fragment. It leaves the address before anything else happens, so that neither
// the way back, nor a screenshot, nor a reload keeps it. The browser's own list of visited pages does keep the whole
// link, which no page can change: that is why a link works once, and for minutes.
const opened = takeFragment(new URL(location.href));
let fragment = /^\/pair\/?$/.test(location.pathname) ? opened : "";

/** The fragment without "#", taken out of the address; "" where there is none. */
function takeFragment(url: URL): string {
  const { hash, pathname, search } = url;
  if (hash !== "") history.replaceState(history.state, "", pathname + search);
  return hash.slice(1);
}

// Without one there is neither camera nor crypto nor service worker: nothing of the app could work.
if (isSecureContext) begin();
else void showInsecure();

function begin(): void {
  const app = startApp({
    "/camera": async () => new (await import("./ui/models/camera.ts")).CameraModel(),
    "/viewer": async () => new (await import("./ui/models/viewer.ts")).ViewerModel(),
    "/cards": async () => new (await import("./ui/models/cards.ts")).CardsModel(),
    "/recordings": async () => {
      const play = (recording: string | StoredName): void =>
        app.go(
          `/play?${new URLSearchParams(typeof recording === "string" ? { name: recording } : { ...recording })}`,
        );
      return new (await import("./ui/models/recordings.ts")).RecordingsModel(play);
    },
    "/play": async ({ searchParams: asked }) => {
      const { PlayModel } = await import("./ui/models/play.ts");
      const [camera, hash] = [asked.get("camera"), asked.get("hash")];
      const recording = camera !== null && hash !== null ? { camera, hash } : (asked.get("name") ?? "");
      return new PlayModel(recording, () => app.go("/recordings"));
    },
    "/operator": async ({ searchParams: asked }) =>
      new (await import("./ui/models/operator.ts")).OperatorModel(asked.get("camera")),
    "/verify": async () => new (await import("./ui/models/verify.ts")).VerifyModel(),
    "/account": async () => new (await import("./ui/models/account.ts")).AccountModel(),
    "/self-check": async () => new (await import("./ui/models/self-check.ts")).SelfCheckModel(),
    "/pair": async (url) => {
      const link = fragment || takeFragment(url);
      fragment = "";
      return new (await import("./ui/models/pair.ts")).PairModel(link);
    },
  });
  install(app).catch((error: unknown) => console.error("no service worker", error));
}

/** Installs the service worker: pages without the network, and the relay between the tabs of this device. */
async function install(app: App): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register("/service-worker.js");
  const offer = (waiting: ServiceWorker | null): void => {
    // Without a controller this is the first version: there is nothing to renew.
    if (!waiting || !navigator.serviceWorker.controller) return;
    app.renew = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage("update");
    };
  };
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed") offer(installing);
    });
  });
}
