import type {
  AbilityName,
  AccountHint,
  AnswerName,
  BlankOnCard,
  CameraKeys,
  CardInside,
  Cheat,
  CheatKind,
  CopyState,
  DisclosedContent,
  DrawnItem,
  Ending,
  ErasedRecording,
  Interruption,
  Judgement,
  KeyStatus,
  OfferedCamera,
  OnCamera,
  PasswordDue,
  RecordingEntry,
  Replaced,
  RetentionSettings,
  Right,
  SeedReport,
  WayIn,
} from "../../apparatus/index.ts";
import type { AccountView, CameraView, Delivery, LogEntry, Rights } from "../../auth/index.ts";
import type { Gap, Reason, RecordingFault, RecordingReport, Verdict } from "../../verify/index.ts";

export type {
  AccountHint,
  AccountView,
  BlankOnCard,
  CameraKeys,
  CardInside,
  CopyState,
  Delivery,
  DisclosedContent,
  DrawnItem,
  Ending,
  ErasedRecording,
  Interruption,
  Judgement,
  KeyStatus,
  LogEntry,
  OnCamera,
  PasswordDue,
  RecordingEntry,
  RetentionSettings,
  Right,
  Rights,
  SeedReport,
  WayIn,
};

/**
 * One value per page: its state and the actions that are possible now. A page draws exactly this; an action that
 * is missing is a button that is not drawn. Models make snapshots, pages never do.
 *
 * `fault` is a code (see `ui/texts`), `number` a camera number in full base32 (52 characters), times are ms since
 * the epoch.
 */

/** A memory card as seen from outside, locked. */
export interface CardOutside {
  readonly id: string;
  readonly name: string;
  readonly created: number;
  /** The key of the place where it lies; null: this browser. */
  readonly place: string | null;
  /** What opens it. */
  readonly slots: readonly ("password" | "recovery" | "passkey")[];
}

/** A stick, a file or a device that is open for cards. */
export interface CardPlaceNow {
  readonly key: string;
  readonly kind: "folder" | "file" | "usb";
  /** What it calls itself. */
  readonly name: string;
  readonly takeOut: () => void;
}

/** Where cards lie beside this browser, and the ways that this browser has to open such a place. */
export interface CardPlacesNow {
  readonly open: readonly CardPlaceNow[];
  readonly openFile: (file: File) => Promise<void>;
  readonly openFolder?: () => Promise<void>;
  readonly openDevice?: () => Promise<void>;
}

export interface CameraOnCard {
  readonly number: string;
  readonly name: string;
  readonly generation: number;
  /** False: the camera has not yet confirmed this generation ("pending"). */
  readonly acknowledged: boolean;
  /** What the card is meant for at this camera. */
  readonly rights: readonly Right[];
}

/** How a person opens a card: with a password, a recovery code, or a passkey that the browser asks for. */
export type CardWay = { readonly password: string } | { readonly recoveryCode: string } | "passkey";

/** Opens a card: resolves with whether it lies open. */
export type OpenCardAction = (id: string, way: CardWay) => Promise<boolean>;

/** What a card said when it was connected: attempts that failed since the last time, and whether its password is to be changed. */
export interface CardSaid {
  readonly wrongAttempts: number;
  readonly due: PasswordDue;
}

/** What its owner can do with an open card. A missing one is not possible now. */
export interface CardChanges {
  readonly changePassword?: (password: string) => Promise<boolean>;
  readonly addRecovery?: () => Promise<boolean>;
  readonly addPasskey?: () => Promise<boolean>;
  readonly dropWay?: (way: WayIn) => Promise<boolean>;
  readonly setRule?: (days: number | null) => Promise<boolean>;
  readonly setAccount?: (account: AccountHint | null) => Promise<boolean>;
  readonly addBlank?: (number: string, name: string) => Promise<boolean>;
  readonly setRights?: (number: string, rights: readonly Right[]) => Promise<boolean>;
  /** Called after the person confirmed in a dialog; so is the next. */
  readonly eraseCamera?: (number: string) => Promise<boolean>;
  readonly eraseAllCameras?: () => Promise<boolean>;
  /** The recovery code was written down: it is not shown any more. */
  readonly hideCode?: () => void;
  /** New keys on this card for these cameras of this hub; `without`: another card that is shut out, by its id. Asked first, too. */
  readonly rekey?: (numbers: readonly string[], without: string | null) => Promise<boolean>;
  /** Keys of its own for another card of this device. */
  readonly addCard?: (number: string, to: string, password: string) => Promise<boolean>;
  /** On another card of this device. */
  readonly copyCamera?: (number: string, to: string, password: string, moves: boolean) => Promise<boolean>;
}

