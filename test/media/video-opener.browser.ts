import { type CodedPicture, VideoOpener, videoCodecs } from "../../src/media/index.ts";
import { Coding, codeAtOnce, codeOf, numbered, numberOf, same, settingsFor } from "./pictures.ts";

const [h264 = "", vp8 = ""] = videoCodecs(640, 360, 30);

/** Key frame, delta, delta; key frame, delta: numbered 0 to 4. */
const run = async (codec: string): Promise<CodedPicture[]> => {
  const coding = new Coding(settingsFor(codec));
  for (let at = 0; at < 5; at += 1) {
    if (at === 3) coding.coder.needKey();
    await coding.code(numbered(640, 360, at), at * 33);
  }
  coding.coder.close();
  same(
    coding.pictures.map(({ key }) => key !== null),
    [true, false, false, true, false],
    "the run",
  );
  return coding.pictures;
};
const opensAs = async (opener: VideoOpener, picture: CodedPicture | undefined, number: number) => {
  if (!picture) throw new Error("no picture");
  const frame = await opener.open(picture);
  same(await numberOf(frame), number, "picture");
  frame.close();
};
const noise = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

for (const codec of videoCodecs(640, 360, 30))
  describe(`opening ${codec}`, () => {
    it("refuses what does not begin with a key frame, and goes on with the next", async () => {
      const pictures = await run(codec);
      const opener = new VideoOpener();
      same(await codeOf(opener.open(pictures[1]!)), "codec", "a delta that comes first");
      const key = pictures[0]!.key;
      same(await codeOf(opener.open({ ...pictures[1]!, key })), "codec", "a delta called key");
      same(await codeOf(opener.open({ ...pictures[0]!, bytes: noise(500) })), "codec", "noise called key");
      same(await codeOf(opener.open({ ...pictures[0]!, bytes: new Uint8Array() })), "codec", "nothing");
      await opensAs(opener, pictures[3], 3);
      await opensAs(opener, pictures[4], 4);
      opener.close();
    });

    it("after a broken picture draws nothing until the next key frame", async () => {
      const pictures = await run(codec);
      const opener = new VideoOpener();
      await opensAs(opener, pictures[0], 0);
      const broken = opener.open({ ...pictures[1]!, bytes: new Uint8Array() });
      same(await codeAtOnce(broken), "codec", "broken");
      same(await codeOf(opener.open(pictures[2]!)), "codec", "the delta after it");
      await opensAs(opener, pictures[3], 3);
      opener.close();
    });

    it("refuses another size than the signed one", async () => {
      const [first] = await run(codec);
      const opener = new VideoOpener();
      for (const change of [{ width: 638 }, { height: 720 }])
        same(
          await codeOf(opener.open({ ...first!, key: { ...first!.key!, ...change } })),
          "codec",
          JSON.stringify(change),
        );
      await opensAs(opener, first, 0);
      opener.close();
    });

    it("refuses by what the bytes say of their size, before any of them is decoded", async () => {
      const [first, delta] = await run(codec);
      const genuine = VideoDecoder;
      let decoded = 0;
      globalThis.VideoDecoder = class extends genuine {
        override decode(chunk: EncodedVideoChunk): void {
          decoded += 1;
          super.decode(chunk);
        }
      };
      try {
        const opener = new VideoOpener();
        const key = { ...first!.key!, width: 320, height: 180 };
        same(await codeOf(opener.open({ ...first!, key })), "codec", "a key frame that is larger");
        same(await codeOf(opener.open({ ...delta!, key: first!.key })), "codec", "one that names no size");
        same(decoded, 0, "decoded");
        await opensAs(opener, first, 0);
        await opensAs(opener, delta, 1);
        same(decoded, 2, "decoded");
        opener.close();
      } finally {
        globalThis.VideoDecoder = genuine;
      }
    });
  });

