import type { PictureMessage, ViewerApi } from "../../src/apparatus/index.ts";
import type { Connection } from "../../src/base/index.ts";
import { ViewerModel } from "../../src/ui/models/viewer.ts";
import { ViewerSound } from "../../src/ui/models/viewer-sound.ts";
import type { Verdict } from "../../src/verify/index.ts";
import { check, found, frame, same } from "./bench.ts";
import { persisting } from "./persisting.ts";
import { passed, refused } from "./states.ts";
import { until } from "./until.ts";

const number = "A".repeat(52);
const captured = 1_795_170_000_000;
/** Half a second of sound. */
const sound = { pcm: [new Float32Array(24_000)], sampleRate: 48_000 as const };

/** A model that views a camera, and what a viewer's worker would send it. */
const viewing = async (sound: () => void = () => undefined) => {
  const asked: string[] = [];
  const viewed: { port: MessagePort; events: Parameters<ViewerApi["view"]>[3] }[] = [];
  const remote = {
    cards: async () => [{ id: "card", name: "Home" }],
    open: async () => ({ cameras: [{ number, name: "Porch" }], wrongAttempts: 0, due: { state: "no" } }),
    view: async (...[, , port, events]: Parameters<ViewerApi["view"]>) => {
      viewed.push({ port, events });
      return { room: "A".repeat(43), key: new Uint8Array(32) };
    },
    ...Object.fromEntries(
      ["want", "record", "leave", "eject", "stopRecording", "watch"].map((name) => [
        name,
        async () => void asked.push(name),
      ]),
    ),
  };
  const model = new ViewerModel(
    () => ({ remote, close: () => undefined }) as unknown as Connection<ViewerApi>,
    sound,
  );
  for (let turn = 0; turn < 5 && !model.snapshot.open; turn += 1) await Promise.resolve();
  await found(model.snapshot.open, "open")("card", { password: "password" });
  await found(model.snapshot.view, "view")(number);
  const { port, events } = found(viewed[0], "a view");
  /** Sends it as the worker does, and waits until the page has taken it. */
  const send = (message: Omit<PictureMessage, "captured"> & Partial<PictureMessage>): Promise<void> =>
    new Promise((drawn) => {
      port.onmessage = () => drawn();
      port.postMessage({ captured: null, ...message }, message.picture ? [message.picture] : []);
    });
  return { model, send, asked, events };
};
const good = (missing = 0, live = true): Verdict => ({
  ...passed,
  ...{ live, missing, frame: { sequence: 7, captured } },
});

/** What is done with sound meanwhile: pieces started and stopped, and every volume there is. */
const overheard = () => {
  const { start, stop } = AudioBufferSourceNode.prototype;
  const { createGain } = AudioContext.prototype;
  const heard = { starts: 0, stops: 0, gains: [] as GainNode[] };
  Object.assign(AudioBufferSourceNode.prototype, {
    start(this: AudioBufferSourceNode, when = 0) {
      heard.starts += 1;
      start.call(this, when);
    },
    stop(this: AudioBufferSourceNode) {
      heard.stops += 1;
      stop.call(this);
    },
  });
  AudioContext.prototype.createGain = function (this: AudioContext) {
    const gain = createGain.call(this);
    heard.gains.push(gain);
    return gain;
  };
  const end = (): void => {
    Object.assign(AudioBufferSourceNode.prototype, { start, stop });
    AudioContext.prototype.createGain = createGain;
  };
  return { heard, end };
};

describe("what stands behind the viewer's page", () => {
  it("says about how long ago the picture was captured when it is handed over to be drawn, and nothing where nobody knows", async () => {
    const { model, send } = await viewing();
    const { now } = Date;
    try {
      let clock = captured + 100;
      Date.now = () => clock;
      model.onpicture = ({ picture }) => {
        picture?.close();
        // Handing it over takes its time, too.
        clock += 37;
      };
      // What the camera's own clock said stands in the verdict, an hour off.
      const verdict = { ...good(), frame: { sequence: 7, captured: captured - 3_600_000 } };
      await send({ picture: frame("green"), verdict, captured });
      same(model.snapshot.delay, 137, "delay");
      await send({ picture: frame("green"), verdict: good(0, false) });
      same(model.snapshot.delay, null, "nobody knows");
      clock = captured - 5;
      await send({ picture: frame("green"), verdict: good(), captured: captured + 50 });
      same(model.snapshot.delay, 0, "never from the future");
    } finally {
      Date.now = now;
      model.dispose();
    }
  });

  it("says how many pictures are left out now", async () => {
    const { model, send } = await viewing();
    await send({ picture: null, verdict: good(0) });
    same(model.snapshot.leftOut, 0, "none");
    await send({ picture: null, verdict: good(9, false) });
    same(model.snapshot.leftOut, 9, "nine");
    model.dispose();
  });

  it("is silent at once in ST0: what waits to be heard is not", async () => {
    const { model, send, events } = await viewing();
    const { heard, end } = overheard();
    try {
      model.snapshot.hear?.(true);
      await send({ picture: null, verdict: good() });
      events.onsound({ ...sound, captured });
      same([heard.starts, heard.stops], [1, 0], "heard");
      await send({ picture: null, verdict: refused("signature") });
      same([heard.starts, heard.stops], [1, 1], "fallen silent");
    } finally {
      end();
      model.dispose();
    }
  });

  it("sets the volume of what is heard, and says it", async () => {
    const { model } = await viewing();
    const { heard, end } = overheard();
    try {
      model.snapshot.hear?.(true);
      model.snapshot.setVolume?.(0.5);
      same(model.snapshot.sound.volume, 0.5, "said");
      same(
        heard.gains.map(({ gain }) => gain.value),
        [0.25],
        "heard",
      );
    } finally {
      end();
      model.dispose();
    }
  });
});

