import {
  type Bytes,
  equal,
  faultCode,
  fromBase64Url,
  randomBytes,
  thumbprint,
  toBase64Url,
} from "../base/index.ts";
import type { Challenge, OtherPeer, RefusalCode, RelayMessage, Role } from "./message.ts";
import type { Passage } from "./passage.ts";
import type { Prover } from "./proof.ts";
import type { RelayLink } from "./relay-link.ts";
import { serviceWorkerLink } from "./service-worker-link.dom.ts";

/** What a membership waits for at the moment: the relay's answer, the room's host, or (as host) guests. */
export type WaitsFor = "relay" | "host" | "guest";

/** Why a membership ended: the relay refused it, the prover failed, or there is no relay here. */
export type JoinRefusal = Exclude<RefusalCode, "expired"> | "prover" | "no-relay";

/** Times in ms. */
export interface Pace {
  /** For each answer of the relay. */
  readonly answer: number;
  /** For a proof; a challenge lives 30 s. */
  readonly proof: number;
  /** From a welcome to the next hello: keeps the room's state young, and heals it after a loss. */
  readonly beat: number;
  /** The first pause after a time-out; it doubles up to `beat`. */
  readonly pause: number;
}

/** How to join. */
export interface JoinOptions {
  /** base64url of 32 bytes: the thumbprint of the host's key. */
  readonly room: string;
  readonly role: Role;
  readonly prover: Prover;
  /** The host's alone, and then required: the raw keys of the guests to admit now. Asked at every beat. */
  readonly admits?: () => Promise<readonly Bytes[]>;
  /** A guest's alone: its viewing pass, where it has one. Asked with every proof. */
  readonly pass?: () => Promise<Bytes | null>;
  /** Called whenever it changes. */
  readonly onwaiting: (waitsFor: WaitsFor) => void;
  /** The way to a peer that the relay says has proved its key; the peers prove it to each other again. */
  readonly onintroduced: (passage: Passage, other: OtherPeer) => void;
  /** A host's: the relay has seen five wrong proofs at its room [RP23]. Not to be believed, and reason enough for another key. */
  readonly onwarned?: () => void;
  /** The end, with the relay's detail ("replaced", the word of a closed room) or a fault's code. */
  readonly onrefused: (code: JoinRefusal, detail?: string) => void;
  /** By default the service worker's. */
  readonly relay?: RelayLink;
  /** For tests. */
  readonly pace?: Partial<Pace>;
}

/** A peer's place in a room. A guest's ends with its introduction: to come back is to join again. */
export interface Membership {
  /**
   * Ends it; channels that were handed out stay. A host can close the room for later comers with it (`until` in ms
   * since the epoch); the answer tells whether the relay has done so. Without `closed` it is always false.
   */
  leave(closed?: { readonly code: string; readonly until: number }): Promise<boolean>;
}

const PACE: Pace = { answer: 5_000, proof: 25_000, beat: 20_000, pause: 500 };

/** Joins a room, asks again after every silence, and stays until it is left, refused or (a guest) introduced. */
export function joinRoom(options: JoinOptions): Membership {
  if ((options.role === "host") !== (options.admits !== undefined)) {
    throw new TypeError('"admits" expected of a host, and of a host only');
  }
  const joining = new Joining(options);
  joining.ask();
  return { leave: (closed) => joining.leave(closed) };
}

type Phase = "asking" | "proving" | "proved" | "settled" | "meeting" | "leaving" | "over";

class Joining {
  readonly #options: JoinOptions;
  readonly #link: RelayLink;
  readonly #pace: Pace;
  readonly #peer = toBase64Url(randomBytes(16));
  readonly #deafen: () => void;
  #phase: Phase = "asking";
  #nonce = randomBytes(32);
  #failures = 0;
  #waitsFor: WaitsFor | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #onleft: (isClosed: boolean) => void = () => {};

