import type { CameraApi, DrawnItem, KeyStatus } from "../../apparatus/index.ts";
import { faultCode, proxy, type Remote, transfer } from "../../base/index.ts";
import type { CameraSnapshot } from "./snapshots.ts";

export interface CameraSealingMeans {
  readonly remote: () => Remote<CameraApi>;
  readonly device: () => string;
  readonly show: (change: { [K in keyof CameraSnapshot]?: CameraSnapshot[K] | undefined }) => void;
}

/** What a running camera seals with, and what that looks like from outside. */
export class CameraSealing {
  readonly #means: CameraSealingMeans;
  /** Counts streams, and looks at them: what an earlier one brings about is out of date. */
  #turn = 0;
  #look = 0;

  constructor(means: CameraSealingMeans) {
    this.#means = means;
  }

  /** The camera runs. */
  begin(): void {
    this.#means.show({ see: this.#see, rekey: this.#rekey, keepKey: this.#keepKey });
  }

  /** It does not any more, and nothing of it is drawn. */
  end(): void {
    this.#turn += 1;
    this.#look += 1;
    const none = { see: undefined, look: undefined, rekey: undefined, keepKey: undefined };
    this.#means.show({ ...none, looks: false, drawn: null, key: null, isChanging: false });
  }

  /** The worker says which key is in use. */
  changed(key: KeyStatus): void {
    this.#means.show({ key });
  }

  #rekey = async (): Promise<void> => {
    const { show, remote } = this.#means;
    const turn = this.#turn;
    show({ isChanging: true, fault: null });
    const fault = await remote()
      .rekey()
      .then(() => null, faultCode);
    if (turn === this.#turn) show({ isChanging: false, ...(fault === null ? {} : { fault }) });
  };

  /** The worker tells the key anew, with the time that counts from now on. */
  #keepKey = async (life: number): Promise<void> => {
    const { show, remote, device } = this.#means;
    const turn = this.#turn;
    show({ fault: null });
    const fault = await remote()
      .keepKey(device(), life)
      .then(() => null, faultCode);
    if (turn === this.#turn && fault !== null) show({ fault });
  };

  #see = (isWanted: boolean): void => {
    const { show, remote } = this.#means;
    this.#look += 1;
    show({ looks: isWanted, look: isWanted ? this.#lookAt : undefined, drawn: null });
    if (isWanted) return;
    void remote()
      .lookAway()
      .catch(() => undefined);
  };

  #lookAt = async (canvas: OffscreenCanvas): Promise<void> => {
    const { show, remote } = this.#means;
    const look = this.#look;
    const ondrawn = (drawn: DrawnItem): void => {
      if (look === this.#look) show({ drawn });
    };
    try {
      await remote().look(transfer(canvas, [canvas]), proxy({ ondrawn }));
    } catch (error) {
      if (look === this.#look) show({ looks: false, look: undefined, fault: faultCode(error) });
    }
  };
}
