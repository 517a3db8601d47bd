import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { disclose } from "../../src/apparatus/disclose.ts";
import { exportMp4 } from "../../src/apparatus/export-mp4.ts";
import { generateSigningKey, randomBytes, thumbprint, utf8 } from "../../src/base/index.ts";
import { encodeCard, makeCard, RIGHTS } from "../../src/card/index.ts";
import { numberText } from "../../src/keys/index.ts";
import { decodeFrame, signReceipt, spanOf } from "../../src/seal/index.ts";
import { MemoryFile } from "../media/memory-file.ts";
import { recorded } from "../media/packets-file.ts";
import { sealedItems } from "../media/sealed.ts";
import { flipped } from "../seal/bytes.ts";
import { makeCamera, makeSensor, tinyShape } from "../seal/camera.ts";
import { fileOf, itemsOf, sourceOf } from "../seal/recordings.ts";

const folder = mkdtempSync(join(tmpdir(), "sealcam-verify-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const root = fileURLToPath(new URL("../..", import.meta.url));
const put = (name: string, content: Uint8Array | string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** Runs the command line as `npm run verify` does, and says how much memory it took at most, in KiB. */
const verify = (
  ...given: string[]
): Promise<{ code: number | null; out: string; err: string; peak: number }> =>
  new Promise((resolve) => {
    const peak = `data:text/javascript,process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS))`;
    const child = spawn(process.execPath, ["--import", peak, "scripts/verify.ts", ...given], { cwd: root });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("close", (code) => {
      const [, told = "0"] = /peak (\d+)$/.exec(err) ?? [];
      resolve({ code, out, err: err.replace(/peak \d+$/, ""), peak: Number(told) });
    });
  });

const camera = await makeCamera();
const number = numberText(camera.number);
const items = await itemsOf(camera, 4);
const file = fileOf(items);
const good = put("good.sealed", file);

const password = "correct horse battery";
const record = (of: typeof camera) => ({
  ...{ number: of.number, name: "Front door", generation: 1, acknowledged: true, written: 1 },
  decryptionKeys: [{ generation: 1, identity: of.identity }],
  viewerKey: { seed: randomBytes(32), publicKey: randomBytes(32) },
  controlKey: randomBytes(32),
  ...{ rights: RIGHTS, writtenBy: randomBytes(32) },
});
const empty = await makeCard("Home", password);
const card = put("home.card", encodeCard((await empty.put(record(camera))).file));

describe("npm run verify", () => {
  it("0, ST1 and the number: with the number, in any spelling", async () => {
    for (const spelling of [number, number.toLowerCase().replace(/(.{4})/g, "$1 ")]) {
      const { code, out } = await verify(good, "--camera", spelling, "--json");
      assert.equal(code, 0);
      const { state, reasons, frames, camera: found, gaps, faults, complete, from, to } = JSON.parse(out);
      assert.deepEqual(
        { state, reasons, frames, found, gaps, faults, complete, from, to },
        {
          ...{ state: "ST1", reasons: [], frames: 4, found: number, gaps: [], faults: [], complete: true },
          ...{ from: 5_000, to: 5_003 },
        },
      );
    }
  });

  it("0 with the card, and every frame was opened", async () => {
    const { code, out } = await verify(good, "--card", card, "--password", password, "--json");
    assert.equal(code, 0);
    assert.deepEqual([JSON.parse(out).state, JSON.parse(out).opened], ["ST1", true]);
    const both = await verify(good, "--card", card, "--password", password, "--camera", number);
    assert.match(both.out, /^Guaranteed.*\n.*\nGood pictures: 4, opened with the card$/m);
  });

  it("[SC5] says before when it existed, by whose word, and whether that server was named", async () => {
    const server = await generateSigningKey();
    const own = numberText(await thumbprint(server.publicKey));
    const span = await spanOf(items.slice(2, 6).map((item) => decodeFrame(item).envelope));
    assert.ok(span);
    const receipt = await signReceipt(server, camera.hash, span, 1_795_170_000_000);
    const stored = put("stored.sealed", fileOf([...items.slice(0, 6), receipt, ...items.slice(6)]));
    const word = { server: own, frames: 4, time: 1_795_170_000_000, first: 1_795_170_000_000 };
    for (const [given, isKnown] of [
      [[], false],
      [["--server", own], true],
      [["--server", number], false],
    ] as const) {
      const { code, out } = await verify(stored, "--camera", number, ...given, "--json");
      assert.deepEqual([code, JSON.parse(out).existedBefore], [0, [{ ...word, isKnown }]]);
    }
    const { out } = await verify(stored, "--camera", number);
    assert.match(out, /^Existed before 2026-\S+: 4 of them, says the server with number [A-Z2-7]{4} /m);
    assert.equal((await verify(stored, "--server", "AAAA")).code, 2);
  });

  it("1 and camera-unknown with neither, and the number to compare", async () => {
    const { code, out } = await verify(good, "--json");
    assert.equal(code, 1);
    assert.deepEqual([JSON.parse(out).state, JSON.parse(out).reasons], ["ST0", ["camera-unknown"]]);
    const told = await verify(good);
    assert.match(told.out, /^Not guaranteed\.\n {2}camera-unknown: .*compare its number/);
    assert.ok(told.out.replaceAll(" ", "").includes(number));
  });

  it("1 when anything is wrong, and where", async () => {
    const other = numberText((await makeCamera()).number);
    const changed = put("changed.sealed", flipped(file, file.length - items.at(-1)!.length - 1));
    const cut = put("cut.sealed", file.subarray(0, -1));
    for (const [path, asked, reason] of [
      [good, other, "number"],
      [changed, number, "tree"],
      [cut, number, "incomplete"],
    ] as const) {
      const { code, out } = await verify(path, "--camera", asked, "--json");
      assert.equal(code, 1, path);
      assert.ok(JSON.parse(out).reasons.includes(reason), out);
    }
    assert.match(
      (await verify(changed, "--camera", number)).out,
      /tree at byte \d+, raw pictures, 3, says 1970/,
    );
    const end = file.length - items.at(-1)!.length;
    const torn = items.at(-1)!.length - 1;
    assert.deepEqual(JSON.parse((await verify(cut, "--json")).out).cut, { offset: end, torn });
    const stands = `It ends at byte ${end}, behind the last whole item; ${torn} bytes follow`;
    const told = (await verify(cut, "--camera", number)).out;
    assert.ok(told.includes(stands), told);
    assert.match(told, /incomplete.*\n.*\n {2}What is there is unchanged/);
  });

  it("[SR7] [SR9] says what was cut off before a track begins and what is gone as a whole, and 1 for nothing at all", async () => {
    const stream = await camera.begin(50);
    const line = (sequence: number) =>
      stream.sealAs({ kind: "text", epoch: 0, track: 5, sequence, captured: 7_000 + sequence }, utf8("é"));
    const pictures = [await stream.seal(0, { shape: tinyShape }), await stream.seal(1, { shape: tinyShape })];
    const lines = [await line(0), await line(1), await line(2)];
    const end = await stream.end(
      new Map([
        [0, 2],
        [5, 3],
      ]),
    );
    const told = async (...list: Uint8Array[]) =>
      verify(put("edited.sealed", fileOf([stream.head, stream.epoch, ...list, end])), "--camera", number);
    const whole = await told(...pictures, ...lines);
    assert.equal(whole.code, 0);
    assert.match(whole.out, /^Good pictures: 2, lines of text: 3, content closed$/m);
    assert.doesNotMatch(whole.out, /not in it/);
    const begun = await told(...pictures, lines[2]!);
    assert.match(
      begun.out,
      /^Sealed, and not in it:\n {2}lines of text: the first 2 of 3; what is there begins at 1970-01-01T00:00:07.002Z$/m,
    );
    const text = await told(...lines);
    assert.equal(text.code, 0);
    assert.match(
      text.out,
      /^Good pictures: 0, lines of text: 3, .*\n.*\nSealed, and not in it:\n {2}raw pictures: all 2$/m,
    );
    const sounds = [0, 1].map((sequence) =>
      stream.sealAs(
        {
          kind: "sound",
          epoch: 0,
          track: 3,
          sequence,
          captured: 7_000 + sequence,
          channels: 1,
          packets: 1,
        },
        new Uint8Array(8),
      ),
    );
    const live = await stream.end(
      new Map([
        [3, 2],
        [4, 80],
      ]),
    );
    const heard = put(
      "heard.sealed",
      fileOf([stream.head, stream.epoch, ...(await Promise.all(sounds)), live]),
    );
    assert.match(
      (await verify(heard, "--camera", number)).out,
      /^ {2}pieces of the camera's recorded sound: all 80; in their place it has pieces of live sound$/m,
    );
    const nothing = await told();
    assert.equal(nothing.code, 1);
    assert.match(
      nothing.out,
      /^Not guaranteed\.\n {2}empty: [\s\S]*raw pictures: all 2\n {2}lines of text: all 3$/m,
    );
  });

  it("1 and no-key with a card that does not have the camera, even for who knows the number", async () => {
    const another = put("other.card", encodeCard((await empty.put(record(await makeCamera()))).file));
    const { code, out } = await verify(good, "--card", another, "--password", password, "--json");
    assert.deepEqual([code, JSON.parse(out).reasons], [1, ["number"]]);
    const both = await verify(good, "--card", another, "--password", password, "--camera", number, "--json");
    assert.deepEqual([both.code, JSON.parse(both.out).reasons], [1, ["no-key"]]);
  });

  it("2 for what is no recording, cannot be read, or was asked wrong", async () => {
    const picture = put("picture.jpeg", new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]));
    const nothing = put("empty.sealed", "");
    for (const given of [
      ...[
        [picture],
        [nothing],
        [join(folder, "none.sealed")],
        [folder],
        [],
        [good, good],
        [good, "--nonsense"],
      ],
      ...[
        [good, "--camera", number.slice(0, 24)],
        [good, "--camera", number.replace(/./, "1")],
      ],
      ...[
        [good, "--card", card],
        [good, "--card", good, "--password", password],
      ],
      [good, "--card", card, "--password", "not the password"],
    ]) {
      const { code, out, err } = await verify(...given);
      assert.equal(code, 2, given.join(" "));
      assert.ok((out + err).length > 0 && !err.includes("    at "), `a sentence, no stack: ${err}`);
    }
    assert.equal(JSON.parse((await verify(picture, "--json")).out).state, "ST0");
  });

  it("judges an MP4 by the recording beside it, and only with the card", async () => {
    const sealed = await sealedItems(await camera.begin(40), recorded("h264"));
    const opened = {
      known: [{ number: camera.number, identities: [camera.identity] }],
      sensor: await makeSensor(),
    };
    const film = new MemoryFile();
    await exportMp4(sourceOf(fileOf(sealed)), opened, () => film);
    const mp4 = put("porch.mp4", film.bytes);
    const key = ["--card", card, "--password", password] as const;

    const alone = await verify(mp4, ...key, "--json");
    assert.deepEqual(
      [alone.code, JSON.parse(alone.out).state, JSON.parse(alone.out).reasons],
      [2, "ST0", ["not-sealed"]],
    );
    assert.match((await verify(mp4)).out, /^Not a sealed file\.\n {2}not-sealed: This is an MP4 film/);

    const elsewhere = put("elsewhere.sealed", fileOf(sealed));
    const named = await verify(mp4, "--sealed", elsewhere, ...key, "--json");
    assert.equal(named.code, 0, named.err);
    put("porch.sealed", fileOf(sealed));
    const beside = await verify(mp4, ...key, "--json");
    assert.equal(beside.code, 0);
    const { state, reasons, mp4: match } = JSON.parse(beside.out);
    assert.deepEqual([state, reasons], ["ST1", []]);
    assert.deepEqual(match, { matched: 145, foreign: 0, broken: 0, moved: 0, missing: 0, first: null });
    assert.match((await verify(mp4, ...key)).out, /^Guaranteed: every picture and sound in it/);

    const closed = await verify(mp4, "--camera", number, "--json");
    assert.deepEqual([closed.code, JSON.parse(closed.out).reasons], [1, ["mp4-closed"]]);
    assert.match((await verify(mp4, "--camera", number)).out, /mp4-closed: The recording is closed/);

    const at = Buffer.from(film.bytes).indexOf("moov") - 100;
    const turned = put("turned.mp4", flipped(film.bytes, at));
    const foreign = await verify(turned, "--sealed", elsewhere, ...key, "--json");
    assert.deepEqual([foreign.code, JSON.parse(foreign.out).reasons], [1, ["mp4-foreign"]]);
    assert.equal(JSON.parse(foreign.out).mp4.foreign, 1);
    assert.match((await verify(turned, "--sealed", elsewhere, ...key)).out, /The first difference: /);

    assert.equal((await verify(good, "--sealed", elsewhere)).code, 2, "--sealed is for an MP4");
  });

  it("judges a disclosed picture, and needs no card for it", async () => {
    const sealed = await sealedItems(await camera.begin(41), recorded("vp8"));
    const known = [{ number: camera.number, identities: [camera.identity] }];
    const options = { known, sensor: await makeSensor() };
    const file = await disclose(sourceOf(fileOf(sealed)), options, { track: 1, sequence: 14 });
    const path = put("picture.sealed", file);
    const { code, out } = await verify(path, "--camera", number, "--json");
    assert.equal(code, 0);
    const { kind, state, picture, frames, gaps, camera: found } = JSON.parse(out);
    assert.deepEqual([kind, state, found, frames], ["disclosed", "ST1", number, 3]);
    assert.deepEqual(gaps, []);
    assert.deepEqual([picture.what, picture.sequence, picture.captured], ["delta", 14, 1_700_000_001_400]);
    const told = await verify(path, "--camera", number);
    assert.match(
      told.out,
      /^Guaranteed: this disclosed picture.*[\s\S]*a picture, number 14 of track 1\n.*2023-11-14T/,
    );
    const unknown = await verify(path);
    assert.equal(unknown.code, 1);
    assert.match(unknown.out, /camera-unknown[\s\S]*What is there is unchanged/);
    const changed = await verify(
      put("changed-picture.sealed", flipped(file, file.length - 1)),
      "--camera",
      number,
      "--json",
    );
    assert.deepEqual([changed.code, JSON.parse(changed.out).reasons], [1, ["commitment"]]);
  });

  it("calls no other source guaranteed, and names it", async () => {
    const none = { state: "ST0", reasons: ["not-sealed"], gaps: [], faults: [] };
    for (const [name, beginning, told] of [
      ["a.jpeg", [0xff, 0xd8, 0xff, 0xe0], "a JPEG picture"],
      ["a.png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], "a PNG picture"],
      ["a.heic", [0, 0, 0, 24, ...utf8("ftypheic")], "a HEIC"],
      ["a.gif", [...utf8("GIF89a")], "a GIF picture"],
      ["a.sealed", [0, 0, 0], "of no kind that is known here"],
    ] as const) {
      const path = put(name, new Uint8Array([...beginning, ...randomBytes(99)]));
      const { code, out } = await verify(path);
      assert.equal(code, 2);
      assert.ok(out.startsWith("Not a sealed file.") && out.includes(told), out);
      const { state, reasons, gaps, faults, readable } = JSON.parse((await verify(path, "--json")).out);
      assert.deepEqual({ state, reasons, gaps, faults, readable }, { ...none, readable: false });
    }
  });

  it("takes no more memory for a long recording than for a short one", async () => {
    const shape = { format: "I420", width: 640, height: 480 } as const;
    const pixels = new Uint8Array(640 * 480 * 1.5).fill(127);
    const long = async (frames: number): Promise<string> => {
      const stream = await camera.begin(frames);
      const path = join(folder, `${frames}.sealed`);
      const out = await open(path, "w");
      await out.write(stream.head);
      await out.write(stream.epoch);
      for (let at = 0; at < frames; at += 1) await out.write(await stream.seal(at, { shape, pixels }));
      await out.write(await stream.end(frames));
      await out.close();
      return path;
    };
    const [short, large] = [
      await verify(await long(50), "--camera", number),
      await verify(await long(650), "--camera", number),
    ];
    assert.deepEqual([short.code, large.code], [0, 0]);
    // 23 MB and 300 MB.
    assert.ok(large.peak < short.peak + 64 * 1024, `${short.peak} KiB, then ${large.peak} KiB`);
  });
});
