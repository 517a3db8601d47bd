import type { Bytes } from "../base/index.ts";
import type { CardSecret } from "../card/index.ts";
import type { ProofRequest } from "../relay/index.ts";
import type { CardDeskApi, OpenedCard } from "./card.api.ts";
import type { CardPlacesApi, PlacedCard } from "./card-places.ts";
import type { KeysApi } from "./keys.api.ts";

/** A camera that holds the link. */
export interface OfferedCamera {
  /** 52 base32 characters. */
  readonly number: string;
  /** What the capture device calls itself. */
  readonly label: string;
  /** What it is called on the open card; null where that does not know its number. */
  readonly name: string | null;
}

/** What the hub tells while it pairs. */
export interface HubEvents {
  /** A camera that holds the link offers itself; the link is used up from here on. */
  onoffered(camera: OfferedCamera): void;
  onpaired(): void;
  onfailed(code: string): void;
}

/** A camera that this hub has paired, as it stands. */
export interface PairedNow {
  /** 52 base32 characters. */
  readonly number: string;
  readonly server: Bytes | null;
}

/** A link and what the relay is told to host its room. */
export interface LinkTicket {
  readonly fragment: string;
  readonly expires: number;
  readonly room: string;
  readonly key: Bytes;
}

/** The hub worker: keeps cards, makes keys, pairs cameras. Faults as codes. */
export interface HubApi extends CardDeskApi, CardPlacesApi, KeysApi {
  cards(): Promise<PlacedCard[]>;
  /** Lays it in this place; null: this browser. Fault "name-taken". */
  make(name: string, password: string, place: string | null): Promise<void>;
  /** Opens a card, in the place of any that was open; also one whose password is to be changed first. */
  open(id: string, secret: CardSecret): Promise<OpenedCard>;
  close(): void;
  erase(id: string): Promise<void>;
  /** The card as the text of a file, locked as it lies here. Fault "card-none". */
  copy(id: string): Promise<string>;
  /**
   * Lays a copy of the card, locked as it is, in another place; `moves`: and erases it here, once the copy was read there. Gives the copy's id; the open card is open from there then. Where
   * a state of the card lies already it has to be open: Fault "card-there"; a newer one is "card-stale", or this one "card-rolled-back".
   */
  layCopy(id: string, place: string | null, moves: boolean): Promise<string>;

  /** A new pairing link for the open card; any earlier one is void. Fault "password-due" where the password is to be changed first. */
  link(): Promise<LinkTicket>;
  /** For the room of the link, or, by the control key, that of a camera whose newest set is pending. */
  prove(request: ProofRequest): Promise<Bytes>;
  /** Speaks to a camera over a port that the relay introduced. A second camera is told that the link is used. */
  meet(port: MessagePort, events: HubEvents): Promise<void>;
  /**
   * The person compared the numbers: writes the card, then grants. `server`: the raw key of the one without whose viewing pass the
   * camera is to let nobody in; null: no pass is asked for.
   */
  confirm(name: string, server: Bytes | null): Promise<void>;
  reject(): Promise<void>;
  /** Ends the pairing under way: whatever a camera still says is not heard any more. */
  cancel(): void;

  /** The cameras that this hub has paired, and whose passes each asks for: raw keys, null for nobody's. */
  paired(): Promise<PairedNow[]>;
  /**
   * The hub's word to a server that this camera is to be the account's (16 bytes), with the camera's own acknowledgement; no card
   * is needed. Fault "not-paired" where this hub has none.
   */
  registration(number: string, account: Bytes, challenge: string): Promise<Bytes>;
}
