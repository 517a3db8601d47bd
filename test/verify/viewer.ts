import type { Bytes, Clock } from "../../src/base/index.ts";
import { type Finding, Judge, type LastHead, StateKeeper } from "../../src/verify/index.ts";
import { type FakeClock, fakeClock, makeSensor, type TestCamera } from "../seal/camera.ts";
import { opened } from "../seal/pictures.ts";

/** A viewer of one camera: judge, state and sensor, with a clock that stands. */
export const makeViewer = async <C extends Clock = FakeClock>(
  camera: Pick<TestCamera, "number" | "identity">,
  options: {
    readonly identities?: readonly string[];
    readonly generation?: number;
    readonly lastHead?: LastHead | null;
    readonly clock?: C;
  } = {},
) => {
  const {
    clock = fakeClock() as Clock as C,
    lastHead = null,
    identities = [camera.identity],
    generation = 0,
  } = options;
  const sensor = await makeSensor();
  const judge = new Judge({ number: camera.number, identities, generation, sensor, clock, lastHead });
  const state = new StateKeeper(clock);
  const take = async (item: Uint8Array) => judge.take(item);
  /** The finding in a word: a fault's reason, or its kind. */
  const sees = async (item: Uint8Array): Promise<string> => {
    const finding = await judge.take(item);
    return finding.kind === "fault" ? finding.reason : finding.kind;
  };
  /** The picture that lies opened in the sensor after a good frame. */
  const picture = (finding: Finding): Bytes => {
    if (finding.kind !== "frame") throw new TypeError(`there is no picture of ${finding.kind}`);
    return opened(sensor, finding.frame);
  };
  /** As `Viewing` does it. */
  const judges = async (item: Uint8Array) => {
    const finding = await judge.take(item);
    return state.take(finding, judge.missing);
  };
  return { judge, state, sensor, clock, take, sees, judges, picture };
};

export type TestViewer = Awaited<ReturnType<typeof makeViewer<FakeClock>>>;
