import { type Check, inFile } from "./check.ts";

const streamLife = (title: string) => ({ file: "test/apparatus/stream-life.test.ts", title });
const pictureTrack = (title: string) => ({ file: "test/apparatus/picture-track.test.ts", title });
const watcher = (title: string) => ({ file: "test/apparatus/watcher.test.ts", title });
const nonceDesk = (title: string) => ({ file: "test/apparatus/nonce-desk.test.ts", title });
const soundTrack = (title: string) => ({ file: "test/apparatus/sound-track.test.ts", title });

/** What a stream makes for whom, in which order, how fast, and that it keeps and loses nothing. */
export const streamChecks: readonly Check[] = [
  ...inFile("src/apparatus/picture-track.ts", [
    {
      what: "nothing is coded while a still is made",
      text: "if (!this.#quality || this.#isStilling) return;",
      instead: "if (!this.#quality) return;",
      test: pictureTrack("codes nothing while a still is made, and goes on behind it with a key frame"),
    },
    {
      what: "behind a still comes a key frame",
      text: "        this.#coder?.needKey();\n",
      instead: "",
      test: pictureTrack("codes nothing while a still is made, and goes on behind it with a key frame"),
    },
    {
      what: "pictures of an earlier setting are dropped",
      text: "if (turn === this.#turn) this.#out.coded(picture);",
      instead: "if (turn) this.#out.coded(picture);",
      test: pictureTrack(
        "gives no picture of an earlier setting, nor is it lost with that one's coder, and wipes what still comes",
      ),
    },
    {
      what: "pictures of an earlier setting are wiped",
      text: "              else picture.bytes.fill(0);\n",
      instead: "",
      test: pictureTrack(
        "gives no picture of an earlier setting, nor is it lost with that one's coder, and wipes what still comes",
      ),
    },
    {
      what: "the end of an earlier setting's coder is none",
      text: "if (turn === this.#turn) this.#lose();",
      instead: "if (turn) this.#lose();",
      test: pictureTrack(
        "gives no picture of an earlier setting, nor is it lost with that one's coder, and wipes what still comes",
      ),
    },
    {
      what: "a coder's end is heard",
      text: "if (turn === this.#turn) this.#lose();",
      instead: "",
      test: pictureTrack(
        "gives no picture of an earlier setting, nor is it lost with that one's coder, and wipes what still comes",
      ),
    },
    {
      what: "stills of an earlier setting are dropped",
      text: "        if (turn !== this.#turn) {\n          still.bytes.fill(0);\n          return;\n        }\n",
      instead: "",
      test: pictureTrack(
        "gives no still of an earlier setting, wipes it, and makes the one that is owed under the new one",
      ),
    },
    {
      what: "stills of an earlier setting are wiped",
      text: "          still.bytes.fill(0);\n",
      instead: "",
      test: pictureTrack(
        "gives no still of an earlier setting, wipes it, and makes the one that is owed under the new one",
      ),
    },
    {
      what: "a codec chosen for an earlier setting is none",
      text: "if (turn !== this.#turn) return;\n        this.#without",
      instead: "this.#without",
      test: pictureTrack("begins no coder that was chosen for an earlier setting"),
    },
    {
      what: "without stills the video begins",
      text: "        // Without stills the video has to begin without one.\n        this.#owesStill = null;\n",
      instead: "",
      test: pictureTrack("begins with video where no still can be made"),
    },
  ]),
  ...inFile("src/apparatus/camera-stream.ts", [
    {
      what: "the pace goes on over others' wishes",
      text: "if (lossless !== before.lossless)",
      instead: "if (before)",
      test: streamLife("come no faster because viewers say again and again what they want"),
    },
    {
      what: "nothing is made for a viewer that left",
      text: '      this.#nonces.forget(watcher);\n      this.#plans("viewer");\n',
      instead: "      this.#nonces.forget(watcher);\n",
      test: streamLife("and said so is coded and sealed for no more"),
    },
    {
      what: "raw frames that are not due are not sealed",
      text: "this.#plan.lossless !== null && this.#pace?.isDue(captured) !== false",
      instead: "this.#plan.lossless !== null",
      test: streamLife("come as often as they are wanted, not as often as the device gives them"),
    },
    {
      what: "a raw frame that is taken has its turn",
      text: "    this.#pace?.take(captured);\n",
      instead: "",
      test: streamLife("come as often as they are wanted, not as often as the device gives them"),
    },
    {
      what: "raw frames have the pace that is wanted",
      text: "this.#pace = lossless === null || lossless >= mostFramesPerSecond ? null : new Pace(lossless);",
      instead: "this.#pace = null;",
      test: streamLife("come as often as they are wanted, not as often as the device gives them"),
    },
    {
      what: "frames go out in the order of their sequences",
      text: "Promise.allSettled([sealing, this.#sending])",
      instead: "Promise.allSettled([sealing])",
      test: streamLife("goes out in the order of its sequences, whichever signature comes first"),
    },
    {
      what: "nothing is coded while too much waits for its signature",
      text: "if (this.#waiting < mostWaiting) {",
      instead: "if (this.#waiting >= 0) {",
      test: streamLife(
        "is so much at most: meanwhile no picture is coded and sound is left out, and then all goes on without a gap",
      ),
    },
    {
      what: "no sound is sealed while too much waits for its signature",
      text: " || (isSound && this.#waiting >= mostWaiting)",
      instead: "",
      test: streamLife(
        "is so much at most: meanwhile no picture is coded and sound is left out, and then all goes on without a gap",
      ),
    },
    {
      what: "what went out waits no more",
      text: "      this.#waiting -= 1;\n",
      instead: "",
      test: streamLife(
        "is so much at most: meanwhile no picture is coded and sound is left out, and then all goes on without a gap",
      ),
    },
    {
      what: "what was sealed is wiped",
      text: "    bytes.fill(0);\n    this.#waiting += 1;\n",
      instead: "    this.#waiting += 1;\n",
      test: streamLife("are wiped when the sensor has them: pictures, stills, sound and text"),
    },
    {
      what: "what is not sealed is wiped as well",
      text: "      bytes.fill(0);\n      if (!this.#isOver",
      instead: "      if (!this.#isOver",
      test: streamLife("are wiped where the stream failed before they came"),
    },
    {
      what: "the end erases the key of raw frames",
      text: "    sensor.forget();\n    codedSensor.forget();\n",
      instead: "    codedSensor.forget();\n",
      test: streamLife("erases the keys of both sensors"),
    },
    {
      what: "the end erases the key of coded frames",
      text: "    codedSensor.forget();\n",
      instead: "",
      test: streamLife("erases the keys of both sensors"),
    },
    {
      what: "the end closes the sound",
      text: "bundle holds is sealed, and counted, before the end; of live sound what is held is dropped.\n    this.#sound.close();\n",
      instead: "\n",
      test: streamLife(
        "[SF12] seals for the recording what is held of its sound, and counts it; of live sound it drops that",
      ),
    },
  ]),
  ...inFile("src/apparatus/sound-track.ts", [
    {
      what: "what is held of a recording's sound is not lost",
      text: "    this.#recorded.finish();\n    this.#live.drop();\n",
      instead: "    this.#recorded.drop();\n    this.#live.drop();\n",
      test: streamLife(
        "[SF12] seals for the recording what is held of its sound, and counts it; of live sound it drops that",
      ),
    },
    {
      what: "sound has the camera's time",
      text: "this.#take(value, own + offset);",
      instead: "this.#take(value, own);",
      test: soundTrack(
        "is the camera's clock's, and as even as the device's own, however unevenly chunks come",
      ),
    },
    {
      what: "sound is as even as the device's own time",
      text: "if (Math.abs(now() - (own + offset)) > 500) offset",
      instead: "if (now()) offset",
      test: soundTrack(
        "is the camera's clock's, and as even as the device's own, however unevenly chunks come",
      ),
    },
    {
      what: "sound follows a clock that was set",
      text: "if (Math.abs(now() - (own + offset)) > 500) offset",
      instead: "if (offset === 0) offset",
      test: soundTrack("follows a clock that was set, either way, and a device that slept"),
    },
  ]),
  ...inFile("src/apparatus/nonce-desk.ts", [
    {
      what: "a viewer has one nonce at the desk",
      text: "if (watcher.isAsking) return;",
      instead: "",
      test: nonceDesk("holds one nonce of each, however many they send"),
    },
    {
      what: "nonces are gathered behind a signature",
      text: "if (since >= gatherTime) return void this.#answer();",
      instead: "return void this.#answer();",
      test: nonceDesk("each see live, beat for beat, by far fewer signatures than nonces"),
    },
  ]),
  ...inFile("src/apparatus/watcher.ts", [
    {
      what: "a still is no key frame",
      text: 'if (kind === "key" || kind === "raw") this.#waitsForKey = false;',
      instead: "this.#waitsForKey = false;",
      test: watcher("gets no delta behind a still: a still is no key frame"),
    },
    {
      what: "sound probes nobody",
      text: "return isPicture && this.#steady.now() - this.#sent >= probeInterval;",
      instead: "return this.#steady.now() - this.#sent >= probeInterval;",
      test: watcher("is probed with pictures, never with sound"),
    },
    {
      what: "who is silent is probed",
      text: "return isPicture && this.#steady.now() - this.#sent >= probeInterval;",
      instead: "return false;",
      test: watcher("is probed with pictures, never with sound"),
    },
    {
      what: "what the window does not hold is left out",
      text: "const fits = this.carrier.hasRoom(item.length + beside);",
      instead: "const fits = item.length > 0;",
      test: watcher("gets nothing that its carrier has no room for, whatever its credit, nor does the probe"),
    },
    {
      what: "no key frame is made for who has no room for one",
      text: "this.#hasRoom(track) && this.carrier.hasRoom(this.#lacked)",
      instead: "this.#hasRoom(track)",
      test: watcher("asks for a key frame only when there is room for what was left out"),
    },
    {
      what: "another track's break is none of its own",
      text: "if (track === this.#track) this.#waitsForKey = true;",
      instead: "this.#waitsForKey = true;",
      test: watcher("goes on where another track broke off, and waits where its own did"),
    },
    {
      what: "behind a break it waits for a key frame",
      text: "if (track === this.#track) this.#waitsForKey = true;",
      instead: "",
      test: watcher("goes on where another track broke off, and waits where its own did"),
    },
    {
      what: "credit is of one track",
      text: "track !== upTo.track || sequence > upTo.sequence",
      instead: "sequence > upTo.sequence",
      test: watcher("frees by credit its own track alone, up to the sequence it names"),
    },
    {
      what: "credit reaches up to its sequence",
      text: "track !== upTo.track || sequence > upTo.sequence",
      instead: "track !== upTo.track",
      test: watcher("frees by credit its own track alone, up to the sequence it names"),
    },
  ]),
  ...inFile("src/apparatus/recorder.ts", [
    {
      what: "so many epochs are remembered",
      text: "[...this.#epochs, item.slice()].slice(-rememberedEpochs)",
      instead: "[...this.#epochs, item.slice()]",
      test: {
        file: "test/apparatus/recorder.test.ts",
        title: "remembers so many of a stream's epochs, the last ones, however many there were",
      },
    },
  ]),
];
