import { type Bytes, isFault } from "../../src/base/index.ts";
import {
  type JoinOptions,
  joinRoom,
  localPassage,
  type Membership,
  type RelayLink,
} from "../../src/relay/client.dom.ts";
import {
  decodeMessage,
  introductions,
  type OtherPeer,
  type PeerMessage,
  type Prover,
  type RelayContext,
  type RelayMessage,
  type Role,
  returnAddress,
  serveRoom,
  signRelayProof,
} from "../../src/relay/index.ts";
import { type Holder, jsonRoomStore } from "./table.ts";

type Take = Parameters<RelayLink["listen"]>[0];

/** What passes a wire, one way or the other; answer false and it is lost there. */
export type Watch = (message: PeerMessage | RelayMessage, address: string) => boolean;

/** A relay with a wire to each page: messages go by themselves, in order, unless the watch loses them. */
export class Wire {
  readonly origin: string;
  readonly store = jsonRoomStore();
  watch: Watch = () => true;
  /** Where its rooms are for passes: what each is worth. */
  admit: RelayContext["admit"];
  readonly #endings: (() => unknown)[] = [];
  readonly #takers = new Map<string, Set<Take>>();
  #line: Promise<void> = Promise.resolve();

  /** Ends with the test whatever was joined over it. */
  constructor(context: { after(act: () => Promise<void>): void }, origin = "https://sealcam.test") {
    this.origin = origin;
    context.after(async () => {
      for (const end of this.#endings) await end();
    });
  }

  atEnd(act: () => unknown): void {
    this.#endings.push(act);
  }

  link(address: string): RelayLink {
    const takers = new Set<Take>();
    this.#takers.set(address, takers);
    return {
      origin: this.origin,
      post: async (message) => {
        this.#line = this.#line.then(() => this.#serve(address, structuredClone(message)));
      },
      listen: (take) => {
        takers.add(take);
        return () => takers.delete(take);
      },
    };
  }

  /** What a page hears, as if the relay had said it. */
  say(address: string, message: RelayMessage, port: MessagePort | null = null): void {
    if (!this.watch(message, address)) {
      port?.close();
      return;
    }
    for (const take of [...(this.#takers.get(address) ?? [])]) take(message, port && localPassage(port));
  }

  async #serve(address: string, message: PeerMessage): Promise<void> {
    if (!this.watch(message, address)) return;
    try {
      decodeMessage(message);
    } catch (error) {
      const to = returnAddress(message);
      if (!isFault(error) || to === null) throw error;
      this.say(address, { kind: "refused", ...to, code: "message" });
      return;
    }
    const admit = this.admit === undefined ? {} : { admit: this.admit };
    const context = { store: this.store, origin: this.origin, now: () => Date.now(), ...admit };
    for (const effect of await serveRoom(message.room, { from: address, message }, context)) {
      if ("to" in effect) {
        this.say(effect.to, effect.message);
        continue;
      }
      const { host, guest, room } = effect.introduce;
      const { toHost, toGuest } = introductions(room, host, guest);
      const { port1, port2 } = new MessageChannel();
      this.say(host.address, toHost, port1);
      this.say(guest.address, toGuest, port2);
    }
  }
}

/** A prover in this realm, for this origin. */
export function prover(who: Holder, origin: string): Prover {
  return {
    key: who.key,
    prove: (request) => signRelayProof(who.privateKey, { ...request, origin, key: who.key }),
  };
}

/** Someone who joins, and a record of all that happens to them. */
export interface Joined {
  readonly log: string[];
  /** `closed` is fulfilled when the other end is gone. */
  readonly met: {
    readonly port: MessagePort;
    readonly other: OtherPeer;
    readonly closed: Promise<unknown>;
  }[];
  readonly membership: Membership;
}

/** Joins over a wire at a quick pace. `admits` makes a host. */
export function join(
  wire: Wire,
  address: string,
  who: Holder,
  room: string,
  admits?: readonly Bytes[],
  more: Partial<JoinOptions> = {},
): Joined {
  const log: string[] = [];
  const met: Joined["met"] = [];
  const role: Role = admits === undefined ? "guest" : "host";
  const membership = joinRoom({
    room,
    role,
    prover: prover(who, wire.origin),
    ...(admits === undefined ? {} : { admits: async () => admits }),
    onwaiting: (waitsFor) => log.push(`waiting ${waitsFor}`),
    onintroduced: ({ port }, other) => {
      log.push(`introduced ${other.role}`);
      const closed = new Promise((resolve) => port.addEventListener("close", resolve));
      wire.atEnd(() => port.close());
      met.push({ port, other, closed });
    },
    onrefused: (code, detail) => log.push(detail === undefined ? code : `${code} ${detail}`),
    relay: wire.link(address),
    pace: { answer: 40, proof: 40, beat: 60, pause: 10 },
    ...more,
  });
  wire.atEnd(() => membership.leave());
  return { log, met, membership };
}

/** Waits until it is so; fails after two seconds. */
export async function until(isSo: () => boolean, what = isSo.toString()): Promise<void> {
  const end = Date.now() + 2_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A pause of so many ms. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