  constructor(options: JoinOptions) {
    this.#options = options;
    this.#link = options.relay ?? serviceWorkerLink();
    this.#pace = { ...PACE, ...options.pace };
    this.#deafen = this.#link.listen(
      (message, passage) => {
        const isMine = message.room === options.room && message.peer === this.#peer;
        if (isMine) this.#hear(message, passage);
        return isMine;
      },
      () => this.#lost(),
    );
  }

  /** [RP4] Every hello has a nonce of its own: whatever was under way before is void. */
  ask(): void {
    const { room, role, prover } = this.#options;
    this.#nonce = randomBytes(32);
    this.#enter("asking", this.#pace.answer);
    if (this.#waitsFor === null) this.#wait("relay");
    this.#post({ kind: "hello", room, role, peer: this.#peer, key: prover.key, nonce: this.#nonce });
  }

  async leave(closed?: { readonly code: string; readonly until: number }): Promise<boolean> {
    if (this.#isOut()) return false;
    clearTimeout(this.#timer);
    this.#phase = "leaving";
    const message = { kind: "leave", room: this.#options.room, peer: this.#peer } as const;
    let isClosed: boolean | null = null;
    if (closed === undefined) this.#post(message);
    else {
      // A service worker may be stopped with the message in hand, and a link must not stay open by that.
      for (let tries = 0; isClosed === null && tries < 3; tries++) {
        const answer = new Promise<boolean | null>((resolve) => {
          this.#onleft = resolve;
          this.#timer = setTimeout(() => resolve(null), this.#pace.answer);
        });
        this.#post({ ...message, closed: closed.code, until: closed.until });
        isClosed = await answer;
        clearTimeout(this.#timer);
      }
    }
    this.#end();
    return isClosed ?? false;
  }

  #hear(message: RelayMessage, passage: Passage | null): void {
    switch (message.kind) {
      case "challenge":
        void this.#prove(message);
        break;
      case "joined":
        this.#settle("guest");
        break;
      case "waiting":
        this.#settle("host");
        break;
      case "introduced":
        void this.#meet(message.other, passage);
        break;
      case "refused":
        if (message.code === "expired") this.#retry();
        else this.#refused(message.code, message.detail);
        break;
      case "warned":
        this.#options.onwarned?.();
        break;
      case "left":
        this.#onleft(message.closed);
    }
  }

  async #prove(challenge: Challenge): Promise<void> {
    if (this.#phase !== "asking" || !equal(challenge.answers, this.#nonce)) return; // of an earlier hello
    const { room, role, prover } = this.#options;
    const peerNonce = this.#nonce;
    this.#enter("proving", this.#pace.proof);
    try {
      const admits = await this.#options.admits?.();
      const pass = (await this.#options.pass?.()) ?? null;
      // Never an origin that the relay names: one elsewhere could pass on another relay's question, and use the answer there.
      const { origin } = this.#link;
      const envelope = await prover.prove({ room, role, peerNonce, relayNonce: challenge.nonce, origin });
      if (!this.#isProving(peerNonce)) return;
      this.#enter("proved", this.#pace.answer);
      const proof = { kind: "proof", room, peer: this.#peer, envelope } as const;
      if (admits !== undefined) this.#post({ ...proof, admits });
      else this.#post(pass === null ? proof : { ...proof, pass });
    } catch (error) {
      if (this.#isProving(peerNonce)) this.#refused("prover", faultCode(error));
    }
  }

  #isProving(nonce: Bytes): boolean {
    return this.#phase === "proving" && nonce === this.#nonce;
  }

  #settle(waitsFor: WaitsFor): void {
    if (this.#phase !== "proved") return;
    this.#failures = 0;
    this.#wait(waitsFor);
    this.#phase = "settled";
    this.#arm(this.#pace.beat, () => this.ask());
  }

  /** [RP19] The relay's word is checked as far as it can be: a stranger's channel is closed unused. */
  async #meet(other: OtherPeer, passage: Passage | null): Promise<void> {
    if (passage === null) return;
    const isGuest = this.#options.role === "guest";
    // A guest asks no more: a proof that is under way would introduce it once more.
    if (isGuest && !this.#isOut()) {
      clearTimeout(this.#timer);
      this.#phase = "meeting";
    }
    const isRight = await this.#isExpected(other).catch(() => false);
    if (!isRight || this.#isOut()) {
      passage.close();
      if (isGuest && !this.#isOut()) this.#pause();
      return;
    }
    if (isGuest) this.#end();
    this.#options.onintroduced(passage, other);
  }

  /** The relay has forgotten this peer with its connection: back as soon as may be. */
  #lost(): void {
    if (this.#isOut() || this.#phase === "meeting") return;
    this.#wait("relay");
    this.#pause();
  }

  #isOut(): boolean {
    return this.#phase === "over" || this.#phase === "leaving";
  }

  async #isExpected(other: OtherPeer): Promise<boolean> {
    const { role, room, admits } = this.#options;
    if (other.role === role) return false;
    if (role === "guest") return equal(await thumbprint(other.key), fromBase64Url(room));
    const admitted = (await admits?.()) ?? [];
    return admitted.some((key) => equal(key, other.key));
  }

  #retry(): void {
    if (this.#phase === "proved") this.#pause();
  }

  #refused(code: JoinRefusal, detail?: string): void {
    if (this.#isOut()) return;
    this.#end();
    this.#options.onrefused(code, detail);
  }

  #wait(waitsFor: WaitsFor): void {
    if (this.#waitsFor === waitsFor) return;
    this.#waitsFor = waitsFor;
    this.#options.onwaiting(waitsFor);
  }

  #post(message: Parameters<RelayLink["post"]>[0]): void {
    this.#link.post(message).catch((error: unknown) => {
      if (faultCode(error) === "no-relay") this.#refused("no-relay"); // any other failure ends as a time-out
    });
  }

  #enter(phase: Phase, within: number): void {
    this.#phase = phase;
    this.#arm(within, () => {
      this.#wait("relay");
      this.#pause();
    });
  }

  /** Half to all of a doubling pause, so that peers that failed together do not come back together. */
  #pause(): void {
    const pause = Math.min(this.#pace.pause * 2 ** this.#failures, this.#pace.beat);
    this.#failures += 1;
    this.#arm(pause * (0.5 + Math.random() / 2), () => this.ask());
  }

  #arm(after: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, after);
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#phase = "over";
    this.#deafen();
    this.#onleft(false);
  }
}
