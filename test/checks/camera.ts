import { type Check, inFile } from "./check.ts";

const spoilers = (title: string) => ({ file: "test/apparatus/spoilers.test.ts", title });
const admission = (title: string) => ({ file: "test/apparatus/admission.test.ts", title });
const soundTrack = (title: string) => ({ file: "test/apparatus/sound-track.test.ts", title });

/** What keeps one viewer from spoiling the others' picture, and what was heard or held from outliving its end. */
export const cameraChecks: readonly Check[] = [
  ...inFile("src/apparatus/allowance.ts", [
    {
      what: "what is not due yet is not done",
      text: "if (due > now) return false;",
      instead: "",
      test: {
        file: "test/apparatus/allowance.test.ts",
        title: "is done so many times at once, and then once each interval",
      },
    },
    {
      what: "turns are saved up to a number",
      text: "Math.max(this.#due, now - (this.#most - 1) * this.#interval)",
      instead: "this.#due",
      test: {
        file: "test/apparatus/allowance.test.ts",
        title: "is saved up to that number and no further",
      },
    },
  ]),
  ...inFile("src/apparatus/camera.ts", [
    {
      what: "who was proving its key while another set came is let in by that one",
      text: "if (!isIn(running.set, viewerKey)) carrier.close();\n      else if",
      instead: "if",
      test: {
        file: "test/apparatus/camera-keys.test.ts",
        title: "who is still proving its key when a new set leaves it out is not let in",
      },
    },
  ]),
  ...inFile("src/apparatus/viewer.ts", [
    {
      what: "[SF32] announcements that are over are not recorded",
      text: 'if (finding.kind !== "epoch" || !finding.isOver)\n',
      instead: "",
      test: {
        file: "test/apparatus/rekey.test.ts",
        title: "announcements that are over, repeated by who carries them, reach no recording",
      },
    },
  ]),
  ...inFile("src/apparatus/admission.ts", [
    {
      what: "the key that is proved is the one that was introduced",
      text: "if (!equal(proof.key, key)) throw wrong();",
      instead: "",
      test: admission("gets nothing for a proof by another key than the relay named, and is closed"),
    },
    {
      what: "a proof is checked before anything is sent",
      text: "await Promise.race([checking, ended]);",
      instead: "await Promise.race([null, ended]);",
      test: admission("gets nothing for a proof for another nonce, as from another channel, and is closed"),
    },
    {
      what: "a proof comes in time",
      text: 'const timer = setTimeout(() => reject(new Fault("peer-proof")), proofWithin);',
      instead: "const timer = setTimeout(() => reject, proofWithin);",
      test: admission("is closed after ten seconds without a proof"),
    },
    {
      what: "who proved nothing is closed",
      text: "    carrier.close();\n    throw error;\n",
      instead: "    throw error;\n",
      test: admission("is closed after ten seconds without a proof"),
    },
  ]),
  ...inFile("src/apparatus/viewing-proof.ts", [
    {
      what: "a proof is for one camera and one nonce",
      text: "encodeCbor([number, nonce, key, pass])",
      instead: "encodeCbor([number.length + nonce.length, key, pass])",
      test: admission("gets nothing for a proof for another camera, and is closed"),
    },
    {
      what: "a pass is signed",
      text: "encodeCbor([number, nonce, key, pass])",
      instead: "encodeCbor([number, nonce, key, pass === null])",
      test: admission("gets nothing for a proof with a pass that was exchanged, and is closed"),
    },
  ]),
  ...inFile("src/apparatus/viewer.ts", [
    {
      what: "one challenge is answered",
      text: "|| this.#isChallenged) return;",
      instead: ") return;",
      test: admission("answers one challenge of a connection, and no other"),
    },
  ]),
  ...inFile("src/apparatus/picture-track.ts", [
    {
      what: "viewers change settings once a second",
      text: 'if (by === "camera" || this.#changes.take()) this.#begin(quality);',
      instead: "if (by) this.#begin(quality);",
      test: spoilers(
        "changes settings once a second after the first times; the newest wish wins, and within a second",
      ),
    },
    {
      what: "a wish that waited is obeyed",
      text: "if (this.#next && this.#changes.take()) this.#begin(this.#next);",
      instead: "",
      test: spoilers(
        "changes settings once a second after the first times; the newest wish wins, and within a second",
      ),
    },
    {
      what: "viewers get stills once a second",
      text: 'if (this.#owesStill === "camera" || (this.#owesStill && this.#stills.take()))',
      instead: "if (this.#owesStill)",
      test: spoilers(
        "that goes from one picture to the other costs who watches a still and a key frame a second",
      ),
    },
    {
      what: "a recording's still is not a viewer's",
      text: 'if (this.#owesStill !== "camera") this.#owesStill = by;',
      instead: "this.#owesStill = by;",
      test: spoilers("does not keep a recording from beginning with a still, at once"),
    },
  ]),
  ...inFile("src/apparatus/camera-stream.ts", [
    {
      what: "no viewer changes what a recording takes",
      text: 'if (kept.some((keeper) => keeper.picture === picture)) return [{ ...wish, picture: "none" }];',
      instead: "",
      test: spoilers(
        "changes nothing of what the camera's own recording takes, whatever it wants and however often",
      ),
    },
    {
      what: "a stream that is over lets nobody in",
      text: "if (this.#watchers.size >= mostWatchers || this.#isOver) {",
      instead: "if (this.#watchers.size >= mostWatchers) {",
      test: {
        file: "test/apparatus/camera.test.ts",
        title: "[RP19] lets nobody in whose proof comes when the stream is over",
      },
    },
    {
      what: "the stream's beginning is repeated once a second",
      text: " && openings.take()) this.#open(watcher, asked);",
      instead: ") this.#open(watcher, asked);",
      test: spoilers("gets what opens the stream again once a second, however often it asks"),
    },
    {
      what: "a stream that could not seal ends",
      text: 'if (this.#failed) throw new Fault("seal-failed");',
      instead: "",
      test: spoilers("is erased, and the stream cannot go on as if nothing were"),
    },
    {
      what: "what is too long is no failure",
      text: 'if (!["shape", "malformed"].includes(faultCode(reason))) this.#failed = true;',
      instead: "this.#failed = true;",
      test: spoilers("because it is too long is left out, and the stream goes on"),
    },
  ]),
  ...inFile("src/seal/seal-frame.ts", [
    {
      what: "what could not be sealed is erased",
      text: "    sensor.wipe();\n",
      instead: "",
      test: spoilers("is erased, and the stream cannot go on as if nothing were"),
    },
  ]),
  ...inFile("src/apparatus/sound-track.ts", [
    {
      what: "live sound that nobody wants any more is dropped",
      text: "if (!wants.live) this.#live.drop();",
      instead: "",
      test: soundTrack(
        "reaches nobody who listens later: neither after a wish ended nor after the microphone was off",
      ),
    },
    {
      what: "a recording's sound that nobody wants any more is dropped",
      text: "if (!wants.recorded) this.#recorded.drop();",
      instead: "",
      test: soundTrack("is in no later recording, and the end of one that goes on is"),
    },
    {
      what: "live sound is dropped when the microphone is closed",
      text: "    this.#recorded.finish();\n    this.#live.drop();\n",
      instead: "    this.#recorded.finish();\n",
      test: soundTrack(
        "reaches nobody who listens later: neither after a wish ended nor after the microphone was off",
      ),
    },
    {
      what: "a microphone that ends is closed",
      text: "if (this.#reader === reader) this.close();",
      instead: "if (this.#reader === reader) this.#reader = null;",
      test: soundTrack("is wiped, and who listens live takes nothing from the recording"),
    },
    {
      what: "a packet is wiped when the bundlers have theirs",
      text: "packet.bytes.fill(0);",
      instead: "",
      test: soundTrack("is wiped, and who listens live takes nothing from the recording"),
    },
  ]),
  ...inFile("src/media/sound-bundle.ts", [
    {
      what: "a bundler holds bytes of its own",
      text: "{ ...packet, bytes: packet.bytes.slice() }",
      instead: "packet",
      test: soundTrack("is wiped, and who listens live takes nothing from the recording"),
    },
    {
      what: "what is dropped is not kept",
      text: "    for (const { bytes } of this.#held) bytes.fill(0);\n    this.#held = [];\n",
      instead: "",
      test: soundTrack("is in no later recording, and the end of one that goes on is"),
    },
  ]),
];
