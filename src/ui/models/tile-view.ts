import { type PictureMessage, usualWant, type ViewerApi, type Want } from "../../apparatus/index.ts";
import type { PassRefusal } from "../../auth/index.ts";
import { faultCode, proxy, type Remote, transfer } from "../../base/index.ts";
import { CameraLine } from "./camera-line.ts";
import { smallSide } from "./one-view.ts";
import type { JudgedPicture, TileNow } from "./snapshots.ts";

/** Of each tile, however many there are: the small picture at a third of the usual rate, and nothing else. */
export const tileWant: Want = {
  ...usualWant,
  ...{ picture: "small", longest: smallSide, framesPerSecond: 10, sound: false, text: false },
};

/** The snapshot changes at most this often while pictures run. ms */
const snapshotInterval = 1_000;

export type TileChange = Partial<Pick<TileNow, "waitingFor" | "delay" | "path" | "fault" | "elsewhere">>;

export interface TileViewMeans {
  readonly remote: Remote<ViewerApi>;
  readonly number: string;
  readonly show: (change: TileChange) => void;
  /** Takes the frame over. */
  readonly onpicture: (judged: JudgedPicture) => void;
}

/** One camera among several, from being shown to being paused or taken away. What goes wrong with it is said there and nowhere else. */
export class TileView {
  readonly #means: TileViewMeans;
  #line: CameraLine | null = null;
  #pictures: MessagePort | null = null;
  #shown = 0;
  #isOver = false;

  constructor(means: TileViewMeans) {
    this.#means = means;
  }

  async begin(): Promise<void> {
    const { remote, number, show } = this.#means;
    const { port1, port2 } = new MessageChannel();
    const none = (): void => undefined;
    const events = proxy({
      ...{
        onsound: none,
        ontext: none,
        onlabel: none,
        onended: none,
        onbefore: none,
        onunsent: none,
        onrecording: none,
        onerased: none,
      },
      onpass: (why: PassRefusal) => this.#needPass(`pass-${why}`),
      onclosed: () => this.#line?.ended(),
    });
    show({ waitingFor: "relay" });
    try {
      const ticket = await remote.view(number, tileWant, transfer(port2, [port2]), events);
      if (this.#isOver) return port1.close();
      this.#pictures = port1;
      port1.onmessage = ({ data }: MessageEvent<PictureMessage>) => this.#picture(port1, data);
      const onpass = (fault: string): void => this.#needPass(fault);
      this.#line = new CameraLine({ remote, number, ticket, show, onpass });
      this.#line.join();
    } catch (error) {
      show({ fault: faultCode(error), waitingFor: null });
    }
  }

  end(): void {
    this.#isOver = true;
    this.#line?.end();
    this.#pictures?.close();
    void this.#means.remote.leave(this.#means.number).catch(() => undefined);
  }

  /** It is asked for where the camera stands alone. */
  #needPass(fault: string): void {
    this.#line?.hold();
    this.#means.show({ fault, waitingFor: null });
  }

  #picture(port: MessagePort, { picture, verdict, captured }: PictureMessage): void {
    const { show, onpicture } = this.#means;
    const isGood = verdict.state !== "ST0";
    this.#line?.saw(verdict);
    onpicture({ picture, verdict });
    port.postMessage("drawn");
    const now = performance.now();
    if (!isGood || now - this.#shown < snapshotInterval) return;
    this.#shown = now;
    const delay = captured === null ? null : Math.max(0, Math.round(Date.now() - captured));
    show({ delay, waitingFor: null });
  }
}
