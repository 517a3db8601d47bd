import { opfsRecordings, type PlayedMessage, startPlayer } from "../../src/apparatus/index.ts";
import { equal, generateSigningKey, proxy, thumbprint, transfer, utf8 } from "../../src/base/index.ts";
import { idbStore, makeCard, RIGHTS } from "../../src/card/index.ts";
import { epochKey, makeEncryptionPair, numberText, wrap } from "../../src/keys/index.ts";
import { type Mp4Packet, matchPackets, readMp4 } from "../../src/media/index.ts";
import { recordLength } from "../../src/seal/check.ts";
import { encodeEpochSecret, sealCoded, signEnd, signEpoch, signHead } from "../../src/seal/index.ts";
import { ArraySensor, compileKernels, instantiate } from "../../src/sensor/index.ts";
import { judgeDisclosed } from "../../src/verify/index.ts";
import { MemoryFile } from "../media/memory-file.ts";
import { asRecorded, each, picturesOf, soundsOf, type Written } from "../media/packets.ts";
import { type Sealing, sealedItems } from "../media/sealed.ts";
import { fileAt, holdOpen } from "./held-film.ts";

const check = (is: boolean, what: string): void => {
  if (!is) throw new Error(what);
};

const address = new URL("../media/packets.json", import.meta.url);
const written = (await (await fetch(address)).json()) as Written;
const packets: Mp4Packet[] = asRecorded(picturesOf(written, "h264"), soundsOf(written));

/** A camera that seals coded frames, and who can open them. */
const makeCamera = async () => {
  const { privateKey, publicKey } = await generateSigningKey();
  const sensor = new ArraySensor(await instantiate(await compileKernels()));
  const pair = await makeEncryptionPair();
  const about = { counter: 1, previous: null, started: 1000, path: "track-processor-window" } as const;
  const { item: head, hash } = await signHead(privateKey, { publicKey, ...about });
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const wrapped = await wrap(encodeEpochSecret({ secret, label: "Porch" }), [pair.recipient]);
  const announced = { epoch: 0, generation: 1, light: "none", wrap: wrapped } as const;
  sensor.setEpochKey(await epochKey(secret, hash));
  const stream: Sealing = {
    head,
    epoch: await signEpoch(privateKey, hash, announced),
    sealAs: (fields, bytes) => sealCoded(sensor, privateKey, hash, fields, bytes),
    end: (counts) => signEnd(privateKey, hash, { counts, ended: 9000 }),
  };
  return { stream, number: await thumbprint(publicKey), identity: pair.identity };
};

const password = "correct horse battery staple";
const camera = await makeCamera();
const record = {
  ...{ number: camera.number, name: "Porch", generation: 1, acknowledged: true, written: 1 },
  decryptionKeys: [{ generation: 1, identity: camera.identity }],
  viewerKey: { seed: new Uint8Array(32), publicKey: new Uint8Array(32) },
  controlKey: new Uint8Array(32),
  ...{ rights: RIGHTS, writtenBy: new Uint8Array(32) },
};
const card = (await (await makeCard("Home", password)).put(record)).file;
const store = await idbStore();
await store.write(card, null);
store.close();
const items = await sealedItems(camera.stream, packets);
const recording = new Blob(items as BlobPart[]);

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code ?? String(error),
  );