/** The card that lies open on `/cards`. */
export interface OpenedOnPage {
  readonly id: string;
  readonly inside: CardInside;
  /** How the keys of cameras stand that this device has paired. */
  readonly keys: readonly CameraKeys[];
  readonly said: CardSaid;
  /** It was opened with something else than its password, which may be lost. */
  readonly isRecovered: boolean;
}

export interface CardsSnapshot {
  /** null while the list is being read. */
  readonly cards: readonly CardOutside[] | null;
  readonly busy: "making" | "opening" | "erasing" | "copying" | "changing" | null;
  readonly fault: string | null;
  readonly opened: OpenedOnPage | null;
  /** After how long without a hand on it an open card is locked, on all pages. */
  readonly idle: { readonly minutes: number; readonly choices: readonly number[] };
  readonly setIdle?: (minutes: number) => void;
  /** null while the page begins. */
  readonly places: CardPlacesNow | null;
  /** In this place; null: this browser. */
  readonly make?: (name: string, password: string, place: string | null) => Promise<boolean>;
  /** Copies or moves a card to another place. */
  readonly lay?: (id: string, place: string | null, moves: boolean) => Promise<boolean>;
  readonly open?: OpenCardAction;
  readonly close?: () => void;
  readonly changes?: CardChanges;
  /** Saves the locked card as a file. */
  readonly copy?: (id: string) => Promise<void>;
  /** Called after the person confirmed in two dialogs. */
  readonly erase?: (id: string) => Promise<void>;
}

/** What recordings take and may still take on this device. */
export interface RecordingsRoom {
  /** By all recordings, bytes. */
  readonly used: number;
  /** Within the rules and what the browser grants, bytes; null where neither says. */
  readonly free: number | null;
  /** How long `free` lasts as fast as the newest recordings grew, ms; null while nobody knows. */
  readonly lasts: number | null;
  /** The browser has not promised to keep them. */
  readonly mayVanish: boolean;
}

/** Which recording of a server: camera number (base32) and head hash (base64url). */
export interface StoredName {
  readonly camera: string;
  readonly hash: string;
}

/** A recording that the server keeps, by what it says of it: nothing of that is judged. */
export interface StoredEntry {
  readonly hash: string;
  /** By the server's clock. */
  readonly begun: number;
  /** By the camera's clock: when it began to seal, and its first and last frame that are there. The recording begins with the first. */
  readonly started: number;
  readonly first: number;
  readonly last: number;
  readonly frames: number;
  readonly bytes: number;
  /** The camera's signed end is there. */
  readonly isComplete: boolean;
  /** Something was added a moment ago. */
  readonly isWriting: boolean;
  readonly isProtected: boolean;
  /** When it is too old to stay; null: never. */
  readonly until: number | null;
}

/** An account's room on the server, bytes; null: no limit. */
export interface StoredRoom {
  readonly used: number;
  readonly of: number | null;
}

/** A camera whose recordings this account may read. */
export interface StoredCamera {
  readonly number: string;
  /** The account it belongs to. */
  readonly owner: string;
  readonly own: boolean;
  readonly mayManage: boolean;
  /** Newest first; null where the list could not be read, and `fault` says why. */
  readonly recordings: readonly StoredEntry[] | null;
  readonly fault: string | null;
}

export interface StoredSnapshot {
  /** "none": this host has no accounts; "out": nobody is signed in. */
  readonly step: "reading" | "none" | "out" | "here";
  readonly cameras: readonly StoredCamera[];
  /** This account's own; null where it has no camera. */
  readonly room: StoredRoom | null;
  readonly busy: "erasing" | null;
  readonly fault: string | null;
  readonly play?: (name: StoredName) => void;
  /** Saves a copy as a `.sealed` file. */
  readonly save?: (name: StoredName) => void;
  readonly protect?: (name: StoredName, isProtected: boolean) => Promise<void>;
  /** Called after the person confirmed in a dialog. */
  readonly erase?: (name: StoredName) => Promise<void>;
  /** Looks once more, where something failed. */
  readonly again?: () => Promise<void>;
}

