import type { CameraApi } from "../../src/apparatus/index.ts";
import type { Remote } from "../../src/base/index.ts";
import { CameraLive } from "../../src/ui/models/camera-live.ts";
import type { CameraSnapshot } from "../../src/ui/models/snapshots.ts";
import { found, same } from "./bench.ts";
import { persisting } from "./persisting.ts";
import { until } from "./until.ts";

/** What goes with a camera's pictures, over a worker that only notes what it is asked. */
const beside = () => {
  let now = { sound: "off", fault: null, recording: null, said: [] } as unknown as CameraSnapshot;
  const asked: string[] = [];
  const remote = new Proxy(
    {},
    {
      get: (_, name: string) => async () => void asked.push(name),
    },
  ) as Remote<CameraApi>;
  const live = new CameraLive({
    remote: () => remote,
    now: () => now,
    show: (change) => {
      now = { ...now, ...change } as CameraSnapshot;
    },
  });
  return { live, asked, snapshot: () => now };
};

describe("recording at the camera", () => {
  it("asks the browser, before the first recording, to erase nothing by itself", async () => {
    const { live, asked, snapshot } = beside();
    live.begin(false);
    const persisted = await persisting(async (count) => {
      snapshot().record?.();
      await until("asked", () => count() > 0);
    });
    same([asked, persisted], [["record"], 1], "recorded, and asked");
    live.end();
  });
});

describe("the microphone of a camera that runs", () => {
  it("is said to be lost when it ends by itself, is closed then, and can be opened again", async () => {
    const { mediaDevices } = navigator;
    const genuine = mediaDevices.getUserMedia.bind(mediaDevices);
    const tracks: MediaStreamTrack[] = [];
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await genuine(constraints);
      tracks.push(...stream.getAudioTracks());
      return stream;
    };
    const { live, asked, snapshot } = beside();
    try {
      live.begin(true);
      await until("on", () => snapshot().sound === "on");
      same([asked, snapshot().fault], [["listen"], null], "heard");
      // As the browser says it of a device that was unplugged.
      found(tracks[0], "track").dispatchEvent(new Event("ended"));
      same([snapshot().sound, snapshot().fault], ["off", "microphone-none"], "told");
      same(tracks[0]?.readyState, "ended", "closed");
      snapshot().sendSound?.(true);
      await until("on again", () => snapshot().sound === "on");
      same(snapshot().fault, null, "told no longer");
      tracks[0]?.dispatchEvent(new Event("ended"));
      same(snapshot().sound, "on", "an earlier one is out of date");
    } finally {
      live.end();
      mediaDevices.getUserMedia = genuine;
    }
    same(
      tracks.map(({ readyState }) => readyState),
      ["ended", "ended"],
      "none stays open",
    );
  });
});