/** The films that lie in the origin's private file system, by the folders they are in. */
const left = async (): Promise<string[]> => {
  const names: string[] = [];
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("exports", { create: true });
  for await (const [folder, handle] of root.entries()) {
    if (handle.kind === "file") names.push(folder);
    else
      for await (const name of (handle as FileSystemDirectoryHandle).keys()) names.push(`${folder}/${name}`);
  }
  return names;
};
const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 250; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not so within five seconds: ${what}`);
};
const folder = async () =>
  (await navigator.storage.getDirectory()).getDirectoryHandle("recordings", { create: true });
const write = async (name: string, bytes: Blob | Uint8Array<ArrayBuffer>): Promise<void> => {
  const file = await (await (await folder()).getFileHandle(name, { create: true })).createWritable();
  await file.write(bytes);
  await file.close();
};
const bytesOf = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await (await (await (await folder()).getFileHandle(name)).getFile()).arrayBuffer());
/** The second key frame is said to stand one byte beside its place: nothing but reading there shows it. */
const lying = (index: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const bytes = index.slice();
  const places = Array.from({ length: bytes.length / recordLength }, (_, at) => at * recordLength);
  const [, second = 0] = places.filter((at) => bytes[at] === 1 && bytes[at + 1] === 1);
  bytes[second + 7]! ^= 1;
  return bytes;
};
const silent = proxy(() => undefined);

/** Loads it; what is shown of it then stands in `shown`. */
const loadInto = async (remote: ReturnType<typeof startPlayer>["remote"], what: string | Blob) => {
  const { port1, port2 } = new MessageChannel();
  const shown: PlayedMessage[] = [];
  port1.onmessage = ({ data }: MessageEvent<PlayedMessage>) => {
    data.picture?.close();
    if ("verdict" in data) shown.push(data);
    port1.postMessage("drawn");
  };
  const events = proxy({ onstatus: () => undefined, online: () => undefined, onfault: () => undefined });
  const loaded = await remote.load(what, null, transfer(port2, [port2]), events);
  return { ...loaded, shown };
};

describe("the worker that plays", () => {
  const died: string[] = [];
  const { remote, close } = startPlayer((why) => died.push(why));
  const load = (what: string | Blob) => loadInto(remote, what);

  after(() => {
    close();
    check(died.length === 0, died.join());
  });

  it("shows nothing of a recording that no open card opens, and makes nothing of what is not loaded", async () => {
    check((await code(remote.open(card.id, { password: "not the password" }))) === "password", "password");
    check((await load(recording)).isClosed, "closed");
    check((await code(remote.saveMp4(silent))) === "recording-none", "none");
    check(
      (await code(load(new Blob([utf8("This is no recording.")])))) === "recording-unreadable",
      "no film",
    );
  });

  it("plays nothing with the keys of a card that is ejected, however far the loading had come", async () => {
    for (const ms of [0, 2, 5, 10, 20, 40]) {
      await remote.open(card.id, { password });
      const loading = code(load(recording));
      await new Promise((resolve) => setTimeout(resolve, ms));
      await remote.eject();
      await loading;
      check((await code(remote.seek({ at: 0 }))) === "recording-none", `ejected after ${ms} ms`);
    }
    const opening = code(remote.open(card.id, { password }));
    await remote.eject();
    check((await opening) === "cancelled", "also a card that was still being opened");
    check((await load(recording)).isClosed, "which opens nothing then");
  });

  it("makes an MP4 with every packet, and erases it when it is released", async () => {
    const [on] = (await remote.open(card.id, { password })).cameras;
    check(on?.name === "Porch", "the card's camera");
    check(!(await load(recording)).isClosed, "open");
    const [file, ...more] = await remote.saveMp4(silent);
    check(file !== undefined && more.length === 0, "one file");
    const copy = new MemoryFile();
    copy.write(0, new Uint8Array(await (file as File).arrayBuffer()));
    const match = await matchPackets(readMp4(copy), each(packets));
    check(
      match.matched === 145 && match.foreign === 0 && match.broken === 0 && match.missing === 0,
      JSON.stringify(match),
    );
    check((await left()).length === 1, "it lies there");
    await remote.releaseMp4();
    check((await left()).length === 0, "it is gone");
  });

  it("makes one thing at a time, tells how far it is, and leaves nothing when it is cancelled", async () => {
    // The same frames again and again stand for a long recording: what was seen already is refused, but checked first.
    const frames = items.slice(2, -1);
    const long = new Blob([
      ...items.slice(0, 2),
      ...Array.from({ length: 400 }, () => frames).flat(),
    ] as BlobPart[]);
    await load(long);
    const done: number[] = [];
    const saving = code(remote.saveMp4(proxy((at: number) => void done.push(at))));
    check((await code(remote.saveMp4(silent))) === "export-busy", "busy");
    while (done.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await remote.cancelMp4();
    const end = await saving;
    check(end === "cancelled", end);
    check((done.at(-1) as number) < long.size, "before its end");
    check((await left()).length === 0, "nothing stays");
    await load(recording);
    check((await remote.saveMp4(silent)).length === 1, "and the next one is made");
    await remote.releaseMp4();
  });

  it("discloses one picture in a file that opens nothing else", async () => {
    await load(recording);
    const file = await remote.disclosePicture(1, 13);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const source = {
      size: bytes.length,
      read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
    };
    const sensor = new ArraySensor(await instantiate(await compileKernels()));
    const shown: Uint8Array[] = [];
    const { state, picture, frames } = await judgeDisclosed(source, {
      known: [{ number: camera.number }],
      sensor,
      onframe: (_, opened) => void (opened && shown.push(opened)),
    });
    check(state === "ST1" && frames === 2 && picture?.sequence === 13, `${state}, ${frames} frames`);
    const given = packets.filter(({ kind }) => kind === "video")[13];
    check(equal(shown[1] ?? new Uint8Array(), given?.bytes ?? new Uint8Array(1)), "the very picture");
    check((await code(remote.disclosePicture(1, 99))) === "frame-none", "frame-none");
    check((await code(remote.disclosePicture(2, 13))) === "frame-none", "of that track alone");
  });

  describe("a stored recording whose index lies", () => {
    const name = `1000-${numberText(camera.number)}.sealed`;
    const index = `${name}.index`;
    after(async () => {
      for (const one of [name, index]) await (await folder()).removeEntry(one).catch(() => undefined);
    });

    it("is played all the same, and its index made anew", async () => {
      await write(name, recording);
      const right = await opfsRecordings().index(name);
      check((right?.entries.length ?? 0) > 1, "entries");
      const whole = await bytesOf(index);
      await write(index, lying(whole));
      const { shown } = await load(name);
      await remote.seek({ at: 1_500 });
      // A file that is written anew while it is read cannot be read: not right yet.
      const lies = (): Promise<Uint8Array> => bytesOf(index).catch(() => new Uint8Array());
      await until("the index is right again", async () => equal(await lies(), whole));
      const states = shown.map(({ verdict, captured }) => `${verdict.state} ${captured}`);
      check(states.at(-1) === "ST1 1700000001500", states.join());
    });
  });

  it("makes nothing behind a card that was ejected", async () => {
    await remote.eject();
    check((await code(remote.saveMp4(silent))) === "recording-none", "ejected");
    check((await load(recording)).isClosed, "closed");
    const other = await makeCamera();
    await remote.open(card.id, { password });
    check((await load(new Blob((await sealedItems(other.stream, packets)) as BlobPart[]))).isClosed, "other");
  });
});

const locks = async () => (await navigator.locks.query()).held?.map(({ name }) => name) ?? [];
const lockOf = (place: string): string => `exports/${place.split("/")[0]}`;
/** What a worker tells of films that could not be erased. */
const hearing = async ({ remote }: ReturnType<typeof startPlayer>): Promise<boolean[]> => {
  const heard: boolean[] = [];
  await remote.watchFilms(proxy((stays: boolean) => void heard.push(stays)));
  return heard;
};

describe("films that a worker made", () => {
  const start = async () => {
    const worker = startPlayer(() => undefined);
    await worker.remote.open(card.id, { password });
    await loadInto(worker.remote, recording);
    return worker;
  };

  it("are erased when the card is ejected, and when what is played is unloaded", async () => {
    const { remote, close } = await start();
    for (const act of [() => remote.unload(), () => remote.eject()]) {
      await loadInto(remote, recording);
      await remote.saveMp4(silent);
      check((await left()).length === 1, "it lies there");
      await act();
      check((await left()).length === 0, "it is gone");
    }
    close();
  });

  it("are erased by the next worker when theirs was killed, also those of earlier versions", async () => {
    const killed = await start();
    await killed.remote.saveMp4(silent);
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("exports");
    await root.getFileHandle("1.mp4", { create: true });
    check((await left()).length === 2, "they lie there");
    killed.close();
    await until(
      "the dead one's lock is free",
      async () => !(await locks()).some((name) => name?.startsWith("exports/")),
    );
    check((await left()).length === 2, "killed, it erased nothing");
    const next = await start();
    await until("they are gone", async () => (await left()).length === 0);
    next.close();
  });

  it("that cannot be erased are told of, and by the next workers, until one of them has erased them", async () => {
    const first = await start();
    const heard = await hearing(first);
    await until("it tells how that stands", () => heard.at(-1) === false);
    await first.remote.saveMp4(silent);
    const [place = ""] = await left();
    const letGo = await holdOpen(place);
    await first.remote.releaseMp4();
    await until("it is told of", () => heard.at(-1) === true);
    check((await left()).join() === place, "it lies there");
    first.close();
    await until("the dead one's lock is free", async () => !(await locks()).includes(lockOf(place)));
    const second = startPlayer(() => undefined);
    const told = await hearing(second);
    await until("the next one tells of it, too", () => told.at(-1) === true);
    check((await left()).join() === place, "it still lies there");
    await letGo();
    const third = startPlayer(() => undefined);
    const last = await hearing(third);
    await until("it is gone", async () => (await left()).length === 0);
    await until("nobody is told of it any more", () => last.at(-1) === false);
    await second.remote.releaseMp4();
    await until("nor by who told of it", () => told.at(-1) === false);
    for (const { close } of [second, third]) close();
  });

  it("do not lie behind the end of the next, where they could not be erased", async () => {
    const { remote, close } = await start();
    const [film] = await remote.saveMp4(silent);
    const size = (film as File).size;
    const [place = ""] = await left();
    const letGo = await holdOpen(`${place.split("/")[0]}/beside`);
    const longer = await (await fileAt(place)).createWritable();
    await longer.write(new Uint8Array(size + 1000));
    await longer.close();
    const [next] = await remote.saveMp4(silent);
    check((await left()).includes(place), "the earlier one could not be erased");
    check((next as File).size === size, "nothing of it is in the next one");
    await letGo();
    await remote.releaseMp4();
    check((await left()).length === 0, (await left()).join());
    close();
  });

  it("are no other worker's to erase, while theirs lives", async () => {
    const first = await start();
    const [film] = await first.remote.saveMp4(silent);
    const second = await start();
    await second.remote.saveMp4(silent);
    check((await left()).length === 2, (await left()).join());
    await second.remote.unload();
    check((await left()).length === 1, (await left()).join());
    check((await (film as File).arrayBuffer()).byteLength > 10_000, "the first one's film is whole");
    await first.remote.releaseMp4();
    for (const { close } of [first, second]) close();
  });
});
