import {
  type JoinOptions,
  type JoinRefusal,
  joinRoom,
  type Membership,
  type WaitsFor,
} from "./join-room.dom.ts";
import type { RelayLink } from "./relay-link.ts";
import { serviceWorkerLink } from "./service-worker-link.dom.ts";
import { socketLink } from "./socket-link.dom.ts";

/** How to join at several relays. */
export interface JoinRoomsOptions extends Omit<JoinOptions, "relay" | "onwaiting" | "onintroduced"> {
  /** Called whenever either changes: the best of what is waited for, and the names of the relays that answer. */
  readonly onwaiting: (waitsFor: WaitsFor, reachable: readonly string[]) => void;
  /** As of one relay, and the origin of the one that introduced. */
  readonly onintroduced: (...of: [...Parameters<JoinOptions["onintroduced"]>, origin: string]) => void;
  /**
   * Relays of other servers, by their origins; asked for only where a guest looks further. Nobody waits for their word: what they refuse is told
   * here and ends nothing, and no pass is shown to them.
   */
  readonly others?: () => Promise<readonly RelayLink[]>;
  readonly onelsewhere?: (origin: string, code: JoinRefusal, detail?: string) => void;
  /** How long a guest waits for nearer relays' answers before it asks the next ones, too; for tests. ms */
  readonly answersWithin?: number;
}

const usualAnswersWithin = 1_000;

/** The same room at one relay. */
interface Place {
  readonly name: string;
  readonly relay: RelayLink;
  /** How near: places are asked in this order. */
  readonly ring: number;
  /** Of another server: its word has no weight. */
  readonly isElsewhere: boolean;
  membership: Membership | null;
  waitsFor: WaitsFor;
  /** It has answered at least once. */
  isReached: boolean;
  refusal: readonly [code: JoinRefusal, detail?: string] | null;
}

/**
 * The same room at several relays at once, by their names; by default the service worker's ("this-device") and this origin's server
 * (the origin). A guest asks the first relay, the others once that one knows of no host, and other servers' once none of these does; it takes the
 * first introduction and leaves the others. A host is present at all `links`, and at no other server.
 */
export function joinRooms(
  options: JoinRoomsOptions,
  links: Readonly<Record<string, RelayLink>> = {
    "this-device": serviceWorkerLink(),
    [location.origin]: socketLink(location.origin, options.room),
  },
): Membership {
  const joining = new JoiningAll(options, links);
  return { leave: (closed) => joining.leave(closed) };
}

class JoiningAll {
  readonly #options: JoinRoomsOptions;
  #places: readonly Place[];
  #told = "";
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** The farthest ring that is asked. */
  #ring = 0;
  /** Nobody is left to be asked. */
  #isAll: boolean;
  #isOver = false;