export interface OperatorSnapshot {
  readonly step: StoredSnapshot["step"];
  /** Those that this account manages, of the one that is asked about. `check` is null before somebody asked. */
  readonly cameras: readonly {
    readonly number: string;
    readonly owner: string;
    readonly own: boolean;
    readonly recordings: readonly { readonly entry: StoredEntry; readonly check: CheckedFile | null }[];
  }[];
  readonly fault: string | null;
  readonly check?: (name: StoredName) => void;
  /** All recordings of a camera. */
  readonly checkAll?: (camera: string) => void;
  readonly again?: () => Promise<void>;
}

export interface RecordingsSnapshot {
  /** Newest first; null while the list is being read. */
  readonly recordings: readonly RecordingEntry[] | null;
  readonly room: RecordingsRoom | null;
  /** What the person chose, and how many recordings that will erase when the next one starts. */
  readonly retention: { readonly settings: RetentionSettings; readonly due: number } | null;
  /** Erased without a person since somebody looked, newest first. */
  readonly erased: readonly ErasedRecording[];
  readonly busy: "saving" | "erasing" | null;
  readonly fault: string | null;
  /** What the server keeps. */
  readonly stored: StoredSnapshot;
  /** Plays it on a page of its own. */
  readonly play?: (name: string) => void;
  /** Saves a copy as a `.sealed` file. */
  readonly save?: (name: string) => Promise<void>;
  readonly keep?: (name: string, isKept: boolean) => Promise<void>;
  /** Called after the person confirmed in a dialog. */
  readonly erase?: (name: string) => Promise<void>;
  readonly retain?: (settings: RetentionSettings) => Promise<void>;
  /** The person has read what was erased. */
  readonly forget?: () => Promise<void>;
  /** Asks the browser to keep them. */
  readonly stay?: () => Promise<void>;
}

/** A file somebody wants to have judged. */
export interface CheckedFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly step: "waiting" | "judging" | "judged" | "failed";
  /** How much of it was judged, 0 to 1. */
  readonly progress: number;
  /** With step "judged". */
  readonly judgement: Judgement | null;
  /** What the open card calls its camera; null where the card does not know it. */
  readonly cameraName: string | null;
  /** With step "failed". */
  readonly fault: string | null;
}

/** How fast a recording can be played. */
export const playRates = [1, 2, 4, 8, 16] as const;
export type PlayRate = (typeof playRates)[number];

/** A place on the time line (ms from its beginning) about which something is to be said; one of the last four says what. */
export interface PlayMark {
  readonly at: number;
  readonly until: number;
  /** Of the item in the file; null where there is none to go to. */
  readonly offset: number | null;
  readonly fault?: RecordingFault;
  readonly gap?: Gap;
  /** The camera's clock leapt, or nothing was recorded for long: what it said before and behind. */
  readonly hole?: { readonly before: number; readonly behind: number };
  /** The signed end is missing: behind this byte stands no whole item, and so many bytes that are none. */
  readonly cut?: { readonly offset: number; readonly torn: number };
}

/** A line that was typed at the camera. */
export interface PlayLine {
  readonly at: number;
  readonly captured: number;
  readonly words: string;
}

/** Where a picture stands in its stream. */
export interface PicturePlace {
  readonly track: number;
  readonly sequence: number;
}

