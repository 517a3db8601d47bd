import { codeStill, openStill, SoundCoder, VideoCoder, VideoOpener } from "../../src/media/index.ts";
import { asCamera } from "../sensor/as-camera.ts";

/** What in-worker.browser.ts asks for: one picture, one still and one packet of sound, there and back. */
self.onmessage = async ({ data: frame }: MessageEvent<VideoFrame>) => {
  const settings = { width: 640, height: 360, framesPerSecond: 30, bitrate: 1_000_000 };
  const opener = new VideoOpener();
  const still = await codeStill(asCamera(frame), 320);
  const shown = await openStill(still.bytes, still.type);
  const coder = new VideoCoder(
    { codec: "avc1.42E01E", ...settings },
    {
      async coded(picture) {
        const opened = await opener.open(picture);
        self.postMessage(
          { still: shown.displayWidth, picture: opened.displayWidth, frame: opened },
          { transfer: [opened] },
        );
      },
      failed: (code) => self.postMessage(code),
    },
  );
  const sound = new SoundCoder({
    packet() {
      coder.code(asCamera(frame), 1000);
      frame.close();
      sound.close();
    },
    failed: (code) => self.postMessage(code),
  });
  const samples = new Float32Array(960 * 3);
  sound.code(
    new AudioData({
      ...{ format: "f32", sampleRate: 48_000, numberOfChannels: 1, numberOfFrames: samples.length },
      ...{ timestamp: 0, data: samples },
    }),
    1000,
  );
};
