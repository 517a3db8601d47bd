import { App, type Models } from "../../src/ui/index.ts";
import type { PlaySnapshot } from "../../src/ui/models/snapshots.ts";
import type { ModelFactory, PageElement } from "../../src/ui/router.ts";
import { languages, setLanguage } from "../../src/ui/texts/index.ts";
import { adoptTokens } from "../../src/ui/tokens.ts";
import { paintScene } from "./scene.ts";
import { type DrawnState, states } from "./states.ts";

/** The pages that take pictures. */
const pictured = "sealcam-viewer-page, sealcam-self-check-page, sealcam-play-page";

/**
 * For looking: `gallery.html` lists every page in every state; `gallery.html?state=viewer-live&lang=ja` draws one, in the
 * whole app, from an invented snapshot.
 */
const asked = new URLSearchParams(location.search);
const state = states[asked.get("state") ?? ""];
adoptTokens();
setLanguage(asked.get("lang") === "ja" ? "ja" : "en");

if (state === undefined) list();
else draw(state);

function list(): void {
  for (const name of Object.keys(states)) {
    for (const language of Object.keys(languages)) {
      const link = document.createElement("a");
      link.href = `?state=${name}&lang=${language}`;
      link.textContent = `${name} (${language})`;
      const line = document.createElement("p");
      line.append(link);
      document.body.append(line);
    }
  }
}

function draw({ path, snapshot, verdict, picture, tiles = {} }: DrawnState): void {
  const scene = paintScene(1280, 720);
  const isCamera = path === "/camera" && (snapshot as { chosen?: unknown }).chosen !== null;
  const drawn = isCamera ? { ...(snapshot as object), preview: scene.captureStream(10) } : snapshot;
  const make: ModelFactory = () => ({ snapshot: drawn, subscribe: () => () => {}, dispose: () => {} });
  history.replaceState(null, "", path);
  const app = new App();
  app.models = Object.fromEntries([[path, make]]) as Models;
  document.body.append(app);
  if (isCamera) setInterval(() => scene.getContext("2d")?.fillRect(0, 0, 1, 1), 50);
  const frame = (): VideoFrame => new VideoFrame(scene, { timestamp: 0 });
  const stage = (): PageElement | null => app.querySelector<PageElement>(pictured);
  const showTiles = (): void => {
    for (const [of, judged] of Object.entries(tiles))
      stage()?.show?.({ picture: judged.state === "ST0" ? null : frame(), verdict: judged, number: of });
  };
  if (Object.keys(tiles).length > 0) setInterval(showTiles, 200);
  if (verdict === undefined) return;
  const { player } = snapshot as Partial<PlaySnapshot>;
  const judged = {
    verdict,
    at: player?.at ?? 0,
    track: 1,
    captured: verdict.frame?.captured ?? null,
    isHole: false,
  };
  const show = (): void => {
    stage()?.show?.({ picture: picture === "then-null" ? null : frame(), ...judged });
  };
  const stands = setInterval(() => {
    const page = stage();
    if (!page?.shadowRoot?.querySelector("sealcam-live-picture, sealcam-player")) return;
    clearInterval(stands);
    page.show?.({ picture: frame(), ...judged });
    setInterval(show, 200);
  }, 50);
}
