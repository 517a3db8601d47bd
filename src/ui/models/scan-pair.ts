import { otherServers } from "../../apparatus/index.ts";
import { faultCode } from "../../base/index.ts";
import { Model } from "./model.ts";
import { type QrScan, scanQr } from "./qr-scan.ts";
import { readScanned } from "./scanned-link.ts";
import type { ScanPairSnapshot } from "./snapshots.ts";

/** `/pair` on a device that is to become a camera: finds the link in a code, or takes it typed. */
export class ScanPairModel extends Model<ScanPairSnapshot> {
  readonly #found: (fragment: string) => void;
  #scan: QrScan | null = null;
  #others: readonly string[] = [];

  /** `found` gets the link's fragment, once; `back` leads to the other side of pairing. */
  constructor(found: (fragment: string) => void, back: () => void) {
    super({ role: "scan", step: "asking", preview: null, fault: null, refused: null, back });
    this.#found = found;
    this.show({ take: this.#take });
    void otherServers().then((others) => {
      this.#others = others;
    });
    void this.#look();
  }

  override dispose(): void {
    super.dispose();
    this.#stop();
  }

  #look = async (): Promise<void> => {
    this.show({ step: "asking", fault: null, retry: undefined });
    try {
      const scan = await scanQr(this.#take, () => this.#fail("camera-unplugged"));
      if (this.disposed) return scan.stop();
      this.#scan = scan;
      this.show({ step: "scanning", preview: scan.stream });
    } catch (error) {
      this.#fail(faultCode(error));
    }
  };

  #take = (text: string): void => {
    if (this.disposed) return;
    try {
      const fragment = readScanned(text, [location.origin, ...this.#others]);
      this.#stop();
      this.#found(fragment);
    } catch (error) {
      this.show({ refused: faultCode(error) });
    }
  };

  /** The field stays: a link can be typed without a camera. */
  #fail(fault: string): void {
    if (this.disposed) return;
    this.#stop();
    this.show({ step: "typing", preview: null, fault, retry: () => void this.#look() });
  }

  #stop(): void {
    this.#scan?.stop();
    this.#scan = null;
  }
}
