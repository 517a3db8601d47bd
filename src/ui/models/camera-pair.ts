import { startCamera } from "../../apparatus/index.ts";
import { readLink } from "../../auth/index.ts";
import { faultCode, proxy, systemClock, transfer } from "../../base/index.ts";
import { numberText } from "../../keys/index.ts";
import type { JoinRefusal, Membership } from "../../relay/client.dom.ts";
import { listDevices, openDevice } from "../../sensor/capture.dom.ts";
import { rememberPaired } from "./last-paired.ts";
import { Model } from "./model.ts";
import { joinEverywhere, refusalFault } from "./rooms.ts";
import type { CameraPairSnapshot } from "./snapshots.ts";

/** How long the hub has to answer before the person is told that nobody does. ms */
const patience = 20_000;

/** `/pair#…`: turns this tab's capture device into a camera of the card that made the link. */
export class CameraPairModel extends Model<CameraPairSnapshot> {
  readonly #camera = startCamera((fault) => this.#fail(fault));
  readonly #fragment: string;
  #membership: Membership | null = null;
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** `fragment`: the link's, which `main.ts` took out of the address before anything else ran. */
  constructor(fragment: string) {
    super({
      ...{ role: "camera", step: "asking-camera", devices: null, fault: null, expires: null },
      ...{ waitingFor: "permission", number: null, replaces: null, seemsExpired: false },
    });
    this.#fragment = fragment;
    try {
      // Before anybody is asked for a camera that such a link could not use.
      const { expires } = readLink(fragment);
      // The hub decides, by its clock; ours may be the wrong one.
      this.show({ seemsExpired: systemClock.now() > expires });
      void this.#ask();
    } catch (error) {
      this.#fail(faultCode(error));
    }
  }

  override dispose(): void {
    super.dispose();
    clearTimeout(this.#patience);
    void this.#membership?.leave();
    this.#camera.close();
  }

  #ask = async (): Promise<void> => {
    this.show({ step: "asking-camera", fault: null, waitingFor: "permission", retry: undefined });
    try {
      // Opened and closed at once: browsers name their devices only after the person has allowed one.
      (await openDevice(null)).close();
      const [devices, known] = await Promise.all([listDevices(), this.#camera.remote.cameras()]);
      const numberOf = (id: string): string | null => {
        const camera = known.find(({ deviceId, paired }) => deviceId === id && paired);
        return camera ? numberText(camera.number) : null;
      };
      const found = devices.map(({ id, label }) => ({ id, label, number: numberOf(id) }));
      this.show({ step: "choose-device", devices: found, waitingFor: null, choose: this.#choose });
    } catch (error) {
      this.#fail(faultCode(error), this.#ask);
    }
  };

  #choose = async (deviceId: string): Promise<void> => {
    const { remote } = this.#camera;
    const label = this.snapshot.devices?.find(({ id }) => id === deviceId)?.label ?? "";
    try {
      const ticket = await remote.beginPairing(this.#fragment, deviceId, label);
      if (this.disposed) return;
      const number = numberText(ticket.number);
      const { replaces, expires, room, key } = ticket;
      this.show({ step: "connecting", number, replaces, expires, waitingFor: "hub", choose: undefined });
      const unanswered = this.snapshot.seemsExpired ? "link-expired" : "link-unanswered";
      this.#patience = setTimeout(() => this.#fail(unanswered), patience);
      this.#membership = joinEverywhere({
        ...{ room, role: "guest" },
        prover: { key, prove: (request) => remote.prove("pairing", request) },
        onwaiting: () => undefined,
        onintroduced: ({ port }) => {
          clearTimeout(this.#patience);
          const events = proxy({
            onpaired: () => {
              rememberPaired(deviceId);
              this.show({ step: "done", waitingFor: null, confirm: undefined, reject: undefined });
            },
            onfailed: (code: string) => this.#fail(code),
          });
          remote.meet(transfer(port, [port]), events).catch((error: unknown) => this.#fail(faultCode(error)));
          this.show({ step: "compare", waitingFor: null, confirm: this.#confirm, reject: this.#reject });
        },
        onrefused: (code, detail) => this.#fail(refusal(code, detail)),
        // A link of another server's page: that one knows what became of it.
        onelsewhere: (_, code, detail) => {
          if (code === "closed") this.#fail(refusal(code, detail));
        },
      });
    } catch (error) {
      this.#fail(faultCode(error));
    }
  };

  #confirm = (): void => {
    this.show({ waitingFor: "confirmation", confirm: undefined });
    this.#camera.remote.agree().catch((error: unknown) => this.#fail(faultCode(error)));
  };

  #reject = (): void => {
    this.#camera.remote.disagree().catch((error: unknown) => this.#fail(faultCode(error)));
  };

  #fail(fault: string, retry?: () => Promise<void>): void {
    if (this.disposed || this.snapshot.step === "done" || this.snapshot.step === "failed") return;
    clearTimeout(this.#patience);
    void this.#membership?.leave();
    const none = { choose: undefined, confirm: undefined, reject: undefined };
    this.show({ step: "failed", fault, waitingFor: null, ...none, retry: retry && (() => void retry()) });
  }
}

const refusal = (code: JoinRefusal, detail?: string): string => {
  if (code !== "closed") return refusalFault(code);
  return detail === "used" || detail === "expired" ? `link-${detail}` : "link-unanswered";
};