/** A recording that is being played. Pictures go past it, with their place. */
export interface PlayerSnapshot {
  readonly cameraName: string | null;
  readonly number: string;
  /** ms of the time line. */
  readonly length: number;
  readonly hasPictures: boolean;
  /** As told last, ms. */
  readonly at: number;
  readonly isGoing: boolean;
  readonly hasEnded: boolean;
  /** For the disk, or the decoder. */
  readonly isWaiting: boolean;
  readonly rate: PlayRate;
  /** Whether its sound is wanted; null where it has none. */
  readonly isHeard: boolean | null;
  /** By their place on the time line. */
  readonly lines: readonly PlayLine[];
  readonly marks: readonly PlayMark[];
  /** On all of it; null while it is being judged. */
  readonly report: RecordingReport | null;
  /** How much of it was judged, 0 to 1. */
  readonly judged: number;
  /** How much of a film of it was made, 0 to 1; null where none is being made. */
  readonly saving: number | null;
  readonly fault: string | null;
  readonly play?: () => void;
  readonly pause?: () => void;
  /** ms of the time line. */
  readonly seek?: (at: number) => void;
  readonly visit?: (mark: PlayMark) => void;
  readonly setRate?: (rate: PlayRate) => void;
  readonly hear?: (isHeard: boolean) => void;
  /** Saves the picture that is shown; `captured`: what the camera's clock said of it. */
  readonly savePicture?: (picture: Blob, captured: number | null) => void;
  /** Exports it as a film that other programs play. */
  readonly saveMp4?: () => void;
  /** While a film is being made: nothing of it stays. */
  readonly cancelMp4?: () => void;
  /** Makes a file that shows the picture that stands there, and opens nothing else; `captured` as above. */
  readonly disclose?: (place: PicturePlace, captured: number | null) => void;
  readonly close?: () => void;
}

/** `/play?name=…`: a recording of this device. */
export interface PlaySnapshot {
  readonly step: "choose-card" | "opening" | "loading" | "playing" | "closed" | "failed";
  /** null while the list is being read. */
  readonly cards: readonly CardOutside[] | null;
  /** null while the page begins. */
  readonly places: CardPlacesNow | null;
  /** Whose recording it says it is, and when it was begun; null where its name is none. */
  readonly recording: { readonly number: string; readonly begun: number; readonly bytes: number } | null;
  readonly player: PlayerSnapshot | null;
  readonly fault: string | null;
  /** Films that were made of recordings could not be erased from this device. */
  readonly filmsStay: boolean;
  readonly open?: OpenCardAction;
  readonly eject?: () => void;
}

export interface VerifySnapshot {
  /** In the order they were given. */
  readonly files: readonly CheckedFile[];
  /** What was typed for a camera number: how many characters of 52 that is, and whether it vouches. */
  readonly typed: { readonly characters: number; readonly state: "none" | "partial" | "wrong" | "whole" };
  /** null while the list is being read. */
  readonly cards: readonly CardOutside[] | null;
  /** null while the page begins. */
  readonly places: CardPlacesNow | null;
  readonly opening: boolean;
  /** The card that lies open: its name, and how many cameras are on it. */
  readonly card: { readonly name: string; readonly cameras: number } | null;
  readonly fault: string | null;
  /** A file that is being played; null where none is. */
  readonly player: PlayerSnapshot | null;
  /** Films that were made of recordings could not be erased from this device. */
  readonly filmsStay: boolean;
  /** Plays a file that the open card opens. */
  readonly play?: (id: string) => void;
  readonly add?: (files: readonly File[]) => void;
  readonly remove?: (id: string) => void;
  /** The camera number as somebody types it, groups and all. */
  readonly type?: (text: string) => void;
  readonly open?: OpenCardAction;
  readonly eject?: () => void;
}

/** One check of the self-check, made or still to be made. */
export interface CheckLine<N extends string = string> {
  readonly name: N;
  readonly result: "waiting" | "passed" | "failed" | "missing";
  /** null before it was made. */
  readonly ms: number | null;
}

export interface SelfCheckSnapshot {
  readonly answers: readonly CheckLine<AnswerName>[];
  readonly abilities: readonly CheckLine<AbilityName>[];
  /** Why checks could not be made. */
  readonly fault: string | null;
  /** Of the cheating: no camera; asking for one; its pictures run; a cheat was put in the place of one. */
  readonly step: "off" | "asking" | "starting" | "watching" | "cheated";
  readonly cameraFault: string | null;
  /** From step "watching" on: the throw-away camera's number, and what the capture device calls itself. */
  readonly camera: { readonly number: string; readonly label: string } | null;
  /** Of the pictures, once there is one. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly verdict: Verdict | null;
  /** With step "cheated": what was done. */
  readonly cheat: Cheat | null;
  readonly again?: () => void;
  readonly start?: () => Promise<void>;
  readonly stop?: () => void;
  /** Turns a bit in this tile (row-major number) of the next picture. */
  readonly turn?: (tile: number) => void;
  readonly cheatWith?: (kind: Exclude<CheatKind, "bit">) => void;
  readonly resend?: () => void;
}

