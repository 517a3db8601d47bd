import { expose, Fault, steadyClock, systemClock } from "../base/index.ts";
import { numberText } from "../keys/index.ts";
import { ArraySensor, compileKernels, instantiate } from "../sensor/index.ts";
import { browserAbilities } from "./browser-abilities.ts";
import type { Track } from "./camera.api.ts";
import { readableOf, takesTracks } from "./camera-frames.ts";
import { CheatBench } from "./cheat-bench.ts";
import { runChecks } from "./check-runner.ts";
import { knownAnswers } from "./known-answers.ts";
import { pictureOutput } from "./picture-output.ts";
import { abilityNames, answerNames, type SelfCheckApi } from "./self-check.api.ts";

const kernels = compileKernels();
// Every check that needs them hears of a failure.
kernels.catch(() => undefined);

/** The bench that runs, and what ends with it. */
let running: { readonly bench: CheatBench; end(): void } | null = null;
/** Counts beginnings and ends: a beginning that was overtaken undoes itself. */
let turn = 0;

const api: SelfCheckApi = {
  answer(onfound) {
    const answers = (async () => knownAnswers(await instantiate(await kernels)))();
    answers.catch(() => undefined);
    const checks = answerNames.map((name) => ({
      name,
      run: async (said: Parameters<Awaited<typeof answers>[typeof name]>[0]) => (await answers)[name](said),
    }));
    return runChecks(checks, onfound);
  },
  look(window, onfound) {
    const abilities = browserAbilities(window);
    return runChecks(
      abilityNames.map((name) => ({ name, run: abilities[name] })),
      onfound,
    );
  },

  takesTracks,
  async begin(frames, path, label, pictures, events) {
    await api.stop();
    const mine = ++turn;
    const track: Track | null = "track" in frames ? frames.track : null;
    const output = pictureOutput(pictures);
    const end = (): void => {
      track?.stop();
      output.close();
    };
    try {
      const bench = await CheatBench.begin(readableOf(frames), {
        makeSensor: async () => new ArraySensor(await instantiate(await kernels)),
        ...{ clock: systemClock, steady: steadyClock, path, label, output },
        events: {
          oncheated: (cheat) => events.oncheated(cheat),
          onended(code) {
            end();
            events.onended(code);
          },
        },
      });
      if (mine !== turn) {
        await bench.stop();
        throw new Fault("camera-stopped");
      }
      running = { bench, end };
      return numberText(bench.number);
    } catch (error) {
      end();
      throw error;
    }
  },
  cheat: (cheat) => running?.bench.cheat(cheat),
  resend: () => running?.bench.resend(),
  async stop() {
    turn += 1;
    const was = running;
    running = null;
    await was?.bench.stop();
    was?.end();
  },
};

expose(api);