describe("opening video", () => {
  it("hands no codec to the browser that is not one of ours", async () => {
    const [first] = await run(vp8);
    const genuine = VideoDecoder;
    let made = 0;
    globalThis.VideoDecoder = class extends genuine {
      constructor(init: VideoDecoderInit) {
        super(init);
        made += 1;
      }
    };
    try {
      const opener = new VideoOpener();
      for (const codec of ["", "hev1.1.6.L93.B0", "vp9", "av01", "vp8 ", "mp4v.20.9"])
        same(await codeOf(opener.open({ ...first!, key: { ...first!.key!, codec } })), "codec", codec);
      same(made, 0, "decoders made");
      // Of a known family, but no such profile: the browser says so.
      for (const codec of ["avc1.FFFFFF", "vp09.99.99.99", "av01.9"])
        same(await codeOf(opener.open({ ...first!, key: { ...first!.key!, codec } })), "codec", codec);
      await opensAs(opener, first, 0);
      opener.close();
    } finally {
      globalThis.VideoDecoder = genuine;
    }
  });

  it("uses one decoder for a run, also across its key frames, and another when the browser ends that one", async () => {
    const pictures = await run(h264);
    const genuine = VideoDecoder;
    const made: VideoDecoder[] = [];
    globalThis.VideoDecoder = class extends genuine {
      constructor(init: VideoDecoderInit) {
        super(init);
        made.push(this);
      }
    };
    try {
      const opener = new VideoOpener();
      for (const [at, picture] of pictures.entries()) await opensAs(opener, picture, at);
      same(made.length, 1, "decoders made");
      made[0]?.close();
      await opensAs(opener, pictures[0], 0);
      opener.close();
    } finally {
      globalThis.VideoDecoder = genuine;
    }
  });

  it("shows colours whose names this browser does not know", async () => {
    const [first] = await run(h264);
    const opener = new VideoOpener();
    const colorSpace = { primaries: "of-tomorrow", transfer: null, matrix: "smpte170m", fullRange: false };
    await opensAs(opener, { ...first!, key: { ...first!.key!, colorSpace } }, 0);
    opener.close();
  });

  it("waits a second for a decoder that says nothing", async () => {
    const pictures = await run(h264);
    const genuine = VideoDecoder;
    class Silent {
      state = "configured";
      configure(): void {}
      decode(): void {}
      close(): void {
        this.state = "closed";
      }
    }
    const opener = new VideoOpener();
    globalThis.VideoDecoder = Silent as unknown as typeof VideoDecoder;
    const from = performance.now();
    try {
      same(await codeOf(opener.open(pictures[0]!)), "codec", "silence");
    } finally {
      globalThis.VideoDecoder = genuine;
    }
    const waited = performance.now() - from;
    if (waited < 900 || waited > 3000) throw new Error(`waited ${waited} ms`);
    await opensAs(opener, pictures[3], 3);
    opener.close();
  });

  it("is refused by its code where the browser throws at once", async () => {
    const pictures = await run(h264);
    const genuine = VideoDecoder;
    globalThis.VideoDecoder = class extends genuine {
      override configure(): void {
        throw new TypeError("not this");
      }
    };
    const opener = new VideoOpener();
    try {
      same(await codeOf(opener.open(pictures[0]!)), "codec", "a decoder that cannot be configured");
    } finally {
      globalThis.VideoDecoder = genuine;
    }
    await opensAs(opener, pictures[3], 3);
    opener.close();
  });

  it("takes no output but the one of its picture", async () => {
    const pictures = await run(h264);
    const genuine = VideoDecoder;
    let [shift, extra] = [0, 0];
    globalThis.VideoDecoder = class extends genuine {
      constructor({ output, error }: VideoDecoderInit) {
        super({
          error,
          output: (frame) => {
            const other = new VideoFrame(frame, { timestamp: frame.timestamp + shift });
            const more = extra > 0 ? new VideoFrame(frame, { timestamp: frame.timestamp }) : null;
            frame.close();
            output(other);
            if (more) output(more);
          },
        });
      }
    };
    try {
      const opener = new VideoOpener();
      await opensAs(opener, pictures[0], 0);
      shift = 33_000;
      same(await codeAtOnce(opener.open(pictures[1]!)), "codec", "another picture's");
      shift = 0;
      same(await codeOf(opener.open(pictures[2]!)), "codec", "what builds on it");
      await opensAs(opener, pictures[3], 3);
      extra = 1;
      await opensAs(opener, pictures[4], 4);
      same(await codeOf(opener.open(pictures[4]!)), "codec", "behind one that nobody asked for");
      opener.close();
    } finally {
      globalThis.VideoDecoder = genuine;
    }
  });

  it("is one at a time, and ends when it is closed", async () => {
    const pictures = await run(h264);
    const opener = new VideoOpener();
    const first = opener.open(pictures[0]!);
    same(await codeOf(opener.open(pictures[1]!)), "TypeError", "a second one");
    const frame = await first;
    same(await numberOf(frame), 0, "the first is not disturbed");
    frame.close();
    const last = opener.open(pictures[1]!);
    opener.close();
    same(await codeAtOnce(last), "codec", "closed");
    await opensAs(opener, pictures[0], 0);
    opener.close();
  });
});