/** `/pair` on the device that holds the card: the hub's side. */
export interface HubPairSnapshot {
  readonly role: "hub";
  readonly step: "choose-card" | "opening" | "link" | "compare" | "writing" | "done" | "failed";
  readonly cards: readonly CardOutside[] | null;
  /** null while the page begins. */
  readonly places: CardPlacesNow | null;
  readonly cardName: string | null;
  readonly fault: string | null;
  /** From step "link" on: the whole link, when it stops working, and what is being waited for. */
  readonly link: {
    readonly url: string;
    readonly expires: number;
    /** No other device reaches this address. */
    readonly thisDeviceOnly: boolean;
  } | null;
  readonly waitingFor: "camera" | "acknowledgement" | "registration" | null;
  /** From step "compare" on. */
  readonly camera: OfferedCamera | null;
  readonly open?: OpenCardAction;
  /** Who is signed in here, and can have the camera registered; null: nobody. */
  readonly account: string | null;
  /** With step "done". */
  readonly isRegistered: boolean;
  readonly confirm?: (name: string, registers: boolean) => Promise<void>;
  readonly reject?: () => void;
  readonly restart?: () => void;
  /** Makes this device the camera instead: it looks for the other one's code. */
  readonly scan?: () => Promise<void>;
}

/** `/pair` on a device that is to become a camera, before it has a link. */
export interface ScanPairSnapshot {
  readonly role: "scan";
  /** "typing": without a camera that could look for the code, `fault` says why. */
  readonly step: "asking" | "scanning" | "typing";
  readonly preview: MediaStream | null;
  readonly fault: string | null;
  /** Why the last text that was scanned or typed is no link to go on with. */
  readonly refused: string | null;
  readonly take?: (text: string) => void;
  readonly retry?: () => void;
  readonly back?: () => void;
}

/** `/pair#…` in the tab that is to become a camera. */
export interface CameraPairSnapshot {
  readonly role: "camera";
  readonly step: "asking-camera" | "choose-device" | "connecting" | "compare" | "done" | "failed";
  readonly devices: readonly CaptureDevice[] | null;
  readonly fault: string | null;
  readonly expires: number | null;
  readonly waitingFor: "permission" | "hub" | "confirmation" | null;
  readonly number: string | null;
  /** What the chosen device's new pairing puts an end to: said before it happens. */
  readonly replaces: Replaced | null;
  /** By this device's clock the link has expired; the hub's decides. */
  readonly seemsExpired: boolean;
  readonly choose?: (deviceId: string) => Promise<void>;
  /** The person says that both screens show the same number. */
  readonly confirm?: () => void;
  readonly reject?: () => void;
  readonly retry?: () => void;
}
export type PairSnapshot = HubPairSnapshot | ScanPairSnapshot | CameraPairSnapshot;

export interface CaptureDevice {
  readonly id: string;
  readonly label: string;
  /** null: not paired yet. */
  readonly number: string | null;
}

/** A line of text that was typed at the camera. */
export interface SaidLine {
  readonly text: string;
  /** By the camera's clock. */
  readonly captured: number;
  /** At a viewer: not proven to be of now. */
  readonly isLate?: boolean;
}

/** How a recording that goes on stands. */
export interface RecordingNow {
  readonly seconds: number;
  readonly bytes: number;
}

/** Who can reach a camera: nobody yet, viewers in tabs of this device alone, or those of other devices too. */
export type CameraReach = "connecting" | "this-device" | "reachable" | "unreachable";

