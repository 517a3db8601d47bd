import { VideoCoder } from "../../src/media/index.ts";
import { asCamera } from "../sensor/as-camera.ts";
import { Coding, numbered, pause, same, settingsFor, upAndDown } from "./pictures.ts";

const h264 = "avc1.42E01F";
const start = 1_790_000_000_123;

describe("the video coder", () => {
  it("takes as many frames a second as it is told", async () => {
    for (const [has, wanted] of [
      [30, 10],
      [20, 10],
      [30, 15],
    ] as const) {
      const coding = new Coding(settingsFor(h264, { width: 320, height: 180, framesPerSecond: wanted }));
      for (let at = 0; at < has * 2; at += 1)
        await coding.code(numbered(320, 180, upAndDown(at)), start + Math.round((at * 1000) / has));
      const expected = Array.from(
        { length: wanted * 2 },
        (_, at) => start + Math.round((at * 1000) / wanted),
      );
      same(
        coding.pictures.map(({ captured }) => captured),
        expected,
        `${has} → ${wanted}`,
      );
      coding.coder.close();
    }
  });

  it("leaves frames out while it is behind, and gives every one that it took", async () => {
    const coding = new Coding(settingsFor(h264, { width: 1280, height: 720 }));
    const frame = numbered(1280, 720, 3);
    const times = Array.from({ length: 12 }, (_, at) => start + at * 33);
    const taken = times.filter((time) => coding.coder.code(asCamera(frame), time));
    if (frame.format === null) throw new Error("the coder closed the frame");
    frame.close();
    if (taken.length > 3) throw new Error(`${taken.length} frames wait`);
    for (let waited = 0; coding.pictures.length < taken.length && waited < 200; waited += 1) await pause(10);
    same(
      coding.pictures.map(({ captured }) => captured),
      taken,
      "what came out",
    );
    if (!(await coding.code(numbered(1280, 720, 4), start + 400))) throw new Error("it does not go on");
    coding.coder.close();
  });

  it("counts the two seconds from a key frame that the encoder made of itself", async () => {
    const coding = new Coding(settingsFor(h264, { width: 320, height: 180, framesPerSecond: 10 }));
    // New scenes throughout: this encoder then makes one every 17 frames.
    for (let at = 0; at < 60; at += 1) await coding.code(numbered(320, 180, at % 20), start + at * 100);
    const keys = coding.pictures.filter(({ key }) => key !== null).map(({ captured }) => captured);
    const apart = keys.slice(1).map((time, at) => time - (keys[at] ?? 0));
    if (Math.max(...apart) > 2000 || Math.min(...apart) < 1000) throw new Error(apart.join());
    coding.coder.close();
  });

  it("says once that this browser cannot, and takes nothing more", async () => {
    // 1080p at a level for 720p.
    const coding = new Coding(settingsFor(h264, { width: 1920, height: 1080 }));
    await pause(100);
    same(coding.failures, ["codec"], "failures");
    const frame = numbered(320, 180, 1);
    same(coding.coder.code(asCamera(frame), start), false, "taken");
    frame.close();
    coding.coder.close();
    same(coding.failures, ["codec"], "failures");
  });

  it("gives nothing and fails at nothing once it is closed", async () => {
    const coding = new Coding(settingsFor(h264));
    const frame = numbered(640, 360, 1);
    coding.coder.code(asCamera(frame), start);
    coding.coder.close();
    same(coding.coder.code(asCamera(frame), start + 100), false, "taken");
    frame.close();
    await pause(100);
    same([coding.pictures.length, coding.failures.length], [0, 0], "pictures and failures");
  });

  it("does not wait for ever for an encoder that says nothing", () => {
    const genuine = VideoEncoder;
    class Silent {
      state = "configured";
      encodeQueueSize = 0;
      configure(): void {}
      encode(): void {
        this.encodeQueueSize += 1;
      }
      close(): void {
        this.state = "closed";
      }
    }
    globalThis.VideoEncoder = Silent as unknown as typeof VideoEncoder;
    try {
      let now = 0;
      const failures: string[] = [];
      let behind = 0;
      const on = {
        coded: () => undefined,
        failed: (code: string) => failures.push(code),
        behind: () => {
          behind += 1;
        },
      };
      const coder = new VideoCoder(settingsFor(h264), on, { now: () => now });
      const frame = numbered(640, 360, 1);
      const code = (): boolean => coder.code(asCamera(frame), start + now);
      same(
        [0, 1000, 2000, 4000, 4900].map((time) => {
          now = time;
          return code();
        }),
        [true, true, false, false, false],
        "taken",
      );
      same([failures.length, behind], [0, 3], "failures, and frames that it was too slow for");
      now = 5100;
      same([code(), failures], [false, ["codec"]], "after 5 s");
      frame.close();
    } finally {
      globalThis.VideoEncoder = genuine;
    }
  });
});
