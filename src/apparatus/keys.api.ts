import type { Bytes } from "../base/index.ts";
import type { CardSecret } from "../card/index.ts";
import type { CardInside } from "./card.api.ts";

/** A card that has keys of its own for a camera, or had. Times in ms since the epoch. */
export interface CardOfCamera {
  readonly id: string;
  readonly name: string;
}

/** How a camera's keys stand, by the hub that made them. */
export interface CameraKeys {
  /** 52 base32 characters. */
  readonly number: string;
  readonly generation: number;
  readonly made: number;
  /** Since when the camera seals for this generation alone; null: it has not said so yet. */
  readonly since: number | null;
  readonly cards: readonly (CardOfCamera & { readonly since: number })[];
  /** What these have opens nothing that was taken since; null: as soon as the camera says so. */
  readonly shutOut: readonly (CardOfCamera & { readonly since: number | null })[];
}

/** A camera that has still to be handed its newest set, and what the relay is told to enter its room as its hub [RP25]. */
export interface PendingSet {
  /** 52 base32 characters. */
  readonly number: string;
  readonly room: string;
  /** The raw control key, 32 bytes. */
  readonly key: Bytes;
}

/** What a hub does with its cameras' keys. Faults as codes. */
export interface KeysApi {
  /** No card is needed to see it. */
  keys(): Promise<CameraKeys[]>;
  /**
   * New keys for these cameras on the open card; `without`: a card that is shut out of them, by its id. Faults "card-locked", "camera-not-on-card",
   * "not-paired" where another hub paired one.
   */
  rekey(numbers: readonly string[], without: string | null): Promise<CardInside>;
  /** Gives another card, which `secret` opens, keys of its own for a camera on the open one. Faults as above, and those of opening. */
  addCard(number: string, to: string, secret: CardSecret): Promise<CardInside>;

  /** No card is needed for it, nor to deliver. */
  pending(): Promise<PendingSet[]>;
  /** Hands it over, over a port that the relay introduced; settles once the camera has acknowledged. Faults "set-refused" {why}, "set-unanswered". */
  deliver(port: MessagePort, number: string): Promise<void>;
}
