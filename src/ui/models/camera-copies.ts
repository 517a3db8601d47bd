import type { CameraApi, CopyState } from "../../apparatus/index.ts";
import { faultCode, proxy, type Remote } from "../../base/index.ts";
import type { CameraSnapshot } from "./snapshots.ts";

type Change = { [K in keyof CameraSnapshot]?: CameraSnapshot[K] | undefined };

export interface CameraCopiesMeans {
  readonly remote: () => Remote<CameraApi>;
  readonly show: (change: Change) => void;
}

/** Copies of a camera's recordings on the server: the rule, and how they stand. */
export class CameraCopies {
  readonly #means: CameraCopiesMeans;
  /** Counts cameras: what is said of an earlier one is out of date. */
  #turn = 0;

  constructor(means: CameraCopiesMeans) {
    this.#means = means;
  }

  /** The camera of this device, which is paired; null: none is on the page. */
  follow(deviceId: string | null): void {
    this.#turn += 1;
    const turn = this.#turn;
    const { show, remote } = this.#means;
    show({ copies: null, keepCopies: undefined });
    if (deviceId === null) return;
    const oncopies = (copies: CopyState): void => {
      if (turn !== this.#turn) return;
      // Where it is the rule it can be ended, whether or not anybody answers.
      const isShown = copies.isOffered || copies.isKept;
      show({ copies: isShown ? copies : null, keepCopies: isShown ? this.#keep : undefined });
    };
    remote()
      .followCopies(deviceId, proxy({ oncopies }))
      .catch((error: unknown) => console.error(faultCode(error), error));
  }

  #keep = async (isKept: boolean): Promise<void> => {
    try {
      await this.#means.remote().keepCopies(isKept);
    } catch (error) {
      this.#means.show({ fault: faultCode(error) });
    }
  };
}
