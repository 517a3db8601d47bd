import type { Ending } from "../../apparatus/index.ts";
import type { Reason, Verdict } from "../../verify/index.ts";
import type { AlarmNow, ViewerSnapshot } from "./snapshots.ts";

/** A judge that says nothing for this long is taken for gone, with what it judged; the judge itself notices silence sooner. ms */
const patience = 4_500;
/** How long it is said that pictures came again. ms */
const saidFor = 10_000;

export interface AlarmMeans {
  /** A steady clock, in ms. */
  readonly now: () => number;
  readonly show: (change: Pick<ViewerSnapshot, "alarm" | "resumed">) => void;
  /** Makes itself heard, where the person wants that. */
  readonly sound: () => void;
}

/**
 * When a viewer is alarmed: pictures had been guaranteed, and are no longer. Before the first guaranteed picture nothing is lost, and there is no
 * alarm; each one sounds once, and lasts until pictures are guaranteed again.
 */
export class Alarm {
  readonly #means: AlarmMeans;
  /** When the last guaranteed picture came; null: none yet. */
  #good: number | null = null;
  #alarm: AlarmNow | null = null;
  /** When pictures came again after an alarm. */
  #resumed: number | null = null;
  /** The camera's own word for what its last alarm was about. */
  #ending: Ending | null = null;

  constructor(means: AlarmMeans) {
    this.#means = means;
  }

  /** A verdict came; `ending`: the camera's own word for its end, if that is what the verdict says. */
  take({ state, reason = "waiting" }: Verdict, ending: Ending | null): void {
    if (state !== "ST0") this.#goOn();
    else if (reason !== "waiting") this.#raise(reason, reason === "ended" ? ending : null);
  }

  /** The camera is back, and says what ended its stream before: more than could be seen of it from here. */
  explain(ending: Ending): void {
    this.#ending = ending;
    if (this.#alarm === null) return;
    this.#alarm = { ...this.#alarm, ending };
    this.#means.show({ alarm: this.#alarm, resumed: null });
  }

  /** To be called about twice a second. */
  look(): void {
    const now = this.#means.now();
    if (this.#good !== null && !this.#alarm && now - this.#good > patience) this.#raise("silent", null);
    if (this.#resumed === null || now - this.#resumed < saidFor) return;
    this.#resumed = null;
    this.#means.show({ alarm: this.#alarm, resumed: null });
  }

  /** The judge itself is gone: nothing is judged any more. */
  die(): void {
    this.#raise("silent", null);
  }

  /** Another camera, or none: what was seen before is no loss. */
  reset(): void {
    this.#good = null;
    this.#alarm = null;
    this.#resumed = null;
    this.#ending = null;
    this.#means.show({ alarm: null, resumed: null });
  }

  #goOn(): void {
    const now = this.#means.now();
    const before = this.#good;
    this.#good = now;
    const ending = this.#ending;
    this.#ending = null;
    if (!this.#alarm || before === null) return;
    this.#alarm = null;
    this.#resumed = now;
    this.#means.show({ alarm: null, resumed: { after: now - before, ending } });
  }

  #raise(reason: Reason, ending: Ending | null): void {
    if (this.#good === null) return;
    const isNew = this.#alarm === null;
    if (this.#alarm?.reason === reason && this.#alarm.ending === ending) return;
    // What is found out later about the same alarm is said, and not sounded once more.
    const after = this.#alarm?.after ?? this.#means.now() - this.#good;
    this.#alarm = { reason, ending, after };
    this.#ending = ending;
    this.#resumed = null;
    if (isNew) this.#means.sound();
    this.#means.show({ alarm: this.#alarm, resumed: null });
  }
}