export interface CameraSnapshot {
  readonly step: "asking" | "choose" | "preview" | "starting" | "running" | "failed";
  readonly devices: readonly CaptureDevice[] | null;
  readonly chosen: string | null;
  readonly fault: string | null;
  /** The local picture, for the person in front of the camera only. */
  readonly preview: MediaStream | null;
  readonly number: string | null;
  readonly generation: number | null;
  readonly running: {
    readonly since: number;
    readonly framesPerSecond: number;
    readonly frames: number;
    readonly width: number;
    readonly height: number;
    /** Viewers receiving pictures now, by the name of the viewer key's short form. */
    readonly watchers: readonly string[];
    readonly relay: CameraReach;
    /** Pictures that were not sent to viewers who do not keep up. */
    readonly leftOut: number;
    /** Viewers who get none of the pictures that they want: too large for their way, or turned. */
    readonly unsent: number;
    /** What this device was too slow to code or to seal. */
    readonly leftOutHere: number;
  } | null;
  /** What this stream came back from by itself; null: a person started it. */
  readonly returned: Interruption | null;
  /** Here the browser hands no pictures over while the page is hidden. */
  readonly standsHidden: boolean;
  /** "wanted": as soon as the camera runs. */
  readonly sound: "off" | "wanted" | "asking" | "on";
  /** The next stream is recorded here from its first picture on. */
  readonly recordsFromStart: boolean;
  /** The recording that goes on here; null where none does. */
  readonly recording: RecordingNow | null;
  /** Whether something was recorded since this page stands. */
  readonly recorded: boolean;
  readonly erased: readonly ErasedRecording[];
  /** What was typed here of late, newest last, and who got it. */
  readonly said: readonly (SaidLine & { readonly viewers: number; readonly isRecorded: boolean })[];
  /** How copies of its recordings on the server stand; null where there are none and the server takes none. */
  readonly copies: CopyState | null;
  /** What the running stream's key was made with, since when and why; null until the worker has said so. */
  readonly key: KeyStatus | null;
  /** Another key was asked for and is not in use yet. */
  readonly isChanging: boolean;
  /** What is sealed is drawn in the place of the picture. */
  readonly looks: boolean;
  /** The last item that was drawn; null before the first. */
  readonly drawn: DrawnItem | null;
  readonly rekey?: () => Promise<void>;
  /** How long each of this device's keys is used from now on, in ms. */
  readonly keepKey?: (life: number) => Promise<void>;
  readonly see?: (isWanted: boolean) => void;
  /** Takes the canvas that what is sealed is drawn on. */
  readonly look?: (canvas: OffscreenCanvas) => Promise<void>;
  readonly keepCopies?: (isKept: boolean) => Promise<void>;
  readonly sendSound?: (isWanted: boolean) => void;
  readonly recordFromStart?: (isWanted: boolean) => void;
  readonly record?: () => Promise<void>;
  readonly stopRecording?: () => void;
  /** Of 1 to 4096 bytes; false where it was not sealed. */
  readonly say?: (text: string) => Promise<boolean>;
  readonly forget?: () => void;
  readonly choose?: (deviceId: string) => Promise<void>;
  readonly start?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
  readonly retry?: () => Promise<void>;
}

/** One picture and its verdict: one value, drawn in one update, so that the frame judged is the frame shown (D8). */
export interface JudgedPicture {
  /** Which camera's, where several are shown. */
  readonly number?: string;
  /** null: nothing may be drawn; what is on the canvas stays, dimmed. */
  readonly picture: VideoFrame | null;
  readonly verdict: Verdict;
}

/** A picture of a recording, with its place. */
export interface PlayedPicture extends JudgedPicture {
  /** On the time line, ms. */
  readonly at: number;
  /** The track that it is on; null where there is no good one. */
  readonly track: number | null;
  /** What the camera's clock said; null where nothing says so. */
  readonly captured: number | null;
  /** Nothing is wrong: pictures are missing here. */
  readonly isHole: boolean;
}

/** The pictures a viewer can choose from: coded in the camera's size or small, or the sensor's own pixels. */
export const qualities = ["full", "small", "lossless"] as const;
/** Frames a second to choose from. */
export const rates = [30, 15, 5, 1] as const;

export interface ViewQuality {
  readonly picture: (typeof qualities)[number];
  readonly framesPerSecond: (typeof rates)[number];
}

/** The sound of the camera that is viewed. "none": it is wanted, and none has come for some seconds. */
export interface HeardSound {
  readonly state: "off" | "waiting" | "arriving" | "none";
  /** 0 to 1. */
  readonly volume: number;
}

