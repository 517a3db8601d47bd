import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { codeStill, VideoCoder } from "../../src/media/index.ts";
import type { ArraySensor } from "../../src/sensor/index.ts";
import { read, sources } from "./imports.ts";

const code = (file: string): string => read(file).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "");
const all = sources("src/**/*.ts", "sw/**/*.ts", "edge/**/*.ts");
const having = (what: RegExp): string[] => all.filter((file) => what.test(code(file)));

/** Compiled and never called: whoever makes a frame has no camera's, and the compiler says so. */
export const refused = (
  sensor: ArraySensor,
  coder: VideoCoder,
  still: typeof codeStill,
  canvas: OffscreenCanvas,
  frame: VideoFrame,
): void => {
  // @ts-expect-error a frame of a canvas
  void sensor.capture(new VideoFrame(canvas, { timestamp: 0 }));
  // @ts-expect-error a frame that came from anywhere
  void sensor.capture(frame);
  // @ts-expect-error a copy of it
  void sensor.capture(frame.clone());
  // @ts-expect-error a canvas
  void sensor.capture(canvas);
  // @ts-expect-error nor is it coded, to be held as bytes
  coder.code(frame, 0);
  // @ts-expect-error nor as a still
  void still(frame, 100);
};

describe("one door into the signer", () => {
  it("frames are called a camera's by capture alone, in the window and in the worker that a track was handed to", () => {
    assert.deepEqual(having(/\bas\s+(?:\w+<)*CameraFrame\b/), [
      "src/sensor/capture.dom.ts",
      "src/sensor/track-frames.ts",
    ]);
    assert.equal(typeof refused, "function");
  });

  it("bytes are held for the seal alone, and sealed by the camera's stream alone", () => {
    assert.deepEqual(having(/\bsensor\.hold\(/i), ["src/seal/seal-frame.ts"]);
    assert.deepEqual(
      having(/\bseal(?:Coded|Frame)\(/).filter((file) => !file.startsWith("src/seal/")),
      ["src/apparatus/camera-stream.ts"],
    );
  });

  it("what codes them gets its frames from the camera's tracks alone", () => {
    const stream = "src/apparatus/camera-stream.ts";
    assert.deepEqual(
      having(/\bnew (?:Video|Sound)Coder\(|\bcodeStill,?$/m).filter((file) => !/\/index\.ts$/.test(file)),
      ["src/apparatus/coders.ts"],
    );
    assert.deepEqual(
      having(/\.coders?\.(?:still|video|sound)\(|#coders\s*\.still\(|#coders\.(?:video|sound)\(/),
      ["src/apparatus/picture-track.ts", "src/apparatus/sound-track.ts"],
    );
    assert.deepEqual(having(/\bnew (?:Picture|Sound)Track\(/), [stream]);
    // Pictures, stills and sound of those tracks, and a typed line: nothing else is given to it.
    const given = [...code(stream).matchAll(/this\.#sealCoded\(([^)]*?),/g)].map(([, track]) => track);
    assert.deepEqual(given, ["tracks.text", "track", "track", "track"]);
  });

  it("no file that seals draws, and none reads files or the network", () => {
    const seals = having(/\bseal(?:Coded|Frame)\(|\bsensor\.(?:capture|hold)\(/i);
    assert.ok(seals.length >= 2, seals.join());
    const otherways =
      /\bnew VideoFrame\(|Canvas\b|getContext\(|drawImage\(|createImageBitmap\(|new (?:File|Blob|Response|FileReader)\b|fetch\(|getFile\(/;
    assert.deepEqual(
      seals.filter((file) => otherways.test(code(file))),
      [],
    );
    assert.match(code("src/media/still.ts"), otherways, "what is looked for is found where it belongs");
  });

  it("frames that come over a port are the camera's track's, as a video element presents it, and have no other beginning", () => {
    assert.deepEqual(having(/\bnew VideoFrame\(/), [
      "src/media/still.ts",
      "src/media/video-coder.ts",
      "src/sensor/array-sensor.ts",
      "src/sensor/video-frames.dom.ts",
    ]);
    const window = code("src/sensor/video-frames.dom.ts");
    const all = (what: RegExp): (string | undefined)[] =>
      [...window.matchAll(what)].map(([, found]) => found);
    assert.deepEqual(all(/new VideoFrame\(([^,)]*)/g), ["video"]);
    assert.deepEqual(all(/\bvideo = ([^;]*);/g), ['document.createElement("video")']);
    assert.deepEqual(all(/\bvideo\.src\w* = ([^;]*);/g), ["new MediaStream([track])", "null"]);
    assert.deepEqual(all(/\bpostMessage\((\w+)/g), ["frame", "null"]);
    assert.deepEqual(having(/\bvideoFrames\(/), ["src/sensor/capture.dom.ts"]);
    assert.deepEqual(having(/\bframesOf(?:Port|Track)\(/), ["src/apparatus/camera-frames.ts"]);
    // What a type says is taken back by no word of ours.
    assert.deepEqual(having(/\bas (?:never|any)\b|:\s*any\b/), ["edge/account.ts", "src/auth/records.ts"]);
  });

  it("a track is a camera's: nothing here captures a canvas, a file or a screen, or makes a track of frames", () => {
    assert.deepEqual(
      having(/captureStream\(|getDisplayMedia\(|MediaStreamTrackGenerator|VideoTrackGenerator/),
      [],
    );
    assert.deepEqual(having(/\bgetUserMedia\(/), ["src/sensor/capture.dom.ts"]);
  });
});
