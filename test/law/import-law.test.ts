import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Import, importsIn, importsOf, read, sources } from "./imports.ts";

/** The parts and their levels (docs/map.md): imports go down only, never sideways, and through a part's door. */
const levels: Record<string, number> = {
  ...{ base: 0, keys: 1, relay: 1, sensor: 1, seal: 2, media: 2, auth: 2, card: 3, verify: 3, images: 3 },
  ...{ apparatus: 4, ui: 5, sw: 5, edge: 5, main: 6 },
};

/** A part's doors beside `index.ts`: what one realm alone may enter, shapes without the wasm, the keyless door of seal, pages' models. */
const doors =
  /^src\/(relay\/client\.dom|sensor\/(capture\.dom|shape|tile-runs)|card\/(file|usb)-store\.dom|seal\/check|auth\/server|images\/http|ui\/models\/[a-z-]+)\.ts$/;

/** Where a package may be imported: one home each. */
const homes: Record<string, RegExp> = {
  lit: /^src\/ui\//,
  comlink: /^src\/base\/rpc\.ts$/,
  cborg: /^src\/base\/cbor\.ts$/,
  idb: /^src\/[a-z]+\/[a-z-]*store\.ts$/,
  "age-encryption": /^src\/(keys\/wrap|card\/slots)\.ts$/,
  mediabunny: /^src\/media\/(mediabunny|mp4)\.ts$/,
  hono: /(^src\/[a-z]+\/http(-[a-z]+)?\.ts$)|(^(sw|edge|scripts)\/)/,
  "hash-wasm": /^src\/auth\/stretch\.ts$/,
  otpauth: /^src\/auth\/totp\.ts$/,
  "@simplewebauthn/server": /^src\/auth\/passkeys\.ts$/,
  "@simplewebauthn/browser": /^src\/ui\/models\/passkey\.ts$/,
  qr: /^src\/ui\/(parts\/qr-code|models\/qr-scan)\.ts$/,
  "cloudflare:workers": /^edge\//,
  "workbox-core": /^sw\//,
  "workbox-precaching": /^sw\//,
  "workbox-routing": /^sw\//,
};

const partOf = (file: string): string => {
  const [top = "", second = ""] = file.split("/");
  if (top !== "src") return top;
  return second.replace(/\.ts$/, "");
};

const packageOf = (name: string): string =>
  name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");

/** What is wrong with one import, or null. */
const wrong = ({ from, name, file }: Import): string | null => {
  if (name.startsWith("virtual:")) return null;
  if (file === null) {
    const home = homes[packageOf(name)];
    if (!home) return `${from} imports ${name}, which has no home in this law`;
    return home.test(from) ? null : `${from} imports ${name} outside of its home`;
  }
  if (file === "build/array-sensor.wasm")
    return from === "src/sensor/kernels.ts" ? null : `${from} reaches the wasm past the sensor's door`;
  const [own, other] = [partOf(from), partOf(file)];
  const [level, below] = [levels[own], levels[other]];
  if (level === undefined || below === undefined) return `${from} → ${file}: a part without a level`;
  if (own === other) return null;
  if (below >= level) return `${from} (${level}) imports ${file} (${below})`;
  if (!file.endsWith("/index.ts") && !doors.test(file)) return `${from} reaches ${file} past its door`;
  if ((own === "sw" || own === "edge") && other === "seal" && file !== "src/seal/check.ts")
    return `${from} is a blind host and imports the open door of seal`;
  if (own === "relay" && other !== "base") return `${from}: the relay imports base alone`;
  return null;
};

const code = sources("src/**/*.ts", "sw/**/*.ts", "edge/**/*.ts");
const all = code.flatMap(importsOf);

/** Every file that `entry` pulls in, at any depth. */
const reach = (entry: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(entry) || !entry.endsWith(".ts")) return seen;
  seen.add(entry);
  for (const { file } of importsOf(entry)) if (file && !file.endsWith(".worker.ts")) reach(file, seen);
  return seen;
};

describe("the import law", () => {
  it("holds for every import of src, sw and edge", () => {
    assert.ok(all.length > 100, "imports are found");
    assert.deepEqual(all.map(wrong).filter(Boolean), []);
  });

  it("refuses what it must refuse", () => {
    const bad = (from: string, text: string): boolean => importsIn(from, text).map(wrong).some(Boolean);
    assert.ok(bad("src/base/x.ts", 'import { a } from "../keys/index.ts";'), "upwards");
    assert.ok(bad("src/relay/x.ts", 'import { a } from "../keys/index.ts";'), "sideways");
    assert.ok(bad("src/relay/x.ts", 'import type { a } from "../sensor/index.ts";'), "types too");
    assert.ok(bad("src/verify/x.ts", 'import { a } from "../seal/frame.ts";'), "past the door");
    assert.ok(bad("sw/x.ts", 'import { a } from "../src/seal/index.ts";'), "blind hosts");
    assert.ok(
      bad("sw/x.ts", 'import { a } from "../src/card/index.ts";') === false,
      "levels alone let a host see card",
    );
    assert.ok(bad("src/ui/x.ts", 'import { wrap } from "comlink";'), "a package away from home");
    assert.ok(
      bad("src/ui/x.ts", 'new Worker(new URL("../apparatus/camera.worker.ts", import.meta.url))'),
      "workers",
    );
    assert.ok(
      !bad("src/ui/x.ts", 'import { a } from "../base/index.ts"; // import "../main.ts"'),
      "comments",
    );
  });
});

