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
export interface JoinRoomsOptions extends Omit<JoinOptions, "relay" | "onwaiting"> {
  /** Called whenever either changes: the best of what is waited for, and the names of the relays that answer. */
  readonly onwaiting: (waitsFor: WaitsFor, reachable: readonly string[]) => void;
}

/** How long a guest waits for the first relay's answer before it asks the others, too. ms */
const firstAnswersWithin = 1_000;

/** The same room at one relay. */
interface Place {
  readonly name: string;
  membership: Membership | null;
  waitsFor: WaitsFor;
  /** It has answered at least once. */
  isReached: boolean;
  refusal: readonly [code: JoinRefusal, detail?: string] | null;
}

/**
 * The same room at several relays at once, by their names; by default the service worker's ("this-device") and this origin's server
 * (the origin). A guest asks the first relay, and the others once that one knows of no host; it takes the first introduction and leaves the others. A host is present at all.
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
  readonly #places: readonly Place[];
  #told = "";
  /** Asks the other relays too, once. */
  #goOn: () => void = () => {};
  #isOver = false;

  constructor(options: JoinRoomsOptions, links: Readonly<Record<string, RelayLink>>) {
    this.#options = options;
    this.#places = Object.keys(links).map((name) => ({
      ...{ name, membership: null, waitsFor: "relay", isReached: false, refusal: null },
    }));
    const join = (places: readonly Place[]): void => {
      for (const place of places) place.membership = this.#join(place, links[place.name] as RelayLink);
    };
    // The first relay is the nearest: a host that is there is not reached by a longer way that answers sooner.
    const nearest = options.role === "host" ? this.#places.length : 1;
    const patience = setTimeout(() => this.#goOn(), firstAnswersWithin);
    this.#goOn = () => {
      clearTimeout(patience);
      this.#goOn = () => {};
      if (!this.#isOver) join(this.#places.slice(nearest));
    };
    join(this.#places.slice(0, nearest));
  }

  /** True only where every relay that was reached has closed the room; those never reached are not waited for. */
  async leave(closed?: Parameters<Membership["leave"]>[0]): Promise<boolean> {
    this.#isOver = true;
    const answers = this.#places.flatMap(({ membership, isReached }) => {
      const answer = membership?.leave(closed);
      return isReached && answer !== undefined ? [answer] : [];
    });
    return answers.length > 0 && (await Promise.all(answers)).every(Boolean);
  }

  #join(place: Place, relay: RelayLink): Membership {
    return joinRoom({
      ...this.#options,
      relay,
      onwaiting: (waitsFor) => {
        place.waitsFor = waitsFor;
        if (waitsFor !== "relay") place.isReached = true;
        if (waitsFor === "host") this.#goOn();
        this.#tell();
      },
      onintroduced: (passage, other) => {
        if (this.#isOver) passage.close();
        else {
          if (this.#options.role === "guest") this.#leaveOthers(place);
          this.#options.onintroduced(passage, other);
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
   * A relay that knows something ends it; one that is not there does so only where no other is left. One that does not read this
   * page is of another version [RP22]: a guest hears of it at once, a host where no other relay is there for it.
   */
  #refused(place: Place, code: JoinRefusal, detail?: string): void {
    if (this.#isOver) return;
    place.refusal = detail === undefined ? [code] : [code, detail];
    place.waitsFor = "relay";
    const isWord = ["proof", "closed", "pass"].includes(code);
    if (isWord || (code === "message" && this.#options.role === "guest")) this.#end(place);
    else if (this.#places.every(({ refusal }) => refusal !== null)) {
      const said = this.#places.find(({ refusal }) => refusal !== null && refusal[0] !== "no-relay");
      this.#end(said ?? place);
    } else {
      this.#goOn();
      this.#tell();
      if (code === "message") setTimeout(() => this.#endAlone(place), firstAnswersWithin);
    }
  }

  #endAlone(place: Place): void {
    const isAlone = this.#places.every(({ waitsFor }) => waitsFor === "relay");
    if (!this.#isOver && isAlone) this.#end(place);
  }

  /** With this relay's word. */
  #end(place: Place): void {
    this.#leaveOthers(place);
    this.#options.onrefused(...(place.refusal as NonNullable<Place["refusal"]>));
  }

  #leaveOthers(place: Place): void {
    this.#isOver = true;
    for (const other of this.#places) if (other !== place) void other.membership?.leave();
  }
}