  constructor(options: JoinRoomsOptions, links: Readonly<Record<string, RelayLink>>) {
    this.#options = options;
    const isHost = options.role === "host";
    // The first relay is the nearest: a host that is there is not reached by a longer way that answers sooner.
    this.#places = Object.entries(links).map(([name, relay], at) =>
      this.#place(name, relay, isHost || at === 0 ? 0 : 1, false),
    );
    this.#isAll = isHost;
    this.#enter();
  }

  /** True only where every relay that was reached has closed the room; those never reached are not waited for. */
  async leave(closed?: Parameters<Membership["leave"]>[0]): Promise<boolean> {
    this.#end();
    const answers = this.#places.flatMap(({ membership, isReached }) => {
      const answer = membership?.leave(closed);
      return isReached && answer !== undefined ? [answer] : [];
    });
    return answers.length > 0 && (await Promise.all(answers)).every(Boolean);
  }

  #place(name: string, relay: RelayLink, ring: number, isElsewhere: boolean): Place {
    return {
      ...{ name, relay, ring, isElsewhere },
      ...{ membership: null, waitsFor: "relay", isReached: false, refusal: null },
    };
  }

  /** Asks the relays of the present ring; further ones too where none of these has answered in time. */
  #enter(): void {
    for (const place of this.#places) if (place.ring === this.#ring) place.membership = this.#join(place);
    const ring = this.#ring;
    const { answersWithin = usualAnswersWithin } = this.#options;
    if (!this.#isAll) this.#patience = setTimeout(() => this.#goOn(ring), answersWithin);
  }

  /** Looks further, once from each ring. */
  #goOn(ring: number): void {
    if (this.#isOver || this.#isAll || ring !== this.#ring) return;
    clearTimeout(this.#patience);
    this.#ring += 1;
    if (this.#places.some((place) => place.ring === this.#ring)) this.#enter();
    else void this.#askOthers();
  }

  async #askOthers(): Promise<void> {
    const links = (await this.#options.others?.().catch(() => [])) ?? [];
    if (this.#isOver) return;
    this.#isAll = true;
    const others = links.map((link) => this.#place(link.origin, link, this.#ring, true));
    this.#places = [...this.#places, ...others];
    this.#enter();
    if (others.length === 0) this.#giveUp();
  }

  #join(place: Place): Membership {
    const { pass, ...options } = this.#options;
    return joinRoom({
      ...options,
      // A pass is its own server's word, and another one's relay can do nothing with it but keep it.
      ...(pass && !place.isElsewhere && { pass }),
      relay: place.relay,
      onwaiting: (waitsFor) => {
        place.waitsFor = waitsFor;
        if (waitsFor !== "relay") place.isReached = true;
        if (waitsFor === "host") this.#goOn(place.ring);
        this.#tell();
      },
      onintroduced: (passage, other) => {
        if (this.#isOver) passage.close();
        else {
          if (this.#options.role === "guest") this.#leaveOthers(place);
          this.#options.onintroduced(passage, other, place.relay.origin);
        }
      },
      onrefused: (code, detail) => this.#refused(place, code, detail),
    });
  }

  #tell(): void {
    if (this.#isOver) return;
    const reachable = this.#places.filter(({ waitsFor }) => waitsFor !== "relay");
    const best = reachable[0]?.waitsFor ?? "relay";
    const names = reachable.map(({ name }) => name);
    const told = [best, ...names].join(" ");
    if (told === this.#told) return;
    this.#told = told;
    this.#options.onwaiting(best, names);
  }

  /**
   * A relay that knows something ends it; one that is not there does so only where no other is left, and another server's never by
   * itself. One that does not read this page is of another version [RP22]: a guest hears of it at once, a host where no other relay is
   * there for it.
   */
  #refused(place: Place, code: JoinRefusal, detail?: string): void {
    if (this.#isOver) return;
    place.refusal = detail === undefined ? [code] : [code, detail];
    place.waitsFor = "relay";
    if (place.isElsewhere && code !== "no-relay") this.#options.onelsewhere?.(place.name, ...place.refusal);
    const isApart = code === "message" && this.#options.role === "guest";
    const isWord = isApart || code === "proof" || code === "closed" || code === "pass";
    if (isWord && !place.isElsewhere) this.#endWith(place);
    else {
      this.#goOn(place.ring);
      this.#giveUp();
      this.#tell();
      if (code === "message" && !place.isElsewhere)
        setTimeout(() => this.#endAlone(place), usualAnswersWithin);
    }
  }

  #endAlone(place: Place): void {
    const isAlone = this.#places.every(({ waitsFor }) => waitsFor === "relay");
    if (!this.#isOver && isAlone) this.#endWith(place);
  }

  /** With this relay's word. */
  #endWith(place: Place): void {
    this.#leaveOthers(place);
    this.#options.onrefused(...(place.refusal as NonNullable<Place["refusal"]>));
  }

  /** Where every relay there is has refused. */
  #giveUp(): void {
    if (this.#isOver || !this.#isAll || this.#places.some(({ refusal }) => refusal === null)) return;
    const own = this.#places.filter(({ isElsewhere }) => !isElsewhere).map(({ refusal }) => refusal);
    const said = own.find((refusal) => refusal !== null && refusal[0] !== "no-relay") ?? own[0];
    this.#end();
    if (said) this.#options.onrefused(...said);
  }

  #leaveOthers(place: Place): void {
    this.#end();
    for (const other of this.#places) if (other !== place) void other.membership?.leave();
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#patience);
  }
}
