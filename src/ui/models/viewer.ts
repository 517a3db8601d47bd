import {
  type PictureMessage,
  type RecordingStatus,
  startViewer,
  type ViewerApi,
} from "../../apparatus/index.ts";
import { type Connection, faultCode, proxy, transfer } from "../../base/index.ts";
import { joinRoom, type Membership } from "../../relay/client.dom.ts";
import { Model } from "./model.ts";
import type { JudgedPicture, ViewerSnapshot } from "./snapshots.ts";

/** The snapshot changes at most this often while pictures run; pictures themselves go past it. ms */
const snapshotInterval = 500;

/** `/viewer`: open a card, choose a camera, watch. */
export class ViewerModel extends Model<ViewerSnapshot> {
  #viewer: Connection<ViewerApi>;
  #membership: Membership | null = null;
  #pictures: MessagePort | null = null;
  #shown = 0;
  /** Takes each picture with its verdict, to be drawn in one update. The page sets it. */
  onpicture: ((judged: JudgedPicture) => void) | null = null;

  constructor() {
    super({
      ...{ step: "choose-card", cards: null, cardName: null, cameras: null, fault: null, camera: null },
      ...{ waitingFor: null, verdict: null, delay: null, path: null, label: null },
      ...{ recording: null, recorded: false },
    });
    this.#viewer = this.#connect();
    void this.#list();
  }

  override dispose(): void {
    super.dispose();
    void this.#membership?.leave();
    this.#pictures?.close();
    this.#viewer.close();
  }

  #connect(): Connection<ViewerApi> {
    return startViewer((fault) => {
      if (this.disposed) return;
      // The card was open in that worker only: it has to be inserted again.
      this.#viewer = this.#connect();
      this.#eject();
      this.show({ fault });
    });
  }

  async #list(): Promise<void> {
    try {
      const cards = await this.#viewer.remote.cards();
      this.show({ cards, open: cards.length > 0 ? this.#open : undefined });
    } catch (error) {
      this.show({ step: "failed", fault: faultCode(error) });
    }
  }

  #open = async (id: string, password: string): Promise<boolean> => {
    this.show({ step: "opening", fault: null, open: undefined });
    try {
      const cameras = await this.#viewer.remote.open(id, password);
      const cardName = this.snapshot.cards?.find((card) => card.id === id)?.name ?? null;
      const next = { cameras, cardName, view: this.#view, eject: this.#eject };
      this.show({ step: "choose-camera", ...next });
      return true;
    } catch (error) {
      this.show({ step: "choose-card", fault: faultCode(error), open: this.#open });
      return false;
    }
  };

  #view = async (number: string): Promise<void> => {
    const name = this.snapshot.cameras?.find((camera) => camera.number === number)?.name ?? "";
    const { port1, port2 } = new MessageChannel();
    const events = proxy({
      onlabel: (label: string) => this.show({ label }),
      onclosed: () => this.#join(),
      onrecording: (recording: RecordingStatus | null, fault: string | null) =>
        this.#recording(recording, fault),
    });
    try {
      const ticket = await this.#viewer.remote.view(number, transfer(port2, [port2]), events);
      this.#pictures = port1;
      port1.onmessage = ({ data }: MessageEvent<PictureMessage>) => this.#picture(port1, data);
      this.#ticket = ticket;
      const fresh = { verdict: null, delay: null, path: null, label: null, fault: null };
      this.show({
        step: "viewing",
        camera: { number, name },
        ...fresh,
        leave: this.#leave,
        record: this.#record,
      });
      this.#join();
    } catch (error) {
      this.show({ fault: faultCode(error) });
    }
  };

  #ticket: { room: string; key: Uint8Array<ArrayBuffer> } | null = null;

  /** Asks the relay for the camera; again after every end, for as long as the page wants to watch. */
  #join(): void {
    const ticket = this.#ticket;
    if (!ticket || this.disposed) return;
    const { remote } = this.#viewer;
    void this.#membership?.leave();
    this.show({ waitingFor: "relay" });
    this.#membership = joinRoom({
      ...{ room: ticket.room, role: "guest" },
      prover: { key: ticket.key, prove: (request) => remote.prove(request) },
      onwaiting: (waitsFor) => this.show({ waitingFor: waitsFor === "host" ? "camera" : "relay" }),
      onintroduced: (port) => {
        this.show({ waitingFor: "first-frame" });
        remote
          .watch(transfer(port, [port]))
          .catch((error: unknown) => this.show({ fault: faultCode(error) }));
      },
      onrefused: (code) =>
        this.show({ fault: code === "no-relay" ? "no-service-worker" : "peer-proof", waitingFor: null }),
    });
  }

  #record = async (): Promise<void> => {
    this.show({ record: undefined, fault: null });
    try {
      await this.#viewer.remote.record();
    } catch (error) {
      this.#recording(null, faultCode(error));
    }
  };

  #stopRecording = (): void => {
    this.show({ stopRecording: undefined });
    void this.#viewer.remote.stopRecording().catch(() => undefined);
  };

  #recording(recording: RecordingStatus | null, fault: string | null): void {
    // Left meanwhile: there is nothing to record any more.
    if (this.snapshot.step !== "viewing") return;
    const actions = recording
      ? { record: undefined, stopRecording: this.#stopRecording }
      : { record: this.#record, stopRecording: undefined };
    const recorded = this.snapshot.recorded || recording !== null;
    this.show({ recording, recorded, ...actions, ...(fault === null ? {} : { fault }) });
  }

  #picture(port: MessagePort, { picture, verdict }: PictureMessage): void {
    if (this.onpicture) this.onpicture({ picture, verdict });
    else picture?.close();
    port.postMessage("drawn");
    const now = performance.now();
    const before = this.snapshot.verdict;
    const changed =
      before?.state !== verdict.state || before?.live !== verdict.live || before?.reason !== verdict.reason;
    if (!changed && now - this.#shown < snapshotInterval) return;
    this.#shown = now;
    const delay = verdict.frame && picture ? Date.now() - verdict.frame.captured : null;
    const waitingFor = verdict.state === "ST0" ? this.snapshot.waitingFor : null;
    this.show({ verdict, delay, waitingFor, path: "this-device" });
  }

  #leave = (): void => {
    void this.#membership?.leave();
    this.#ticket = null;
    this.#pictures?.close();
    this.#pictures = null;
    void this.#viewer.remote.leave();
    this.show({
      step: "choose-camera",
      camera: null,
      verdict: null,
      waitingFor: null,
      fault: null,
      leave: undefined,
      ...{ recording: null, record: undefined, stopRecording: undefined },
    });
  };

  #eject = (): void => {
    if (this.snapshot.step === "viewing") this.#leave();
    void this.#viewer.remote.eject().catch(() => undefined);
    const none = { cameras: null, cardName: null, view: undefined, eject: undefined, leave: undefined };
    this.show({ step: "choose-card", fault: null, ...none, open: this.#open });
    void this.#list();
  };
}
