import type { ViewerApi } from "../../apparatus/index.ts";
import { type Bytes, faultCode, type Remote, transfer } from "../../base/index.ts";
import type { Membership, Passage } from "../../relay/client.dom.ts";
import type { Verdict } from "../../verify/index.ts";
import { Backoff } from "./backoff.ts";
import { joinEverywhere, refusalFault } from "./rooms.ts";
import type { ViewerSnapshot } from "./snapshots.ts";

/** What a line says of itself. */
export type LineChange = Partial<Pick<ViewerSnapshot, "waitingFor" | "path" | "fault" | "elsewhere">>;

export interface LineMeans {
  readonly remote: Remote<ViewerApi>;
  readonly number: string;
  /** What the relay is told to enter the camera's room. */
  readonly ticket: { readonly room: string; readonly key: Bytes };
  readonly show: (change: LineChange) => void;
  /** The relay of this page's own server lets nobody in without a pass, or with the one that there is. */
  readonly onpass: (fault: "pass-none" | "pass-refused") => void;
  /** Tests put their own there. */
  readonly join?: typeof joinEverywhere;
}

/** A camera that another server introduced has to show a live picture, guaranteed, within this time. ms */
const showsWithin = 15_000;
/** Else that server is not asked for so long. ms */
const shunnedFor = 60_000;

/** The way to one camera: asks relays for it, again after every end, for as long as it is wanted. */
export class CameraLine {
  readonly #means: LineMeans;
  readonly #backoff = new Backoff();
  /** Other servers that introduced what did not show itself to be the camera. */
  readonly #shunned = new Map<string, ReturnType<typeof setTimeout>>();
  #membership: Membership | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #proof: ReturnType<typeof setTimeout> | undefined;
  /** When the last connection began, by `performance.now()`. */
  #met = 0;
  #isMet = false;
  /** Another server introduced whom this is connected with. */
  #isElsewhere = false;
  #isHeld = false;
  #isOver = false;

  constructor(means: LineMeans) {
    this.#means = means;
  }

  /** Nobody is asked for now. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Asks the relays for the camera, also where it was held. */
  join(): void {
    if (this.#isOver) return;
    this.#isHeld = false;
    this.#isMet = false;
    this.#isElsewhere = false;
    clearTimeout(this.#again);
    const { remote, number, ticket, join = joinEverywhere } = this.#means;
    const show = this.#show;
    void this.#membership?.leave();
    show({ waitingFor: "relay" });
    this.#membership = join({
      ...{ room: ticket.room, role: "guest", shunned: [...this.#shunned.keys()] },
      prover: { key: ticket.key, prove: (request) => remote.prove(request) },
      pass: () => remote.pass(number),
      onwaiting: (waitsFor) => show({ waitingFor: waitsFor === "host" ? "camera" : "relay" }),
      onintroduced: (passage, _, origin) => this.#introduced(passage, origin),
      onrefused: (code) => {
        if (code === "pass") void this.#refused();
        else show({ fault: refusalFault(code), waitingFor: null });
      },
      onelsewhere: (origin, code) => {
        if (code === "pass") show({ elsewhere: new URL(origin).host });
      },
    });
  }

  /** The connection ended: at once where it had lasted; else later and later, so that nobody is asked in a circle. */
  ended(): void {
    this.#isMet = false;
    // Without a pass nobody is let in: asking again would only be refused again.
    if (this.#isOver || this.#isHeld) return;
    clearTimeout(this.#again);
    clearTimeout(this.#proof);
    this.#show({ waitingFor: "relay" });
    this.#again = setTimeout(() => this.join(), this.#backoff.after(performance.now() - this.#met));
  }

  /** A picture came with this verdict. A live one, guaranteed, is the camera's; what was once sealed, who carried it can say again. */
  saw({ state, live }: Pick<Verdict, "state" | "live">): void {
    if (state !== "ST0" && live) clearTimeout(this.#proof);
  }

  /** Asks nobody until it is joined again. Whom another server introduced holds it for a while alone: the camera may be found nearer by then. */
  hold(): void {
    this.#isHeld = true;
    clearTimeout(this.#again);
    clearTimeout(this.#proof);
    if (this.#isElsewhere) this.#again = setTimeout(() => this.join(), shunnedFor);
  }

  end(): void {
    this.#isElsewhere = false;
    this.hold();
    this.#isOver = true;
    for (const over of this.#shunned.values()) clearTimeout(over);
    void this.#membership?.leave();
  }

  /** What comes late says nothing any more. */
  #show = (change: LineChange): void => {
    if (!this.#isOver) this.#means.show(change);
  };

  #introduced(passage: Passage, origin: string): void {
    const { remote, number } = this.#means;
    const show = this.#show;
    this.#met = performance.now();
    this.#isMet = true;
    clearTimeout(this.#proof);
    // Nothing but pictures tells a camera from a server that says it is there, and keeps it from being found elsewhere.
    this.#isElsewhere = origin !== location.origin;
    if (this.#isElsewhere)
      this.#proof = setTimeout(() => {
        this.#shun(origin);
        passage.close();
      }, showsWithin);
    show({ waitingFor: "first-frame", path: passage.path, elsewhere: null });
    passage.onpath = (path) => show({ path });
    remote
      .watch(transfer(passage.port, [passage.port]), number)
      .catch((error: unknown) => show({ fault: faultCode(error) }));
  }

  #shun(origin: string): void {
    const over = setTimeout(() => {
      this.#shunned.delete(origin);
      if (!this.#isMet && !this.#isHeld) this.join();
    }, shunnedFor);
    this.#shunned.set(origin, over);
  }

  /** The relay does not say why; where there was no pass it is plain. */
  async #refused(): Promise<void> {
    const pass = await this.#means.remote.pass(this.#means.number);
    if (!this.#isOver) this.#means.onpass(pass === null ? "pass-none" : "pass-refused");
  }
}