describe("what is seldom needed", () => {
  it("is loaded when it is: nothing imports mediabunny but in the moment of an export", () => {
    const text = read("src/media/mp4.ts");
    assert.match(text, /await import\("\.\/mediabunny\.ts"\)/);
    assert.doesNotMatch(text, /^import (?!type\b)[^;]*mediabunny/m);
    const others = all.filter(({ file }) => file === "src/media/mediabunny.ts").map(({ from }) => from);
    assert.deepEqual(new Set(others), new Set(["src/media/mp4.ts"]));
  });
});

describe("blind hosts", () => {
  const hosts = sources("sw/**/*.ts", "edge/*.ts");
  it("cannot open frames, wraps or cards: no file they pull in can", () => {
    assert.ok(hosts.length > 0);
    const forbidden =
      /^src\/(seal\/(open-frame|epoch-secret|seal-frame|index\.ts)|keys|card|verify|apparatus|sensor\/(?!shape\.ts|tile-runs\.ts))/;
    for (const host of hosts) {
      const bad = [...reach(host)].filter((file) => forbidden.test(file));
      assert.deepEqual(bad, [], `${host} pulls these in`);
    }
  });
});

describe("pages", () => {
  const pages = sources("src/ui/pages/*.ts", "src/ui/parts/*.ts");
  it("name no crypto, no storage, no network", () => {
    assert.ok(pages.length > 5);
    const forbidden =
      /\bcrypto\.|\bindexedDB\b|\blocalStorage\b|\bfetch\(|\bWebSocket\b|\bcaches\b|\bserviceWorker\b|new Worker\(/;
    for (const page of pages) {
      assert.doesNotMatch(read(page), forbidden, page);
      const parts = importsOf(page).flatMap(({ file }) => (file ? [partOf(file)] : []));
      assert.deepEqual(
        parts.filter((part) => !["ui", "verify"].includes(part)),
        [],
        page,
      );
    }
  });

  it("as built, hold no signer, no opener and no card: those live in workers", () => {
    const built = sources("dist/assets/*.js").filter(
      (file) => !/\.worker-|^dist\/assets\/[a-z]+\.worker/.test(file),
    );
    assert.ok(built.some((file) => file.includes("/viewer-page")) && built.length > 5, "run the build first");
    const forbidden =
      /subtle\.(sign|importKey|generateKey|deriveBits|decrypt|encrypt)|AGE-SECRET-KEY|age-encryption\.org|EPOCH_KEY/;
    // Mediabunny can open encrypted films. It is loaded by workers alone: no page's file names it.
    const [theirs, ours] = [/\/mediabunny-/, built.filter((file) => !file.includes("/mediabunny-"))];
    for (const file of ours) {
      assert.doesNotMatch(read(file), forbidden, file);
      assert.doesNotMatch(read(file), theirs, file);
    }
    const workers = sources("dist/assets/*worker*.js");
    assert.ok(
      workers.some((file) => forbidden.test(read(file))),
      "the same words are found where they belong",
    );
  });
});

describe("sealed bytes", () => {
  it("are called sealed by seal/ alone", () => {
    const callers = code.filter((file) => /\basSealed\(/.test(read(file)) && file !== "src/base/sealed.ts");
    assert.ok(callers.length > 0);
    assert.deepEqual(
      callers.filter((file) => !file.startsWith("src/seal/")),
      [],
    );
  });

  it("are guaranteed by verify/ alone: nothing else makes a verdict of ST1 or better", () => {
    const makers = code.filter((file) => /state:\s*"ST[123]"/.test(read(file)));
    // A disclosed picture's, a played one's, a whole recording's, and a live picture's.
    const four = ["disclosed-judge", "playing-judge", "recording-judge", "state"];
    assert.deepEqual(
      makers,
      four.map((name) => `src/verify/${name}.ts`),
    );
  });
});

describe("lists of leaves", () => {
  it("are called signed where their signature was checked, and nowhere else", () => {
    const callers = code.filter((file) => /\bas SignedLeaves\b/.test(read(file)));
    assert.deepEqual(callers, ["src/seal/check-frame.ts"]);
  });
});

describe("one door into the signer", () => {
  it("only the camera's worker side signs frames, and only frames the sensor captured", () => {
    const callers = code.filter((file) => /\bsealFrame\(/.test(read(file)) && !file.startsWith("src/seal/"));
    assert.deepEqual(callers, ["src/apparatus/camera-stream.ts"]);
    const makers = code.filter((file) => /new VideoFrame\(/.test(read(file)));
    // From opened bytes, to be shown; from a camera's frame, given its time or turned upright, to be coded; and of what plays a camera's track.
    assert.deepEqual(makers, [
      "src/media/still.ts",
      "src/media/video-coder.ts",
      "src/sensor/array-sensor.ts",
      "src/sensor/video-frames.dom.ts",
    ]);
    const players = code.filter((file) => /\bvideoFrames\(/.test(read(file)));
    assert.deepEqual(players, ["src/sensor/capture.dom.ts"]);
    const [only] = read("src/sensor/video-frames.dom.ts").match(/\.srcObject = new .*/g) ?? [];
    assert.equal(only, ".srcObject = new MediaStream([track]);");
  });
});