describe("an alarm on the viewer's page", () => {
  const heard = "sealcam-alarm-sound";
  afterEach(() => localStorage.removeItem(heard));
  const ended = { ...refused("ended") };

  it("is none before a picture was guaranteed", async () => {
    let tones = 0;
    const { model, send } = await viewing(() => {
      tones += 1;
    });
    for (const reason of ["waiting", "silent", "disconnected", "signature"] as const)
      await send({ picture: null, verdict: refused(reason) });
    same([tones, model.snapshot.alarm], [0, null]);
    model.dispose();
  });

  it("sounds once, says the camera's own word for its end, and that pictures came again", async () => {
    let tones = 0;
    const { model, send, events } = await viewing(() => {
      tones += 1;
    });
    await send({ picture: null, verdict: good() });
    events.onended("unplugged");
    for (let times = 0; times < 3; times += 1) await send({ picture: null, verdict: ended });
    same([tones, model.snapshot.alarm?.reason, model.snapshot.alarm?.ending], [1, "ended", "unplugged"]);
    await send({ picture: null, verdict: good() });
    same([tones, model.snapshot.alarm], [1, null]);
    check(model.snapshot.resumed !== null, "it says so");
    // The word was for that end, not for the next.
    await send({ picture: null, verdict: ended });
    same([tones, model.snapshot.alarm?.ending], [2, null]);
    model.dispose();
  });

  it("is not heard where the person has chosen silence, on this device and for later, and is seen all the same", async () => {
    let tones = 0;
    const sound = () => {
      tones += 1;
    };
    const { model, send } = await viewing(sound);
    check(model.snapshot.isAlarmHeard, "heard unless somebody said otherwise");
    model.snapshot.hearAlarm?.(false);
    await send({ picture: null, verdict: good() });
    await send({ picture: null, verdict: refused("silent") });
    same([tones, model.snapshot.alarm?.reason], [0, "silent"]);
    model.dispose();
    const next = await viewing(sound);
    check(!next.model.snapshot.isAlarmHeard, "kept");
    next.model.snapshot.hearAlarm?.(true);
    await next.send({ picture: null, verdict: good() });
    await next.send({ picture: null, verdict: refused("signature") });
    same(tones, 1);
    next.model.dispose();
  });

  it("ends with the viewing", async () => {
    const { model, send } = await viewing();
    await send({ picture: null, verdict: good() });
    await send({ picture: null, verdict: refused("silent") });
    check(model.snapshot.alarm !== null, "alarmed");
    model.snapshot.leave?.();
    same([model.snapshot.alarm, model.snapshot.hearAlarm], [null, undefined]);
    model.dispose();
  });
});

describe("recording on the viewer's page", () => {
  it("asks the browser, before the first recording, to erase nothing by itself", async () => {
    const { model, asked } = await viewing();
    const persisted = await persisting(async (count) => {
      await found(model.snapshot.record, "record")();
      await until("asked", () => count() > 0);
    });
    check(asked.includes("record"), "it is recorded");
    same(persisted, 1, "asked");
    model.dispose();
  });
});

describe("the sound of the camera that is viewed", () => {
  it("begins with the volume that was chosen, and takes none beyond its ends", () => {
    const { heard, end } = overheard();
    try {
      const said: number[] = [];
      const viewer = new ViewerSound(({ volume }) => said.push(volume));
      viewer.volume = 0.2;
      viewer.on();
      check(Math.abs((heard.gains[0]?.gain.value ?? 0) - 0.04) < 1e-6, "chosen before");
      for (const volume of [2, -1]) viewer.volume = volume;
      same(said.slice(-2), [1, 0], "said");
      same(heard.gains[0]?.gain.value, 0, "heard");
      viewer.off();
    } finally {
      end();
    }
  });
});