/** Pictures had been guaranteed, and are no longer. */
export interface AlarmNow {
  readonly reason: Reason;
  /** Why it ended its stream, in the camera's own words; null where it gave none. */
  readonly ending: Ending | null;
  /** How long after the last guaranteed picture that was noticed, ms. */
  readonly after: number;
}

/** Pictures are guaranteed again. */
export interface ResumedNow {
  /** For how long there was none, ms. */
  readonly after: number;
  /** Why, in the camera's own words; null where it gave none. */
  readonly ending: Ending | null;
}

/** How pictures come to this device: from a tab of it, through a server that passes them on unread, or straight from the camera's device. */
export type ViewPath = "this-device" | "relayed" | "direct";

/** A one-time password that was asked for, as the server answers. */
export interface AskedPass {
  readonly id: string;
  readonly by: Delivery;
  /** To be shown here; null: it comes another way. */
  readonly code: string | null;
  readonly digits: number;
}

/** What a person is asked for a viewing pass. */
export interface PassNow {
  readonly step: "signed-out" | "asking" | "refused" | "enter" | "entering";
  readonly asked: AskedPass | null;
  readonly fault: string | null;
  /** With a fault of too many tries: how long to wait. */
  readonly seconds: number | null;
  readonly enter?: (code: string) => Promise<boolean>;
  /** Asks anew. */
  readonly ask?: () => Promise<void>;
}

/** A camera among several, small. Pictures go past it. */
export interface TileNow {
  readonly number: string;
  readonly name: string;
  /** False: it is paused, and nothing of it is sent to this device. */
  readonly isLive: boolean;
  /** It is paused because as many run as may run at once. */
  readonly isOneTooMany: boolean;
  readonly waitingFor: ViewerSnapshot["waitingFor"];
  readonly delay: number | null;
  readonly path: ViewPath | null;
  readonly fault: string | null;
  readonly elsewhere: string | null;
  readonly pause?: () => void;
  readonly resume?: () => void;
}

/** What the camera that is viewed has recorded of itself. */
export interface OnCameraNow {
  /** Newest first; null while it is asked. */
  readonly recordings: readonly OnCamera[] | null;
  /** One that is being copied to this device, and how much of it is there, 0 to 1. */
  readonly copying: { readonly begun: number; readonly share: number } | null;
  readonly player: PlayerSnapshot | null;
  readonly fault: string | null;
  readonly play?: (recording: OnCamera) => Promise<void>;
  readonly save?: (recording: OnCamera) => Promise<void>;
  readonly close?: () => void;
}

export interface ViewerSnapshot {
  readonly step: "choose-card" | "opening" | "choose-camera" | "grid" | "viewing" | "failed";
  readonly cards: readonly CardOutside[] | null;
  /** null while the page begins. */
  readonly places: CardPlacesNow | null;
  readonly cardName: string | null;
  /** What the open card said; null where none is open. */
  readonly cardSaid: CardSaid | null;
  readonly cameras: readonly CameraOnCard[] | null;
  readonly fault: string | null;
  /** While viewing. */
  readonly camera: { readonly number: string; readonly name: string } | null;
  readonly waitingFor: "relay" | "camera" | "proof" | "head" | "first-frame" | null;
  readonly verdict: Verdict | null;
  /** About how long from capture to drawn, ms: the camera's clock is compared with ours by its signed answers. */
  readonly delay: number | null;
  readonly path: ViewPath | null;
  /** The other server (host and port) where the camera is registered: its relay lets nobody in without a pass of its own; null: none. */
  readonly elsewhere: string | null;
  /** With step "grid": the cameras of the card, in its order. */
  readonly tiles: readonly TileNow[];
  /** A viewing pass is asked for; null: none is needed now. */
  readonly pass: PassNow | null;
  /** When the pass for what is viewed ends, by this device's clock; null: none. ms since the epoch */
  readonly passUntil: number | null;
  readonly renew?: () => Promise<void>;
  readonly alarm: AlarmNow | null;
  /** Said for a while after an alarm. */
  readonly resumed: ResumedNow | null;
  /** Whether alarms are heard on this device. */
  readonly isAlarmHeard: boolean;
  readonly hearAlarm?: (isHeard: boolean) => void;
  /** The camera's own words about itself, opened with the card. */
  readonly label: string | null;
  /** What is asked of the camera, kept for the next visit on this device. */
  readonly quality: ViewQuality;
  /** Of the last picture, in pixels. */
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly sound: HeardSound;
  /** What was typed at the camera of late, newest last. */
  readonly lines: readonly SaidLine[];
  /** How many pictures were left out of late; 0 while nearly all arrive. */
  readonly leftOut: number;
  /** A recording that goes on; null where none does. */
  readonly recording: RecordingNow | null;
  /** Whether something was recorded since this page stands. */
  readonly recorded: boolean;
  /** Recordings that were erased for their age or for room while this page stands, newest last. */
  readonly erased: readonly ErasedRecording[];
  /** In the place of the live picture; null: that is shown. */
  readonly onCamera: OnCameraNow | null;
  readonly showOnCamera?: () => Promise<void>;
  readonly forget?: () => void;
  readonly chooseQuality?: (quality: ViewQuality) => void;
  /** To be called where a person pressed something. */
  readonly hear?: (isWanted: boolean) => void;
  readonly setVolume?: (volume: number) => void;
  readonly clearLines?: () => void;
  readonly record?: () => Promise<void>;
  readonly stopRecording?: () => void;
  readonly open?: OpenCardAction;
  readonly view?: (number: string) => Promise<void>;
  /** Where several cameras are on the card: shows them side by side. */
  readonly viewAll?: () => void;
  /** Back to where the camera was chosen. */
  readonly leave?: () => void;
  readonly eject?: () => void;
  readonly retry?: () => void;
}

