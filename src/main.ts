import { type App, type StoredName, showInsecure, startApp } from "./ui/index.ts";
import { readPlace } from "./ui/models/viewer-place.ts";

// A pairing link's secret stands in the fragment. It leaves the address before anything else happens, so that neither
// the way back, nor a screenshot, nor a reload keeps it. The browser's own list of visited pages does keep the whole
// link, which no page can change: that is why a link works once, and for minutes.
// Behind /viewer's "#" stands no secret, but which camera is viewed.
const isViewed = /^\/viewer\/?$/.test(location.pathname) && readPlace(location.hash) !== "list";
const opened = isViewed ? "" : takeFragment(new URL(location.href));
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
    "/viewer": async ({ hash }) => {
      const { ViewerModel } = await import("./ui/models/viewer.ts");
      return new ViewerModel(undefined, undefined, hash);
    },
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

/**
 * Installs the service worker: pages without the network, and the relay between the tabs of this device. A new version of it
 * waits until a person takes it into use; the pages of the former one then go on until they are loaded again.
 */
async function install(app: App): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const container = navigator.serviceWorker;
  const registration = await container.register("/service-worker.js");
  let { controller } = container;
  container.addEventListener("controllerchange", () => {
    // A page of the first version, or one that was loaded past its service worker, has just got one.
    if (controller !== null) app.renewal = "taken";
    ({ controller } = container);
  });
  const offer = (): void => {
    if (registration.waiting && container.controller) app.renewal = "waiting";
  };
  app.reload = () => {
    const { waiting } = registration;
    if (waiting === null) return location.reload();
    container.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("update");
  };
  offer();
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed") offer();
    });
  });
}
