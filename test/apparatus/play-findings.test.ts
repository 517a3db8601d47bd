// Played from some place in the file, an item must not count for more than it does in the whole of it.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { PlayFindings } from "../../src/apparatus/play-findings.ts";
import { completeIndex } from "../../src/seal/index.ts";
import { judgeRecording, type KnownCamera, type RecordingFault } from "../../src/verify/index.ts";
import { makeCamera, makeSensor, type TestCamera } from "../seal/camera.ts";
import { fileOf, sourceOf } from "../seal/recordings.ts";
import { codedVideo, playing } from "./playing.ts";

describe("a file whose parts are good and stand where they must not", () => {
  let camera: TestCamera;
  let known: KnownCamera[];
  before(async () => {
    camera = await makeCamera();
    known = [{ number: camera.number, identities: [camera.identity] }];
  });

  /** Plays it from each of its entries; no item that the whole refuses is ST1 from any of them. */
  const playedFromEverywhere = async (items: readonly Uint8Array[]): Promise<readonly RecordingFault[]> => {
    const source = sourceOf(fileOf(items));
    const findings = new PlayFindings();
    const { faults } = await judgeRecording(source, {
      ...{ known, sensor: await makeSensor() },
      onfault: (fault) => findings.note(fault),
    });
    await played(items, findings, faults);
    // Before anybody has judged the whole, what the frames claim says the same.
    const { index } = await completeIndex(source, new Uint8Array(0));
    await played(items, new PlayFindings(index!), faults);
    return faults;
  };

  const played = async (
    items: readonly Uint8Array[],
    findings: PlayFindings,
    faults: readonly RecordingFault[],
  ): Promise<void> => {
    const bad = new Set(faults.map(({ offset }) => offset));
    const play = await playing(items, known, { findings });
    const shown = new Map<number, string>();
    for (const { offset } of play.index.entries) {
      await play.player.seek({ offset });
      play.player.play();
      await play.advance(30_000);
      play.player.pause();
      for (const moment of play.moments.splice(0)) {
        if (moment.verdict.state === "ST1") shown.set(moment.offset, "ST1");
        if (bad.has(moment.offset) && !moment.isHole)
          assert.deepEqual([moment.verdict.state, moment.picture], ["ST0", null], `${moment.offset}`);
      }
    }
    await play.player.close();
    for (const { offset } of faults) assert.ok(!shown.has(offset), `${offset}`);
    assert.ok(shown.size > 0);
    assert.equal(play.openings.open.size, 0);
  };

  it("[SR8] frames behind the end", async () => {
    const stream = await camera.begin(1);
    const video = await codedVideo(stream, 24);
    const end = await stream.end(new Map([[1, 24]]));
    const faults = await playedFromEverywhere([
      ...[stream.head, stream.epoch, ...video.slice(0, 12)],
      ...[end, ...video.slice(12)],
    ]);
    assert.deepEqual([faults.length, faults[0]!.reason], [12, "ended"]);
  });

  it("[SR5] frames once more behind the rest, and an earlier part behind a later one", async () => {
    const stream = await camera.begin(2, camera.hash);
    const video = await codedVideo(stream, 24);
    const end = await stream.end(new Map([[1, 48]]));
    const again = await playedFromEverywhere([
      ...[stream.head, stream.epoch, ...video],
      ...[...video.slice(0, 12), end],
    ]);
    assert.deepEqual([again.length, again[0]!.reason], [12, "sequence"]);
    const far = await codedVideo(stream, 24, { from: 24, begin: 60_000 });
    const earlier = await playedFromEverywhere([stream.head, stream.epoch, ...far, ...video, end]);
    assert.deepEqual([earlier.length, earlier[0]!.reason], [24, "sequence"]);
  });

  it("[SR5] one picture of later on, put in front: from any entry behind it, nothing up to it counts", async () => {
    const stream = await camera.begin(3, camera.hash);
    const video = await codedVideo(stream, 48);
    const end = await stream.end(new Map([[1, 48]]));
    const faults = await playedFromEverywhere([
      ...[stream.head, stream.epoch, ...video.slice(0, 13)],
      ...[video[30]!, ...video.slice(13), end],
    ]);
    assert.deepEqual([faults.length, faults[0]!.reason], [18, "sequence"]);
  });

  it("what frames claim counts against them alone, and until the judgement has passed them", async () => {
    const claims = { ended: 100, backs: [{ offset: 50, track: 1, below: 8 }] };
    const findings = new PlayFindings(claims);
    const all = () =>
      [
        [49, 1, 7],
        [50, 1, 7],
        [50, 1, 8],
        [50, 2, 7],
        [100, 1, 9],
        [101, 1, 9],
      ].map(([offset, track, sequence]) => findings.at(offset!, { track: track!, sequence: sequence! }));
    assert.deepEqual(all(), [null, "sequence", null, null, null, "ended"]);
    findings.reach(51);
    assert.deepEqual(all(), [null, null, null, null, null, "ended"]);
    findings.take({ faults: [], faultCount: 0 });
    assert.deepEqual(all(), [null, null, null, null, null, null]);
  });

  it("more faults than are noted, or than a report lists: nothing behind them is believed", () => {
    const findings = new PlayFindings();
    const place = { track: 1, sequence: 0 };
    for (let offset = 0; offset < 65_536; offset += 1) findings.note({ offset, reason: "tag" });
    assert.equal(findings.at(70_000, place), null);
    findings.note({ offset: 65_600, reason: "sequence" });
    assert.deepEqual(
      [65_535, 65_599, 65_600, 70_000].map((offset) => findings.at(offset, place)),
      ["tag", null, "sequence", "sequence"],
    );
    const listed = new PlayFindings();
    listed.take({ faults: [{ offset: 9, reason: "ended" }], faultCount: 2 });
    assert.deepEqual(
      [listed.at(8, place), listed.at(9, place), listed.at(10, place)],
      [null, "ended", "ended"],
    );
  });
});