/** A camera that an account may do something with. */
export interface AccountCamera extends CameraView {
  readonly number: string;
}

/** A one-time password that another device of this account waits for. */
export interface WaitedFor {
  readonly code: string;
  readonly device: string;
  readonly cameras: readonly string[];
  readonly until: number;
}

export interface AccountSnapshot {
  /** "none": what serves this app keeps no accounts. */
  readonly step: "reading" | "none" | "out" | "in";
  readonly busy: "passkey" | "password" | "saving" | null;
  readonly fault: string | null;
  /** With a fault of too many tries: how long to wait. */
  readonly seconds: number | null;
  readonly signUp: "open" | "closed" | "invitation";
  readonly hasPasskeys: boolean;
  /** A new account: its name is shown to be written down. */
  readonly isNew: boolean;
  /** What was wanted needs a new sign-in first. */
  readonly mustConfirm: boolean;
  readonly account: AccountView | null;
  readonly cameras: readonly AccountCamera[];
  /** Cameras that this device has paired and this account has not got; pinned: they ask for this server's passes, and can be registered. */
  readonly unregistered: readonly { readonly number: string; readonly isPinned: boolean }[];
  readonly waitedFor: readonly WaitedFor[];
  readonly log: readonly LogEntry[];
  /** What an authenticator app is to scan. */
  readonly enrolling: { readonly uri: string; readonly secret: string } | null;
  readonly signUpPasskey?: (name: string, invitation: string) => Promise<boolean>;
  readonly signUpPassword?: (name: string, password: string, invitation: string) => Promise<boolean>;
  readonly signInPasskey?: () => Promise<boolean>;
  readonly signInPassword?: (name: string, password: string) => Promise<boolean>;
  readonly signOut?: () => Promise<boolean>;
  readonly revoke?: (id: string) => Promise<boolean>;
  readonly addPasskey?: () => Promise<boolean>;
  readonly removePasskey?: (id: string) => Promise<boolean>;
  readonly setPassword?: (password: string) => Promise<boolean>;
  readonly removePassword?: () => Promise<boolean>;
  readonly choose?: (delivery: Delivery) => Promise<boolean>;
  readonly enrol?: () => Promise<boolean>;
  readonly confirmEnrol?: (code: string) => Promise<boolean>;
  readonly removeAuthenticator?: () => Promise<boolean>;
  readonly register?: (number: string) => Promise<boolean>;
  readonly share?: (number: string, name: string, rights: Rights) => Promise<boolean>;
  readonly takeBack?: (number: string, name: string) => Promise<boolean>;
  /** One's own: after a dialog. Shared with one: gives it up. */
  readonly removeCamera?: (number: string) => Promise<boolean>;
  /** Called after the person confirmed in a dialog. */
  readonly erase?: () => Promise<boolean>;
}
