import type { Bytes } from "../base/index.ts";
import type { AccountHint, CardSecret, PasswordDue, Right, Slot } from "../card/index.ts";

/** A camera as its card shows it; no key among it. */
export interface CameraOnCard {
  /** 52 base32 characters. */
  readonly number: string;
  readonly name: string;
  readonly generation: number;
  readonly acknowledged: boolean;
  readonly rights: readonly Right[];
}

/** A number that waits for its keys. */
export type BlankOnCard = Pick<CameraOnCard, "number" | "name" | "rights">;

/** A card that was opened, as a page may know it. */
export interface OpenedCard {
  readonly cameras: readonly CameraOnCard[];
  /** [CF22] With a password or a code that did not open it, since the last opening. */
  readonly wrongAttempts: number;
  /** [CF15] */
  readonly due: PasswordDue;
  /** [CF21] */
  readonly account: AccountHint | null;
}

/** A recovery code or a passkey that opens the card, and since when, in ms since 1970. */
export interface WayIn {
  readonly kind: Exclude<Slot["kind"], "password">;
  readonly added: number;
}

/** All that its owner sees of an open card. */
export interface CardInside {
  readonly cameras: readonly CameraOnCard[];
  readonly blanks: readonly BlankOnCard[];
  readonly account: AccountHint | null;
  /** Beside the password. */
  readonly ways: readonly WayIn[];
  /** [CF15] In days; null: never due. */
  readonly rule: number | null;
  readonly passwordChanged: number;
  /** [CF16] Made just now, to be shown once. */
  readonly recoveryCode: string | null;
}

/** What can be done with the card that is open. Each writes it, and tells how it is then. Faults as codes. */
export interface CardDeskApi {
  /** Fault "card-locked" where none is open; so in all of them. */
  inside(): CardInside;
  /** [CF18] Faults "password-short", "password-changed" where another tab did it meanwhile; that one in all of them. */
  changePassword(password: string): Promise<CardInside>;
  addRecovery(): Promise<CardInside>;
  /** By its PRF output, 32 bytes. Fault "card-full" beyond eight. */
  addPasskey(output: Bytes): Promise<CardInside>;
  dropWay(way: WayIn): Promise<CardInside>;
  setRule(days: number | null): Promise<CardInside>;
  setAccount(account: AccountHint | null): Promise<CardInside>;
  /** [CF20] Fault "camera-on-card" where it has keys on it; "camera-number" where that is none. */
  addBlank(number: string, name: string): Promise<CardInside>;
  setRights(number: string, rights: readonly Right[]): Promise<CardInside>;
  eraseCamera(number: string): Promise<CardInside>;
  eraseAllCameras(): Promise<CardInside>;
  /**
   * Puts what the card has of a camera on another card, too, which `secret` opens; `moves`: and erases it here, behind that. Old keys of both
   * stay. Faults "camera-not-on-card", and those of opening.
   */
  copyCamera(number: string, to: string, secret: CardSecret, moves: boolean): Promise<CardInside>;
}
